"""What the layout says that it set, held against what a finished file shows: every word, also those of charts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from producer.diagnostics import Diagnostic, Scope, Span
from producer.layout.model import Counter as CountingFigure
from producer.layout.model import Document, GlyphRun, Item
from producer.proof.fact import Words, clean
from producer.scene.model import (
    ChartElement,
    FlagElement,
    MarkElement,
    PictureElement,
    QrElement,
    SignatureElement,
)


def words_differ(place: str, expected: str, found: str, span: Span) -> Diagnostic:
    """Return ``proof/words-differ`` for words at a place of a file that are not those that were set."""
    facts: dict[str, str | int] = {"place": place, "expected": expected or "–", "found": found or "–"}
    return Diagnostic("proof/words-differ", span, facts, scope=Scope.ROW)


def runs_of(item: Item) -> Iterator[GlyphRun]:
    """Yield the runs of an item as they are painted; a figure that counts as it ends."""
    for paint in item.paints:
        if isinstance(paint, GlyphRun):
            yield paint
        elif isinstance(paint, CountingFigure):
            yield from paint.final


def unlike_claims(document: Document, said: str) -> tuple[Diagnostic, ...]:
    """Return what a text in the order of its painting lacks of the words that were set, and what it has over them.

    Spaces do not count. Beside the pages of a print file may stand the line that says which file it is.
    """
    page = Words(clean(said, composed=False), gaps=False)
    items = [item for page_ in document.pages for item in page_.items]
    claims = [(item, clean("".join(run.text for run in runs_of(item)))) for item in items]
    claims.sort(key=lambda claim: -len(claim[1]))
    lacks = [(item, words) for item, words in claims if not page.take(words, whole=False)]
    slug = _slug(document)
    left = [words for words in page.left() if slug is None or not slug.fullmatch(words)]
    found = "; ".join(left)
    if lacks:
        return tuple(words_differ(item.name, words, found, place_of(item, document)) for item, words in lacks)
    return (words_differ("–", "", found, document.place),) if left else ()


def _slug(document: Document) -> re.Pattern[str] | None:
    """The line between the crop marks of each page: file, scale, size, condition of printing, day."""
    canvas, press = document.canvas, document.canvas.press
    if press is None:
        return None
    sides = (canvas.size.width, canvas.size.height)
    size = "×".join(f"{round(side / canvas.px_per_inch * 25.4, 1):g}".replace(".", ",") for side in sides)
    scale = f"(?:Tỷlệ1:{canvas.scale:g},kíchthướcthật)?"
    names = (document.job, "@", press.spec.condition, f"{press.day:%d/%m/%Y}")
    line = "·".join(re.escape(clean(name).replace(" ", "")) for name in names)
    return re.compile(f"(?:{line.replace('@', f'{scale}{size}mm')})+")


def place_of(item: Item, document: Document) -> Span:
    """Return where an item's content was written, or the document's."""
    return item.element.origin.span if item.element is not None else document.place


def unlike_texts(
    place: str, expected: Iterable[str], found: Iterable[str], span: Span
) -> tuple[Diagnostic, ...]:
    """Return each text at a place that is another one than expected; letters, marks and gaps count, breaks do not."""
    wanted, said = list(expected), list(found)
    wanted += [""] * (len(said) - len(wanted))
    said += [""] * (len(wanted) - len(said))
    return tuple(
        words_differ(place, one, other, span)
        for one, other in zip(wanted, said, strict=True)
        if clean(one) != clean(other, composed=False)
    )


def unlike_alts(document: Document, found: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Return each description of a picture, chart or code that a file lacks, and each that is nobody's."""
    left = Counter(" ".join(alt.split()) for alt in found)
    known, problems = set[str](), []
    for page in document.pages:
        for item in (page.items[index] for index in page.reading):
            known |= {" ".join(alt.split()) for alt in (item.alt, item.name, page.title, *_parts_alts(item))}
            alt = " ".join(item.alt.split())
            if alt and not left[alt]:
                problems.append(words_differ(item.name, alt, "", place_of(item, document)))
            left[alt] -= 1
    foreign = [alt for alt in left if alt not in known]
    return (*problems, *(words_differ("alt", "", alt, document.place) for alt in foreign))


def _parts_alts(item: Item) -> Iterator[str]:
    """What describes the drawings inside an element."""
    match item.element:
        case SignatureElement(mark_alt=alt, payload=payload):
            yield from (alt, f"QR: {payload}")
        case QrElement(payload=payload):
            yield f"QR: {payload}"
        case PictureElement(alt=alt) | ChartElement(alt=alt) | FlagElement(alt=alt) | MarkElement(alt=alt):
            yield alt
        case _:
            pass
