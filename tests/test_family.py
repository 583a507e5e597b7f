"""A template is one file, data and no code: a family made of YAML alone goes down the whole road."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pypdfium2
import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image
from pptx import Presentation
from small_project import BRAND, RECIPE, Small

# A hand of its own: gradient and motif, a framed photograph in two inks, a card, a band, a bar.
BRAND_OF_ITS_OWN = BRAND.replace(
    "  wave: {frame: {shape: wave, line: accent}}\n",
    "  wave: {frame: {shape: wave, line: accent}, look: {kind: duotone, dark: shade, light: accent}}\n",
)
TEMPLATE = """\
about: Thiệp mời
kind: still
ground: night
slots:
  photo: {type: photo, optional: true, treatment: wave, label: Ảnh}
  title: {type: text, style: headline, treatment: bar, label: Tên}
  message: {type: text, style: lead, optional: true, label: Lời mời}
  facts: {type: list, style: body, items: ["{hour | time}, {day | weekday}", "{place}"], label: Khi nào}
  sign: {type: signature}
shapes:
  tall: "photo\\ntitle\\nmessage\\nfacts\\nsign"
  tall without photo: "title\\nmessage\\n.\\nfacts\\nsign"
  wide: |
    photo title title
    photo message message
    photo facts facts
    sign sign sign
  wide without photo: "title\\nmessage\\n.\\nfacts\\nsign"
panels: {card: [facts], foot: [sign]}
"""
CHANNELS = """\
  anh: {kind: image, size: [360, 450], formats: [png]}
  giay: {kind: print, trim: [90, 120], bleed: 3mm, formats: [pdf]}
  trang: {kind: deck, size: [480, 270], formats: [pptx]}
  phim: {kind: video, size: [180, 320], seconds: [2, 8], formats: [mp4]}
"""
FAMILY = Small(template=TEMPLATE, brand=BRAND_OF_ITS_OWN, channels=CHANNELS, used="anh, giay, trang, phim")
WORDS = {
    "A1": [
        "Ngày hội công nhân", "Vì đoàn viên", "07 giờ 30, Thứ Hai, 28/7/2025", "Nhà văn hóa xã Thử",
        "Liên đoàn Lao động tỉnh Thử", "Công đoàn xã Thử",
    ],
    "A2": [
        "Tết Sum vầy", "14 giờ 00, Chủ Nhật, 12/1/2025", "Sân vận động huyện Thử", "Liên đoàn Lao động huyện Thử",
    ],
}  # fmt: skip


def build(folder: Path, *arguments: str) -> list[dict[str, str]]:
    """Run ``producer build`` in a folder; what it tells of each file."""
    command = [sys.executable, "-m", "producer", "build", RECIPE, "--json", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return list(map(json.loads, done.stdout.splitlines()))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the family's files, built from an empty one by the program itself."""
    folder = FAMILY.write(tmp_path_factory.mktemp("family"))
    assert list(folder.rglob("*.py")) == []
    build(folder)
    return folder / "output" / "thu" / "tin"


def plain(words: str) -> str:
    """Words without case and line ends, which styles may change."""
    return " ".join(words.replace("\u00a0", " ").split()).casefold()


@pytest.mark.parametrize("row", WORDS)
def test_the_picture(made: Path, row: str) -> None:
    """Pillow sees a PNG of the channel's size, with the row's ground, the paper of its foot, and words."""
    with Image.open(made / f"{row}-anh.png") as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)

    assert pixels.shape == (450, 360, 3)
    assert np.abs(pixels[440, 4] - 255).max() <= 1  # the panel at the foot runs out of the page
    red_over_green = pixels[200, :, 0].mean() - pixels[200, :, 1].mean()
    assert red_over_green > 30 if row == "A1" else red_over_green < -30  # A1 has a theme of its own
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 200


@pytest.mark.parametrize("row", WORDS)
def test_the_print(made: Path, row: str) -> None:
    """Another program reads every word of the row out of the PDF, and a trim of 90 × 120 mm inside its bleed."""
    document = pypdfium2.PdfDocument(made / f"{row}-giay.pdf")
    page = document[0]
    told = plain(page.get_textpage().get_text_range())
    left, bottom, right, top = page.get_trimbox()

    assert len(document) == 1
    assert (right - left, top - bottom) == pytest.approx((90 / 25.4 * 72, 120 / 25.4 * 72), abs=0.01)
    assert [words for words in WORDS[row] if plain(words) not in told] == []


@pytest.mark.parametrize("row", WORDS)
def test_the_slide(made: Path, row: str) -> None:
    """python-pptx reads every word as editable text, and openxml-audit finds nothing wrong."""
    path = made / f"{row}-trang.pptx"
    (slide,) = Presentation(str(path)).slides
    told = plain(" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame))

    assert [words for words in WORDS[row] if plain(words) not in told] == []
    assert slide.shapes.title is not None
    for office in (FileFormat.OFFICE_2007, FileFormat.MICROSOFT_365):
        assert OpenXmlValidator(office).validate(str(path)).errors == []


@pytest.mark.parametrize("row", WORDS)
def test_the_clip(made: Path, row: str) -> None:
    """PyAV decodes 2 to 3 s of H.264 at 30/s, 180 × 320, whose first frame already shows the words."""
    with av.open(io.BytesIO((made / f"{row}-phim.mp4").read_bytes())) as file:
        (stream,) = file.streams.video
        frames = [frame.to_ndarray(format="gray") for frame in file.decode(stream)]
        codec, rate = stream.codec_context.name, stream.average_rate

    assert (codec, rate) == ("h264", 30)
    assert 60 <= len(frames) <= 240
    assert {frame.shape for frame in frames} == {(320, 180)}
    assert np.ptp(frames[0][60:250, 10:170]) > 120  # light words on a dark ground


def test_another_look_is_another_line_of_yaml() -> None:
    """Only the brand changes: the same template and data make another picture."""
    one = FAMILY.artifact(0)
    other = replace(FAMILY, brand=BRAND_OF_ITS_OWN.replace("#B3261E", "#4B1E86"))

    assert one.data != other.artifact(0).data
    assert one.size == other.artifact(0).size == (360, 450)
