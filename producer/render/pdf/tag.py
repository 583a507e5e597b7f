"""Marks of the content become tags: what a screen reader says, in the order it should be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from producer.layout.model import Counter, Document, GlyphRun, Item, Page
from producer.render.pdf.content import MARK_STEP, MARK_WIDTH, Mark
from producer.scene.model import Role


class Instruction(NamedTuple):
    """An operator of a content stream with what stands before it."""

    operands: Sequence[Any]
    operator: str


class TaggedPage(NamedTuple):
    """The new content of a page, and its items by the number of their marked content."""

    instructions: list[Instruction]
    items: tuple[int, ...]


def read_instructions(stream: Any) -> list[Instruction]:  # noqa: ANN401 - pikepdf's types are skipped
    """Return the instructions of a page or form."""
    return [
        Instruction(tuple(one.operands), str(one.operator)) for one in pikepdf.parse_content_stream(stream)
    ]


def write_instructions(instructions: Iterable[Instruction]) -> bytes:
    """Return instructions as a content stream."""
    return bytes(
        pikepdf.unparse_content_stream(
            [(list(one.operands), pikepdf.Operator(one.operator)) for one in instructions]
        )
    )


def tag_content(
    instructions: Iterable[Instruction], page: Page, marks: Sequence[Mark], *, first: bool
) -> TaggedPage:
    """Replace the marks of a page by tags; what is not in the reading order becomes an artifact.

    ``first`` says whether this is the first page, whose title is the document's.

    Raises:
        RuntimeError: a mark is lost or out of order, so that a tag would stand at the wrong words.
    """
    items: list[int] = []
    found = 0

    def replaced() -> Iterator[Instruction]:
        nonlocal found
        is_open = skip = False
        for one in instructions:
            if skip:  # the `f` that painted the mark
                skip = False
                continue
            if not _is_mark(one):
                yield one
                continue
            mark, skip = _mark_of(one, marks, found), True
            found += 1
            if mark.overprint is not None:
                yield Instruction((Name.OverprintYes if mark.overprint else Name.OverprintNo,), "gs")
                continue
            if mark.item is None:
                yield _span(mark)
                continue
            if is_open:
                yield Instruction((), "EMC")
            is_open = True
            yield _begin(page, mark.item, items, first=first)
        if is_open:
            yield Instruction((), "EMC")

    tagged = list(replaced())
    if found != len(marks):
        raise RuntimeError(f"{page.name}: {found} of {len(marks)} marks")
    return TaggedPage(tagged, tuple(items))


def _is_mark(one: Instruction) -> bool:
    return one.operator == "re" and abs(float(one.operands[2]) - MARK_WIDTH) < MARK_WIDTH / 20


def _mark_of(one: Instruction, marks: Sequence[Mark], found: int) -> Mark:
    if round(float(one.operands[3]) / MARK_STEP) != found + 1:
        raise RuntimeError(f"mark {found + 1} is lost")
    return marks[found]


def _span(mark: Mark) -> Instruction:
    """Poppler reads ActualText on a /Span of the content only, not on the structure."""
    if not mark.text:
        return Instruction((), "EMC")
    return Instruction((Name.Span, Dictionary(ActualText=String(mark.text))), "BDC")


def _begin(page: Page, index: int, items: list[int], *, first: bool) -> Instruction:
    if index not in page.reading:
        return Instruction((Name.Artifact,), "BMC")
    items.append(index)
    tag = _tag(page.items[index], first=first)
    return Instruction((Name(f"/{tag}"), Dictionary(MCID=len(items) - 1)), "BDC")


def _tag(item: Item, *, first: bool) -> str:
    """The standard structure type of an item."""
    says = any(isinstance(paint, GlyphRun | Counter) for paint in item.paints)
    if item.role in (Role.PICTURE, Role.CHART) or not says:
        return "Figure"
    if item.role is Role.TITLE:
        return "H1" if first else "H2"
    return "P"


def write_structure(pdf: Any, document: Document, tagged: Sequence[TaggedPage]) -> None:  # noqa: ANN401
    """Write the tree of tags in reading order, and the way back from the content to it."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    children, parents = [], []
    for number, (page, pages_tags) in enumerate(zip(document.pages, tagged, strict=True)):
        elements = {
            index: pdf.make_indirect(
                _element(page.items[index], whole, pdf.pages[number].obj, mcid, number == 0)
            )
            for mcid, index in enumerate(pages_tags.items)
        }
        children += [elements[index] for index in page.reading if index in elements]
        parents += [number, pdf.make_indirect(Array([elements[index] for index in pages_tags.items]))]
        pdf.pages[number].obj.StructParents = number
        pdf.pages[number].obj.Tabs = Name.S
    whole.K = Array(children)
    root.K = Array([whole])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(parents)))
    root.ParentTreeNextKey = len(tagged)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _element(item: Item, whole: Any, page: Any, mcid: int, first: bool) -> Any:  # noqa: ANN401, FBT001
    tag = _tag(item, first=first)
    element = Dictionary(Type=Name.StructElem, S=Name(f"/{tag}"), P=whole, Pg=page, K=mcid)
    if item.alt or tag == "Figure":
        element.Alt = String(item.alt or item.name)
    return element
