"""What Office must be told of a font file: its name, its flags and how wide its letters are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from fontTools.ttLib import TTFont, TTLibError

from producer.brand.model import Face

BOLD = 600  # the least weight that Office's bold flag may stand for


@dataclass(frozen=True, slots=True)
class Metrics:
    """A face as Office sees it. Advances are in em."""

    family: str
    bold: bool
    italic: bool
    advances: Mapping[str, float]

    def width(self, text: str, size: float) -> float:
        """The width of ``text`` in px, kerning left out: some per mille too much, which is the safe side."""
        return sum(self.advances.get(char, 0.5) for char in text) * size


class Faces:
    """Metrics by face, each file read once."""

    def __init__(self, read_bytes: Callable[[str], bytes]) -> None:
        """Take the way to the project's files."""
        self._read_bytes = read_bytes
        self._known: dict[str, tuple[Face, Metrics]] = {}

    def of(self, face: Face) -> Metrics:
        """Return the metrics of a face."""
        if face.path not in self._known:
            self._known[face.path] = face, _read(face, self._read_bytes)
        return self._known[face.path][1]

    @property
    def asked(self) -> tuple[Face, ...]:
        """The faces whose files were asked for and found, in that order."""
        return tuple(face for face, metrics in self._known.values() if metrics.advances)


def _read(face: Face, read_bytes: Callable[[str], bytes]) -> Metrics:
    try:
        font = TTFont(BytesIO(read_bytes(face.path)), lazy=True)
    except (FileNotFoundError, TTLibError):
        # The layout has shaped the text with this file; only a page made by hand comes here without it.
        return Metrics(face.family, face.weight >= BOLD, face.italic, {})
    em = font["head"].unitsPerEm
    family, style = _legacy_names(font, face)
    widths = font["hmtx"]
    advances = {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}
    return Metrics(family, "Bold" in style, "Italic" in style, advances)


def _legacy_names(font: TTFont, face: Face) -> tuple[str, str]:
    """Name IDs 1 and 2: four styles a family, the only grouping that PowerPoint on Windows knows.

    A SemiBold is a family of its own there ("Be Vietnam Pro SemiBold", Regular), a Bold is not. Asked for
    "Be Vietnam Pro" with the bold flag, Office must not thicken a face that is bold already.
    """
    names = font["name"]
    return names.getDebugName(1) or face.family, names.getDebugName(2) or ""
