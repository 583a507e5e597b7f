"""Facts looked up in what a finished file says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from producer.diagnostics import Diagnostic, Scope
from producer.proof.khmer import syllable_form
from producer.scene.model import Fact

# Joins and breaks that no reader sees.
_UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TAKEN = "\ue000"  # stands where a fact was found, so that the next is looked for elsewhere
_KHMER = re.compile("[\u1780-\u17ff]")
_BEFORE, _BEHIND = re.compile(r"\d[.,/:]$"), re.compile(r"[.,/:]\d")  # what makes a figure a longer one


def clean(text: str, *, composed: bool = True) -> str:
    """Return a text as facts are compared: NFC, every gap and line break one space; U+00A0 is a gap like any other.

    ``composed`` false leaves its form of Unicode: bytes that part a letter from its mark are found by no search.
    """
    plain = unicodedata.normalize("NFC", text) if composed else text
    return syllable_form(" ".join(plain.translate(_UNSEEN).split()))


def missing_facts(
    facts: Iterable[Fact], said: str, *, gaps: bool = True, composed: bool = True
) -> tuple[Diagnostic, ...]:
    """Return ``proof/fact-missing`` for every fact that ``said`` does not hold as often as it is given.

    Each has a place of its own, the longest first, and ends where a word or figure does: “28/7/2025” is not found
    in “128/7/2025”. A style may set a fact in capitals, all of it. ``gaps`` false leaves the spaces out of the
    comparison, for a reader that guesses them from distances.
    """
    told = tuple(facts)
    page = Words(clean(said, composed=composed), gaps=gaps)
    order = sorted(range(len(told)), key=lambda at: -len(told[at].text))
    lacks = {at for at in order if not any(page.take(form) for form in _forms(told[at].text))}
    return tuple(
        Diagnostic(
            "proof/fact-missing", fact.span, {"field": fact.field, "expected": fact.text}, scope=Scope.ROW
        )
        for at, fact in enumerate(told)
        if at in lacks
    )


def _forms(text: str) -> tuple[str, ...]:
    """A fact as it was written, and as a style of capitals sets it."""
    written = clean(text)
    return tuple(dict.fromkeys((written, clean(written.upper()))))


class Words:
    """A text in which stretches are found once each."""

    def __init__(self, text: str, *, gaps: bool) -> None:
        """Take a clean text; without ``gaps`` only its letters count, and a space between two parts no words."""
        self.gaps = gaps
        self.text = text if gaps else text.replace(" ", "")
        self._left = self.text

    def take(self, wanted: str, *, whole: bool = True, capitals: bool = False) -> bool:
        """Whether ``wanted`` stands where nothing was taken; if so, it is taken.

        ``whole`` asks for its ends to be those of words and figures, which only gaps can tell. ``capitals`` finds
        capitals in what only a style sets in them.
        """
        wanted = wanted if self.gaps else wanted.replace(" ", "")
        page = "".join(_capital(sign) for sign in self._left) if capitals else self._left
        for start in _places(page, wanted):
            stop = start + len(wanted)
            if whole and self.gaps and not self._is_whole(start, stop):
                continue
            self._left = f"{self._left[:start]}{_TAKEN * len(wanted)}{self._left[stop:]}"
            return True
        return not wanted

    def left(self) -> Sequence[str]:
        """The stretches that nobody took."""
        return [stretch for part in self._left.split(_TAKEN) if (stretch := part.strip())]

    def _is_whole(self, start: int, stop: int) -> bool:
        """Whether neither end stands inside a word or a figure, or beside a second of the same sign."""
        text = self.text
        if _joined(text[start - 1 : start], text[start]) or _joined(text[stop - 1], text[stop : stop + 1]):
            return False
        longer = text[start].isdigit() and _BEFORE.search(text[max(start - 2, 0) : start])
        return not (longer or (text[stop - 1].isdigit() and _BEHIND.match(text[stop : stop + 2])))


def _places(text: str, wanted: str) -> Iterator[int]:
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        yield start
        start = text.find(wanted, start + 1)


def _capital(sign: str) -> str:
    """The capital of a letter, one sign as it is."""
    return capital if len(capital := sign.upper()) == 1 else sign


def _joined(one: str, other: str) -> bool:
    """Whether two neighbours are of one word. Khmer has no gaps, so that its letters never tell."""
    if not one or not other or _KHMER.match(one) or _KHMER.match(other):
        return False
    return one == other != " " or (_is_letter(one) and _is_letter(other))


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNM"
