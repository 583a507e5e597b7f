"""Words that a correction quotes: they are wrong on purpose."""

from __future__ import annotations

import re

_CORRECTS = re.compile(
    r"\b(?:đính\s+chính|sửa\s+lại|xin\s+sửa|in\s+nhầm|in\s+sai|viết\s+nhầm|ghi\s+nhầm)\b", re.IGNORECASE
)
_MISPRINT = re.compile(
    r"(?P<head>\b(?:in|viết|ghi|đăng|đọc|sửa|chính|từ)(?:\s+(?:là|nhầm|sai|thành|nhầm\s+thành|chữ|cụm\s+từ))*\s*:?\s*)"
    r"(?P<quote>“[^“”\n]*”|\"[^\"\n]*\"|«[^«»\n]*»)",
    re.IGNORECASE,
)


def without_misprints(text: str) -> str:
    """Return a text of the same length in which what a correction says was misprinted is left blank.

    "Bản tin in “thứ Sáu 21/3/2026”, đúng phải là “thứ Bảy 21/3/2026”": only the second is claimed.
    """
    if not _CORRECTS.search(text):
        return text
    return _MISPRINT.sub(lambda found: found["head"] + " " * len(found["quote"]), text)
