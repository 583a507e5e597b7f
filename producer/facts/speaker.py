"""Names of institutions against the profiles of the organisation: who was called what, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

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
_PLACE = re.compile(rf"^{_HEAD}\s+(?P<unit>{_UNIT})\s+(?P<place>.+)$")


def wrong_speakers(reading: Reading, profiles: Sequence[Profile], day: date | None) -> Iterator[Finding]:
    """Yield names of the organisation that it never bore, and on a day of a row those that it did not bear then.

    Former names are let be where the text says that they are: "nguyên Chủ tịch", "khi ấy".
    """
    text = reading.text
    names = {name: profile for profile in profiles for name in (profile.name, profile.short_name) if name}
    if day is not None:
        yield from _outdated(text, names, profiles, day)
    right_names = {*names, *(profile.parent for profile in profiles)}
    for place, pattern, right in _near(tuple(profiles)):
        for found in pattern.finditer(text) if place in text else ():
            written = found[0]
            if written not in right_names and not any(
                name in text for name in right_names if written in name
            ):
                yield doubt("facts/unknown-name", written=written, right=right)


def _outdated(
    text: str, names: Mapping[str, Profile], profiles: Sequence[Profile], day: date
) -> Iterator[Finding]:
    """Yield names that the organisation did not bear on a day."""
    told: set[int] = set()
    then = next(
        (one for one in profiles if one.since <= day and (one.until is None or day <= one.until)), None
    )
    for name, profile in sorted(names.items(), key=lambda item: -len(item[0])):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text) if name in text else ():
            if found.start() in told:
                continue
            told.add(found.start())
            borne = profile.since <= day and (profile.until is None or day <= profile.until)
            former = _FORMER.search(text[: found.start()]) or _BEHIND.match(text, found.end())
            if then is not None and not borne and not former and name not in (then.name, then.short_name):
                right = then.short_name or then.name
                yield doubt("facts/outdated-name", written=name, date=shown(day), right=right)


@lru_cache(maxsize=8)
def _near(profiles: tuple[Profile, ...]) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return each place with what names like one of ours would be: its place under one of our units and another head.

    The province, the town or the ward of the same name is another organisation, and may well be meant.
    """
    made: list[tuple[str, re.Pattern[str], str]] = []
    places: dict[str, set[str]] = {}
    for profile in profiles:
        found = _PLACE.match(profile.name)
        if found:
            places.setdefault(found["place"], set()).add(found["unit"])
    for place, units in places.items():
        ours = {profile.short_name or profile.name for profile in profiles}
        right = ", ".join(sorted(name for name in ours if place in name))
        unit = "|".join(sorted(map(re.escape, units)))
        pattern = re.compile(rf"(?<!\w){_HEAD}\s+(?:{unit})\s+{re.escape(place)}(?!\w)")
        made.append((place, pattern, right))
    return tuple(made)
