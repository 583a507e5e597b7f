"""Write docs/gallery.md: a contact sheet of the sample campaign (``.venv/bin/python tools/gallery.py``, after a build).

Pictures come from the finished files in output/; slides from the deck's PDF, since a picture of PPTX would show another
program's hand.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pypdfium2
from PIL import Image
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
NAME = "cong-doan-2025"
FILES = ROOT / "output" / NAME
PICTURES = ROOT / "docs" / "pictures"
GAP, GROUND = 14, "#E3E8EE"
MOST_BYTES = {"gallery": 175_000, "": 60_000}
CUE_END = re.compile(r"--> \d\d:(\d\d):(\d\d),(\d{3})")

HEAD = """\
# Gallery

What `make demo` makes of one recipe, one sheet of events and one of indicators: {count} files.
Every event, unit and person is fictional.
This page and its pictures are written by `make gallery`.
"""
SHEETS = {
    "posters": (
        "Posts for social networks",
        "1080 × 1350 px; where an event has no photograph, the drawing is one of type alone",
    ),
    "prints": (
        "Posters in A3",
        "PDF with 3 mm bleed and crop marks, vector, real text, CMYK inks of the brand",
    ),
    "infographic": (
        "Infographic",
        "1080 × 1920 px, and A2 as PDF; the fourth quarter has no figure yet, and says so",
    ),
    "deck": (
        "Slides",
        "PPTX with editable text, native chart and table, PDF to hand out, and the fonts to install",
    ),
    "clips": ("Clips", "1080 × 1920 px, 30 frames a second; the last frame of each page"),
}


def printed(piece: str) -> list[Path]:
    """The print files of a piece, without the pages of checks beside them."""
    return [path for path in sorted(FILES.glob(f"{piece}/*.pdf")) if ".kiem-tra" not in path.name]


def main() -> int:
    """Write the sheets, the overview for the README and the page."""
    if not (FILES / "manifest.json").is_file():
        print(f"output/{NAME} is empty: run `make demo` first", file=sys.stderr)
        return 1
    manifest = json.loads((FILES / "manifest.json").read_bytes())["files"]
    posts = [picture(path) for path in sorted(FILES.glob("poster/*.png"))]
    prints = [page for path in printed("poster") for page in pdf_pages(path.read_bytes(), 460)]
    tall = [picture(path) for path in sorted(FILES.glob("infographic/*.png"))]
    tall += [page for path in printed("infographic") for page in pdf_pages(path.read_bytes(), 1080)]
    slides = [page for path in printed("deck") for page in pdf_pages(path.read_bytes(), 960)]
    clips = [list(frames(path)) for path in sorted(FILES.glob("clip/*.mp4"))]
    save("gallery-posters", grid(posts, 5, 300))
    save("gallery-prints", grid(prints, 5, 300))
    save("gallery-infographic", grid(tall, 2, 620))
    save("gallery-deck", grid(slides, 3, 500))
    save("gallery-clips", stacked([grid(row, len(row), 210) for row in clips]))
    save("overview", row([posts[1], tall[0], slides[4], posts[3], clips[0][2]], 290))
    (ROOT / "docs" / "gallery.md").write_text(page(manifest), "utf-8")
    return 0


# -- pictures of files --------------------------------------------------------------------------------------------


def picture(path: Path) -> Image.Image:
    """Return a picture file."""
    return Image.open(path).convert("RGB")


def pdf_pages(data: bytes, width: int) -> Iterator[Image.Image]:
    """Yield the pages of a PDF as wide as ``width`` px."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        yield page.render(scale=width / page.get_width()).to_pil().convert("RGB")


def frames(path: Path) -> Iterator[Image.Image]:
    """Yield the last frame of each of a clip's subtitles, when all words of its page have come in, and of the clip."""
    ends = CUE_END.findall(path.with_suffix(".srt").read_text("utf-8"))
    found = imageio_ffmpeg.read_frames(path)
    about = next(found)
    wanted = {
        round((int(minutes) * 60 + float(f"{seconds}.{ms}")) * about["fps"]) for minutes, seconds, ms in ends
    }
    data = b""
    for number, data in enumerate(found):
        if number in wanted:
            yield Image.frombytes("RGB", about["size"], data)
    yield Image.frombytes("RGB", about["size"], data)


# -- sheets -------------------------------------------------------------------------------------------------------


def scaled(image: Image.Image, width: float) -> Image.Image:
    """Return a picture as wide as ``width`` px."""
    return image.resize((round(width), round(image.height * width / image.width)), Image.Resampling.LANCZOS)


def row(images: Iterable[Image.Image], height: int) -> Image.Image:
    """Return pictures of one height beside each other."""
    return beside([scaled(image, image.width * height / image.height) for image in images])


def grid(images: list[Image.Image], columns: int, width: int) -> Image.Image:
    """Return pictures of one width in rows."""
    small = [scaled(image, width) for image in images]
    return stacked([beside(small[at : at + columns]) for at in range(0, len(small), columns)])


def beside(images: list[Image.Image]) -> Image.Image:
    """Return pictures in a row, with room around each."""
    sheet = Image.new(
        "RGB",
        (sum(i.width for i in images) + GAP * (len(images) + 1), max(i.height for i in images) + 2 * GAP),
        GROUND,
    )
    left = GAP
    for image in images:
        sheet.paste(image, (left, GAP))
        left += image.width + GAP
    return sheet


def stacked(rows: list[Image.Image]) -> Image.Image:
    """Return rows under each other."""
    sheet = Image.new(
        "RGB", (max(r.width for r in rows), sum(r.height for r in rows) - GAP * (len(rows) - 1)), GROUND
    )
    top = 0
    for image in rows:
        sheet.paste(image, (0, top))
        top += image.height - GAP
    return sheet


def save(name: str, image: Image.Image) -> None:
    """Write a picture as good as its limit of bytes allows."""
    most = MOST_BYTES["gallery" if name.startswith("gallery") else ""]
    for quality in range(88, 30, -4):
        data = BytesIO()
        image.save(data, "JPEG", quality=quality, optimize=True, progressive=True)
        if data.tell() <= most:
            break
    (PICTURES / f"{name}.jpg").write_bytes(data.getvalue())
    print(
        f"docs/pictures/{name}.jpg {image.width} × {image.height}, {data.tell() // 1000} kB, quality {quality}"
    )


# -- the page -----------------------------------------------------------------------------------------------------


def page(manifest: list[dict[str, Any]]) -> str:
    """Return docs/gallery.md."""
    parts = [HEAD.format(count=len(manifest))]
    for name, (title, words) in SHEETS.items():
        parts.append(f"## {title}\n\n{words}.\n\n![{title}](pictures/gallery-{name}.jpg)\n")
    parts.append("## Who made the pictures and the music\n\n" + "\n".join(credits_of(manifest)) + "\n")
    return "\n".join(parts)


def credits_of(manifest: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a row for each photograph, drawing and piece of music that the files were made from."""
    used = {path for entry in manifest for path in entry["inputs"]["files"] if path.startswith("assets/")}
    licences = YAML(typ="safe").load((ROOT / "assets/licences.yaml").read_text("utf-8"))
    yield "| file | title | author | licence | changes |\n| --- | --- | --- | --- | --- |"
    for path in sorted(used):
        entry = licences[path]
        yield f"| `{path}` | {entry['title']} | {entry['author']} | {entry['licence']} | {entry.get('changes', '')} |"


if __name__ == "__main__":
    sys.exit(main())
