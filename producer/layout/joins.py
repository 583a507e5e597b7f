"""Which words must, and which should, share a line in Vietnamese text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

NBSP = "\u00a0"

# Two syllables that read as one word. Torn apart they still say the same, so these joins are soft: a line may break
# there when nothing else fits. A brand's own ``joins`` are hard.
COMPOUNDS = frozenset(
    """
    an bình|an sinh|an toàn|anh hùng|ban chấp|ban giám|bảo hiểm|bảo hộ|bảo vệ|báo cáo|bệnh nghề|bền vững|biểu dương
    bình đẳng|bồi dưỡng|cán bộ|cam kết|chào mừng|chăm lo|chăm sóc|chấp hành|chế biến|chế độ|chính sách|chính trị
    chỉ tiêu|chia sẻ|chủ đề|chủ nhật|chủ tịch|chuyên đề|chuyển đổi|chương trình|có thể|công chức|công đoàn|công khai
    công nghệ|công nghiệp|công nhân|công tác|công ty|công viên|cơ hội|cơ quan|cơ sở|cống hiến|cộng đồng|cộng sản
    dân chủ|danh hiệu|danh sách|dịch vụ|doanh nghiệp|du lịch|dự kiến|đại biểu|đại diện|đại hội|đảm đang|đào tạo
    đất nước|đầu mối|đoàn kết|đoàn viên|đóng góp|đối thoại|đổi mới|đồng bào|đồng chí|đồng hành|đời sống|đơn vị
    đường dây|gặp mặt|gia đình|gia nhập|giai cấp|giải phóng|giải pháp|giải thưởng|giao lưu|giáo dục|giáo viên
    gắn bó|gắn kết|giới thiệu|hạnh phúc|hành động|hậu cần|hiến máu|hiệu quả|hoàn cảnh|hoàn thành|hoạt động|học sinh
    học tập|hỗ trợ|hội nghị|hội thao|hội thảo|hội thi|hội trường|hợp đồng|hợp tác|hưởng ứng|huyết mạch|huyện đoàn
    kế hoạch|kết nạp|kết nối|kết quả|khen thưởng|khó khăn|khoa học|không gian|khu vực|kiến nghị|kinh tế|kỷ niệm
    kỷ luật|kỹ năng|kỹ thuật|lao động|lãnh đạo|lắng nghe|liên doanh|liên đoàn|liên hoan|liên kết|lịch sử|lợi ích
    lực lượng|mái ấm|miền nam|môi trường|nâng cao|năng lực|năng suất|nghề nghiệp|nghĩa tình|nghiệp vụ|nghiệp đoàn
    ngoại ngữ|nguồn lực|nguyên đán|người lao|nhà nước|nhà trường|nhà văn|nhân ái|nhân dân|nhân viên|nhiệm vụ|niềm tin
    nông dân|nông thôn|nộp hồ|nữ công|phát biểu|phát động|phát huy|phát triển|phòng chống|phòng họp|phong trào
    phối hợp|phụ nữ|phúc lợi|pháp luật|phương tiện|quan hệ|quan tâm|quân đội|quốc gia|quốc khánh|quốc tế|quyền lợi
    quyết định|quyết tâm|quy chế|quy định|ra mắt|sáng kiến|sáng tạo|sản phẩm|sản xuất|sinh hoạt|son sắt|sum vầy
    sử dụng|sự kiện|sức khỏe|sức khoẻ|tai nạn|tài chính|tài liệu|tập hợp|tập huấn|tập thể|tập trung|thanh niên
    thanh tra|thành lập|thành phố|thành tích|thành viên|tham gia|thăm hỏi|thắp sáng|thi đua|thiết thực|thiếu nhi
    thỏa ước|thoả ước|thống nhất|thông điệp|thông tin|thông báo|thủy sản|thuỷ sản|thương yêu|thường trực|thường vụ
    thời gian|thực hiện|tiên tiến|tiền lương|tiếp cận|tiếp sức|tiêu biểu|tình nguyện|tin cậy|toàn diện|toàn quốc
    tổ chức|tổ quốc|tổng kết|tổng liên|trách nhiệm|trang trí|triển khai|triệu đồng|trí thức|trị giá|trung tâm
    truyền thông|truyền thống|trường học|trực tiếp|trực tuyến|tuyên dương|tuyên truyền|tư vấn|tự hào|tự tin|tỷ đồng
    ủng hộ|vận động|văn hóa|văn hoá|văn minh|văn nghệ|vệ sinh|viên chức|việc làm|việt nam|vinh danh|vững mạnh
    vững vàng|xã hội|xây dựng|xuất khẩu|xuất sắc|y tế|yêu thương|yêu nước|ý kiến|ý nghĩa|giữ gìn|hữu hạn|thể thao
    thân thiện|thế hệ|thế giới|tiến bước|tiến bộ|trao tặng|tôn vinh|tri ân|tưởng nhớ|vượt khó|khuyến học|nhà ở
    """.replace("\n", "|").split("|")
)
_COMPOUNDS = frozenset(tuple(compound.split()) for compound in COMPOUNDS if compound.strip())

# What figures count. A list and not "any word": "năm 2025 tại" must be free to part after the year.
UNITS = (
    "đồng/người đồng/tháng đồng tỷ triệu nghìn ngàn trăm vnđ usd người hộ nhà suất phần món đoàn_viên lao_động"
    " công_nhân nữ_công cán_bộ học_viên đại_biểu thành_viên cơ_sở đơn_vị công_đoàn doanh_nghiệp cđcs lđlđ"
    " nghiệp_đoàn tổ_chức sáng_kiến công_trình mô_hình hoạt_động sự_kiện chỉ_tiêu nhiệm_vụ ý_kiến cuộc buổi lớp"
    " lượt lần bài tin video clip ảnh trang ngày đêm tháng năm quý tuần giờ phút giây km m² m³ ha kg tấn tạ lít"
    " điểm phần_trăm đvcđ nlđ nsdlđ mẫu tổ nhóm đội giải huy_chương bằng_khen giấy_khen căn chỗ m cm mm"
).split()

_S = f"[ {NBSP}]"
_UPPER = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper() and letter.isalpha())
_NAME = f"(?-i:[{_UPPER}])\\w*"
_UNIT = "|".join(unit.replace("_", _S) for unit in UNITS)
# "28 tháng" in "ngày 28 tháng 7" is no quantity.
_UNDATED = "".join(f"(?<!{word}{_S})" for word in ("ngày", "tháng", "năm", "quý", "số", "tuần"))
_MOMENT = rf"\d[\d/.,:h]*(?:{_S}giờ(?:{_S}\d\d(?:{_S}phút)?)?)?"
_COUNTED = (
    "số ngày mùng tháng năm quý tuần điều khoản mục chương đợt khóa khoá kỳ lớp ấp tổ khóm khu_phố phường quận xã"
    " đường phòng tầng bài tập trang hạng cấp vòng thứ lần đại_hội_lần"
).replace("_", _S)
_TITLES = r"đồng chí|đ/c|ông|bà|anh|chị|em|cô|chú|bác|thầy|TS\.|ThS\.|BS\.|PGS\.|GS\.|KS\.|LS\.|CN\.".replace(
    " ", _S
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
_WEEKDAY = re.compile(rf"(?:thứ{_S}\w+|chủ{_S}nhật),?$", re.IGNORECASE)
_OPENING, _CLOSING = "(“‘\"'[«", ")”’\"']».,;:!?…"


def join_words(text: str, joins: tuple[str, ...] = ()) -> str:
    """Return ``text`` in NFC with U+00A0 for the spaces that must not part; ``joins`` are the brand's own phrases.

    The length changes by NFC alone. Upper-cased text is joined alike, but for names after a salutation, which only
    capitals give away: there just the next word is kept.
    """
    return _join(unicodedata.normalize("NFC", text), tuple(joins))


def part_softly(before: str, after: str, *, capitals: bool = False) -> bool:
    """Whether a line should part only in need between two neighbouring groups of joined text.

    ``capitals`` says that the whole text is upper-cased, so that a capital gives no name away.
    """
    first, second = before.split(NBSP)[-1], after.split(NBSP)[0]
    if first[-1:] in _CLOSING:
        return bool(_WEEKDAY.search(before)) and second[:1].isdigit()
    one, two = first.strip(_OPENING).lower(), second.rstrip(_CLOSING).lower()
    if (one, two) in _COMPOUNDS or (_DATE_PART.search(before) and _DATE_NEXT.match(after)):
        return True
    if _FIGURE.match(before):
        return second[:1].isalpha()
    return (
        not capitals
        and _is_name(first.strip(_OPENING))
        and (_is_name(second) or second.rstrip(_CLOSING).isdigit())
    )


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
