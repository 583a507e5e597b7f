"""Faults of one character or one digit, put into finished files: what the proof is there to find."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from lxml import etree

from producer.layout.model import Counter, Document, GlyphRun
from producer.proof.claim import runs_of
from producer.render.model import Artifact
from producer.scene.model import ListElement

Seeded = tuple[str, str, Artifact, Document]  # medium, kind of fault, and what is proved
ReadBytes = Callable[[str], bytes]

TONES = "\u0300\u0309\u0303\u0301\u0323"
STROKES = str.maketrans("dđDĐ", "đdĐD")
OH_NOUGHT = str.maketrans("oO0", "00O")
CYRILLIC = str.maketrans("aceopxyAEKMHOPCTX", "асеорхуАЕКМНОРСТХ")
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
MARKUP = "{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr"


def other_tone(letter: str) -> str:
    """The letter with the tone after its own."""
    parted = unicodedata.normalize("NFD", letter)
    changed = [TONES[(TONES.index(mark) + 1) % len(TONES)] if mark in TONES else mark for mark in parted]
    return unicodedata.normalize("NFC", "".join(changed))


CHANGES: Mapping[str, Callable[[str], str]] = {
    "neighbour digit": lambda sign: str((int(sign) + 1) % 10) if sign in "0123456789" else sign,
    "another tone": other_tone,
    "d for đ": lambda sign: sign.translate(STROKES),
    "O for 0": lambda sign: sign.translate(OH_NOUGHT),
    "Cyrillic look-alike": lambda sign: sign.translate(CYRILLIC),
    "letter and mark apart": lambda sign: unicodedata.normalize("NFD", sign),
    "another case": str.swapcase,
    "dropped": lambda _: "",
    "doubled": lambda sign: sign * 2,
}


def faults(text: str, turn: int = 0) -> Iterator[tuple[str, str]]:
    """Yield a text with one fault of each kind that it has a place for; ``turn`` moves the places on."""
    for kind, change in CHANGES.items():
        places = [at for at, sign in enumerate(text) if not sign.isspace() and change(sign) != sign]
        if places:
            at = places[(turn * 7) % len(places)]
            yield kind, f"{text[:at]}{change(text[at])}{text[at + 1 :]}"
    pairs = [
        at for at in range(len(text) - 1) if text[at] != text[at + 1] and not text[at : at + 2].isspace()
    ]
    pairs = [at for at in pairs if " " not in text[at : at + 2]]
    if pairs:
        at = pairs[(turn * 7) % len(pairs)]
        yield "swapped", f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"
    if text and text[0].isdigit():
        yield "digit before", f"1{text}"
    if text and text[-1].isdigit():
        yield "digit behind", f"{text}0"


def seeded(artifact: Artifact, document: Document, read_bytes: ReadBytes, turns: int = 1) -> Iterator[Seeded]:
    """Yield a finished file and its document, each time with one fault in one place."""
    for turn in range(turns):
        for suffix in (".srt", ".txt"):
            yield from _beside(artifact, document, suffix, turn)
        if artifact.media_type == "application/pdf":
            yield from _pdf(artifact, document, read_bytes, turn)
        elif artifact.media_type.endswith("presentation"):
            yield from _pptx(artifact, document, turn)
        else:
            yield from _painted(artifact, document, read_bytes, turn)


def _beside(artifact: Artifact, document: Document, suffix: str, turn: int) -> Iterator[Seeded]:
    data = dict(artifact.extras).get(suffix)
    if data is None:
        return
    for kind, text in faults(data.decode(), turn + len(data) // 9):
        extras = tuple((name, text.encode() if name == suffix else old) for name, old in artifact.extras)
        yield f"text beside ({suffix})", kind, replace(artifact, extras=extras), document


# -- glyphs that are painted -------------------------------------------------------------------------------------


def glyph_of(read_bytes: ReadBytes, path: str) -> Callable[[str], int | None]:
    """Return what gives the glyph of a letter in a font."""
    with TTFont(BytesIO(read_bytes(path)), lazy=True) as font:
        ids = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
    return ids.get


def _runs(document: Document) -> list[tuple[int, int, GlyphRun]]:
    """Runs of elements whose glyphs are their letters, with their page and item."""
    return [
        (number, at, run)
        for number, page in enumerate(document.pages)
        for at, item in enumerate(page.items)
        if item.element is not None
        for run in runs_of(item)
        if len(run.glyphs) == len(run.text) and run.text.strip()
        if not (
            isinstance(item.element, ListElement) and run.text.isdigit()
        )  # of no data: where an item begins
    ]


def _painted(artifact: Artifact, document: Document, read_bytes: ReadBytes, turn: int) -> Iterator[Seeded]:
    """Other glyphs under the words that a run claims; and such as the layout itself claims."""
    runs = _runs(document)
    for number, at, run in runs[turn % max(len(runs), 1) :: max(len(runs) // 3, 1)]:
        ids = glyph_of(read_bytes, run.face.path)
        for kind, text in faults(run.text, turn):
            glyphs = [run.glyphs[run.text.index(sign)] if sign in run.text else ids(sign) for sign in text]
            if None in glyphs or tuple(glyphs) == run.glyphs:
                continue
            points = (*run.points, run.points[-1])[: len(glyphs)]
            wrong = replace(run, glyphs=tuple(glyphs), points=points)
            yield "painted glyphs", kind, artifact, _with_run(document, number, at, run, wrong)
            lies = replace(wrong, text=text)
            yield "painted glyphs, claimed too", kind, artifact, _with_run(document, number, at, run, lies)


def _with_run(document: Document, number: int, at: int, run: GlyphRun, wrong: GlyphRun) -> Document:
    page = document.pages[number]
    item = page.items[at]
    paints = [
        replace(paint, final=tuple(wrong if one is run else one for one in paint.final))
        if isinstance(paint, Counter)
        else (wrong if paint is run else paint)
        for paint in item.paints
    ]
    items = (*page.items[:at], replace(item, paints=tuple(paints)), *page.items[at + 1 :])
    pages = (*document.pages[:number], replace(page, items=items), *document.pages[number + 1 :])
    return replace(document, pages=pages)


# -- PDF ---------------------------------------------------------------------------------------------------------


def _pdf(artifact: Artifact, document: Document, read_bytes: ReadBytes, turn: int) -> Iterator[Seeded]:
    def made(change: Callable[[pikepdf.Pdf], bool]) -> Artifact | None:
        with pikepdf.open(BytesIO(artifact.data)) as pdf:
            if not change(pdf):
                return None
            out = BytesIO()
            pdf.save(out)
            return replace(artifact, data=out.getvalue())

    paths = {run.face.path for _, _, run in _runs(document)}
    names = {_name(read_bytes, path): glyph_of(read_bytes, path) for path in sorted(paths)}
    works = {
        "content": [
            (kind, _content(kind, names, turn)) for kind in ("dropped", "doubled", "swapped", *CHANGES)
        ],
        "ToUnicode": [(kind, _to_unicode(kind, turn)) for kind in CHANGES],
        "ActualText": [(kind, _actual_text(kind, turn)) for kind in CHANGES],
        "alternative text": [(kind, _alt(kind, turn)) for kind in CHANGES],
    }
    for place, changes in works.items():
        for kind, change in dict(changes).items():
            wrong = made(change)
            if wrong is not None:
                yield f"PDF {place}", kind, wrong, document


def _name(read_bytes: ReadBytes, path: str) -> str:
    with TTFont(BytesIO(read_bytes(path)), lazy=True) as font:
        return str(font["name"].getDebugName(6))


def _contents(pdf: pikepdf.Pdf) -> list[Any]:
    """Pages, and the cells of sheets."""
    pages = [page.obj for page in pdf.pages]
    forms = [form for page in pages for form in page.Resources.get("/XObject", {}).values()]
    return [
        *pages,
        *(
            form
            for form in forms
            if form.get("/Subtype") == "/Form" and "/Font" in form.get("/Resources", {})
        ),
    ]


def _rewritten(pdf: pikepdf.Pdf, content: Any, instructions: list[Any]) -> bool:
    """Give a page or form another content."""
    data = pikepdf.unparse_content_stream(instructions)
    if content.get("/Type") == "/Page":
        content.Contents = pdf.make_stream(data)
    else:
        content.write(data)
    return True


def _shown(content: Any) -> Iterator[tuple[int, str, int, bool]]:
    """Yield each glyph with its place, its font's entry, and whether words of its own stand for it."""
    font, spoken = "", False
    for at, one in enumerate(pikepdf.parse_content_stream(content)):
        operator = str(one.operator)
        if operator == "Tf":
            font = str(one.operands[0])
        elif operator in {"BDC", "EMC"}:
            spoken = operator == "BDC" and str(one.operands[0]) == "/Span"
        elif operator == "Tj":
            yield at, font, int.from_bytes(bytes(one.operands[0]), "big"), spoken


def _content(
    kind: str, names: Mapping[str, Callable[[str], int | None]], turn: int
) -> Callable[[pikepdf.Pdf], bool]:
    """One letter of the content of a page, of its first three quarters: the line between crop marks stands last."""
    codes = (*range(0x2010, 0x1F, -1), *range(0x1EA0, 0x1F00))
    letters = {name: {ids(chr(code)): chr(code) for code in codes} for name, ids in names.items()}

    def change(pdf: pikepdf.Pdf) -> bool:
        for content in _contents(pdf):
            fonts = content.Resources.get("/Font", {})
            named = {key: str(font.BaseFont).rpartition("+")[2] for key, font in fonts.items()}
            every = [(at, named[key], glyph) for at, key, glyph, _ in _shown(content)]
            shown = [one for one in every if letters.get(one[1], {}).get(one[2], " ") != " "]
            shown = shown[: max(len(shown) * 3 // 4, 1)]
            for at, name, glyph in shown[len(shown) * (turn + 1) // 5 :]:
                wrong = _other(kind, glyph, letters[name][glyph], names[name])
                if wrong is not None:
                    found = list(pikepdf.parse_content_stream(content))
                    operator = found[at].operator
                    strings = [pikepdf.String(one.to_bytes(2, "big")) for one in wrong]
                    found[at : at + 1] = [
                        pikepdf.ContentStreamInstruction([one], operator) for one in strings
                    ]
                    return _rewritten(pdf, content, found)
        return False

    return change


def _other(kind: str, glyph: int, letter: str, ids: Callable[[str], int | None]) -> list[int] | None:
    """The glyphs that a fault leaves of one."""
    if kind in {"dropped", "doubled"}:
        return [] if kind == "dropped" else [glyph, glyph]
    if kind == "swapped":  # with a neighbour in the font
        return [glyph + 1]
    glyphs = [ids(sign) for sign in CHANGES[kind](letter)]
    known = [one for one in glyphs if one is not None]
    return None if len(known) < len(glyphs) or known == [glyph] else known


def _to_unicode(kind: str, turn: int) -> Callable[[pikepdf.Pdf], bool]:
    """One letter of what tells viewers which letters codes are; only of codes that are shown outside of ActualText."""

    def change(pdf: pikepdf.Pdf) -> bool:
        for content in _contents(pdf):
            fonts = content.Resources.get("/Font", {})
            used: dict[str, set[int]] = {}
            for _, name, glyph, spoken in _shown(content):
                if not spoken:
                    used.setdefault(name, set()).add(glyph)
            for name in sorted(used)[turn % max(len(used), 1) :]:
                if "/ToUnicode" in fonts[name] and _mapped(fonts[name].ToUnicode, used[name], kind):
                    return True
        return False

    return change


def _mapped(entry: Any, used: set[int], kind: str) -> bool:
    """Whether a code was found whose letter has such a fault."""
    lines = entry.read_bytes().decode("latin-1").split("\n")
    for at, line in enumerate(lines):
        pair = re.fullmatch(r"<([0-9A-F]{4})> <([0-9A-F]{4})>", line.strip())
        letter = chr(int(pair[2], 16)) if pair and int(pair[1], 16) in used else " "
        wrong = CHANGES[kind](letter)
        if pair and wrong != letter and not letter.isspace():
            lines[at] = f"<{pair[1]}> <{wrong.encode('utf-16-be').hex().upper()}>"
            entry.write("\n".join(lines).encode("latin-1"))
            return True
    return False


def _alt(kind: str, turn: int) -> Callable[[pikepdf.Pdf], bool]:
    """What describes a picture."""

    def change(pdf: pikepdf.Pdf) -> bool:
        holders = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        for holder in holders[turn % max(len(holders), 1) :]:
            wrong = dict(faults(str(holder.Alt), turn)).get(kind)
            if wrong is not None:
                holder.Alt = pikepdf.String(wrong)
                return True
        return False

    return change


def _actual_text(kind: str, turn: int) -> Callable[[pikepdf.Pdf], bool]:
    """The words that stand for glyphs of no letter."""

    def change(pdf: pikepdf.Pdf) -> bool:
        for content in _contents(pdf):
            found = list(pikepdf.parse_content_stream(content))
            spans = [at for at, one in enumerate(found) if str(one.operator) == "BDC"]
            for at in (at for at in spans if str(found[at].operands[0]) == "/Span"):
                wrong = dict(faults(str(found[at].operands[1].ActualText), turn)).get(kind)
                if wrong is not None:
                    said = pikepdf.Dictionary(ActualText=pikepdf.String(wrong))
                    operands = [pikepdf.Name.Span, said]
                    found[at] = pikepdf.ContentStreamInstruction(operands, found[at].operator)
                    return _rewritten(pdf, content, found)
        return False

    return change


# -- PPTX --------------------------------------------------------------------------------------------------------


def _pptx(artifact: Artifact, document: Document, turn: int) -> Iterator[Seeded]:
    with zipfile.ZipFile(BytesIO(artifact.data)) as package:
        parts = {info: package.read(info) for info in package.infolist()}
    for info, data in parts.items():
        place = next(
            (p for p in ("slides/slide", "notesSlides/notes", "charts/chart") if p in info.filename), None
        )
        if place is None or not info.filename.endswith(".xml"):
            continue
        root = etree.fromstring(data)
        texts = [
            one
            for one in root.iter(DRAWING)
            if (one.text or "").strip() and one.getparent().tag.endswith("}r")
        ]
        if place == "charts/chart":
            texts += [one for one in root.iter("{*}cat", "{*}val") for one in one.iter("{*}v")]
        alts = [one for one in root.iter(MARKUP) if one.get("descr")] if place == "slides/slide" else []
        for holder in (*texts, *alts):
            old = holder.text if holder.tag != MARKUP else holder.get("descr")
            for kind, text in faults(old or "", turn):
                if holder.tag.endswith("}v") and not _is_number(old, text):
                    continue
                _write(holder, text)
                wrong = _package({**parts, info: etree.tostring(root)})
                yield f"PPTX {place.split('/')[0]}", kind, replace(artifact, data=wrong), document
                _write(holder, old or "")


def _is_number(old: str | None, text: str) -> bool:
    """Whether a value stays one that reads; of names anything does."""
    try:
        float(old or "")
    except ValueError:
        return True
    try:
        return float(text) != float(old or "")
    except ValueError:
        return False


def _write(holder: Any, text: str) -> None:
    if holder.tag == MARKUP:
        holder.set("descr", text)
    else:
        holder.text = text


def _package(parts: Mapping[zipfile.ZipInfo, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for info, data in parts.items():
            package.writestr(info.filename, data)
    return out.getvalue()
