"""What renderers give, and what they are handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from producer.brand.model import Colour, Ink
from producer.diagnostics import Diagnostic
from producer.geometry import Box
from producer.layout.model import GlyphRun

if TYPE_CHECKING:  # whoever only passes an artifact on needs no numpy
    import numpy as np
    from numpy.typing import NDArray

    from producer.render.pdf.preflight import Preflight


@dataclass(frozen=True, slots=True, eq=False)
class Underlay:
    """What lay under a run of words, or under the mark, just before it was painted.

    Of what signs a page, the mark and the unit's name, also the pixels just after, and those of the finished page.
    """

    page: int
    item: int  # its place among the page's items
    run: GlyphRun | None  # nothing for the mark
    box: Box  # of its ink, px of the page
    ground: NDArray[np.uint8]  # (n, 3), sRGB: samples of the pixels under it
    painted: NDArray[np.uint8] | None = (
        None  # the same pixels with its own ink; nothing where it does not sign
    )
    left: NDArray[np.uint8] | None = None  # and as the page leaves them


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file: its bytes and what it is."""

    data: bytes
    media_type: str
    size: tuple[int, int]  # px, or pt of the trim for documents
    pages: int  # pages, slides or frames
    extras: tuple[tuple[str, bytes], ...] = ()  # files beside it: suffix and bytes (".srt")
    problems: tuple[Diagnostic, ...] = ()  # warnings that only painting can find
    # What was seen on the way, for the review and the page of checks. No part of what was made: it is not compared.
    underlays: tuple[Underlay, ...] | None = field(default=None, compare=False)  # of pictures, at full size
    preflight: Preflight | None = field(
        default=None, compare=False
    )  # of print files that get a page of checks


TAIL = 12  # lines of a failed child that are shown


class FfmpegError(RuntimeError):
    """ffmpeg did not make its file, which is no fault of what people wrote.

    ``status`` is its exit status, on POSIX the negative number of the signal that ended it, and nothing where it
    could not be started. ``frames`` are those that it wrote and those that it was sent, where only they differ.
    """

    def __init__(
        self, command: Sequence[str], status: int | None, said: str, frames: tuple[int, int] | None = None
    ) -> None:
        """Keep what a report needs; of what it said, the last lines."""
        self.status, self.frames = status, frames
        self.log = "\n".join((" ".join(command), *said.splitlines()[-TAIL:]))
        counted = f"\n{frames[0]} of {frames[1]} frames" if frames else ""
        super().__init__(f"exit status {status}{counted}\n{self.log}")


@dataclass(frozen=True, slots=True)
class Resources:
    """What a renderer needs besides the page: the meaning of inks, and the bytes of files in the project."""

    colours: Mapping[str, Colour]
    series: tuple[str, ...]
    read_bytes: Callable[[str], bytes]
    ffmpeg: str = ""  # path of the encoder's program, for clips
    origin: str = ""  # SHA-256 of what people wrote, that the file is made from: it goes into its metadata

    def colour(self, ink: Ink) -> Colour:
        """The colour of an ink, its alpha left out."""
        return self.colours[ink.token]
