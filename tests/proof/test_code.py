"""QR codes are read back from the finished picture by another library than the one that drew them."""

from __future__ import annotations

import io

import pytest
import segno
from hand_text import BODY

from producer.brand.model import Ink
from producer.diagnostics import Span
from producer.geometry import Box
from producer.layout.model import Item, Page
from producer.layout.qr import qr_shapes
from producer.proof.code import prove_codes
from producer.scene.model import Origin, QrElement, Role

SPAN = Span("data.csv", 7, 3)
OURS, OTHER = "https://congdoan.example/su-kien/1", "https://congdoan.example/su-kien/2"
SIDE = 164


def picture(payload: str) -> bytes:
    """A PNG with a code of ``payload`` at its left upper corner, 20 px from either edge."""
    made = io.BytesIO()
    segno.make(payload, micro=False).save(made, kind="png", scale=4, border=5)
    return made.getvalue()


@pytest.mark.parametrize(("printed", "codes"), [(OURS, []), (OTHER, ["proof/wrong-code"])])
def test_a_code_leads_where_its_element_says(printed: str, codes: list[str]) -> None:
    """One of another address is told, with both addresses."""
    ink = Ink("ink")
    element = QrElement("code", OURS, "", BODY, ink, ink, Origin(SPAN, "code"), ink)
    shapes = qr_shapes(OURS, Box(0, 0, SIDE, SIDE), ink, ink, whole_px=True)
    item = Item("code", Role.BODY, Box(0, 0, SIDE, SIDE), shapes.shapes, element, code=Box(4, 4, SIDE, SIDE))

    found = list(prove_codes(Page("p", "p", (item,), (0,)), picture(printed), SPAN))

    assert [one.code for one in found] == codes
    assert [one.facts["read"] for one in found] == [OTHER for _ in codes]
