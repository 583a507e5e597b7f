"""QR codes that another program reads."""

from __future__ import annotations

import re

import numpy as np
import pytest
import zxingcpp

from producer.brand.model import Ink
from producer.geometry import Box
from producer.layout.qr import QrShapes, qr_shapes

INK, PAPER = Ink("ink"), Ink("paper")
LINK = "https://example.org/sự-kiện/ĐV-2025-03?ngày=28"


def pixels(code: QrShapes, side: int) -> np.ndarray:
    """The code in black and white, filled by hand: no painter of ours has a say."""
    sheet = np.full((side, side), 255, np.uint8)
    for rectangle in code.shapes[1].path.split("Z")[:-1]:
        numbers = [round(float(number)) for number in re.findall(r"[\d.]+", rectangle)]
        left, top, right, bottom = numbers[0], numbers[1], numbers[4], numbers[5]
        assert (sheet[top:bottom, left:right] == 255).all()  # rectangles never overlap
        sheet[top:bottom, left:right] = 0
    return sheet


def test_another_program_reads_the_address_back() -> None:
    """The merged rectangles say what was asked for, Vietnamese letters and all."""
    code = qr_shapes(LINK, Box(20, 20, 400, 400), INK, PAPER, whole_px=True)

    found = zxingcpp.read_barcodes(pixels(code, 440))

    assert [result.text for result in found] == [LINK]
    assert code.module_px == int(code.module_px)


@pytest.mark.parametrize("whole_px", [False, True])
def test_the_code_keeps_its_quiet_zone_inside_its_box(whole_px: bool) -> None:
    """Four modules of paper on each side, and nothing outside the box."""
    box = Box(7.5, 3.25, 150, 120)
    code = qr_shapes("a", box, INK, PAPER, whole_px=whole_px)

    paper = code.shapes[0].rounded
    assert paper is not None
    assert box.contains(paper[0], slack=0.51)
    numbers = [float(number) for number in re.findall(r"[\d.]+", code.shapes[1].path)]
    assert min(numbers[::2]) == pytest.approx(paper[0].x + 4 * code.module_px, abs=1e-3)
    assert max(numbers[1::2]) == pytest.approx(paper[0].bottom - 4 * code.module_px, abs=1e-3)
