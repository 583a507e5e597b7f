"""What pixels say: the glyphs of a page turned back into letters through their font's own tables.

Not through the text that travels with a run: a wrong glyph is what this is to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont

from producer.diagnostics import Diagnostic
from producer.layout.model import Document, GlyphRun, Item
from producer.proof.claim import place_of, runs_of, words_differ
from producer.proof.fact import clean, missing_facts
from producer.proof.khmer import written_order
from producer.scene.model import Fact

UNKNOWN = "\ufffd"  # a glyph that stands for no letter
_GAP = 0.12  # of an em: the least distance on a line that is read as a space

_POSTSCRIPT = 6  # id of the name that PDF files call a font by
_SINGLE, _LIGATURE, _EXTENSION = 1, 4, 7  # lookup types of GSUB


def prove_glyphs(
    document: Document, facts: tuple[Fact, ...], read_bytes: Callable[[str], bytes]
) -> tuple[Diagnostic, ...]:
    """Return what the glyphs of a document's pages lack, and the runs that show other words than they say."""
    return (
        *missing_facts(facts, read_glyphs(document, read_bytes)),
        *_unlike_runs(document, cache(lambda path: letters_of(read_bytes(path)))),
    )


def _unlike_runs(document: Document, read: Callable[[str], Letters]) -> Iterator[Diagnostic]:
    for page in document.pages:
        for item in page.items:
            for run in runs_of(item):
                shown = written_order(
                    "".join(read(run.face.path).text.get(glyph, UNKNOWN) for glyph in run.glyphs)
                )
                # A font with all its letters ready shows none of a letter and a mark apart.
                words, ready = clean(run.text), read(run.face.path).alphabet
                if run.text and clean(shown, composed=not ready.issuperset(words)) != words:
                    span = place_of(item, document)
                    yield words_differ(item.name, run.text, shown, span)


def read_glyphs(document: Document, read_bytes: Callable[[str], bytes]) -> str:
    """Return the text of all pages in reading order, an item a line; what nobody reads aloud comes last."""
    read = cache(lambda path: letters_of(read_bytes(path)))  # a file is read once for all runs
    order = ((page, dict.fromkeys((*page.reading, *range(len(page.items))))) for page in document.pages)
    return "\n".join(_item_text(page.items[index], read) for page, indices in order for index in indices)


def _item_text(item: Item, read: Callable[[str], Letters]) -> str:
    """The letters of an item; runs that touch on one baseline are one word."""
    text, previous = "", None
    for run in runs_of(item):
        letters = read(run.face.path)
        if previous is not None and not _touches(previous, run, read):
            text += " "
        text += "".join(letters.text.get(glyph, UNKNOWN) for glyph in run.glyphs)
        previous = run
    return written_order(text)


def _touches(run: GlyphRun, following: GlyphRun, read: Callable[[str], Letters]) -> bool:
    """Whether the second run goes on where the first ends, nearer than a space."""
    if not run.points or not following.points:
        return True
    (x, y), (next_x, next_y) = run.points[-1], following.points[0]
    end = x + read(run.face.path).advance.get(run.glyphs[-1], 0.0) * run.size
    em = max(run.size, following.size)
    return abs(next_y - y) < em / 2 and abs(next_x - end) < em * _GAP


def letters_by_name(document: Document, read_bytes: Callable[[str], bytes]) -> Mapping[str, Letters]:
    """Return the letters of all fonts of a document by the names that PDF files call them by."""
    paths = {run.face.path for page in document.pages for item in page.items for run in runs_of(item)}
    return {found.name: found for found in (letters_of(read_bytes(path)) for path in sorted(paths))}


class Letters:
    """What a font's glyphs say, and how wide they are in em."""

    def __init__(self, data: bytes) -> None:
        """Read the character map, and the substitutions that lead from mapped glyphs to others."""
        with TTFont(BytesIO(data), lazy=True) as font:
            ids: Mapping[str, int] = font.getReverseGlyphMap()
            text: dict[str, str] = {}
            for code, name in sorted(font.getBestCmap().items(), key=lambda entry: _rank(entry[0])):
                text.setdefault(name, chr(code))
            for sources, target in _substitutions(font):
                if target not in text and all(source in text for source in sources):
                    text[target] = "".join(text[source] for source in sources)
            self.alphabet = frozenset(map(chr, font.getBestCmap()))
            self.name = str(font["name"].getDebugName(_POSTSCRIPT))
            em = font["head"].unitsPerEm
            self.advance = {ids[name]: width / em for name, (width, _) in font["hmtx"].metrics.items()}
            self.text = {ids[name]: letters for name, letters in text.items()}


def _rank(code: int) -> tuple[bool, bool, int]:
    """Which letter a glyph stands for when several share it: ASCII, then Vietnamese, then the lowest.

    Đ and the Icelandic Ð are one glyph in many fonts; no word of ours has the second.
    """
    vietnamese = code in {0x0110, 0x0111} or 0x1EA0 <= code <= 0x1EF9
    return code > 0x7F, not vietnamese, code


def _substitutions(font: Any) -> Iterator[tuple[tuple[str, ...], str]]:  # noqa: ANN401 - fontTools has no types
    """Yield which glyphs a font turns into which: figures of equal width, ligatures, small capitals."""
    if "GSUB" not in font or font["GSUB"].table.LookupList is None:
        return
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            inner = table.ExtSubTable if table.LookupType == _EXTENSION else table
            if inner.LookupType == _SINGLE:
                yield from (((source,), target) for source, target in inner.mapping.items())
            elif inner.LookupType == _LIGATURE:
                for first, ligatures in inner.ligatures.items():
                    yield from (((first, *ligature.Component), ligature.LigGlyph) for ligature in ligatures)


@lru_cache(maxsize=16)
def letters_of(data: bytes) -> Letters:
    """Return the letters of a font file; the last ones read are kept."""
    return Letters(data)
