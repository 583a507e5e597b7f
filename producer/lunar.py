"""The lunar calendar of Việt Nam: which day a lunar one is."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import floor, pi, sin

# Days are those of Hà Nội; 0 is 1 January 4713 BC, noon, as in Julian days.
ZONE = 7 / 24
EPOCH = date(2000, 1, 1), 2451545
MONTH = 29.530588853  # days from new moon to new moon
FIRST_MOON = 2415021.076998695  # the new moon that moons are counted from, of January 1900


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


def lunar_words(day: int, month: int, year: int) -> str:
    """Return ``mùng 10 tháng 3 âm lịch (16/4/2027)``: a lunar day says that it is one, and when that is."""
    solar = solar_of(day, month, year)
    begun = "mùng" if day <= 10 else "ngày"
    return f"{begun} {day} tháng {month} âm lịch ({solar.day}/{solar.month}/{solar.year})"


@lru_cache(maxsize=512)
def _new_moon(number: int) -> int:
    """The day of a new moon."""
    t = number / 1236.85  # centuries from 1900
    rad = pi / 180
    day = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    day += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * rad)
    sun = (359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3) * rad
    moon = (306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3) * rad
    node = (21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3) * rad
    day += (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    day += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    day += 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    day += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    day += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    late = -0.000278 + 0.000265 * t + 0.000262 * t**2  # the earth turns unevenly, from 1900 on
    return floor(day - late + 0.5 + ZONE)


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
