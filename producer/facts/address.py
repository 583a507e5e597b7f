"""Telephone numbers, links, mail addresses and hashtags of a form that leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.facts.model import SAMPLE_LINK, Finding, doubt
from producer.facts.reading import Reading

_PHONE = re.compile(
    r"(?<![\w.,/:-])(?:\+84|\(0\d{1,3}\)|0\d{2,3}|1[89]00)(?:[ .-]?\d{2,4}){1,4}(?![\w/%]|[.,-]\d|:\d)"
)
# Numbers that are long and no telephone: accounts, taxes, documents.
_NO_PHONE = re.compile(r"(?:tài khoản|mã số|mã|thuế|CCCD|CMND|STK|số hiệu|thẻ|seri)\D{0,12}$", re.IGNORECASE)
# How many digits a number has. Source: the numbering plan of circular 22/2014/TT-BTTTT and its changes.
_LENGTHS = {"1": (8, 10), "+": (11, 12), "0": (10, 11)}
_LINK = re.compile(
    r"\b(?!https?://)(?:h?tt?t?ps?|https?)\s?:\s?/{1,2}\S+|https?//\S+|https?://\s|https?://[^\s/]*,\S*|https?://[^\s/]+\s+\.\w+\S*"
    r"|https?://[^\s/]*\.\.\S*",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?<!\S)[\w.+-]+@@+\S*|[\w+-]+@[\w-]*\.\.\S*|[\w.+-]+@[\w.-]+,\w{2,}(?!\w)|[\w.+-]+\s@\s?[\w-]+\.\w+"
)
_TAG = re.compile(r"(?<![\w&])(?:##+\w+|#\w+(?:-\w+)+|#\w+#\w+|#\s+(?=[^\W\d_]{5,}\d*(?:\s|$))(?=[A-Z])\w+)")


def sample_links(reading: Reading) -> Iterator[Finding]:
    """Yield addresses of the samples that stayed."""
    for found in SAMPLE_LINK.finditer(reading.text):
        yield doubt("facts/sample-link", link=found[0])


def odd_addresses(reading: Reading) -> Iterator[Finding]:
    """Yield numbers that no telephone has, links that no browser opens, and hashtags that a network cuts off."""
    text = reading.text
    if reading.has_digits:
        for found in _PHONE.finditer(text):
            digits = sum(letter.isdigit() for letter in found[0])
            first = found[0].lstrip("(")[0]
            if _NO_PHONE.search(text[: found.start()]) or re.fullmatch(r"1[89]00[ -](?:19|20)\d\d", found[0]):
                continue
            if digits not in _LENGTHS[first]:
                yield doubt("facts/odd-phone", written=found[0], digits=str(digits))
    if "/" in text or "@" in text:
        for pattern in (_LINK, _MAIL):
            for found in pattern.finditer(text):
                yield doubt("facts/odd-link", written=found[0].strip())
    if "#" in text:
        for found in _TAG.finditer(text):
            yield doubt("facts/odd-hashtag", written=found[0])
