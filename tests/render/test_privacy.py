"""What products must not tell: where and by whom a photograph was taken, and who was cut out of it."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from face_picture import people
from PIL import Image, PngImagePlugin
from small_project import BRAND, Small

from producer.render.model import Artifact

# One for each place in a file where cameras, phones and programs write.
PLACES = ("artist", "owner", "serial", "note", "words", "maker", "xmp", "iptc", "comment", "text", "document")
MARKS = [f"Leak-{place}" for place in PLACES]
WHERE = ((21.0, 1.0, 42.0), (105.0, 51.0, 15.0))  # of GPS, degrees, minutes, seconds
ALL = ["png", "jpg", "webp", "avif", "tif", "svg", "pdf", "pptx", "mp4"]
SECRET = (255, 0, 255)  # what stands beyond the crop


def exif() -> Image.Exif:
    """What a camera says of itself, its owner and its place."""
    made = Image.Exif()
    made[0x010E], made[0x013B] = "Leak-words", "Leak-artist"
    made[0x010D] = "Leak-document"
    made[0x8769] = {
        0xA430: "Leak-owner",
        0xA431: "Leak-serial",
        0x9286: b"ASCII\0\0\0Leak-note",
        0x927C: b"Leak-maker",
    }
    made[0x8825] = {1: "N", 2: WHERE[0], 3: "E", 4: WHERE[1]}
    return made


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:li>Leak-xmp</rdf:li></rdf:RDF></x:xmpmeta>'


def jpeg(image: Image.Image) -> bytes:
    """The picture as a camera and a newsroom would hand it on."""
    out = BytesIO()
    image.save(out, "JPEG", quality=92, exif=exif(), xmp=XMP, comment="Leak-comment")
    words = b"\x1c\x02\x50" + len(b"Leak-iptc").to_bytes(2, "big") + b"Leak-iptc"
    block = (
        b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(words).to_bytes(4, "big") + words + bytes(len(words) % 2)
    )
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    data = out.getvalue()
    return data[:2] + segment + data[2:]


def png(image: Image.Image) -> bytes:
    """The picture with a transparent corner, as a program for pictures saves it."""
    shaded = image.convert("RGBA")
    shaded.putpixel((0, 0), (0, 0, 0, 0))
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Leak-text")
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    out = BytesIO()
    shaded.save(out, "PNG", exif=exif(), pnginfo=words)
    return out.getvalue()


def webp(image: Image.Image) -> bytes:
    """The picture as a network hands it out."""
    out = BytesIO()
    image.save(out, "WEBP", exif=exif(), xmp=XMP)
    return out.getvalue()


SOURCES = {"jpg": jpeg, "png": png, "webp": webp}
STILL = (
    "about: Thử\nkind: still\nground: night\nslots:\n  photo: {type: photo%s}\n"
    "  title: {type: text, style: headline}\n"
)
TEMPLATES = {
    "pptx": STILL.replace("still", "deck") + "pages:\n  one: {shapes: {any: 'photo\n\n    title'}}\n",
    "mp4": STILL.replace("still", "clip")
    + "pages:\n  one: {ground: photo, move: zoom-in, hold: 0.4s, shapes: {any: title}}\n",
}
CHANNELS = {
    "pptx": "kind: deck, size: [640, 360], formats: [pptx]",
    "mp4": "kind: video, size: [180, 320], seconds: [0.4, 3], formats: [mp4]",
    **{
        form: f"kind: print, trim: [60, 75], bleed: 3mm, safe: [3, 3, 3, 3], dpi: 150, formats: [{form}]"
        for form in ("pdf", "tif", "svg")
    },
}


def made(
    form: str, photo: bytes, source: str, crop: str = "faces", look: str = "", focus: str = ""
) -> Artifact:
    """The photograph in a product of one format."""
    template = TEMPLATES.get(form, STILL + "shapes: {any: 'photo\n\n  title'}\n")
    channel = CHANNELS.get(form, f"kind: image, size: [240, 300], formats: [{form}]")
    return Small(
        template=template % f", crop: {crop}{look}",
        brand=BRAND.replace(
            "  bar: {divider", "  circle: {frame: {shape: circle, bleed: false}}\n  bar: {divider"
        ),
        events=f"id,day,hour,figure,title,photo,photo_focus\nA1,2025-01-12,,,Thử,taken.{source},{focus}\n",
        channels=f"  anh: {{{channel}}}\n",
        more={f"assets/taken.{source}": photo},
    ).artifact()


@cache
def product(form: str, source: str) -> bytes:
    """A product whose photograph tells everything."""
    artifact = made(form, SOURCES[source](Image.open(BytesIO(people((600, 400), (200, 10))[0]))), source)
    return artifact.data + b"".join(data for _, data in artifact.extras)


def parts(data: bytes) -> Iterator[bytes]:
    """The file, and whatever is packed in it: parts of a deck, streams of a PDF, pictures of a drawing."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from parts(archive.read(name))
    elif data.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(data)) as document:
            for thing in document.objects:
                if isinstance(thing, pikepdf.Stream):
                    yield thing.read_raw_bytes()
                    if thing.get("/Filter") != "/DCTDecode":
                        yield thing.read_bytes()
    elif b"<svg" in data[:400]:
        for found in re.findall(rb"base64,([A-Za-z0-9+/=]+)", data):
            yield base64.b64decode(found)


def told_by(data: bytes) -> list[str]:
    """The marks that stand anywhere in a file, in the encodings that formats use."""
    everything = b"\0".join(parts(data))
    return [mark for mark in MARKS if any(mark.encode(code) in everything for code in ("ascii", "utf-16-le"))]


def test_the_photographs_tell_all_of_it() -> None:
    """The search finds what there is to find: each mark stands in one of the sources, and so does the place."""
    image = Image.open(BytesIO(people((600, 400), (200, 10))[0]))
    written = {name: write(image) for name, write in SOURCES.items()}

    assert {mark for data in written.values() for mark in told_by(data)} == set(MARKS)
    for data in written.values():
        with Image.open(BytesIO(data)) as taken:
            assert taken.getexif().get_ifd(0x8825)[2] == WHERE[0]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("form", ALL)
def test_no_product_tells_who_took_a_photograph_or_where(form: str, source: str) -> None:
    """None of the marks is in the file or in anything packed in it; no picture of it has EXIF."""
    data = product(form, source)

    assert told_by(data) == []
    for part in parts(data):
        if part.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF", b"II*", b"MM\0*")) or part[4:8] == b"ftyp":
            if form == "mp4":
                continue
            with Image.open(BytesIO(part)) as image:
                found = image.getexif()
                assert found.get_ifd(0x8825) == {}
                assert found.get_ifd(0x8769) == {}
                assert not set(found) & {0x010E, 0x013B, 0x8298, 0x010F, 0x0110}


@pytest.mark.parametrize("form", ALL)
def test_exiftool_finds_nothing_either(form: str, tmp_path: Path) -> None:
    """Another program, which knows every corner of these formats, reads neither a place nor a name."""
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    for at, part in enumerate(parts(product(form, "jpg"))):
        (tmp_path / f"{at:03}.{form if at == 0 else 'bin'}").write_bytes(part)
    done = subprocess.run(
        ["exiftool", "-j", "-a", "-u", "-G1", "-ee", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    read = json.loads(done.stdout)

    assert any("File:FileType" in one for one in read)
    assert [
        key for one in read for key in one if re.search(r"GPS|Serial|Owner|Artist|IPTC|MakerNote", key)
    ] == []
    assert "Leak-" not in done.stdout


# who was cut out


def half_secret(source: str) -> bytes:
    """A wide picture: the person on the right, and what nobody should see on the left."""
    image = Image.open(BytesIO(people((1600, 500), (1200, 90))[0]))
    image.paste(SECRET, (0, 0, 700, 500))
    return SOURCES[source](image)


def pictures_in(data: bytes) -> list[Image.Image]:
    """Every picture that is packed in a file."""
    if data.startswith(b"%PDF"):
        with pikepdf.open(BytesIO(data)) as document:
            return [
                pikepdf.PdfImage(thing).as_pil_image().convert("RGB")
                for thing in document.objects
                if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
            ]
    return [
        Image.open(BytesIO(part)).convert("RGB")
        for part in parts(data)
        if part.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF"))
    ]


def secret_px(image: Image.Image) -> int:
    """How many px of a picture show the secret."""
    return sum(
        count
        for count, (red, green, blue) in image.getcolors(image.width * image.height) or []  # type: ignore[misc]
        if red > 200 and green < 80 and blue > 200
    )


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("form", ["pdf", "pptx", "svg"])
def test_who_was_cut_out_is_not_in_the_file(form: str, source: str) -> None:
    """Files that hold pictures hold what shows of them and no more: a crop cannot be undone."""
    data = made(form, half_secret(source), source, look=", treatment: circle").data
    shown = pictures_in(data)

    assert shown
    assert [secret_px(picture) for picture in shown if secret_px(picture)] == []


@pytest.mark.parametrize("form", ["pdf", "pptx", "svg"])
def test_the_test_above_can_fail(form: str) -> None:
    """The whole picture, and a crop around the secret, show it."""
    whole = made(form, half_secret("jpg"), "jpg", crop="whole").data
    aside = made(form, half_secret("jpg"), "jpg", look=", treatment: circle", focus="10% 50%").data

    assert max(map(secret_px, pictures_in(whole))) > 100
    assert max(map(secret_px, pictures_in(aside))) > 100
