"""Numbers as Vietnamese writes them: one reader for all checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from producer.facts.model import words_of

SCALES = {
    "nghìn": 1_000,
    "ngàn": 1_000,
    "triệu": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
}
_ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_ONE = "(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_LAST = "(?:mốt|một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_TENS = rf"(?:{_ONE}\s+mươi(?:\s+{_LAST})?|mười(?:\s+{_LAST})?)"
WORDS = rf"(?:{_ONE}\s+trăm(?:\s+(?:linh|lẻ)\s+{_ONE}|\s+{_TENS})?|{_TENS}|{_ONE})"
# What five counts, not the year that follows: a word that counts things, or people.
_COUNTED = "năm|người|điều|bước|đội|tổ|căn|ngày|buổi|suất|chị|anh|em|cháu|doanh nghiệp|đơn vị|triệu"
_COUNTED += "|nghìn|cách|lần|tháng"
_FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![.\d])|\d+(?:,\d+)?"
_POINTED = re.compile(r"\d[\d.]*(?:,\d+)?")
_ENGLISH = re.compile(r"0\.\d+|\d+\.(?:\d{1,2}|\d{4,})")
_NUMBER = re.compile(
    rf"(?:(?<![\w.,/:#–-])|(?<=\s[–-]))(?P<figure>{_FIGURE})(?!(?!đ\b)\w|[./:]\d|,\d|-[A-ZĐ\d])"
    rf"|(?<!\w)(?!năm\s+(?!{_COUNTED}\b))(?P<words>{WORDS})(?=\s+[^\W\d_])",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\s*(nghìn|ngàn|triệu|tỷ|tỉ)\b", re.IGNORECASE)
_UNIT = re.compile(r"\s*(%|°C|m²|[^\W\d_]+(?:\s+[^\W\d_]+)?)")
# Words that say only that something is counted: what is counted comes after.
CLASSIFIERS = ("chiếc", "cái", "bộ", "con", "cuốn", "bức", "tấm")
# Words that go on with the sentence: nothing is counted.
JOINING = words_of("và hoặc hay đến tới còn là cùng với thì xuống lên ở tại cho nên từ của được để do")
PEOPLE = words_of(
    "người công đoàn học đại lao vận thí em cháu cán hội tác nữ nam anh chị thành hành khách sinh"
) | {"đồng chí"}
MEASURES = words_of("đồng % °c km m m² kg tấn lít giờ phút ha người")
# The word before a label's number: class 1, quarter 3, team 5.
LABELS = words_of(
    "số lớp khối quý đợt bậc hạng ca tầng phòng thứ lần điều khoản mục chương giai bước đội tổ nhóm loại mức ngày"
    " tháng năm cấp khóa khoá kỳ vòng chặng hiệp trang tuổi xưởng khu ga cổng sân máy phường quận đảo xe bến tuyến"
    " ảnh hình bảng biểu"
)

_TEAMS = frozenset(("tổ", "đội", "xưởng"))
_SAYS = words_of("có thu được đạt là nam nữ gồm nhận góp nộp còn chi bán với")
_NO_LABEL = ("mỗi", "đã", "được", "sẽ")  # "đã cấp 600 vé" gives out tickets


@dataclass(frozen=True)
class Number:
    """A number in a text: where it stands, its value, and the words behind it."""

    start: int
    end: int  # behind its scale and percent sign
    value: Decimal
    written: str
    before: str  # the two words before it, in small letters
    unit: str  # what it counts: the word behind it, in small letters; "%" for a percentage
    noun: str  # that word and the next
    spelt: bool = False

    @cached_property
    def money(self) -> bool:
        """Whether it counts đồng."""
        return self.unit == "đồng"

    @cached_property
    def label(self) -> bool:
        """Whether it names something, as in lớp 1, and counts nothing; "mỗi tổ 50 m²" counts."""
        words = self.before.split()
        if words == ["tổng", "số"]:
            return False
        if words[-1:] == ["năm"] and self.value < 1900:
            return False  # "cả năm 400 đơn vị"
        if (
            not self.unit
            and not self.spelt
            and len(words) > 1
            and words[0] in _TEAMS
            and words[1] not in _SAYS
        ):
            return True  # "Tổ may 1" is called so
        return bool(words) and words[-1] in LABELS and words[0] not in _NO_LABEL and self.unit not in MEASURES


def read_numbers(text: str) -> tuple[Number, ...]:
    """Return every number of a text in its order; of words, only those before what they count."""
    return tuple(_number(match, text) for match in _NUMBER.finditer(text))


def is_figure(written: str) -> bool:
    """Whether figures with points and commas are a number as Vietnamese writes it: ``1,250,000`` is none."""
    return _POINTED.fullmatch(written.strip(".,")) is not None


def decimal_of(figure: str) -> Decimal:
    """Return the value of a number in figures; a point that cannot part thousands, as in ``92.5``, marks decimals.

    Raises:
        InvalidOperation: it is no number; see :func:`is_figure`.
    """
    plain = figure.strip(".,")
    if _ENGLISH.fullmatch(plain):
        return Decimal(plain)
    return Decimal(plain.replace(".", "").replace(",", "."))


def value_of(words: str) -> int:
    """Return the value of a number in words up to 999: ``hai mươi lăm`` is 25."""
    total = ones = 0
    for word in words.lower().split():
        if word == "trăm":
            total, ones = ones * 100, 0
        elif word == "mươi":
            total, ones = total + ones * 10, 0
        elif word == "mười":
            total, ones = total + 10, 0
        elif word in _ONES:
            ones = _ONES[word]
    return total + ones


def spelt(written: str) -> int:
    """Return the value of a whole number in figures or words."""
    return int(written) if written.isdigit() else value_of(written)


def _number(match: re.Match[str], text: str) -> Number:
    figure = match["figure"]
    value = decimal_of(figure) if figure else Decimal(value_of(match["words"]))
    end = match.end()
    scale = _SCALE.match(text, end)
    if scale:
        value *= SCALES[scale[1].lower()]
        end = scale.end()
    unit = _UNIT.match(text, end)
    words = unit[1].lower().split() if unit else []
    if words[:2] == ["đồng", "chí"]:
        words = ["đồng chí"]  # comrades are no money
    elif words[:1] == ["đ"]:
        words = ["đồng"]
    if words[:1] == ["%"]:
        end = unit.end() if unit else end
    elif words and words[0] in JOINING:
        words = []
    elif len(words) == 2 and words[0] in CLASSIFIERS:
        words = words[1:]
    if scale and not words:
        words = ["đồng"]
    head = text[max(match.start() - 24, 0) : match.start()]
    tail = " ".join(re.split(r"[,.;:()\n–]", head)[-1].lower().split()[-2:])
    return Number(
        match.start(), end, value, text[match.start() : end], tail, words[0] if words else "",
        " ".join(words), figure is None,
    )  # fmt: skip


def same_kind(one: Number, other: Number) -> bool:
    """Whether two numbers count things of one kind: under one word, or people."""
    if not one.unit or not other.unit:
        return False
    return one.unit == other.unit or (
        one.unit in PEOPLE
        and other.unit in PEOPLE
        and not {"người", "đồng chí"}.isdisjoint((one.unit, other.unit))
    )


def plain(value: Decimal | int) -> str:
    """Return a number as Vietnamese writes it: 1.250,5."""
    number = Decimal(value).normalize()
    whole, _, rest = f"{number:,f}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
