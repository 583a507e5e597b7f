"""Documents made by hand, for what takes pages: a ground, words, a photograph, a shadow."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import uharfbuzz
from PIL import Image

from producer.brand.model import Colour, Face, Ink, LookKind
from producer.diagnostics import Span
from producer.geometry import Box, Insets, Size
from producer.layout.model import Document, GlyphRun, Item, Page, Paint, Photo, Shape
from producer.plan.model import Medium
from producer.render.model import Resources
from producer.scene.model import Canvas, Fact, Gradient, Look, Picture, Role, Solid

FONTS = Path(__file__).resolve().parent.parent / "brand" / "fonts"
COLOURS = {
    "blue": Colour(11, 77, 162, (100, 82, 5, 0)),
    "deep": Colour(8, 47, 102, (100, 88, 25, 40)),
    "gold": Colour(255, 198, 26, (0, 23, 98, 0)),
    "ink": Colour(20, 32, 46, (80, 68, 55, 70)),
    "paper": Colour(255, 255, 255, (0, 0, 0, 0)),
    "screen": Colour(1, 2, 3),  # has no ink build
}
TITLE = "Nghĩa tình Công đoàn Đồng Tháp"
BODY = "Trao 1.250 suất quà cho đoàn viên, người lao động ở ấp Mỹ Hưng"


@cache
def font_file(name: str) -> bytes:
    """A font of the brand by its file name."""
    return next(FONTS.rglob(name)).read_bytes()


def face(name: str = "BeVietnamPro-Bold.ttf", weight: int = 700) -> Face:
    """A face whose path is its file name."""
    return Face(name, hashlib.sha256(font_file(name)).hexdigest(), "Be Vietnam Pro", weight)


@cache
def ramp_photo() -> bytes:
    """A 300 × 200 JPEG that runs from dark to light, red to green."""
    x, y = np.meshgrid(np.linspace(0, 255, 300), np.linspace(0, 255, 200))
    out = BytesIO()
    Image.fromarray(np.stack([x, y, (x + y) / 2], axis=2).astype(np.uint8)).save(out, "JPEG", quality=95)
    return out.getvalue()


FILES = {
    "ramp.jpg": ramp_photo,
    "scene.svg": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50"'
        b' fill="#0B4DA2"/><circle cx="50" cy="25" r="20" fill="#FFC61A"/></svg>'
    ),
}


def read_bytes(path: str) -> bytes:
    """The files that pages made here name."""
    return FILES[path]() if path in FILES else font_file(path)


RESOURCES = Resources(COLOURS, ("blue",), read_bytes)


def rectangle(box: Box) -> str:
    """The path data of a box."""
    return f"M{box.x} {box.y}L{box.right} {box.y}L{box.right} {box.bottom}L{box.x} {box.bottom}Z"


def shape(box: Box, token: str, alpha: float = 1.0) -> Shape:
    """A filled box."""
    return Shape(rectangle(box), fill=Solid(Ink(token, alpha)), rounded=(box, 0.0))


def run(text: str, x: float, y: float, size: float, token: str = "ink") -> GlyphRun:
    """A line of text from (x, y) on, shaped by HarfBuzz."""
    font = uharfbuzz.Font(uharfbuzz.Face(font_file(face().path)))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"liga": False})
    scale, points = size / font.face.upem, []
    for place in buffer.glyph_positions:
        points.append((x + place.x_offset * scale, y - place.y_offset * scale))
        x += place.x_advance * scale
    glyphs = tuple(info.codepoint for info in buffer.glyph_infos)
    return GlyphRun(face(), size, glyphs, tuple(points), text, Ink(token))


def item(role: Role, box: Box, *paints: Paint, alt: str = "") -> Item:
    """An item named after its role."""
    return Item(role.value, role, box, paints, alt=alt)


def screen(width: float, height: float) -> Canvas:
    """A screen page."""
    return Canvas(Size(width, height), Insets(), 0, Medium.IMAGE, 96, 72, 0, 0)


def print_sheet(width: float, height: float, *, marks: bool = True) -> Canvas:
    """A print page with 3 mm of bleed."""
    return Canvas(Size(width, height), Insets(), 8.504, Medium.PRINT, 72, 300, 0, 0, marks=marks)


def document(canvas: Canvas, *items: Item, form: str = "png", facts: tuple[str, ...] = ()) -> Document:
    """One page of items, decorations left out of its reading order."""
    reading = tuple(i for i, item in enumerate(items) if item.role is not Role.DECORATION)
    page = Page("poster", TITLE, items, reading)
    told = tuple(Fact(f"fact-{i}", text, Span("data.csv", i + 2, 1)) for i, text in enumerate(facts))
    return Document("poster/EV-1", form, TITLE, "vi", canvas, (page,), told, 30, "cut")


def poster(canvas: Canvas, form: str = "png") -> Document:
    """A small poster of everything: gradient, photograph in a look, shadow, panel, words."""
    width, height, bleed = canvas.size.width, canvas.size.height, canvas.bleed
    sheet = Box(0, 0, width, height).inset(Insets.even(-bleed))
    unit = width / 100
    ground = Shape(rectangle(sheet), Gradient((Ink("blue"), Ink("deep")), 160), box=sheet)
    photo_box = Box(6 * unit, 6 * unit, 88 * unit, 50 * unit)
    photo = Photo(
        Picture("ramp.jpg", "ramp", 300, 200),
        photo_box,
        Box(0, 14.77, 300, 170.45),
        clip=round_corners(photo_box, 4 * unit),
        look=Look(LookKind.DUOTONE, Ink("deep"), Ink("gold"), 0.8),
    )
    panel = Box(6 * unit, 62 * unit, 88 * unit, 40 * unit)
    shadow = replace(shape(panel.moved(0, unit), "ink", 0.4), blur=2 * unit)
    body_lines = BODY.split(", ")
    return document(
        canvas,
        replace(item(Role.DECORATION, sheet, ground), bleeds=True),
        item(Role.PICTURE, photo_box, photo, alt="Một dải màu"),
        item(Role.DECORATION, panel, shadow, shape(panel, "paper")),
        item(Role.TITLE, panel, run(TITLE, 10 * unit, 73 * unit, 4.6 * unit, "blue")),
        item(
            Role.BODY,
            panel,
            *(run(line, 10 * unit, (82 + 6 * i) * unit, 3 * unit) for i, line in enumerate(body_lines)),
        ),
        form=form,
        facts=(TITLE, "1.250"),
    )


def round_corners(box: Box, radius: float) -> str:
    """The path data of a rounded box, with arcs."""
    arc = f"A{radius} {radius} 0 0 1 "
    return (
        f"M{box.x + radius} {box.y}H{box.right - radius}{arc}{box.right} {box.y + radius}"
        f"V{box.bottom - radius}{arc}{box.right - radius} {box.bottom}H{box.x + radius}"
        f"{arc}{box.x} {box.bottom - radius}V{box.y + radius}{arc}{box.x + radius} {box.y}Z"
    )
