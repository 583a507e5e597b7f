"""Write the guide to the families: ``.venv/bin/python tools/family_guide.py [--check | --words]``.

docs/vi/bo-mau.md and docs/en/families.md list each still family: what it is for, how it is built, its shapes, its
looks and what staff fill in. Names of slots and their hints come from the templates, the rest from
docs/families.yaml. Pictures come from the pattern books; ``--words`` leaves them, ``--check`` writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from family_sheet import sample_sheet, sheet_path
from pattern_sheet import GAP, GROUND, ROOT, Shown, pages_of, within
from PIL import Image
from ruamel.yaml import YAML

from producer.diagnostics import SourceText, Span
from producer.recipe.brand_file import read_brand
from producer.recipe.model import PageShape, SlotType, Template
from producer.recipe.template_file import read_template
from producer.world import FolderWorld

PAGES = {"vi": ROOT / "docs/vi/bo-mau.md", "en": ROOT / "docs/en/families.md"}
PICTURES = ROOT / "docs/pictures"
MOST_BYTES = 45_000  # twelve looks and shapes at once; at 25 kB no title can be read
WIDTH, HEIGHT = 940, 190
UNSAID = (SlotType.SIGNATURE, SlotType.ROWS)
WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "head": "# Bộ mẫu: mười hai họ sản phẩm",
        "about": "Mỗi họ có một cách dựng riêng, nên đứng cạnh nhau vẫn nhận ra. "
        "Mỗi họ có nhiều kiểu để một loạt bài không giống nhau. "
        "Trong bảng dữ liệu, cột `look` chọn kiểu; để trống thì chương trình tự đổi kiểu giữa hai bài liền nhau. "
        "Các công thức `recipes/bo-mau-*` dựng cả bộ từ dữ liệu mẫu.",
        "other": "Bản tiếng Anh: [families.md](../en/families.md). Vẽ mẫu mới: [mau-thiet-ke.md](mau-thiet-ke.md).",
        "made": "Trang này và các hình do `tools/family_guide.py` làm ra.",
        "built": "Cách dựng",
        "shapes": "Khổ",
        "looks": "Kiểu",
        "slots": "| ô | điền gì | gợi ý |",
        "sheet": "Bảng để chép vào `{path}` (hàng đầu là tên cột, thêm hàng bên dưới), và phần công thức đi cùng:",
        "optional": "không bắt buộc",
        "tall": "dọc",
        "square": "vuông",
        "wide": "ngang",
        "strip": "dải",
    },
    "en": {
        "head": "# The families: twelve kinds of product",
        "about": "Each family is built in a way of its own, so that it is known beside the others. "
        "Each has several looks, so that a series is not copies. "
        "The column `look` of the sheet chooses one; left empty, neighbours in a series differ by themselves. "
        "The recipes `recipes/bo-mau-*` build all of them from sample data.",
        "other": "In Vietnamese: [bo-mau.md](../vi/bo-mau.md). Drawing a new one: [templates.md](templates.md).",
        "made": "This page and its pictures are written by `tools/family_guide.py`. "
        "Labels and hints are those that staff read.",
        "built": "Built",
        "shapes": "Shapes",
        "looks": "Looks",
        "slots": "| slot | what goes in | hint |",
        "sheet": "A sheet to copy into `{path}` (add rows below the first), and its part of the recipe:",
        "optional": "optional",
        "tall": "tall",
        "square": "square",
        "wide": "wide",
        "strip": "strip",
    },
}


def main() -> int:
    """Write pages and pictures, or with ``--check`` only say whether a page is old."""
    asked = argparse.ArgumentParser(description="Write the guide to the families.")
    asked.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a page is old")
    asked.add_argument("--words", action="store_true", help="leave the pictures as they are")
    options = asked.parse_args()
    old = [
        language
        for language, path in PAGES.items()
        if not path.exists() or path.read_text("utf-8") != page(language)
    ]
    if options.check:
        for language in old:
            print(f"{PAGES[language].relative_to(ROOT)} is old: run tools/family_guide.py", file=sys.stderr)
        return 1 if old else 0
    for language in old:
        PAGES[language].write_text(page(language), "utf-8")
        print(PAGES[language].relative_to(ROOT))
    if not options.words:
        write_pictures()
    return 0


def families() -> dict[str, dict[str, Any]]:
    """What is said of each family, by its template's name, in the order of the page."""
    said: dict[str, dict[str, Any]] = YAML(typ="safe").load((ROOT / "docs/families.yaml").read_text("utf-8"))
    return said


def template(name: str) -> Template:
    """A template of the brand."""
    world = FolderWorld(ROOT)
    return read_template(world, read_brand(world), SourceText(name, Span("docs/families.yaml", 1, 1)))


# -- words --------------------------------------------------------------------------------------------------------


def page(language: str) -> str:
    """Return a guide in one language."""
    words = WORDS[language]
    parts = [words["head"], words["about"], f"{words['other']} {words['made']}"]
    for name, said in families().items():
        parts += list(family(template(name), said, language))
    return "\n\n".join(parts) + "\n"


def family(one: Template, said: dict[str, Any], language: str) -> Iterator[str]:
    """Yield the paragraphs of one family."""
    words, own = WORDS[language], said[language]
    yield f"## {own['name']}"
    yield f"![{own['name']}](../pictures/family-{one.name}.jpg)"
    about = one.about if language == "vi" else own["for"]
    lines = [f"`{one.name}` · {about}.", "", f"- **{words['built']}**: {own['built']}."]
    lines.append(f"- **{words['shapes']}**: {', '.join(words[shape.value] for shape in shapes_of(one))}.")
    abouts = (
        {look: one.abouts.get(look, "") for look in one.looks if look} if language == "vi" else own["looks"]
    )
    if abouts:
        told = "; ".join(f"`{look}` {text[:1].lower()}{text[1:]}" for look, text in abouts.items())
        lines.append(f"- **{words['looks']}**: {told}.")
    yield "\n".join(lines)
    yield "\n".join([words["slots"], "| --- | --- | --- |", *rows(one, words)])
    sheet = sample_sheet(one.name)
    yield words["sheet"].format(path=sheet_path(one.name))
    yield f"```text {one.name}.csv\n{sheet.text}```"
    yield f"```text {one.name}\n{sheet.recipe}```"


def rows(one: Template, words: dict[str, str]) -> Iterator[str]:
    """Yield a row of the table for each slot that staff see."""
    for name, slot in one.slots.items():
        if slot.type not in UNSAID:
            label = f"{slot.label} ({words['optional']})" if slot.optional else slot.label
            yield f"| `{name}` | {label} | {slot.help} |"


def shapes_of(one: Template) -> list[PageShape]:
    """The shapes that a family serves in at least one look."""
    drawn = (
        {drawing.shape for drawing in one.pages[0].drawings}
        if len(one.looks) == 1
        else {drawing.shape for spec in one.pages for drawing in spec.drawings}
    )
    return [shape for shape in PageShape if drawn & {shape, None}]


# -- pictures -----------------------------------------------------------------------------------------------------


def write_pictures() -> None:
    """Write a picture of each family: a page of each look and shape, as many as stand in a row or two."""
    recipes = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "recipes").glob("bo-mau-*"))
    shown = [one for recipe in recipes for one in pages_of(recipe, tuple(families()))]
    for name in families():
        own = [one for one in shown if one.family == name]
        write(sheet(list(varied(own))), PICTURES / f"family-{name}.jpg")


def varied(pages: list[Shown]) -> Iterator[Shown]:
    """Yield one page for each look and shape, looks in turn, so that the first ones show the whole family."""
    first: dict[tuple[str, PageShape], Shown] = {}
    for one in pages if pages[0].look else []:
        first.setdefault((one.look, one.shape), one)
    looks = sorted({one.look for one in pages})
    order = [(look, shape) for shape in PageShape for look in looks]
    yield from (first[key] for key in order if key in first) if first else pages


def sheet(pages: list[Shown]) -> Image.Image:
    """Return pages in rows of one height, no row wider than the page of a guide."""
    rows: list[list[Image.Image]] = [[]]
    for one in pages:
        image = within(one.picture, WIDTH - 2 * GAP, HEIGHT)
        if rows[-1] and sum(i.width + GAP for i in (*rows[-1], image)) + GAP > WIDTH:
            rows.append([])
        rows[-1].append(image)
    rows = rows[:2]
    whole = Image.new("RGB", (WIDTH, sum(max(i.height for i in row) + GAP for row in rows) + GAP), GROUND)
    top = GAP
    for row in rows:
        left = (WIDTH - sum(i.width + GAP for i in row) + GAP) // 2
        for image in row:
            whole.paste(image, (left, top))
            left += image.width + GAP
        top += max(i.height for i in row) + GAP
    return whole


def write(image: Image.Image, path: Path) -> None:
    """Write a picture as good, and then as large, as the limit of bytes allows."""
    while True:
        for quality in range(80, 44, -6):
            data = BytesIO()
            image.save(data, "JPEG", quality=quality, optimize=True, progressive=True)
            if data.tell() <= MOST_BYTES:
                path.write_bytes(data.getvalue())
                print(f"{path.relative_to(ROOT)} {image.width} × {image.height}, {data.tell() // 1000} kB")
                return
        image = within(image, image.width * 0.9, image.height * 0.9)


if __name__ == "__main__":
    sys.exit(main())
