"""Every picture preset gives a file of exactly its size, mode, profile and weight: opened again, measured (R-04)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_project import Small, slot

from producer.picture_file import measure
from producer.pipeline import real_stages
from producer.recipe.channel import presets
from producer.recipe.model import Channel, Medium

ONE_ROW = (
    "id,theme,day,hour,title,message,place,photo,figure,tags\nA1,,2025-07-28,07:30,Ngày hội,,Nhà văn hóa,,,\n"
)
TEMPLATE = slot("text", "title", style="headline")
PICTURES = ("png", "jpg", "webp", "avif")
IMAGES = [channel for channel in presets().values() if channel.medium is Medium.IMAGE]
TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "tif": "image/tiff",
}


@pytest.mark.parametrize("channel", IMAGES, ids=lambda channel: channel.id)
def test_a_preset_gives_what_it_says(channel: Channel) -> None:
    """In each format that the channel takes."""
    forms = [form for form in channel.formats if form in PICTURES]
    own = f"  {channel.id}: {{formats: [{', '.join(forms)}]}}\n"
    project = Small(template=TEMPLATE, events=ONE_ROW, used=channel.id, channels=own)

    for at, form in enumerate(forms):
        data = project.artifact(at).data
        found = measure(data, whole=True)
        assert (found.media_type, found.mode, found.profile) == (TYPES[form], "RGB", "sRGB")
        assert found.size == (channel.size.width, channel.size.height)
        assert found.dpi in (None, 96)
        assert channel.max_mb is None or len(data) <= channel.max_mb * 1e6


@pytest.mark.parametrize("form", ["png", "jpg", "tif"])
def test_a_print_file_of_px_has_its_resolution(form: str) -> None:
    """A sheet as a picture has the px and the resolution that its channel asks for, in every format that tells it."""
    own = f"  the: {{kind: print, trim: [60, 90], dpi: 150, formats: [{form}]}}\n"
    found = measure(
        Small(template=TEMPLATE, events=ONE_ROW, used="the", channels=own).artifact().data, whole=True
    )

    assert found.media_type == TYPES[form]
    assert found.size == (round(60 / 25.4 * 150), round(90 / 25.4 * 150))
    assert (found.mode, found.profile, found.dpi) == ("RGB", "sRGB", pytest.approx(150, abs=0.2))


def test_proof_finds_a_picture_that_is_not_what_its_channel_asks_for() -> None:
    """Another resolution, and a weight over the limit, are told though the picture opens."""
    project = Small(template=TEMPLATE, events=ONE_ROW)
    document, artifact = project.document(), project.artifact()
    prove, read = real_stages().prove, project.world.read_bytes

    assert prove(artifact, document, read) == ()
    finer = replace(document, canvas=replace(document.canvas, px_per_inch=300))
    assert [problem.code for problem in prove(artifact, finer, read)] == ["proof/wrong-size"]
    lighter = replace(document, canvas=replace(document.canvas, max_mb=0.0001))
    assert [problem.code for problem in prove(artifact, lighter, read)] == ["proof/wrong-size"]
