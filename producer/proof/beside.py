"""The texts that go out beside a file: subtitles of a clip, and the words to post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from producer.diagnostics import Diagnostic
from producer.layout.model import Document
from producer.proof.claim import unlike_texts

SUBTITLES, POST = ".srt", ".txt"
# A number, a line of two times, and words up to an empty line.
_CUE = re.compile(r"(\d+)\n(\S+) --> (\S+)\n(.*?)\n(?=\n|$)", re.DOTALL)
_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d),(\d{3})")


def prove_beside(document: Document, extras: Iterable[tuple[str, bytes]]) -> tuple[Diagnostic, ...]:
    """Return what the texts beside a file say otherwise than its document; a file that is not there says nothing."""
    files = dict(extras)
    place, captions = document.place, files.get(SUBTITLES, b"").decode("utf-8", "replace")
    wanted = [f"{at} {cue.first} {cue.last} {cue.text}" for at, cue in enumerate(document.cues, 1)]
    return (
        *unlike_texts(SUBTITLES, wanted, _cues(captions, document.rate), place),
        *unlike_texts(
            POST, _lines(document.post), _lines(files.get(POST, b"").decode("utf-8", "replace")), place
        ),
    )


def _cues(captions: str, rate: int) -> Iterator[str]:
    """The number, the first frame, the last and the words of each subtitle of a SubRip file."""
    for number, begin, end, words in _CUE.findall(captions):
        yield f"{number} {_frame(begin, rate)} {_frame(end, rate)} {words}"


def _frame(clock: str, rate: int) -> int:
    """The frame that a time in whole ms, rounded down, stands for; -1 for what is no time."""
    found = _CLOCK.fullmatch(clock)
    if found is None:
        return -1
    hours, minutes, seconds, ms = map(int, found.groups())
    whole = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
    return -(-whole * rate // 1000)


def _lines(text: str) -> list[str]:
    return text.strip().split("\n") if text.strip() else []
