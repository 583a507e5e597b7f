"""QR codes read out of a finished file by zxing-cpp: not the program that made them.

Measured over the codes of all sample items (``docs/benchmarks.md``): at half their size zxing-cpp still reads 8 of 10
from pictures, OpenCV's two readers 1 of 10, and it takes a tenth of their time.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from producer.diagnostics import Diagnostic, Scope
from producer.geometry import Box
from producer.layout.model import Document, Item, Page
from producer.plan.model import Medium
from producer.proof.pdf_text import open_pdf
from producer.scene.model import Canvas, QrElement, SignatureElement

Grey = NDArray[np.uint8]  # (height, width)
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom

ACROSS = 180  # px that a vector code is painted across its side
LEAST_PARTS = 30  # rectangles of a drawing that may be a code
_SUBPATH = re.compile(r"M([-\d.]+) ([-\d.]+)L[-\d.]+ [-\d.]+L([-\d.]+) ([-\d.]+)L[-\d.]+ [-\d.]+Z")
_OPEN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def expected_codes(page: Page) -> tuple[tuple[Item, Box, str], ...]:
    """Return the items of a page that show a code, its place and what it must say."""
    return tuple(
        (item, item.code, item.element.payload)
        for item in page.items
        if item.code is not None and isinstance(item.element, QrElement | SignatureElement)
    )


def unread_codes(document: Document, read: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return ``proof/code-unreadable`` for each code of a document that is not among those that were ``read``."""
    left = Counter(read)
    problems = []
    for page in document.pages:
        for item, _, payload in expected_codes(page):
            if left[payload]:
                left[payload] -= 1
                continue
            span = item.element.origin.span if item.element is not None else document.place
            found = ", ".join(sorted(left.elements())) or "–"
            facts: dict[str, str | int] = {"address": payload, "found": found}
            problems.append(Diagnostic("proof/code-unreadable", span, facts, scope=Scope.ROW))
    return tuple(problems)


def read_codes(picture: Grey) -> list[str]:
    """Return what all codes of a picture say."""
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(picture), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return [one.text for one in found]


def codes_of_pictures(document: Document, files: Iterable[bytes]) -> Iterator[str]:
    """Yield what the codes of picture files say, a file a page; each is looked for where it stands."""
    for page, data in zip(document.pages, files, strict=False):
        codes = expected_codes(page)
        if codes:
            with Image.open(BytesIO(data)) as image:
                for _, box, _ in codes:
                    yield from read_codes(
                        np.asarray(image.crop(_in_picture(box, document.canvas)).convert("L"))
                    )


def _in_picture(box: Box, canvas: Canvas) -> tuple[int, int, int, int]:
    """The px of a file that a box of the page covers; a print picture keeps its bleed where it has marks."""
    printed = canvas.medium is Medium.PRINT
    scale = canvas.dpi / canvas.px_per_inch if printed else 1.0
    bleed = canvas.bleed if printed and canvas.marks else 0.0
    edges = (box.x, box.y, box.right, box.bottom)
    left, top, right, bottom = (round((edge + bleed) * scale) for edge in edges)
    return left, top, right, bottom


def codes_of_pdf(document: Document, data: bytes) -> Iterator[str]:
    """Yield what the codes of a PDF say as PDFium paints them: each alone, of several to a sheet the whole sheet."""
    canvas = document.canvas
    boxes = [box for page in document.pages for _, box, _ in expected_codes(page)]
    if not boxes:
        return
    points = 72 / canvas.px_per_inch / canvas.scale
    with open_pdf(data) as pdf:
        if canvas.imposition is not None:
            least = min(box.width for box in boxes) * points
            for number in range(len(pdf)):
                yield from read_codes(_painted(pdf[number], ACROSS / least, (0, 0, 0, 0)))
            return
        for number, page in enumerate(document.pages):
            for _, box, _ in expected_codes(page):
                around = _cut(pdf[number], box, points)
                yield from read_codes(_painted(pdf[number], ACROSS / (box.width * points), around))


def _cut(page: Any, box: Box, points: float) -> tuple[float, float, float, float]:  # noqa: ANN401 - pypdfium2's own
    """What to leave away on the left, below, on the right and above, pt, so that a box of the trim is left."""
    left, _, _, top = page.get_trimbox()
    media = page.get_mediabox()
    x, y = left - media[0] + box.x * points, media[3] - top + box.y * points
    width, height = page.get_size()
    below, right = height - y - box.height * points, width - x - box.width * points
    return max(x, 0.0), max(below, 0.0), max(right, 0.0), max(y, 0.0)


def _painted(page: Any, scale: float, cut: tuple[float, float, float, float]) -> Grey:  # noqa: ANN401
    pixels: Grey = page.render(scale=scale, grayscale=True, crop=cut).to_numpy()
    return pixels.reshape(pixels.shape[:2])


def codes_of_clip(document: Document, data: bytes) -> Iterator[str]:
    """Yield what the codes of a clip say on the last frame of each page that has one."""
    last, wanted = -1, []
    for page in document.pages:
        last += page.frames
        wanted += [(last, box) for _, box, _ in expected_codes(page)]
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "clip.mp4"
        place.write_bytes(data)
        clip = cv2.VideoCapture(str(place))
        for frame, box in wanted:
            clip.set(cv2.CAP_PROP_POS_FRAMES, frame)
            shown, pixels = clip.read()
            if shown:
                left, top, right, bottom = _in_picture(box, document.canvas)
                yield from read_codes(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)[top:bottom, left:right])
        clip.release()


def codes_of_svg(paths: Iterable[str]) -> Iterator[str]:
    """Yield what those of a drawing's paths say that are codes: many rectangles and nothing else."""
    for path in paths:
        found = _SUBPATH.findall(path)
        parts = [(float(x), float(y), float(right), float(bottom)) for x, y, right, bottom in found]
        if len(parts) >= LEAST_PARTS and len(parts) == path.count("M"):
            yield from read_codes(_filled(parts))


def codes_of_shapes(shapes: Any) -> Iterator[str]:  # noqa: ANN401 - lxml's own
    """Yield what the freeforms of a slide say that are codes."""
    for drawing in shapes.iter(f"{_OPEN}pathLst"):
        parts: list[Rectangle] = []
        for step in (step for path in drawing for step in path):
            points = [(float(point.get("x")), float(point.get("y"))) for point in step.iter(f"{_OPEN}pt")]
            if step.tag == f"{_OPEN}moveTo":
                parts.append((*points[0], *points[0]))
            for x, y in points:
                parts[-1] = _wider(parts[-1], x, y)
        if len(parts) >= LEAST_PARTS:
            yield from read_codes(_filled(parts))


def _wider(part: Rectangle, x: float, y: float) -> Rectangle:
    return min(part[0], x), min(part[1], y), max(part[2], x), max(part[3], y)


def _filled(parts: Sequence[Rectangle]) -> Grey:
    """Black rectangles on white, with room around them."""
    left, top = min(part[0] for part in parts), min(part[1] for part in parts)
    scale = ACROSS / max(max(part[2] for part in parts) - left, 1e-6)
    margin = ACROSS // 6
    picture: Grey = np.full((ACROSS + 2 * margin, ACROSS + 2 * margin), 255, np.uint8)
    for x, y, right, bottom in parts:
        across = slice(round((x - left) * scale) + margin, round((right - left) * scale) + margin)
        picture[round((y - top) * scale) + margin : round((bottom - top) * scale) + margin, across] = 0
    return picture
