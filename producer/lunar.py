"""The lunar calendar of Việt Nam: which day a lunar one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import floor, pi, radians, sin

# Days are those of UTC+7; 0 is 1 January 4713 BC, noon, as in Julian days.
ZONE = 7 / 24
EPOCH = date(2000, 1, 1), 2451545
MONTH = 29.530588853  # days from new moon to new moon
FIRST_MOON = 2415021.076998695  # the new moon that moons are counted from, of January 1900
RECKONED = range(1800, 2200)  # the years for which the shortened series hold


LUNATIONS = 1237  # from the moon that moons are counted from to the first of 2000
# Each term of a new moon's time: days, and how often the anomaly of the sun, that of the moon and the moon's
# distance from its node go into the sine.
TERMS = (
    (-0.40720, 0, 1, 0), (0.17241, 1, 0, 0), (0.01608, 0, 2, 0), (0.01039, 0, 0, 2), (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0), (0.00208, 2, 0, 0), (-0.00111, 0, 1, -2), (-0.00057, 0, 1, 2), (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0), (0.00042, 1, 0, 2), (0.00038, 1, 0, -2), (-0.00024, -1, 2, 0), (-0.00007, 2, 1, 0),
    (0.00004, 0, 2, -2), (0.00004, 3, 0, 0), (0.00003, 1, 1, -2), (0.00003, 0, 2, 2), (-0.00003, 1, 1, 2),
    (0.00003, -1, 1, 2), (-0.00002, -1, 1, -2), (-0.00002, 1, 3, 0), (0.00002, 0, 4, 0),
)  # fmt: skip
# What the planets add: days, degrees, degrees for each moon.
PLANETS = (
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
)  # fmt: skip
# Seconds that the earth is late: up to a year, counted from a year, as a polynomial. Source: Espenak and Meeus (2006).
LATE = (
    (1920, 1900, (-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197)),
    (1941, 1920, (21.20, 0.84493, -0.076100, 0.0020936)),
    (1961, 1950, (29.07, 0.407, -1 / 233, 1 / 2547)),
    (1986, 1975, (45.45, 1.067, -1 / 260, -1 / 718)),
    (2005, 2000, (63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599)),
    (2050, 2000, (62.92, 0.32217, 0.005589)),
)
STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")


class NoSuchDayError(ValueError):
    """A lunar day that its year does not have."""


def solar_of(day: int, month: int, year: int, *, leap: bool = False) -> date:
    """Return the date of a lunar day; ``leap`` means the second month of that number.

    Raises:
        NoSuchDayError: the month has no such day, or the year no such leap month.

    Source:
        The rules of the calendar after Hồ Ngọc Đức, Thuật toán tính âm lịch; new moons and the sun's longitude
        after Meeus, Astronomical Algorithms (1998), chapters 25 and 49, shortened.
    """
    first = _eleventh(year - 1 if month < 11 else year)
    after = _eleventh(year if month < 11 else year + 1)
    offset = (month - 11) % 12
    doubled = _doubled(first) if after - first > 365 else None  # 13 moons between two eleventh months
    if leap and doubled != offset + 1:
        raise NoSuchDayError
    if doubled is not None and (leap or offset >= doubled):
        offset += 1
    moon = round((first - FIRST_MOON) / MONTH) + offset
    start, end = _new_moon(moon), _new_moon(moon + 1)
    if not 1 <= day <= end - start:
        raise NoSuchDayError
    return EPOCH[0] + timedelta(days=start + day - 1 - EPOCH[1])


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar; ``leap`` means the second month of that number."""

    day: int
    month: int
    year: int
    leap: bool = False


@lru_cache(maxsize=1024)
def lunar_of(solar: date) -> LunarDay:
    """Return the lunar day of a date: what :func:`solar_of` undoes."""
    number = solar.toordinal() - EPOCH[0].toordinal() + EPOCH[1]
    moon = floor((number - FIRST_MOON) / MONTH)
    while _new_moon(moon + 1) <= number:
        moon += 1
    while _new_moon(moon) > number:
        moon -= 1
    start = _new_moon(moon)
    year = solar.year if start >= _eleventh(solar.year) else solar.year - 1
    first, after = _eleventh(year), _eleventh(year + 1)
    offset = moon - round((first - FIRST_MOON) / MONTH)
    doubled = _doubled(first) if after - first > 365 else None
    leap = doubled == offset
    if doubled is not None and offset >= doubled:
        offset -= 1
    month = (10 + offset) % 12 + 1
    return LunarDay(number - start + 1, month, year if month >= 11 else year + 1, leap)


def leap_month(year: int) -> int | None:
    """Return the number of the month that a lunar year has twice, or nothing."""
    months = (month for month in range(1, 13) if _has_leap(month, year))
    return next(months, None)


@lru_cache(maxsize=512)
def _has_leap(month: int, year: int) -> bool:
    try:
        solar_of(1, month, year, leap=True)
    except NoSuchDayError:
        return False
    return True


def year_name(year: int) -> str:
    """Return the name of a lunar year: ``Bính Ngọ`` is 2026."""
    return f"{STEMS[(year + 6) % 10]} {BRANCHES[(year + 8) % 12]}"


def lunar_words(day: int, month: int, year: int) -> str:
    """Return ``mùng 10 tháng 3 âm lịch (16/4/2027)``: a lunar day says that it is one, and when that is."""
    solar = solar_of(day, month, year)
    begun = "mùng" if day <= 10 else "ngày"
    return f"{begun} {day} tháng {month} âm lịch ({solar.day}/{solar.month}/{solar.year})"


@lru_cache(maxsize=2048)
def _new_moon(number: int) -> int:
    """The day of a new moon, right to some seconds: a moon near midnight decides over a month."""
    lunation = number - LUNATIONS
    t = lunation / 1236.85  # centuries from 2000
    sun = 2.5534 + 29.1053567 * lunation - 0.0000014 * t**2
    moon = 201.5643 + 385.81693528 * lunation + 0.0107582 * t**2 + 0.00001238 * t**3
    node = 160.7108 + 390.67050284 * lunation - 0.0016118 * t**2 - 0.00000227 * t**3
    rise = 124.7746 - 1.56375588 * lunation + 0.0020672 * t**2
    narrow = 1 - 0.002516 * t - 0.0000074 * t**2  # the earth's orbit becomes rounder
    day = 2451550.09766 + 29.530588861 * lunation + 0.00015437 * t**2 - 0.00000015 * t**3
    for size, by_sun, by_moon, by_node in TERMS:
        day += size * narrow ** abs(by_sun) * sin(radians(by_sun * sun + by_moon * moon + by_node * node))
    day -= 0.00017 * sin(radians(rise))
    for size, start, step in PLANETS:
        day += size * sin(radians(start + step * lunation - (0.009173 * t**2 if step == 0.107408 else 0)))
    return floor(day - _late(2000 + t * 100) / 86400 + 0.5 + ZONE)


def _late(year: float) -> float:
    """How far the turning earth is behind the even time of the sky, s."""
    for last, start, terms in LATE:
        if year < last:
            return sum(term * (year - start) ** power for power, term in enumerate(terms))
    return -20 + 32 * ((year - 1820) / 100) ** 2 - 0.5628 * (2150 - year)


def _sun_sign(day: int) -> int:
    """Which twelfth of its way the sun is in at the beginning of a day, 0 from the spring equinox on."""
    t = (day - 0.5 - ZONE - 2451545.0) / 36525
    rad = pi / 180
    mean = (357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * rad
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(mean)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * mean) + 0.000290 * sin(3 * mean)
    return int(longitude % 360 / 30)


@lru_cache(maxsize=128)
def _eleventh(year: int) -> int:
    """The first day of the eleventh month, which holds the winter solstice."""
    last = date(year, 12, 31).toordinal() - EPOCH[0].toordinal() + EPOCH[1]
    number = floor((last - FIRST_MOON) / MONTH)
    day = _new_moon(number)
    return day if _sun_sign(day) < 9 else _new_moon(number - 1)


def _doubled(first: int) -> int:
    """How many months after the eleventh the leap month is: the first in which the sun enters no new sign."""
    number = round((first - FIRST_MOON) / MONTH)
    signs = [_sun_sign(_new_moon(number + step)) for step in range(15)]
    return next(step for step in range(1, 14) if signs[step] == signs[step + 1])
