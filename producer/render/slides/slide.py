"""One slide: its items in an order that paints and reads right, each as what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from producer.brand.model import Ink
from producer.geometry import Box
from producer.layout.model import Counter, GlyphRun, Item, Page, Paint, Photo, Shape
from producer.render.slides import oxml
from producer.render.slides.chart_frame import add_chart
from producer.render.slides.fit import block_body, body_of, is_bullet, painted_blocks
from producer.render.slides.image import add_photo
from producer.render.slides.kit import Kit, ShapeTree
from producer.render.slides.layouts import LayoutSpec, ground_of
from producer.render.slides.line import Block
from producer.render.slides.package import footer_boxes, unseen_place
from producer.render.slides.shape import add_shapes, bounds_of
from producer.render.slides.table import TableInks, table_xml
from producer.render.slides.text import body_xml
from producer.scene.model import (
    ChartElement,
    FlagElement,
    Gradient,
    ListElement,
    MarkElement,
    PictureElement,
    QrElement,
    Role,
    SignatureElement,
    TableElement,
)

if TYPE_CHECKING:
    from pptx.slide import Slide, SlideLayout


def fill_layout(layout: SlideLayout, spec: LayoutSpec, kit: Kit) -> None:
    """Draw what all slides of a layout share, behind its placeholders."""
    tree = ShapeTree(layout)
    for item in spec.shared:
        add_decoration(tree, item, kit, skip_ground=spec.ground is not None and item is spec.shared[0])
    shapes = layout.shapes._spTree
    holders = [shape for shape in shapes if shape.xpath("./*/p:nvPr/p:ph")]
    for holder in holders:
        shapes.remove(holder)
        shapes.append(holder)


FAINT = 0.15  # alpha of motifs that small words can stand on


class SlideWriter:
    """Writes the items of one page to one slide."""

    def __init__(
        self, slide: Slide, page: Page, spec: LayoutSpec, kit: Kit, inks: Sequence[TableInks]
    ) -> None:
        self.slide, self.page, self.spec, self.kit, self.inks = slide, page, spec, kit, inks
        self.tree = ShapeTree(slide)

    def write(self) -> None:
        """Write everything but footer and notes."""
        for shape in list(self.slide.placeholders):
            shape._element.getparent().remove(shape._element)
        own = [item for item in self.page.items if item not in self.spec.shared]
        grounded = bool(own) and own[0] is self.page.items[0] and self._set_ground(own[0])
        titles = [item for item in own if self.spec.holder(item) is self.spec.title]
        if not titles:
            self._add_unseen_title()
        for item in in_order(self.page, own):
            self._add(item, skip_ground=grounded and item is own[0])

    def _set_ground(self, item: Item) -> bool:
        ground = ground_of(item, self.kit) if self.spec.ground is None else None
        if ground is None:
            return False
        background = oxml.element(oxml.page_background(oxml.fill(ground, self.kit.palette)))
        self.slide._element.cSld.insert(0, background)
        return True

    def _add_unseen_title(self) -> None:
        """A slide that shows no title still has one, for screen readers and the list of slides."""
        text = oxml.words(self.page.title)
        body = oxml.text_frame(
            "p", f'<a:p><a:r><a:rPr lang="{self.kit.language}"/><a:t>{text}</a:t></a:r></a:p>', wrap=True
        )
        place = unseen_place(self.kit)
        self.tree.append(oxml.placeholder(self.tree.next_id(), "title", '<p:ph type="title"/>', place, body))

    def _add(self, item: Item, *, skip_ground: bool) -> None:
        element = item.element
        holder = self.spec.holder(item)
        name = holder.xml if holder else ""
        if item.role is Role.DECORATION or element is None:
            add_decoration(self.tree, item, self.kit, skip_ground=skip_ground)
        elif isinstance(element, ChartElement):
            add_chart(self.tree, self.slide, item, element, name, self.kit)
        elif isinstance(element, TableElement):
            self._add_table(item, element, name)
        elif isinstance(element, PictureElement):
            self._add_picture(item, element, name)
        else:
            self._add_words(item)

    def _add_table(self, item: Item, element: TableElement, holder: str) -> None:
        number = self.inks.index(TableInks.of(element)) + 1
        graphic, box = table_xml(element, item, number, self.kit)
        place = self.kit.scale.place(box)
        alt = item.alt or self.page.title
        self.tree.append(oxml.graphic_frame(self.tree.next_id(), item.name, alt, place, holder, graphic))

    def _add_picture(self, item: Item, element: PictureElement, holder: str) -> None:
        """The picture in its placeholder, its frame's lines before and after it as they were painted."""
        for photos, paints in groupby(item.paints, lambda paint: isinstance(paint, Photo)):
            if not photos:
                add_paints(self.tree, self.kit, f"{item.name} mark", paints)
                continue
            for paint in paints:
                if isinstance(paint, Photo):
                    add_photo(self.tree, self.kit, item.name, paint, item.alt or element.alt, holder)
                    holder = ""

    def _add_words(self, item: Item) -> None:
        """Text in its placeholder; what is many texts as text boxes among its shapes."""
        body, holder = body_of(item, self.kit), self.spec.holder(item)
        if body is None or holder is None:
            add_paints(self.tree, self.kit, item.name, item.paints, _drawing_alts(item))
            return
        marks = (paint for paint in item.paints if not isinstance(paint, GlyphRun | Counter))
        is_list = isinstance(item.element, ListElement)
        kept = [p for p in marks if not (is_list and isinstance(p, Shape) and is_bullet(p, body))]
        add_paints(self.tree, self.kit, f"{item.name} mark", kept)
        base = body_of(holder.item, self.kit) if holder.item else None
        place = (
            None
            if base and base.box == body.box and base.wrap == body.wrap
            else self.kit.scale.place(body.box)
        )
        text = body_xml(body, self.kit, base.paragraphs[0] if base and base.paragraphs else None)
        self.tree.append(oxml.placeholder(self.tree.next_id(), item.name, holder.xml, place, text))

    def add_footer(self, footer: str) -> None:
        """Put footer and number into the lower margin, where nothing but a plain ground is."""
        for holder, box, text in self._footers(footer):
            ground = ground_under(self.page, box)
            if ground is None:
                continue
            ink = self.kit.palette.readable_on(ground)
            self.tree.append(self._footer_xml(holder, text, ink))

    def _footers(self, footer: str) -> Iterator[tuple[str, Box, str]]:
        text, number = footer_boxes(self.kit, footer)
        signed = any(isinstance(item.element, SignatureElement) for item in self.page.items)
        if footer and not signed:
            yield "ftr", text, footer
        yield "sldNum", number, ""

    def _footer_xml(self, kind: str, text: str, ink: Ink) -> str:
        fill, language = self.kit.palette.solid(ink), self.kit.language
        paragraph = (
            f'<a:p><a:r><a:rPr lang="{language}">{fill}</a:rPr><a:t>{oxml.words(text)}</a:t></a:r></a:p>'
        )
        name, index = "Footer", 11
        if kind == "sldNum":
            name, index = "Slide number", 12
            paragraph = oxml.field_number(language).replace(
                f'lang="{language}"/>', f'lang="{language}">{fill}</a:rPr>'
            )
        holder = f'<p:ph type="{kind}" sz="quarter" idx="{index}"/>'
        body = f"<p:txBody><a:bodyPr/><a:lstStyle/>{paragraph}</p:txBody>"
        return oxml.placeholder(self.tree.next_id(), name, holder, None, body)


def in_order(page: Page, items: Sequence[Item]) -> Iterator[Item]:
    """Yield items in reading order as far as what is painted over another stays in front of it.

    Order in the file is both: the order in which a screen reader reads and that in which shapes cover one another.
    """
    rank = {id(page.items[index]): place for place, index in enumerate(page.reading)}
    waiting = list(items)
    while waiting:
        free = [
            item
            for place, item in enumerate(waiting)
            if not any(other.box.overlap(item.box) for other in waiting[:place])
        ]
        chosen = min(free, key=lambda item: rank.get(id(item), -1))
        waiting.remove(chosen)
        yield chosen


def add_decoration(tree: ShapeTree, item: Item, kit: Kit, *, skip_ground: bool = False) -> None:
    """Draw a decoration; its ground is the slide's own where it became that."""
    add_paints(tree, kit, item.name, item.paints[1:] if skip_ground else item.paints)


def add_paints(
    tree: ShapeTree, kit: Kit, name: str, paints: Iterable[Paint], alts: Iterable[str] = ()
) -> None:
    """Draw paints as they come: shapes that follow one another as one drawing, glyphs as text boxes.

    ``alts`` describe the drawings and pictures in turn; those without one are decoration.
    """
    told = iter(alts)
    for kind, run in groupby(paints, _kind):
        if kind is Shape:
            shapes = [paint for paint in run if isinstance(paint, Shape)]
            add_shapes(tree, kit, name, shapes, next(told, ""))
        elif kind is Photo:
            for paint in run:
                if isinstance(paint, Photo):
                    add_photo(tree, kit, name, paint, next(told, ""))
        else:
            for block in painted_blocks(tuple(run), kit):
                _add_block(tree, kit, name, block)


def _kind(paint: Paint) -> type:
    return GlyphRun if isinstance(paint, Counter) else type(paint)


def _add_block(tree: ShapeTree, kit: Kit, name: str, block: Block) -> None:
    body = block_body(block)
    tree.append(oxml.text_box(tree.next_id(), name, kit.scale.place(body.box), body_xml(body, kit)))


def _drawing_alts(item: Item) -> tuple[str, ...]:
    """What the drawings of an element say: a mark its name, a code its address; those of figures only repeat words."""
    element = item.element
    if isinstance(element, SignatureElement):
        return element.mark_alt, f"QR: {element.payload}"
    if isinstance(element, FlagElement | MarkElement):
        return (element.alt,)
    if isinstance(element, QrElement):
        return (item.alt or f"QR: {element.payload}",)
    return ()


def ground_under(page: Page, box: Box) -> Ink | None:
    """Return the ink that lies under a box on a page, or nothing where it is a picture, a drawing or words."""
    found: Ink | None = None
    for item in page.items:
        for paint in item.paints:
            covered = _covers(paint, box)
            if covered is None:
                return None
            found = covered if isinstance(covered, Ink) else found
    return found


def _covers(paint: Paint, box: Box) -> Ink | bool | None:
    """Return the ink of a plain shape that covers the box, False for what is elsewhere, nothing for what disturbs."""
    if isinstance(paint, Photo):
        return None if paint.box.overlap(box) else False
    if isinstance(paint, Shape):
        around = bounds_of(paint)
        if around is None or not around.overlap(box):
            return False
        return _ground_ink(paint, covers=around.contains(box))
    return False


def _ground_ink(shape: Shape, *, covers: bool) -> Ink | bool | None:
    """The ink of a shape under small words: none where it is neither plain nor faint."""
    inks = shape.fill.inks if isinstance(shape.fill, Gradient) else (shape.fill.ink,) if shape.fill else ()
    inks = (*inks, shape.stroke) if shape.stroke else inks
    if all(ink.alpha <= FAINT for ink in inks):
        return False
    if shape.rounded and covers and shape.stroke is None and all(ink.alpha >= 1 for ink in inks):
        return inks[-1]
    return None
