"""Which words must, and which should, share a line in Vietnamese text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

NBSP = "\u00a0"

# Two syllables that read as one word. Torn apart they still say the same, so these joins are soft: a line may
# break there when nothing else fits. A brand's own ``joins`` are hard.
_COMPOUNDS = """
    an_bình an_sinh an_toàn anh_hùng biểu_dương báo_cáo bình_đẳng bảo_hiểm bảo_hộ bảo_vệ bền_vững bệnh_nghề
    bồi_dưỡng cam_kết chia_sẻ chuyên_đề chuyển_đổi chào_mừng chính_sách chính_trị chăm_lo chăm_sóc
    chương_trình chấp_hành chế_biến chế_độ chỉ_tiêu chủ_nhật chủ_tịch chủ_đề cán_bộ công_chức công_khai
    công_nghiệp công_nghệ công_nhân công_ty công_tác công_viên công_đoàn cơ_hội cơ_quan cơ_sở cống_hiến
    cộng_sản cộng_đồng danh_hiệu danh_sách doanh_nghiệp du_lịch dân_chủ dịch_vụ dự_kiến gia_nhập gia_đình
    giai_cấp giao_lưu giáo_dục giáo_viên giải_pháp giải_phóng giải_thưởng giới_thiệu giữ_gìn gắn_bó gắn_kết
    gặp_mặt hiến_máu hiệu_quả hoàn_cảnh hoàn_thành hoạt_động huyết_mạch huyện_đoàn hành_động hưởng_ứng
    hạnh_phúc hậu_cần học_sinh học_tập hỗ_trợ hội_nghị hội_thao hội_thi hội_thảo hội_trường hợp_tác
    hợp_đồng hữu_hạn khen_thưởng khoa_học khu_vực khuyến_học khó_khăn không_gian kinh_tế kiến_nghị kế_hoạch
    kết_nạp kết_nối kết_quả kỷ_luật kỷ_niệm kỹ_năng kỹ_thuật lao_động liên_doanh liên_hoan liên_kết
    liên_đoàn lãnh_đạo lắng_nghe lịch_sử lợi_ích lực_lượng miền_nam mái_ấm môi_trường nghiệp_vụ nghiệp_đoàn
    nghĩa_tình nghề_nghiệp ngoại_ngữ nguyên_đán nguồn_lực nhiệm_vụ nhà_nước nhà_trường nhà_ở nhân_dân
    nhân_viên nhân_ái niềm_tin nâng_cao nông_dân nông_thôn năng_lực năng_suất nữ_công phong_trào pháp_luật
    phát_biểu phát_huy phát_triển phát_động phòng_chống phòng_họp phúc_lợi phương_tiện phối_hợp phụ_nữ
    quan_hệ quan_tâm quy_chế quy_định quyết_tâm quyết_định quyền_lợi quân_đội quốc_gia quốc_khánh quốc_tế
    ra_mắt sinh_hoạt son_sắt sum_vầy sáng_kiến sáng_tạo sản_phẩm sản_xuất sức_khoẻ sức_khỏe sử_dụng sự_kiện
    tai_nạn tham_gia thanh_niên thanh_tra thi_đua thiết_thực thiếu_nhi thoả_ước thuỷ_sản thành_lập
    thành_phố thành_tích thành_viên thân_thiện thông_báo thông_tin thông_điệp thăm_hỏi thương_yêu
    thường_trực thường_vụ thắp_sáng thế_giới thế_hệ thể_thao thỏa_ước thống_nhất thời_gian thủy_sản
    thực_hiện tin_cậy tiên_tiến tiêu_biểu tiến_bước tiến_bộ tiếp_cận tiếp_sức tiền_lương toàn_diện
    toàn_quốc trang_trí trao_tặng tri_ân triển_khai triệu_đồng trung_tâm truyền_thông truyền_thống
    trách_nhiệm trí_thức trường_học trị_giá trực_tiếp trực_tuyến tuyên_dương tuyên_truyền tài_chính
    tài_liệu tình_nguyện tôn_vinh tư_vấn tưởng_nhớ tập_huấn tập_hợp tập_thể tập_trung tổ_chức tổ_quốc
    tổng_kết tự_hào tự_tin tỷ_đồng vinh_danh viên_chức việc_làm việt_nam văn_hoá văn_hóa văn_minh văn_nghệ
    vượt_khó vận_động vệ_sinh vững_mạnh vững_vàng xuất_khẩu xuất_sắc xây_dựng xã_hội y_tế yêu_nước
    yêu_thương ý_kiến ý_nghĩa đoàn_kết đoàn_viên đào_tạo đóng_góp đơn_vị đường_dây đại_biểu đại_diện
    đại_hội đảm_đang đất_nước đầu_mối đối_thoại đồng_bào đồng_chí đồng_hành đổi_mới đời_sống ủng_hộ
    """
COMPOUNDS = frozenset(_COMPOUNDS.split())
# Words that belong to the next two: weaker, so that "người / lao động" goes before "người lao / động".
PHRASES = frozenset({"người_lao", "tổng_liên", "ban_chấp", "ban_thường", "nhà_văn"})
COMPOUND, PHRASE = 100, 1  # how much a break costs: any number of phrases goes before a compound
# What figures count. A list and not "any word": "năm 2025 tại" must be free to part after the year.
UNITS = """
    đồng/người đồng/tháng đồng tỷ triệu nghìn ngàn trăm vnđ usd người hộ nhà suất phần món đoàn_viên lao_động
    công_nhân nữ_công cán_bộ học_viên đại_biểu thành_viên cơ_sở đơn_vị công_đoàn doanh_nghiệp cđcs lđlđ
    nghiệp_đoàn tổ_chức sáng_kiến công_trình mô_hình hoạt_động sự_kiện chỉ_tiêu nhiệm_vụ ý_kiến cuộc buổi lớp
    lượt lần bài tin video clip ảnh trang ngày đêm tháng năm quý tuần giờ phút giây km m² m³ ha kg tấn tạ lít
    điểm phần_trăm đvcđ nlđ nsdlđ mẫu tổ nhóm đội giải huy_chương bằng_khen giấy_khen căn chỗ m cm mm
    """

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
_WEEKDAY = re.compile(rf"(?:thứ{_S}\w+|chủ{_S}nhật),?$", re.IGNORECASE)
_OPENING, _CLOSING = "(“‘\"'[«", ")”’\"']».,;:!?…"


def join_words(text: str, joins: tuple[str, ...] = ()) -> str:
    """Return ``text`` in NFC with U+00A0 for the spaces that must not part.

    ``joins`` are the brand's own phrases, in any case.
    The length changes by NFC alone. Upper-cased text is joined alike, but for names after a salutation: only
    capitals give away how long they are, so there just the next word is kept.
    """
    return _join(unicodedata.normalize("NFC", text), tuple(joins))


def soft_join(before: str, after: str, *, capitals: bool = False) -> int:
    """Return how much a break costs between two neighbouring groups of joined text: COMPOUND, PHRASE or 0.

    ``capitals`` says that the whole text is upper-cased, so that a capital gives no name away.
    """
    first, second = before.rpartition(NBSP)[2].lstrip(_OPENING), after.partition(NBSP)[0]
    if first[-1:] in _CLOSING:
        return PHRASE if _WEEKDAY.search(before) and second[:1].isdigit() else 0
    second = second.rstrip(_CLOSING)
    pair = f"{first}_{second}".lower()
    if pair in COMPOUNDS:
        return COMPOUND
    dated = _DATE_PART.search(before) and _DATE_NEXT.match(after)
    counted = _FIGURE.match(before) and second[:1].isalpha()
    named = not capitals and _is_name(first) and (_is_name(second) or second.isdigit())
    return PHRASE if pair in PHRASES or dated or counted or named else 0


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
