"""Names of institutions against the profiles of the organisation: who was called what, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from producer.brand.model import Profile
from producer.facts.model import Finding, doubt, shown
from producer.facts.reading import Reading

_FORMER = re.compile(
    r"(?:nguyên|cựu|trước\s+đây|khi\s+ấy|khi\s+đó|cũ|tiền\s+thân|sáp\s+nhập|hợp\s+nhất|từ)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s*(?:\(?\s*(?:cũ|khi\s+ấy|trước\s+đây))", re.IGNORECASE)
_UNIT = r"(?:huyện|quận|thị xã|thành phố|xã|phường|đặc khu|tỉnh)"
_HEAD = r"(?:LĐLĐ|LDLD|LĐLD|Liên đoàn Lao động|Liên đoàn lao động|Công đoàn|CĐ)"
_PLACE = re.compile(rf"^{_HEAD}\s+{_UNIT}\s+(?P<place>.+)$")


def wrong_speakers(reading: Reading, profiles: Sequence[Profile], day: date | None) -> Iterator[Finding]:
    """Yield names of the organisation that it never bore, and on a day of a row those that it did not bear then.

    Former names are let be where the text says that they are: "nguyên Chủ tịch", "khi ấy".
    """
    text = reading.text
    names = {name: profile for profile in profiles for name in (profile.name, profile.short_name) if name}
    right_names = {*names, *(profile.parent for profile in profiles)}
    told: set[int] = set()
    if day is not None:
        for name, profile in sorted(names.items(), key=lambda item: -len(item[0])):
            for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                if found.start() in told:
                    continue
                told.add(found.start())
                ended = profile.until is not None and day > profile.until
                if not ended and day >= profile.since:
                    continue
                then = next(
                    (one for one in profiles if one.since <= day and (one.until is None or day <= one.until)),
                    None,
                )
                former = _FORMER.search(text[: found.start()]) or _BEHIND.match(text, found.end())
                if then is not None and not former and found[0] not in (then.name, then.short_name):
                    yield doubt(
                        "facts/outdated-name",
                        written=found[0],
                        date=shown(day),
                        right=then.short_name or then.name,
                    )
    for pattern, right in _near(profiles):
        for found in pattern.finditer(text):
            if found[0] not in right_names and not any(
                name in text for name in right_names if found[0] in name
            ):
                yield doubt("facts/unknown-name", written=found[0], right=right)


def _near(profiles: Sequence[Profile]) -> Iterator[tuple[re.Pattern[str], str]]:
    """Yield what names like one of ours would be: its place under another head or unit."""
    seen: set[str] = set()
    for profile in profiles:
        found = _PLACE.match(profile.name)
        if found and found["place"] not in seen:
            seen.add(found["place"])
            right = ", ".join(
                sorted(name for name in {p.short_name or p.name for p in profiles} if found["place"] in name)
            )
            yield re.compile(rf"(?<!\w){_HEAD}\s+{_UNIT}\s+{re.escape(found['place'])}(?!\w)"), right
