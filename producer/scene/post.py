"""What goes out beside a picture: the words to post, tags that every network finds, and what the picture shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from producer.letter import TAG, plain_tags
from producer.scene.fact import texts_of
from producer.scene.model import (
    ChartElement,
    Element,
    FlagElement,
    NumberElement,
    NumbersElement,
    PictureElement,
    QrElement,
    ScenePage,
    SignatureElement,
    Told,
)

# Staff read these; what stands below each is copied as a whole.
POST, ALT = "Bài đăng", "Mô tả ảnh"
SENTENCE_ENDS = (".", "!", "?", "…", ":")


def post_words(text: str, tags: str) -> str:
    """Return the words to post: ``text``, and below it those of the row's ``tags`` that it does not name."""
    text, tags = plain_tags(text), plain_tags(tags)
    named = {tag.casefold() for tag in TAG.findall(text)}
    missing = dict.fromkeys(f"#{tag}" for tag in TAG.findall(tags) if tag.casefold() not in named)
    return f"{text}\n\n{' '.join(missing)}".strip() if missing else text


def post_file(words: str, alts: Sequence[str]) -> str:
    """Return the file beside a picture: what to post, then what the picture shows, by page where there are several."""
    sections = [(POST, words)]
    sections += [(ALT if len(alts) == 1 else f"{ALT} {at:02}", alt) for at, alt in enumerate(alts, 1)]
    return "\n\n".join(f"[{head}]\n{body}" for head, body in sections)


def alt_text(page: ScenePage) -> str:
    """Return what a page shows to those who cannot see it: its pictures and charts, then its words as they are read.

    A caption that says what its picture shows is told once, of the picture.
    """
    elements = (*page.elements, *((page.ground.picture,) if page.ground.picture is not None else ()))
    told = {e.alt for e in elements if isinstance(e, PictureElement) and e.told is Told.SHOWN}
    words = [words for element in page.elements for words in _words(element) if words not in told]
    shown = dict.fromkeys(what for element in elements for what in _shown(element, words) if what)
    read = " ".join(_sentence(text) for text in dict.fromkeys(words) if text.strip())
    return " ".join((*(_sentence(what) for what in shown), f"Chữ trên ảnh: {read}" if read else "")).strip()


def _shown(element: Element, words: Sequence[str]) -> Iterator[str]:
    """Yield what an element shows without words.

    A picture that nobody described, or that is called as the page's ``words``, is merely there.
    """
    match element:
        case PictureElement():
            is_told = element.told is not Told.LABEL and element.alt not in words
            yield f"Ảnh: {element.alt}" if is_told else "Có ảnh minh họa"
        case ChartElement():
            yield f"Biểu đồ {element.alt}"
        case FlagElement():
            yield element.alt
        case QrElement():
            yield f"Mã QR: {element.payload}"
        case SignatureElement(payload=payload) if payload:
            yield f"Mã QR: {payload}"
        case _:
            pass


def _words(element: Element) -> Iterator[str]:
    """Yield the words that a page shows, figures with what they count."""
    match element:
        case NumberElement():
            yield f"{element.prefix}{element.text}{element.suffix} {element.label}".strip()
        case NumbersElement():
            for card in element.cards:
                yield ", ".join(filter(None, (card.label, f"{card.value} {card.unit}".strip(), card.note)))
        case SignatureElement():
            yield from filter(None, (element.parent, element.unit))
        case _:
            yield from texts_of(element)


def _sentence(text: str) -> str:
    """Close what a page sets on lines of its own, so that a reading voice pauses."""
    text = " ".join(text.split())
    return text if text.endswith(SENTENCE_ENDS) else f"{text}."
