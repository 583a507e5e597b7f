"""Telephone numbers, links, mail addresses and hashtags of a form that leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.facts.model import CAPITAL, SAMPLE_LINK, Finding, doubt
from producer.facts.reading import Reading
from producer.facts.syllable import is_possible

_PHONE = re.compile(
    r"(?<![\w.,/:-])(?:\+84|\(0\d{1,3}\)|0\d{2,3}|1[89]00)(?:[ .-]?\d{2,4}){1,4}(?![\w/%]|[.,-]\d|:\d)"
)
_LONG = re.compile(r"[\d(+][\dOSIlBZ .()-]{6}")  # no telephone number is shorter
# Numbers that are long and no telephone: accounts, taxes, documents.
_NO_PHONE = re.compile(r"(?:tài khoản|mã số|mã|thuế|CCCD|CMND|STK|số hiệu|thẻ|seri)\D{0,12}$", re.IGNORECASE)
# How many digits a number has. Source: the numbering plan of circular 22/2014/TT-BTTTT and its changes.
# A landline with its area code has 11, a mobile number 10.
_LENGTHS = {"1": (8, 10), "+": (11, 12), "0": (10,), "02": (11,)}
_NO_ZERO = re.compile(r"\+84[ .-]?0")  # the country's code stands for the zero
# A mobile number that has lost its zero, behind a word that says what it is.
_LOST_ZERO = re.compile(
    r"\b(?:di\s+động|điện\s+thoại|đt|sđt|hotline|zalo|gọi|số\s+máy)\b[^\d\n]{0,20}"
    r"(?P<n>[35789]\d{2}[ .-]?\d{3}[ .-]?\d{3})(?![\w/%]|[.,-]\d)",
    re.IGNORECASE,
)
# A letter that was meant for a figure: S for 5, l or I for 1, B for 8.
_LETTER = re.compile(
    r"(?<![\w.,/:-])0[35789](?=[\dSIlBZ .-]*[SIlBZ])[\dSIlBZ]{2}[ .-]?[\dSIlBZ]{3}[ .-]?[\dSIlBZ]{3,4}(?!\w)"
)
# Letters O for zeros.
_OH = re.compile(r"(?<![\w.])(?=[\dO .-]*\d)(?=[\d .-]*O)[0O][\dO]{2,3}(?:[ .-]?[\dO]{3,4}){2,3}(?!\w)")
_LINK = re.compile(
    r"\b(?!https?://)(?:h?tt?t?ps?|https?)\s?:\s?/{1,2}\S+|https?//\S+|https?://\s|https?://[^\s/]*,\S*|https?://[^\s/]+\s+\.\w+\S*"
    r"|https?://[^\s/]*\.\.\S*|https?://[^\s/.]+\s+[\w-]+(?:\.[\w-]+)+(?:/\S*)?|www(?=\.)[^\s/]*\.\.\S*"
    r"|\bwww[,;]\S+|https?://\S+/\S*\s[\w-]+(?:/[\w.-]+)+|https?://\S+/\S*\s[\w-]+\.(?:docx?|xlsx?|pptx?|pdf|html?|jpe?g|png|zip)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?<!\S)[\w.+-]+@@+\S*|[\w.+-]+@[\w.-]+@[\w.-]+|[\w+-]+@[\w-]*\.\.\S*|[\w.+-]+@[\w.-]+,\w{2,}(?!\w)|[\w.+-]+\s@\s?[\w-]+\.\w+"
)
_TAG = re.compile(r"(?<![\w&])(?:##+\w+|#\w+(?:-\w+)+|#\w+#\w+|#\s+(?=[^\W\d_]{5,}\d*(?:\s|$))(?=[A-Z])\w+)")
# A year alone, and one syllable with more words in capitals behind it: the tag ends at the space.
_CUT = re.compile(
    r"(?<![\w&])#(?:\d{4,}(?!\w)"
    r"|[A-Z][a-z]+(?:[A-Z][a-z]+)+[ ]+[A-Z][a-z]+(?:[A-Z][a-z]+)+(?!\w)"
    rf"|(?P<word>[^\W\d_]+)(?:[ ]+{CAPITAL}[^\W\d_]*)+(?:[ ]+\d{{4}})?(?=\s*(?:$|[\n#.,!])))"
)


def sample_links(reading: Reading) -> Iterator[Finding]:
    """Yield addresses of the samples that stayed."""
    for found in SAMPLE_LINK.finditer(reading.text):
        yield doubt("facts/sample-link", link=found[0])


def odd_addresses(reading: Reading) -> Iterator[Finding]:
    """Yield numbers that no telephone has, links that no browser opens, and hashtags that a network cuts off."""
    text = reading.text
    if reading.has_digits and _LONG.search(text):
        yield from _phones(text)
    if "/" in text or "www" in text or "@" in text:
        for pattern in (_LINK, _MAIL):
            for found in pattern.finditer(text):
                yield doubt("facts/odd-link", written=found[0].strip())
    if "#" in text:
        for found in _TAG.finditer(text):
            yield doubt("facts/odd-hashtag", written=found[0])
        for found in _CUT.finditer(text):
            if found["word"] is None or (len(found["word"]) < 8 and is_possible(found["word"].lower())):
                yield doubt("facts/odd-hashtag", written=found[0])


def _phones(text: str) -> Iterator[Finding]:
    for found in _PHONE.finditer(text):
        bare = found[0].lstrip("(")
        if _NO_PHONE.search(text[: found.start()]) or re.fullmatch(r"1[89]00[ -](?:19|20)\d\d", bare):
            continue
        lengths = _LENGTHS["02" if bare.startswith("02") else bare[0]]
        if _digits(bare) not in lengths or _NO_ZERO.match(bare):
            yield doubt("facts/odd-phone", written=found[0], digits=str(_digits(bare)))
    for found in _LOST_ZERO.finditer(text):
        yield doubt("facts/odd-phone", written=found["n"], digits=str(_digits(found["n"])))
    for found in (*_OH.finditer(text), *_LETTER.finditer(text)):
        yield doubt("facts/odd-phone", written=found[0], digits=str(_digits(found[0])))


def _digits(written: str) -> int:
    return sum(letter.isdigit() for letter in written)
