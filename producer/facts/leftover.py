"""What was left by the hand: blanks to be filled, words written twice, marks that were opened and never closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.facts.model import Finding, contradiction, doubt, words_of
from producer.facts.reading import Reading

_DOTS = r"(?:…|\.{3,}|_{2,}|…+)"
_ASKED = r"(?:họ|tên|đơn vị|địa điểm|ngày|giờ|số|chức vụ|ghi|điền|nhập|thời gian|nội dung)"
_BLANK = re.compile(
    rf"\b(?:ngày|tháng|năm|số|lúc|giờ|hồi)\s*{_DOTS}(?:\s*(?:ngày|tháng|năm|phút)\s*{_DOTS})*|\.{{5,}}|_{{3,}}|…{{2,}}"
    rf"|\b(?:là|gồm|có|đạt|tổng|với)\s+{_DOTS}\s+(?:người|đồng|%|suất|đoàn viên|công nhân|đơn vị)"
    r"|(?<!\w)[xX]{2}/[xX]{2}(?:/\w{4})?|\bdd/mm(?:/yyyy)?\b|\bngày\s+tháng\s+năm\s+\d{4}"
    rf"|\[\s*{_ASKED}\b[^\]\d]{{0,40}}\]|\((?:ghi\s+rõ|điền|nhập|họ\s+(?:và\s+)?tên|tên\s+đơn\s+vị|chức\s+vụ)[^)\d]{{0,40}}\)"
    rf"|\((?:chèn|bổ\s+sung|cập\s+nhật|thêm|viết|dán)\b[^()\d]{{0,40}}\b(?:sau|vào\s+đây|ở\s+đây|tại\s+đây)\)"
    rf"|<\s*{_ASKED}\b[^<>\d]{{0,40}}>|\{{\{{[^{{}}]*\}}\}}|\b(?:TBD|TBA|TODO|FIXME)\b|\bx{{3,8}}\b|\?{{3,}}|\blorem\s+ipsum\b",
    re.IGNORECASE,
)
# Without any of these nothing was left blank.
_SIGNS = frozenset("…_[(<{?")
_WORDS = ("..", "xx", "dd/mm", "tbd", "tba", "todo", "fixme", "lorem", "tháng năm")
_TWICE = re.compile(r"(?<![\w-])([^\W\d_]+(?:\s+[^\W\d_]+)?)\s+\1(?![\w-])", re.IGNORECASE)
# Words that go with others and stand alone nowhere: written twice, one is too many.
_BOUND = words_of(
    "của được tại đã những các ở cho và với một cả bị để khi thì mà này đang sẽ cũng như đến về theo trên dưới do"
    " là nên vì nếu hoặc nhưng rằng bởi giữa trong ngoài sau trước tới vào ra lên xuống đó nay vẫn chỉ cùng hơn"
    " nhất đoàn viên động chức nghị hiện khai trợ kế hoạch trình quyết định thành lập tham gia tổ phong trào"
    " thi đua phát triển lao chăm lo lửa chờ quà trao tặng nhận mừng chúc quan trọng nhiệm vụ quyền lợi ích bảo"
    " hiểm sức khỏe khoẻ an toàn vệ sinh dân xã tỉnh công ty doanh nghiệp giám đốc chủ tịch cán bộ lễ kỷ niệm"
    " khánh tổng kết truyền thống"
)
# A word may end one compound and begin the next: "Công đoàn đoàn kết", "đoàn viên viên mãn".
_COMPOUNDS = {
    "đoàn": ("công liên quân sư tập binh", "kết tụ viên thể"),
    "viên": ("đoàn nhân giáo sinh hội công ủy uỷ thành", "mãn chức tịch"),
    "động": ("lao hoạt hành vận khởi", "viên cơ lực não"),
    "hội": ("công xã đại lễ", "viên nghị thảo họp trường đàm"),
    "công": ("thi đình", "nhân đoàn ty sở"),
}
_GARMENT = re.compile(r"\s+(?:áo|quần|khăn|vải|váy|đồ|rèm|phẳng|ủi)\b", re.IGNORECASE)
_LOW = re.compile(r"\b(?:bay|lướt|sà|trôi)\s+$", re.IGNORECASE)
_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]", "‘": "’"}
_CLOSING = {close: opened for opened, close in _PAIRS.items()}
_MARKS = re.compile(r"(?<!\x1b)[“”«»()\[\]‘’\"]")


def blanks(reading: Reading) -> Iterator[Finding]:
    """Yield what was to be filled in: "ngày … tháng …", "[tên đơn vị]", "XX/XX"."""
    if _SIGNS.isdisjoint(reading.text) and not any(sign in reading.lower for sign in _WORDS):
        return
    for found in _BLANK.finditer(reading.text):
        yield contradiction("facts/blank", written=found[0].strip())


def doubled_words(reading: Reading) -> Iterator[Finding]:
    """Yield words written twice in a row.

    Vietnamese doubles words to good purpose, "người người", "xanh xanh", and two clauses may meet in one word. So only
    those are told that never stand twice: particles, and halves of words that mean nothing alone.
    """
    for found in _TWICE.finditer(reading.text):
        words = found[1].lower().split()
        if len(words) == 2 and words[0] == words[1]:
            continue
        if _meet(reading.text, found, words[0]) or (words == ["là"] and _is_verb(reading.text, found)):
            continue
        name = len(words) == 2 and found[1].istitle()
        if not name and (len(words) == 2 or words[0] in _BOUND):
            yield doubt("facts/doubled-word", written=found[0])


def _is_verb(text: str, found: re.Match[str]) -> bool:
    """Whether "là" is to iron, or "là là" low over the ground."""
    return bool(_GARMENT.match(text, found.end()) or _LOW.search(text[: found.start()]))


def _meet(text: str, found: re.Match[str], word: str) -> bool:
    """Whether a word that stands twice ends one compound and begins another."""
    firsts, lasts = _COMPOUNDS.get(word, ("", ""))
    before, behind = text[: found.start()].split()[-1:], re.findall(r"^\s+([^\W\d_]+)", text[found.end() :])
    return (
        [one.lower() in firsts.split() for one in before] == [True]
        and behind[:1] != []
        and (behind[0].lower() in lasts.split())
    )


def open_marks(reading: Reading) -> Iterator[Finding]:
    """Yield a quotation mark or bracket that has no partner."""
    opened: list[str] = []
    straight = 0
    for found in _MARKS.finditer(reading.text):
        mark = found[0]
        if mark == '"':
            straight += not re.match(r"\d", reading.text[found.start() - 1 : found.start()] or " ")  # inches
        elif mark in _PAIRS:
            opened.append(mark)
        elif opened and opened[-1] == _CLOSING[mark]:
            opened.pop()
        elif mark == "’" or (
            mark in ")]" and re.search(r"(?:^|[\s(])\w{1,2}$|[:;]-?$", reading.text[: found.start()])
        ):
            continue  # an apostrophe, "a)" or a smile
        else:
            yield doubt("facts/open-mark", written=mark)
            return
    if straight % 2:
        opened.append('"')
    for mark in opened[:1]:
        yield doubt("facts/open-mark", written=mark)
