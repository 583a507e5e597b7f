"""Words as paragraphs of a slide: sizes, distances and inks as they were laid, left free to be edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from producer.brand.model import Case, Face, Ink, TextStyle
from producer.geometry import Box
from producer.layout.model import Line
from producer.render.slides import oxml
from producer.render.slides.kit import Kit
from producer.render.slides.line import JOINERS
from producer.scene.model import Run

ALIGN = {"start": "l", "centre": "ctr", "end": "r"}
BREAK = "\v"
NO_BREAK = "\u00a0"
KHMER = "km-KH"  # to spell and to read out


@dataclass(frozen=True, slots=True)
class Setting:
    """How letters look."""

    face: Face
    size: float  # px
    ink: Ink
    upper: bool = False
    tracking: float = 0.0  # em
    lenders: tuple[Face, ...] = ()  # of the letters that ``face`` lacks

    @classmethod
    def of(cls, style: TextStyle, size: float, ink: Ink) -> Setting:
        """The setting of a style."""
        return cls(style.face, size, ink, style.case is Case.UPPER, style.tracking, style.fallbacks)


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one setting."""

    text: str
    setting: Setting


@dataclass(frozen=True, slots=True)
class Bullet:
    """What stands before a paragraph: a character, or the number of its turn; ``indent`` px to the words."""

    ink: Ink
    indent: float
    character: str = ""  # empty numbers


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces that break as one, ``before`` px below the last; a BREAK in a piece is a hard break."""

    pieces: tuple[Piece, ...]
    leading: float  # px
    align: str = "start"
    before: float = 0.0
    bullet: Bullet | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs in their box; without ``wrap`` they break only where they say so."""

    paragraphs: tuple[Paragraph, ...]
    box: Box
    wrap: bool = True


def body_xml(
    body: Body, kit: Kit, base: Paragraph | None = None, prefix: str = "p", anchor: str = "t"
) -> str:
    """Return the text body. What ``base``, the layout's setting, says already is left to the layout."""
    paragraphs = "".join(paragraph_xml(paragraph, kit, base) for paragraph in body.paragraphs)
    return oxml.text_frame(prefix, paragraphs or "<a:p/>", wrap=body.wrap, anchor=anchor)


def paragraph_xml(paragraph: Paragraph, kit: Kit, base: Paragraph | None = None) -> str:
    """Return ``a:p``."""
    inherited = base.pieces[0].setting if base else None
    runs = "".join(_run_xml(piece, kit, inherited) for piece in paragraph.pieces)
    last = paragraph.pieces[-1].setting if paragraph.pieces else inherited
    end = f"<a:endParaRPr{letters_xml(last, kit, inherited)}</a:endParaRPr>" if last else ""
    return f"<a:p>{paragraph_properties('a:pPr', paragraph, kit, base)}{runs}{end}</a:p>"


def paragraph_properties(
    tag: str, paragraph: Paragraph, kit: Kit, base: Paragraph | None, inside: str = ""
) -> str:
    """Return ``a:pPr`` or a level of a list style, without what ``base`` says; ``inside`` ends it."""
    attributes, children = "", ""
    bullet = paragraph.bullet
    if base is None or bullet != base.bullet:
        indent = kit.scale.emu(bullet.indent) if bullet else 0
        attributes += f' marL="{indent}" indent="{-indent}"'
    if base is None or paragraph.align != base.align:
        attributes += f' algn="{ALIGN[paragraph.align]}"'
    if base is None or kit.scale.leading(paragraph.leading) != kit.scale.leading(base.leading):
        children += f'<a:lnSpc><a:spcPts val="{kit.scale.leading(paragraph.leading)}"/></a:lnSpc>'
    if base is None or kit.scale.leading(paragraph.before) != kit.scale.leading(base.before):
        children += f'<a:spcBef><a:spcPts val="{kit.scale.leading(paragraph.before)}"/></a:spcBef>'
    if base is None:
        children += '<a:spcAft><a:spcPts val="0"/></a:spcAft>'
    if base is None or bullet != base.bullet:
        children += _bullet_xml(bullet, paragraph, kit)
    children += inside
    return f"<{tag}{attributes}>{children}</{tag}>" if attributes or children else ""


def _bullet_xml(bullet: Bullet | None, paragraph: Paragraph, kit: Kit) -> str:
    if bullet is None:
        return "<a:buNone/>"
    colour = f"<a:buClr>{kit.palette.xml(bullet.ink)}</a:buClr>"
    family = kit.faces.of(paragraph.pieces[0].setting.face).family
    font = f'<a:buFont typeface="{oxml.words(kit.fonts.typeface(family))}"/>'
    mark = (
        f'<a:buChar char="{bullet.character}"/>' if bullet.character else '<a:buAutoNum type="arabicPlain"/>'
    )
    return colour + font + mark


def _run_xml(piece: Piece, kit: Kit, base: Setting | None) -> str:
    return "".join(_one_face_xml(part, kit, base) for part in _by_face(piece, kit))


def _by_face(piece: Piece, kit: Kit) -> Iterator[Piece]:
    """Part a piece where a letter is lent by another face: Office would look for one of its own."""
    face, letters = piece.setting.face, ""
    for char in piece.text:
        lender = face if char.isspace() else _face_of(char, piece.setting, kit)
        if lender != face:
            if letters:
                yield Piece(letters, replace(piece.setting, face=face))
            face, letters = lender, ""
        letters += char
    yield Piece(letters, replace(piece.setting, face=face))


def _face_of(char: str, setting: Setting, kit: Kit) -> Face:
    """The first face that has a letter; the setting's own where none has."""
    chain = (setting.face, *setting.lenders)
    return next((face for face in chain if char in kit.faces.of(face).advances), setting.face)


def _one_face_xml(piece: Piece, kit: Kit, base: Setting | None) -> str:
    language = KHMER if any("\u1780" <= char <= "\u17ff" for char in piece.text) else ""
    look = letters_xml(piece.setting, kit, base, language)
    parts = (oxml.words(part) for part in piece.text.split(BREAK))
    runs = (f"<a:r><a:rPr{look}</a:rPr><a:t>{part}</a:t></a:r>" if part else "" for part in parts)
    # The size of the break decides the height of its line.
    return f"<a:br><a:rPr{look}</a:rPr></a:br>".join(runs)


def letters_xml(setting: Setting, kit: Kit, base: Setting | None = None, language: str = "") -> str:
    """Return attributes and children of ``a:rPr``, from after the tag's name; what ``base`` has is left out."""
    face = kit.faces.of(setting.face)
    known = kit.faces.of(base.face) if base else None
    attributes = f' lang="{language or kit.language}"'
    if base is None or kit.scale.font_size(setting.size) != kit.scale.font_size(base.size):
        attributes += f' sz="{kit.scale.font_size(setting.size)}"'
    if known is None or face.bold != known.bold:
        attributes += f' b="{int(face.bold)}"'
    if known is None or face.italic != known.italic:
        attributes += f' i="{int(face.italic)}"'
    if base is None or setting.upper != base.upper:
        attributes += f' cap="{"all" if setting.upper else "none"}"'
    if base is None or (setting.tracking, setting.size) != (base.tracking, base.size):
        attributes += f' spc="{round(kit.scale.pt(setting.tracking * setting.size) * 100)}"'
    children = ""
    if base is None or setting.ink != base.ink:
        children += kit.palette.solid(setting.ink)
    if known is None or face.family != known.family:
        children += font_xml(kit.fonts.typeface(face.family))
    return f"{attributes}>{children}"


def font_xml(typeface: str) -> str:
    """Return the fonts of a run, the same for every script, so that none falls back to Office's own."""
    name = oxml.words(typeface)
    if name.startswith("+"):
        stem = name[:3]
        return f'<a:latin typeface="{name}"/><a:ea typeface="{stem}-ea"/><a:cs typeface="{stem}-cs"/>'
    return f'<a:latin typeface="{name}"/><a:ea typeface="{name}"/><a:cs typeface="{name}"/>'


def set_paragraphs(
    runs: Sequence[Run], lines: Sequence[Line], setting: Setting, bold: Face, *, hard: bool
) -> tuple[tuple[Piece, ...], ...]:
    """Return the words by paragraph, with the joins of ``lines``; ``hard`` keeps the lines' breaks too.

    The letters are the author's: a style in capitals is a property of the run and not of its words. From the
    lines come only their spaces, so that what was joined by U+00A0 stays so.
    """
    settings = [
        Setting(
            bold if run.bold else setting.face,
            setting.size,
            run.ink or setting.ink,
            setting.upper,
            setting.tracking,
            setting.lenders,
        )
        for run in runs
    ]
    said = [(char, settings[n]) for n, run in enumerate(runs) for char in run.text if char not in JOINERS]
    shown = [char for line in lines for char in line.text if not char.isspace() and char not in JOINERS]
    written = [char for char, _ in said if not char.isspace()]
    same = len(shown) == len(written) and "".join(shown).casefold() == "".join(written).casefold()
    return _by_paragraph(_spaced(said, lines, hard=hard) if same else said)


def _spaced(
    said: list[tuple[str, Setting]], lines: Sequence[Line], *, hard: bool
) -> list[tuple[str, Setting]]:
    """Return the author's letters with the spaces of the lines between them."""
    made: list[tuple[str, Setting]] = []
    letters_left = iter(_with_gaps(said))
    for line in lines:
        space, begins = "", bool(made)
        for char in line.text:
            if char in JOINERS:
                continue
            if char.isspace():
                space = " " if char == " " else NO_BREAK
                continue
            gap, letter, setting = next(letters_left)
            made += [(mark, setting) for mark in (_line_end(gap, hard=hard) if begins else space)]
            made.append((letter, setting))
            space, begins = "", False
    return made


def _with_gaps(said: list[tuple[str, Setting]]) -> Iterator[tuple[str, str, Setting]]:
    """Yield each letter with the author's space before it."""
    gap = ""
    for char, setting in said:
        if char.isspace():
            gap += char
            continue
        yield gap, char, setting
        gap = ""


def _line_end(gap: str, *, hard: bool) -> str:
    """What stands between two lines: the author's paragraph, a break where wanted, or the space of the text."""
    if "\n" in gap:
        return "\n"
    return BREAK if hard else gap[:1]


def _by_paragraph(said: list[tuple[str, Setting]]) -> tuple[tuple[Piece, ...], ...]:
    paragraphs: list[list[Piece]] = [[]]
    for setting, pairs in groupby(said, lambda pair: pair[1]):
        first, *others = "".join(char for char, _ in pairs).split("\n")
        paragraphs[-1].append(Piece(first, setting))
        paragraphs += [[Piece(part, setting)] for part in others]
    kept = (tuple(piece for piece in pieces if piece.text) for pieces in paragraphs)
    return tuple(pieces for pieces in kept if pieces)
