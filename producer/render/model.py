"""What renderers give, and what they are handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from producer.brand.model import Colour, Ink
from producer.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file: its bytes and what it is."""

    data: bytes
    media_type: str
    size: tuple[int, int]  # px, or pt of the trim for documents
    pages: int  # pages, slides or frames
    extras: tuple[tuple[str, bytes], ...] = ()  # files beside it: suffix and bytes (".srt")
    problems: tuple[Diagnostic, ...] = ()  # warnings that only painting can find


@dataclass(frozen=True, slots=True)
class Resources:
    """What a renderer needs besides the page: the meaning of inks, and the bytes of files in the project."""

    colours: Mapping[str, Colour]
    series: tuple[str, ...]
    read_bytes: Callable[[str], bytes]
    ffmpeg: str = ""  # path of the encoder's program, for clips

    def colour(self, ink: Ink) -> Colour:
        """The colour of an ink, its alpha left out."""
        return self.colours[ink.token]
