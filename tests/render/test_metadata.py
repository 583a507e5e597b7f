"""What finished files say of themselves, as exiftool reads it: the same in every format, and no word too much."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from small_project import Small, laid

from producer.pipeline import real_stages
from producer.render.metadata import MOST_ALT, packet
from producer.render.model import Artifact, Resources

ORIGIN = "5f" * 32
TITLE, UNIT = "Ngày hội & <Sức trẻ> “đỏ”", "Công đoàn xã Thử"
STILL = (
    "about: Thử\nkind: still\nground: night\nslots:\n  photo: {type: photo, optional: true}\n"
    "  title: {type: text, style: statement}\n  sign: {type: signature}\n"
)
TEMPLATES = {
    "pptx": STILL.replace("still", "deck")
    + "pages:\n  one: {shapes: {any: 'photo\n\n    title\n\n    sign'}}\n",
    "mp4": STILL.replace("still", "clip")
    + "pages:\n  one: {hold: 0.4s, shapes: {any: 'photo\n\n    title\n\n    sign'}}\n",
}
CHANNELS = {
    "pptx": "kind: deck, size: [640, 360], formats: [pptx]",
    "mp4": "kind: video, size: [180, 320], seconds: [0.4, 3], formats: [mp4]",
    **{
        form: f"kind: print, trim: [148, 210], bleed: 3mm, safe: [3, 3, 3, 3], dpi: 100, formats: [{form}]"
        for form in ("pdf", "tif", "svg")
    },
}
FORMATS = ("png", "jpg", "webp", "avif", "tif", "svg", "pdf", "pptx", "mp4")


def small(form: str) -> Small:
    """A project whose one product has a title with everything that XML minds, and hashtags."""
    return Small(
        template=TEMPLATES.get(
            form,
            STILL + "shapes: {any: 'photo\n\n  title\n\n  sign', any without photo: 'title\n\n  sign'}\n",
        ),
        events=f"id,day,hour,figure,photo,title,hashtags\nA1,2025-08-12,,,,{TITLE},#ThangCongNhan #DoanVien\n",
        channels=f"  anh: {{{CHANNELS.get(form, f'kind: image, size: [360, 450], formats: [{form}]')}}}\n",
    )


@cache
def made(form: str) -> Artifact:
    """The product in a format."""
    project = small(form)
    scene, world = project.scene(), project.world
    resources = Resources(scene.colours, ("leaf", "sun"), world.read_bytes, origin=ORIGIN)
    return real_stages().render(laid(scene, world), resources)


def read(data: bytes, form: str, folder: Path) -> dict[str, Any]:
    """Every tag that exiftool finds, by group and name."""
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    place = folder / f"one.{form}"
    place.write_bytes(data)
    call = ["exiftool", "-j", "-a", "-G1", "-struct", "-api", "QuickTimeUTC", str(place)]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)[0]
    if "Archive::Zip" in told.get("ExifTool:Warning", ""):
        pytest.skip("exiftool cannot open a deck: libarchive-zip-perl is not installed")
    return told


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pptx"])
def test_exiftool_reads_the_packet(form: str, tmp_path: Path) -> None:
    """Title, alternative text, rights, credit, keywords, kind and origin come back letter for letter."""
    told = read(made(form).data, form, tmp_path)

    assert told["XMP-dc:Title"] == TITLE
    assert told["XMP-dc:Creator"] in (UNIT, [UNIT])
    assert told["XMP-dc:Rights"] == f"© 2025 {UNIT}"
    assert told["XMP-photoshop:Credit"] == UNIT
    assert told["XMP-dc:Subject"] == ["ThangCongNhan", "DoanVien", "Thử", UNIT]
    assert TITLE in told["XMP-iptcCore:AltTextAccessibility"]
    assert told["XMP-dc:Description"] == told["XMP-iptcCore:AltTextAccessibility"]
    assert told["XMP-iptcExt:DigitalSourceType"].endswith("/digitalCreation")
    assert told["XMP-producer:RecipeDigest"] == ORIGIN
    assert "Warning" not in " ".join(told)


def test_exiftool_reads_a_deck_too(tmp_path: Path) -> None:
    """A deck says the same in the words of office programs, and in properties of its own."""
    told = read(made("pptx").data, "pptx", tmp_path)

    assert told["XMP-dc:Title"] == TITLE
    assert told["XMP-dc:Creator"] == UNIT
    assert TITLE in told["XMP-dc:Description"]
    assert told["XML:Keywords"] == f"ThangCongNhan, DoanVien, Thử, {UNIT}"
    assert told["XML:Rights"] == f"© 2025 {UNIT}"
    assert told["XML:Credit"] == UNIT
    assert told["XML:RecipeDigest"] == ORIGIN


@pytest.mark.parametrize("form", ["png", "jpg", "webp", "pdf", "mp4"])
def test_exiftool_finds_the_files_in_order(form: str, tmp_path: Path) -> None:
    """Its own check of a file's metadata has nothing to say."""
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    place = tmp_path / f"one.{form}"
    place.write_bytes(made(form).data)
    call = ["exiftool", "-validate", "-warning", "-error", "-a", "-s3", str(place)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "OK"


def test_a_title_is_there_for_readers_of_any_language() -> None:
    """The text is Vietnamese, and also what a program without Vietnamese takes."""
    project = small("png")
    document = project.document()
    body = packet(document, Resources({}, (), project.world.read_bytes)).decode()

    titles = re.search("<dc:title>(.*?)</dc:title>", body)
    assert titles is not None
    assert re.findall('xml:lang="(.*?)"', titles[1]) == ["x-default", "vi"]
    ET.fromstring(re.sub(r"<\?xpacket.*?\?>", "", body).lstrip("\ufeff"))  # it is well-formed


def test_no_packet_tells_an_hour_or_that_somebody_approved() -> None:
    """The packet follows from what people wrote: no clock, no state."""
    body = packet(small("png").document(), Resources({}, (), lambda _: b"")).decode()

    assert not re.search(r"Date|approv|phê duyệt|duyệt", body, re.IGNORECASE)


def test_a_long_description_ends_with_a_sentence() -> None:
    """A page with a table may say more than a caption has room for: whole sentences of it are kept."""
    words = "Một câu dài vừa phải để thử. " * 200
    document = small("jpg").document()
    long = document.__class__(**{**{n: getattr(document, n) for n in document.__slots__}, "alts": (words,)})
    body = packet(long, Resources({}, (), lambda _: b"")).decode()
    found = re.search('<dc:description>.*?x-default">(.*?)</rdf:li>', body)

    assert found is not None
    assert MOST_ALT - 40 < len(found[1]) <= MOST_ALT
    assert found[1].endswith("thử.")


@pytest.mark.parametrize("form", FORMATS)
def test_metadata_is_part_of_the_same_bytes(form: str) -> None:
    """Two renderings are one file, and another origin is another file."""
    project = small(form)
    scene, world = project.scene(), project.world

    def again(origin: str) -> bytes:
        resources = Resources(scene.colours, ("leaf", "sun"), world.read_bytes, origin=origin)
        return real_stages().render(laid(scene, world), resources).data

    assert again(ORIGIN) == made(form).data
    assert again("ab" * 32) != made(form).data
