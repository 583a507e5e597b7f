"""Every word of a slide held against what the layout set, and every value of its charts against the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from producer.diagnostics import Diagnostic
from producer.layout.model import Document, Item, Page
from producer.proof.claim import place_of, runs_of, words_differ
from producer.proof.fact import Words, clean
from producer.scene.model import ChartElement, ListElement, TextElement

NUMBER = "\u2039#\u203a"  # stands for the number of a slide


def unlike_slides(document: Document, slides: Sequence[Any]) -> tuple[Diagnostic, ...]:
    """Return what slides say less or more than was set, by their pages."""
    return tuple(
        problem
        for page, slide in zip(document.pages, slides, strict=False)
        for problem in (*_unlike_words(document, page, slide), *_unlike_charts(document, page, slide))
    )


def _unlike_words(document: Document, page: Page, slide: Any) -> Iterator[Diagnostic]:  # noqa: ANN401 - python-pptx has no types
    """Capitals may be the style's and not the text's; spaces do not count."""
    said = Words(clean("\n".join(_texts(slide)), composed=False), gaps=False)
    claims = [(item, clean(words)) for item in page.items for words in _claims(item)]
    claims.sort(key=lambda claim: -len(claim[1]))
    lacks = False
    for item, words in claims:
        found = said.take(words, whole=False)
        found = found or (words.isupper() and _take_uncased(said, item, words))
        if not found and not isinstance(item.element, ChartElement):  # the chart itself says the others
            lacks = True
            yield words_differ(item.name, words, "", place_of(item, document))
    for words in (page.title, document.title, NUMBER):
        said.take(clean(words), whole=False)
    if said.left() and not lacks:
        yield words_differ(page.title, "", "; ".join(said.left()), document.place)


def _take_uncased(said: Words, item: Item, words: str) -> bool:
    """Whether words that a style sets in capitals stand there as they were written."""
    if isinstance(item.element, TextElement):
        return said.take(clean("".join(run.text for run in item.element.runs)), whole=False)
    return said.take(words, whole=False, capitals=True)


def _claims(item: Item) -> Iterator[str]:
    """The words of an item; of a chart each line that is no figure, of a numbered list all but its numbers."""
    texts = [run.text for run in runs_of(item)]
    if isinstance(item.element, ChartElement):
        yield from (text for text in texts if any(sign.isalpha() for sign in text))
        return
    if isinstance(item.element, ListElement) and item.element.numbered:
        for number in range(1, len(item.element.items) + 1):
            if str(number) in texts:
                texts.remove(str(number))
    yield "".join(texts)


def _texts(slide: Any) -> Iterator[str]:  # noqa: ANN401
    """All texts of a slide but those of its charts, a paragraph each."""
    for paragraph in slide._element.iter("{*}p"):
        yield "".join(text for part in paragraph.iter("{*}t", "{*}br") for text in (part.text or "",))


def _unlike_charts(document: Document, page: Page, slide: Any) -> Iterator[Diagnostic]:  # noqa: ANN401
    """Each chart must show one element's names and values, in a series each for values and targets."""
    charts = [shape.chart for shape in slide.shapes if getattr(shape, "has_chart", False)]
    for item in page.items:
        element = item.element
        if not isinstance(element, ChartElement):
            continue
        problems = [_unlike_chart(element, chart) for chart in charts]
        if "" not in problems:
            found = "; ".join(problems)
            yield words_differ(item.name, element.alt, found, place_of(item, document))


def _unlike_chart(element: ChartElement, chart: Any) -> str:  # noqa: ANN401
    """What a chart says that the data does not, or nothing."""
    expected = {element.series_name: element.values, element.target_name: element.targets}
    shown = {series.name for plot in chart.plots for series in plot.series}
    if element.series_name not in shown:
        return ", ".join(sorted(shown))
    for plot in chart.plots:
        for series in plot.series:
            wanted = [None if value is None else float(value) for value in expected.get(series.name, ())]
            names = tuple(point.text for point in series._element.findall("{*}cat//{*}v"))
            if names and names != element.categories:
                return ", ".join(str(name) for name in names)
            if list(series.values) != wanted:
                return ", ".join("–" if value is None else figure_words(value) for value in series.values)
            if label := _unlike_label(series):
                return label
    return ""


def _unlike_label(series: Any) -> str:  # noqa: ANN401
    """A label in words of its own that is not its value, or nothing."""
    for label in series._element.findall("{*}dLbls/{*}dLbl"):
        lines = ["".join(part.text for part in line.iter("{*}t")) for line in label.findall("{*}tx//{*}p")]
        value = series.values[int(label.find("{*}idx").get("val"))]
        words = "" if value is None else figure_words(value)
        known = {
            series.name,
            words,
            f"{words}\u00a0%",
            f"{series.name} {words}",
            f"{series.name} {words}\u00a0%",
        }
        if wrong := [line for line in lines if line not in known]:
            return wrong[0]
    return ""


def figure_words(value: float) -> str:
    """A value as a viewer shows it by the format of its series: ``1.250``, ``43,5``."""
    return f"{Decimal(repr(value)).normalize():,f}".translate(str.maketrans(",.", ".,"))
