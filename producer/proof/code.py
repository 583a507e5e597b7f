"""QR codes of a finished picture, read back by another library than the one that made them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import cv2
import numpy as np
from PIL import Image

from producer.diagnostics import Diagnostic, Scope, Span
from producer.geometry import Box
from producer.layout.model import Item, Page
from producer.scene.model import QrElement, SignatureElement

QUIET = 0.12  # of its side, of ground that is cut out around a code
SCALES = (1, 2, 3)  # a small code is found when it is drawn larger


def prove_codes(page: Page, picture: bytes, span: Span) -> Iterator[Diagnostic]:
    """Yield each code of a page's picture that leads elsewhere than to its element's address.

    OpenCV decodes what segno made. A code that it cannot find is let be: that says more of the finder than of the
    code, whose modules were held against what a camera can resolve when it was laid out.
    """
    codes = [(item, item.code) for item in page.items if item.code is not None and _payload(item)]
    if not codes:
        return
    with Image.open(io.BytesIO(picture)) as opened:
        pixels = np.asarray(opened.convert("L"))
    for item, box in codes:
        read, meant = _decoded(pixels, box), _payload(item)
        if read and read != meant:
            facts = {"name": item.name, "read": read, "meant": meant}
            yield Diagnostic("proof/wrong-code", span, facts, scope=Scope.ROW)


def _payload(item: Item) -> str:
    return item.element.payload if isinstance(item.element, QrElement | SignatureElement) else ""


def _decoded(pixels: np.ndarray, box: Box) -> str:  # (height, width) of grey, 0 to 255
    """What the code in a box says; empty where none is found."""
    edge = box.width * QUIET
    top, left = max(int(box.y - edge), 0), max(int(box.x - edge), 0)
    part = pixels[top : int(box.y + box.height + edge), left : int(box.x + box.width + edge)]
    if not part.size:
        return ""
    for scale in SCALES:
        larger = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)
        read = cv2.QRCodeDetector().detectAndDecode(larger)[0]
        if read:
            return str(read)
    return ""
