"""Which syllables are one word: Vietnamese writes a space between syllables, and words have one to a few of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

LIST = "compounds.txt"
LONGEST = 8  # syllables of an entry
COMPOUND, PHRASE = 100, 1  # how much a break costs: any number of phrases goes before a compound
# Of an hour with its day, and of a weekday with its date: phrases that are read at one glance.
MOMENT, DAY = 4, 5


@cache
def compounds() -> frozenset[str]:
    """Return the words of the list, in small letters and NFC; read when a text is first broken."""
    text = files(__package__).joinpath(LIST).read_text(encoding="utf-8")
    words = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(words.rstrip().replace(",\n", ", ").split(", "))


@cache
def _phrases() -> frozenset[str]:
    """The entries that hold shorter ones: phrases, of which a line may take a part."""
    return frozenset(entry for entry in compounds() if any(_shorter(entry.split(" "))))


@cache
def _words() -> frozenset[str]:
    return compounds() - _phrases()


def _shorter(syllables: Sequence[str]) -> Iterator[str]:
    """The shorter entries inside one."""
    for length in range(2, len(syllables)):
        for first in range(len(syllables) - length + 1):
            part = " ".join(syllables[first : first + length])
            if part in compounds():
                yield part


@lru_cache(maxsize=8192)
def word_gaps(syllables: tuple[str, ...]) -> tuple[int, ...]:
    """Return what a break costs between each two neighbours: COMPOUND inside a word, PHRASE inside a phrase, or 0.

    Syllables are in small letters and NFC.
    """
    ends = _word_ends(syllables)
    gaps = [0 if at in ends else COMPOUND for at in range(1, len(syllables))]
    for first in (0, *ends):
        for length in range(3, LONGEST + 1):
            whole = first + length in ends and " ".join(syllables[first : first + length]) in _phrases()
            for at in range(first, first + length - 1) if whole else ():
                gaps[at] = max(gaps[at], PHRASE)
    return tuple(gaps)


def _word_ends(syllables: Sequence[str]) -> tuple[int, ...]:
    """Where words end, read as the fewest of them: "học sinh hoạt động" holds no "sinh hoạt"; first the longer."""
    count = len(syllables)
    best: list[tuple[int, int]] = [(0, 0)] * (
        count + 1
    )  # words from here on, and where the first of them ends
    words = _words()
    for first in range(count - 1, -1, -1):
        ends = [
            end
            for end in range(min(first + LONGEST, count), first + 1, -1)
            if " ".join(syllables[first:end]) in words
        ]
        best[first] = min(((1 + best[end][0], end) for end in (*ends, first + 1)), key=lambda one: one[0])
    found, first = [], 0
    while first < count:
        first = best[first][1]
        found.append(first)
    return tuple(found)
