"""Lunar days against solar ones, and the names of lunar years against their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from producer.facts.cycle import BRANCHES, CYCLE, is_name_of, name_of, plain
from producer.facts.day import LIST, RANGE, Day
from producer.facts.model import Finding, contradiction, doubt, shown
from producer.facts.number import spelt
from producer.facts.reading import Reading
from producer.lunar import RECKONED, LunarDay, leap_month, lunar_of

_NAMED_YEAR = re.compile(
    rf"(?<!\w)(?P<name>{CYCLE})\s*(?:[,(–-]\s*)?(?:năm\s+)?(?P<behind>(?:19|20)\d\d)(?![\d/])"
    rf"|(?<![\d/])(?P<before>(?:19|20)\d\d)\s*[,(–-]\s*(?:năm\s+)?(?P<name2>{CYCLE})",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:sinh|tuổi)\b[^.;]*$", re.IGNORECASE)
_ANIMAL = re.compile(
    rf"\btuổi\s+({'|'.join(BRANCHES)}|tí|tị|mẹo)\b[^.;]{{0,20}}?\bsinh\s+năm\s+(\d{{4}})", re.IGNORECASE
)
_LEAP = re.compile(
    r"(?:năm\s+)?(\d{4})\s+(?:có|nhuận)\s+(?:hai\s+)?tháng\s+(\d{1,2})(?:\s+(?:âm lịch\s+)?nhuận)",
    re.IGNORECASE,
)
# Days that texts name by Tết: the first days of the year, its last ones, its eve.
_TET = re.compile(
    rf"(?:mùng|mồng)\s+(?P<day>\d{{1,2}}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+Tết(?:\s+Nguyên\s+đán)?(?:\s+(?:năm\s+)?(?P<name>{CYCLE}|\d{{4}}(?!\d)))?"
    rf"|(?<!\w)(?P<eve>30\s+Tết|giao\s+thừa)(?:\s+đón)?(?:\s+(?:năm\s+)?(?P<name2>{CYCLE}))?"
    r"|(?<![\w/])(?P<last>2\d)\s+Tết\b|đúng\s+(?P<full>rằm)(?!\s+tháng)",
    re.IGNORECASE,
)
# What may stand between a day of the moon and the date that it is said to be.
_SAME = re.compile(
    r"(?:[\s,():–-]|ngày|dương lịch|âm lịch|năm\s+nay|năm\s+\d{4}|tức(?:\s+là)?|là|nhằm|rơi|vào|trúng|trùng|với"
    r"|đúng|hôm|đã|mới|mãi"
    r"|(?:thứ\s+\w+|chủ\s+nhật)|mùng|mồng|Tết|sáng|trưa|chiều|tối|đêm|từ)*",
    re.IGNORECASE,
)
_APART = re.compile(r"\)[\s,]*$")


@dataclass(frozen=True, slots=True)
class _Moon:
    """A day of the moon in a text; ``last`` is the last of its month, ``year`` and ``name`` may be missing."""

    day: Day
    last: bool = False


def wrong_moon(reading: Reading) -> Iterator[Finding]:
    """Yield lunar days that are not their solar ones, years that are called otherwise, and leap months that are not."""
    if not reading.has_digits:
        return
    yield from _wrong_names(reading.text)
    found = _LEAP.search(reading.text)
    if found and int(found[1]) in RECKONED and leap_month(int(found[1])) != int(found[2]):
        right = leap_month(int(found[1]))
        yield contradiction(
            "facts/wrong-lunar",
            written=f"tháng {found[2]} nhuận",
            date=found[1],
            right=f"tháng {right} nhuận" if right else "–",
        )
    named = any(word in reading.lower for word in ("tết", "giao thừa", "rằm"))
    if not named and not any(day.moon for day in reading.days):
        return
    moons = list(_moons(reading))
    if moons:
        suns = [day for day in reading.days if not day.moon]
        for moon, sun in _pairs(reading.text, moons, suns):
            yield from _wrong_day(reading.text, moon, sun)


def _wrong_names(text: str) -> Iterator[Finding]:
    for found in _NAMED_YEAR.finditer(text):
        name, year = found["name"] or found["name2"], int(found["behind"] or found["before"])
        if not is_name_of(name, year):
            facts = {"written": name, "year": str(year), "right": name_of(year)}
            # Who is born in January belongs to the year before: that may be, and is only asked.
            born = _BORN.search(text[: found.start()]) and is_name_of(name, year - 1)
            if born:
                yield doubt("facts/wrong-lunar-year", **facts)
            else:
                yield contradiction("facts/wrong-lunar-year", **facts)
    for found in _ANIMAL.finditer(text):
        animal, year = plain(found[1]), int(found[2])
        if animal not in (name_of(year).split()[1].lower(), name_of(year - 1).split()[1].lower()):
            yield contradiction(
                "facts/wrong-lunar-year", written=found[1], year=str(year), right=name_of(year)
            )


def _moons(reading: Reading) -> Iterator[_Moon]:
    days = [day for day in reading.days if day.moon]
    taken = [(day.start, day.end) for day in reading.days]
    found = [_Moon(day) for day in days]
    for match in _TET.finditer(reading.text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        name = match["name"] or match["name2"] or ""
        year = int(name) if name.isdigit() else None
        day = Day(match.start(), match.end(), 1, 1, year, moon=True, cycle="" if year else name.lower())
        if match["eve"]:
            found.append(_Moon(replace(day, day=30, month=12), last=True))
        elif match["last"]:
            found.append(_Moon(replace(day, day=int(match["last"]), month=12)))
        elif match["full"]:
            found.append(_Moon(replace(day, day=15, month=0)))
        else:
            found.append(_Moon(replace(day, day=spelt(match["day"]))))
    return iter(sorted(found, key=lambda moon: moon.day.start))


def _pairs(text: str, moons: list[_Moon], suns: list[Day]) -> Iterator[tuple[_Moon, Day]]:
    """Yield days of the moon with the dates beside them: one with one, or two ends with two."""
    used: set[int] = set()
    for group in _runs(text, moons):
        first, last = group[0].day, group[-1].day
        behind = [day for day in suns if day.start >= last.end][: len(group)]
        before = [day for day in suns if day.end <= first.start][-len(group) :]
        for dates, glue in (
            (before, text[before[-1].end : first.start] if before else "."),
            (behind, text[last.end : behind[0].start] if behind else "."),
        ):
            if len(dates) != len(group) or not _SAME.fullmatch(glue) or _APART.fullmatch(glue):
                continue
            if (glue.strip() != "(" and any(day.start in used for day in dates)) or not _together(
                text, dates
            ):
                continue
            used.update(day.start for day in dates)
            yield from zip(group, dates, strict=True)
            break


def _runs(text: str, moons: list[_Moon]) -> Iterator[tuple[_Moon, ...]]:
    group: list[_Moon] = []
    for moon in moons:
        glue = text[group[-1].day.end : moon.day.start] if group else ""
        if group and not (LIST.fullmatch(glue) or RANGE.fullmatch(glue) or group[-1].day.ranged):
            yield tuple(group)
            group = []
        group.append(moon)
    if group:
        yield tuple(group)


def _together(text: str, dates: list[Day]) -> bool:
    return all(
        one.ranged or LIST.fullmatch(text[one.end : two.start]) or RANGE.fullmatch(text[one.end : two.start])
        for one, two in pairwise(dates)
    )


def _wrong_day(text: str, moon: _Moon, sun: Day) -> Iterator[Finding]:
    """Yield the day of the moon that its date is not."""
    solar = sun.solar
    if solar is None or solar.year not in RECKONED:
        return
    real = lunar_of(solar)
    if not _agrees(moon, real, solar):
        leap = " nhuận" if real.leap else ""
        right = f"{real.day}/{real.month}{leap} năm {name_of(real.year)}"
        written = text[moon.day.start : moon.day.end]
        yield contradiction("facts/wrong-lunar", written=written, date=shown(solar), right=right)


def _agrees(moon: _Moon, real: LunarDay, solar: date) -> bool:
    day = moon.day
    if moon.last:  # the eve: the 29th or the 30th; its year is the one that ends, or the one that comes
        if lunar_of(solar + timedelta(days=1)).day != 1 or real.month != 12:
            return False
        return not day.cycle or any(is_name_of(day.cycle, year) for year in (real.year, real.year + 1))
    if day.day != real.day or (day.month and day.month != real.month) or (day.leap and not real.leap):
        return False
    if day.cycle:
        return is_name_of(day.cycle, real.year)
    if day.year is not None and day.own_year:
        return day.year == real.year or (real.month > 10 and day.year == real.year + 1)
    return True
