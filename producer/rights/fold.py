"""Ids, names and paths as people type them: what they have in common, and whether a text says a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from producer.letter import hashtag, slug

PATHS = "assets/"  # where the paths of sheets begin
REMEMBERED = 1 << 16  # texts: ids and names of a sheet are asked for once for each product
NOTHING = "--"  # the words of a text without a letter or digit
# Hyphens, dashes and minus signs that keyboards, word processors and phones write for one another.
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"))
_JOINED = re.compile(r"[;+,&|/]")  # what stands between ids where a row is about several people


@lru_cache(REMEMBERED)
def folded(text: str) -> str:
    """Return what is compared of an id or a name: neither case, form of Unicode, kind of hyphen nor blanks count.

    Letters that nobody sees (category Cf: of no width, soft hyphens, marks of direction) are left out.
    """
    if text.isascii():
        return " ".join(text.split()).lower()
    plain = (letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    spaced = " ".join("".join(plain).translate(_HYPHENS).split())
    return unicodedata.normalize("NFC", spaced.casefold())


def folded_path(path: str) -> str:
    """Return what is compared of a path: Windows' separators are ours, and what begins in ``assets/`` says so."""
    parts = [part.strip() for part in folded(path.replace("\\", "/")).split("/") if part.strip(" .")]
    return "/".join(parts if f"{parts[0] if parts else ''}/" == PATHS else [PATHS.rstrip("/"), *parts])


def joined_ids(text: str) -> tuple[str, ...]:
    """Return the ids that a row's id joins, ``a;b`` or ``a+b``; nothing where it is one."""
    parts = tuple(part.strip() for part in _JOINED.split(text))
    return tuple(filter(None, parts)) if len(parts) > 1 else ()


def says(name: str, text: str) -> bool:
    """Whether a :func:`folded` text says a folded name, whole: “Lê An” is not in “Lê Anh”."""
    at = text.find(name) if name else -1
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or after.isalnum()):
            return True
        at = text.find(name, at + 1)
    return False


def says_plain(name: str, text: str) -> bool:
    """Whether a text without marks says a name: as a file's name does, ``le-an``, or as a tag does, ``#LeAn``."""
    words, tag = _plain_forms(name)
    if words == NOTHING:
        return False
    at = text.find(tag) if tag else -1
    in_tag = at >= 0 and not text[at + len(tag) : at + len(tag) + 1].islower()
    return in_tag or words in _slug(text)


@lru_cache(REMEMBERED)
def _plain_forms(name: str) -> tuple[str, str]:
    """A name as in the name of a file, and as in a tag."""
    return _slug(name), hashtag(name).removeprefix("#")


@lru_cache(REMEMBERED)
def _slug(text: str) -> str:
    """The words of a text without marks, each between hyphens."""
    return f"-{slug(text)}-"


def is_telling(name: str) -> bool:
    """Whether a name tells who is meant: two words at least, since one, like An or Hoa, is a word of every day."""
    return " " in folded(name)
