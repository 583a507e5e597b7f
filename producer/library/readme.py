"""The page that tells whoever opens an object, without us, what it is and how to check it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

README = "README.txt"
# A state as people in the office say it. A state that is not known here is shown as it is.
SPOKEN = {
    "draft": "bản nháp, chưa duyệt: không dùng làm bản chính thức",
    "in-review": "đang duyệt: chưa dùng làm bản chính thức",
    "approved": "đã duyệt",
    "published": "đã đăng hoặc đã phát hành",
    "withdrawn": "ĐÃ RÚT: không dùng nữa",
}


def readme(asset: Mapping[str, Any]) -> bytes:
    """Return the page of an object, in Vietnamese, from its ``asset.json``."""
    title = str(asset["title"]).replace("\n", " ")
    day = date.fromisoformat(asset["day"])
    facts = {
        "title": title,
        "line": "=" * len(title),
        "id": asset["id"],
        "event": asset["event"],
        "day": f"{day.day:02}/{day.month:02}/{day.year}",
        "unit": asset["unit"] or "–",
        "state": SPOKEN.get(asset["state"], asset["state"]),
    }
    return _page().format_map(facts).encode()


@cache
def _page() -> str:
    return (resources.files("producer") / "messages" / "archive.md").read_text("utf-8")
