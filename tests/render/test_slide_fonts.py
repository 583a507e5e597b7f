"""The fonts that go out beside a deck."""

from __future__ import annotations

import io
import re
import zipfile

from fontTools.ttLib import TTFont
from hand_page import face, font_file
from small_project import Small

from producer.render.slides.bundle import BUNDLE, font_bundle

DECK = "  anh: {kind: deck, size: [1280, 720], formats: [pptx]}\n"


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def family(data: bytes) -> str:
    """The name that Office knows a font by."""
    return TTFont(io.BytesIO(data))["name"].getDebugName(1) or ""


def test_every_font_that_a_deck_names_is_beside_it() -> None:
    """What slides, layouts, theme and charts ask Office for is the family of a file in the bundle."""
    artifact = Small(channels=DECK).artifact()
    parts = unpacked(artifact.data)
    asked = {
        name
        for part, data in parts.items()
        if part.endswith(".xml")
        for name in re.findall(r'<a:latin typeface="([^"+]+)"', data.decode())
    }
    bundle = unpacked(dict(artifact.extras)[BUNDLE])

    assert set(bundle) == {"BeVietnamPro-Bold.ttf", "BeVietnamPro-Regular.ttf", "DOC-TRUOC.txt"}
    assert asked
    assert asked <= {family(data) for name, data in bundle.items() if name.endswith(".ttf")}


def test_a_font_that_may_not_be_handed_on_is_only_named() -> None:
    """A font without a free licence in its file stays out of the bundle, and the text beside the others says so."""
    kept = TTFont(io.BytesIO(font_file("Oswald-Bold.ttf")))
    for number in (0, 13, 14):
        kept["name"].removeNames(nameID=number)
    made = io.BytesIO()
    kept.save(made)
    files = {"Oswald-Bold.ttf": made.getvalue(), "BeVietnamPro-Bold.ttf": font_file("BeVietnamPro-Bold.ttf")}
    faces = [face(name) for name in files]

    bundle = unpacked(font_bundle(faces, files.__getitem__, "vi"))

    assert set(bundle) == {"BeVietnamPro-Bold.ttf", "DOC-TRUOC.txt"}
    assert "Oswald Bold – không kèm" in bundle["DOC-TRUOC.txt"].decode("utf-8-sig")
