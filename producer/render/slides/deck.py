"""The slide renderer: a document as an editable PPTX."""

from __future__ import annotations

import io

from pptx import Presentation
from pptx.slide import Slide

from producer.layout.model import Document, Page
from producer.render.model import Artifact, Resources
from producer.render.slides import oxml
from producer.render.slides.bundle import BUNDLE, font_bundle
from producer.render.slides.face import Faces
from producer.render.slides.kit import Kit
from producer.render.slides.layouts import layout_specs
from producer.render.slides.package import compile_package
from producer.render.slides.scale import EMU_PER_PT, Scale
from producer.render.slides.slide import SlideWriter, fill_layout
from producer.render.slides.table import table_inks
from producer.render.slides.theme import Palette, ThemeFonts

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LANGUAGES = {"vi": "vi-VN", "en": "en-US", "km": "km-KH"}


def render_slides(document: Document, resources: Resources) -> Artifact:
    """Return the document as slides whose words, charts and tables can be edited, the same bytes each time.

    A page becomes a slide of its own ratio; pages of one name share a layout. Nothing is measured anew: sizes, line
    breaks and places are the pages' own, written so that PowerPoint and LibreOffice come to the same lines. Its fonts
    are beside it: embedded ones work in PowerPoint alone, and nobody has seen ours there.
    """
    faces = Faces(resources.read_bytes)
    kit = Kit(
        Scale.of(document.canvas.size),
        Palette.of(resources),
        faces,
        ThemeFonts.of(document, faces),
        resources,
        LANGUAGES.get(document.language, document.language),
    )
    layouts = layout_specs(document, kit)
    deck = Presentation(io.BytesIO(compile_package(document, layouts, kit)))
    by_name = {}
    for layout, spec in zip(deck.slide_layouts, layouts, strict=True):
        fill_layout(layout, spec, kit)
        by_name[spec.name] = (layout, spec)
    inks = table_inks(document)
    for number, page in enumerate(document.pages):
        layout, spec = by_name[page.name]
        slide = deck.slides.add_slide(layout)
        slide._element.cSld.set("name", page.title)
        writer = SlideWriter(slide, page, spec, kit, inks)
        writer.write()
        if 0 < number < len(document.pages) - 1:
            writer.add_footer(document.title)
        _write_notes(slide, page, kit)
    made = io.BytesIO()
    deck.save(made)
    width, height = kit.scale.slide
    size = (round(width / EMU_PER_PT), round(height / EMU_PER_PT))
    fonts = font_bundle(faces.asked, resources.read_bytes, document.language)
    return Artifact(
        oxml.rezip(made.getvalue()), MEDIA_TYPE, size, len(document.pages), extras=((BUNDLE, fonts),)
    )


def _write_notes(slide: Slide, page: Page, kit: Kit) -> None:
    if not page.notes:
        return
    frame = slide.notes_slide.notes_text_frame
    frame.text = page.notes
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", kit.language)
