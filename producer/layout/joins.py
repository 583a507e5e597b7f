"""Which words must, and which should, share a line in Vietnamese text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from producer.layout.compound import COMPOUND, DAY, MOMENT, PHRASE, word_gaps

NBSP = "\u00a0"

# What figures count. A list and not "any word": "năm 2025 tại" must be free to part after the year.
UNITS = """
    đồng/người đồng/tháng đồng tỷ triệu nghìn ngàn trăm vnđ usd người hộ nhà suất phần món đoàn_viên lao_động
    công_nhân nữ_công cán_bộ học_viên đại_biểu thành_viên cơ_sở đơn_vị công_đoàn doanh_nghiệp cđcs lđlđ
    nghiệp_đoàn tổ_chức sáng_kiến công_trình mô_hình hoạt_động sự_kiện chỉ_tiêu nhiệm_vụ ý_kiến cuộc buổi lớp
    lượt lần bài tin video clip ảnh trang ngày đêm tháng năm quý tuần giờ phút giây km m² m³ ha kg tấn tạ lít
    điểm phần_trăm đvcđ nlđ nsdlđ mẫu tổ nhóm đội giải huy_chương bằng_khen giấy_khen căn chỗ m cm mm
    """

# Family names of the Kinh, and those of Khmer people; with them begins a name that no salutation announces.
_FAMILIES = """
    bùi bạch bế cao chu châu cung cù danh diệp doãn dư dương giang giáp hoàng huỳnh hà hàn hồ hồng hứa khúc
    khương khổng kim kiên kiều kỷ la lai liêu liễu lâm lê lò lý lư lưu lương lạc lục mai mã mạc nghiêm
    nguyễn ngô nhan nông ong phan phó phùng phương phạm quan quách sơn thiều thái thân thạch thị tiết trang
    triệu trà trương trưởng trần trịnh tô tôn tăng tường tạ tống từ ung vi viên vòng võ văn vũ vưu vương âu
    ông đinh điểu đoàn đàm đàng đào đặng đồng đỗ
    """
FAMILIES = frozenset(_FAMILIES.split())
MIDDLES = frozenset(("văn", "thị", "mẫu", "hữu", "đức", "đình"))  # what names in capitals are known by
SHORTEST_NAME, LONGEST_NAME = 3, 5  # syllables

_S = f"[ {NBSP}]"
_UPPER = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper() and letter.isalpha())
_NAME = f"(?-i:[{_UPPER}])\\w*"
_UNIT = "|".join(unit.replace("_", _S) for unit in UNITS.split())
# "28 tháng" in "ngày 28 tháng 7" is no quantity.
_UNDATED = "".join(f"(?<!{word}{_S})" for word in ("ngày", "tháng", "năm", "quý", "số", "tuần"))
_MOMENT = rf"\d[\d/.,:h]*(?:{_S}giờ(?:{_S}\d\d(?:{_S}phút)?)?)?"
_COUNTED = """
    số ngày mùng tháng năm quý tuần điều khoản mục chương đợt khóa khoá kỳ lớp ấp tổ khóm phường quận xã đường
    phòng tầng bài tập trang hạng cấp vòng thứ lần
    """
_TITLES = (
    rf"đồng{_S}chí|đ/c|ông|bà|anh|chị|em|cô|chú|bác|thầy|"
    r"TS\.|ThS\.|BS\.|PGS\.|GS\.|KS\.|LS\.|CN\."
)

HARD = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\S{_S}(?=[–—-](?:{_S}|$))",  # no line starts with a dash
        rf"{_S}/(?:{_S}|$)|(?<=/){_S}",  # nor parts at a slash
        rf"\S{_S}(?=[%‰₫°])",
        rf"{_UNDATED}(?<!\w)\d[\d.,]*{_S}(?:(?:tỷ|triệu|nghìn|ngàn|trăm){_S})?(?:{_UNIT})(?!\w)",
        rf"\(?(?<![\w/]){_MOMENT}{_S}?[–—-]{_S}?{_MOMENT}\)?",  # ranges of dates, hours, figures
        rf"(?<!\w)(?:{'|'.join(_COUNTED.split())}){_S}(?:thứ{_S})?(?:\d\S*|[IVXLC]+(?!\w))",
        rf"(?<!\w)\d{{1,2}}{_S}giờ(?:{_S}\d\d(?:{_S}phút)?)?(?!\w)",
        rf"(?<!\w)thứ{_S}(?:hai|ba|tư|năm|sáu|bảy)(?!\w)|(?<!\w)chủ{_S}nhật(?!\w)",
        rf"(?<!\w)tháng{_S}(?:giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|chạp)(?!\w)",
        rf"\w{_S}\d+/(?:\d+/)?[{_UPPER}]\S*",  # numbers of documents
        rf"(?<!\w)\(?(?:\+84|0\d{{1,3}}|1[89]00)\)?(?:{_S}\d{{2,4}}){{1,3}}(?!\w)",  # telephones
    )
)
_TITLED = re.compile(rf"(?<!\w)(?:{_TITLES}){_S}(?:{_NAME}{_S}){{0,4}}{_NAME}", re.IGNORECASE)
_TITLED_CAPITALS = re.compile(rf"(?<!\w)(?:{_TITLES}){_S}\w", re.IGNORECASE)
_FIGURE = re.compile(r"\(?\d[\d.,]*$")
_DATE_PART = re.compile(rf"(?:ngày|tháng){_S}\d+$", re.IGNORECASE)
_DATE_NEXT = re.compile(rf"(?:tháng|năm){_S}\d", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")  # of what stands before it: "Luật Công đoàn 2024 / có gì mới"
_WEEKDAY = re.compile(rf"(?:thứ{_S}\w+|chủ{_S}nhật),?$", re.IGNORECASE)
_HOUR = re.compile(rf"\d{{1,2}}(?:{_S}giờ(?:{_S}\d\d(?:{_S}phút)?)?|[:h]\d\d),$", re.IGNORECASE)
_WEEKDAY_NEXT = re.compile(rf"(?:thứ{_S}\w+|chủ{_S}nhật)", re.IGNORECASE)
_OPENING, _CLOSING = "(“‘\"'[«", ")”’\"']».,;:!?…"


def join_words(text: str, joins: tuple[str, ...] = ()) -> str:
    """Return ``text`` in NFC with U+00A0 for the spaces that must not part.

    ``joins`` are the brand's own phrases, in any case.
    The length changes by NFC alone. Upper-cased text is joined alike, but for names after a salutation: only
    capitals give away how long they are, so there just the next word is kept.
    """
    return _join(unicodedata.normalize("NFC", text), tuple(joins))


def soft_joins(groups: Sequence[str], *, capitals: bool = False) -> list[int]:
    """Return what a break costs between each two neighbouring groups of joined text: COMPOUND, PHRASE to DAY, or 0.

    ``capitals`` says that the whole text is upper-cased, so that a capital gives no name away.
    """
    if not groups:
        return []
    words = _Syllables.of(groups)
    costs = [
        max(pair) for pair in zip(words.compound_gaps(), words.name_gaps(capitals=capitals), strict=True)
    ]
    kept = [costs[words.ends[at] - 1] for at in range(len(groups) - 1)]
    pairs = pairwise(groups)
    return [max(cost, _phrase(*pair, capitals=capitals)) for cost, pair in zip(kept, pairs, strict=True)]


def _phrase(before: str, after: str, *, capitals: bool) -> int:
    """PHRASE or more where two groups belong together by what they are: dates, figures with their noun, names."""
    first, second = before.rpartition(NBSP)[2].lstrip(_OPENING), after.partition(NBSP)[0]
    if first[-1:] in _CLOSING:
        if _WEEKDAY.search(before) and second[:1].isdigit():
            return DAY
        return MOMENT if _HOUR.search(before) and _WEEKDAY_NEXT.match(after) else 0
    second = second.rstrip(_CLOSING)
    dated = _DATE_PART.search(before) and _DATE_NEXT.match(after)
    counted = _FIGURE.match(before) and not _YEAR.match(before) and second[:1].isalpha()
    named = not capitals and _is_name(first) and (_is_name(second) or second.isdigit())
    return PHRASE if dated or counted or named or _YEAR.match(second) else 0


@dataclass(frozen=True, slots=True)
class _Syllables:
    """The syllables of a text, bare of marks, and where its groups and its clauses end."""

    bare: tuple[str, ...]
    ends: tuple[int, ...]  # by group: how many syllables it and those before it have
    clauses: tuple[tuple[int, int], ...]  # (first, behind the last) between marks that no word spans

    @classmethod
    def of(cls, groups: Sequence[str]) -> _Syllables:
        """The syllables of joined groups."""
        written = [syllable for group in groups for syllable in group.split(NBSP)]
        ends = tuple(accumulate(group.count(NBSP) + 1 for group in groups))
        bare = tuple(syllable.lstrip(_OPENING).rstrip(_CLOSING) for syllable in written)
        stops = [
            at
            for at, (one, two) in enumerate(pairwise(written), 1)
            if one[-1:] in _CLOSING or two[:1] in _OPENING or not (bare[at - 1] and bare[at])
        ]
        return cls(bare, ends, tuple(pairwise((0, *stops, len(written)))))

    def compound_gaps(self) -> list[int]:
        """What each gap costs by the list of words; one more than there are gaps, for the end."""
        gaps: list[int] = []
        for first, behind in self.clauses:
            gaps += (*word_gaps(tuple(word.lower() for word in self.bare[first:behind])), 0)
        return gaps

    def name_gaps(self, *, capitals: bool) -> list[int]:
        """COMPOUND inside the names of people, as above; a text that is nothing but a name may part in it."""
        gaps = [0] * len(self.bare)
        words = self.compound_gaps()
        for first, behind in self.clauses:
            at = first
            while at < behind:
                end = self._name_end(at, behind, words, capitals=capitals)
                if end - at < len(self.bare):
                    gaps[at : end - 1] = [COMPOUND] * (end - 1 - at)
                at = end
        return gaps

    def _name_end(self, first: int, behind: int, words: Sequence[int], *, capitals: bool) -> int:
        """Behind the name that begins at a syllable; right behind the syllable where none does."""
        if self.bare[first].lower() not in FAMILIES:
            return first + 1
        if capitals:
            return self._capitals_end(first, behind, words)
        end = first
        while end < min(behind, first + LONGEST_NAME) and _is_name(self.bare[end]):
            end += 1
        return end if end - first >= SHORTEST_NAME else first + 1

    def _capitals_end(self, first: int, behind: int, words: Sequence[int]) -> int:
        """As above where all is in capitals: a family name and a middle name that no word of the list claims."""
        if behind - first < SHORTEST_NAME or self.bare[first + 1].lower() not in MIDDLES:
            return first + 1
        if COMPOUND in words[max(first - 1, 0) : first + 2]:  # "nâng cao văn hóa"
            return first + 1
        return behind if behind - first <= LONGEST_NAME - 1 else first + SHORTEST_NAME


def _is_name(word: str) -> bool:
    """Whether a word is capitalised and no abbreviation."""
    return word[:1].isupper() and not word[1:2].isupper()


@lru_cache(maxsize=4096)
def _join(text: str, joins: tuple[str, ...]) -> str:
    for pattern in (*_brand_patterns(joins), *HARD):
        text = pattern.sub(_glue, text)
    return (_TITLED_CAPITALS if text.isupper() else _TITLED).sub(_glue, text)


def _glue(match: re.Match[str]) -> str:
    return match[0].replace(" ", NBSP)


@lru_cache(maxsize=16)
def _brand_patterns(joins: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """One pattern a phrase and not one for all, since phrases may overlap."""

    def patterns() -> Iterator[re.Pattern[str]]:
        for phrase in joins:
            words = unicodedata.normalize("NFC", phrase).split()
            yield re.compile(rf"(?<!\w){_S.join(map(re.escape, words))}(?!\w)", re.IGNORECASE)

    return tuple(patterns())
