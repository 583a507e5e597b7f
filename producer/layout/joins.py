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
    chụp_ảnh điện_thoại đảm_việc việc_nhà việc_nước
    an_bình an_lòng an_ninh an_sinh an_toàn an_tâm anh_dũng anh_hùng ban_hành bao_nhiêu biên_giới biết_ơn
    biển_đảo biểu_dương bài_học bài_viết bàn_tay bác_bỏ bác_sĩ bác_sỹ báo_chí báo_cáo bão_lũ bình_an
    bình_chọn bình_xét bình_đẳng bóng_chuyền bóng_đá bạn_bè bản_sắc bảo_hiểm bảo_hộ bảo_vệ bảo_đảm
    bất_khuất bế_mạc bền_vững bệnh_nghề bồi_dưỡng bộ_đội cam_kết cao_cấp cao_đẳng chia_sẻ chiến_lược
    chiến_sĩ chiến_sỹ chuyên_nghiệp chuyên_đề chuyển_đổi chào_mừng chân_thành chính_sách chính_thức
    chính_trị chúc_mừng chúc_tết chúng_ta chúng_tôi chăm_lo chăm_sóc chương_trình chấp_hành chất_lượng
    chế_biến chế_tạo chế_độ chỉ_tiêu chủ_nghĩa chủ_nhật chủ_tịch chủ_đề chủ_động chữa_bệnh con_em cuộc_thi
    cách_mạng cán_bộ cây_xanh công_bố công_chức công_khai công_nghiệp công_nghệ công_nhân công_trình
    công_ty công_tác công_viên công_việc công_đoàn cùng_nhau cơ_hội cơ_quan cơ_sở cảm_ơn cấp_cứu cầu_lông
    cống_hiến cộng_hoà cộng_hòa cộng_sản cộng_đồng cứu_trợ da_giày danh_hiệu danh_sách
    doanh_nghiệp du_lịch dân_chủ dân_tộc dược_sĩ dịch_bệnh dịch_vụ dọn_dẹp dữ_liệu dự_kiến dự_án gia_nhập
    gia_đình giai_cấp giai_đoạn giao_lưu giao_thừa giá_trị giám_sát giáo_dục giáo_viên giải_nhất giải_pháp
    giải_phóng giải_thưởng giải_trí giải_đáp giới_thiệu giữ_gìn gìn_giữ gương_mặt gắn_bó gắn_kết gặp_mặt
    hiến_máu hiện_tại hiện_đại hiệu_lực hiệu_quả hoà_bình hoà_giải hoàn_cảnh hoàn_thành hoạt_động
    huyết_mạch huyện_đoàn hành_động hân_hoan hình_thức hình_ảnh hòa_bình hòa_giải hòa_hợp hóa_đơn hôm_nay
    hăng_hái hướng_dẫn hưởng_ứng hạn_mặn hạnh_phúc hải_đảo hậu_cần học_bổng học_sinh học_tập hỏi_đáp hỗ_trợ
    hội_nghị hội_nhập hội_thao hội_thi hội_thảo hội_trường hợp_tác hợp_đồng hữu_hạn hữu_nghị khai_giảng
    khai_mạc khen_thưởng khiếu_nại khoa_học khu_vực khuyến_học khám_bệnh khát_vọng khó_khăn
    khóa_học không_gian kinh_phí kinh_tế kiên_cường kiến_nghị kiểm_chứng kính_mời ký_kết kế_hoạch kết_nạp
    kết_nối kết_quả kỷ_luật kỷ_niệm kỹ_năng kỹ_sư kỹ_thuật lan_toả lan_tỏa lao_công lao_động liên_doanh
    liên_hoan liên_kết liên_đoàn liệt_sĩ liệt_sỹ luôn_luôn láng_giềng lãnh_đạo lũ_lụt lưu_động lắng_nghe
    lịch_sử lợi_ích lực_lượng may_mặc minh_bạch miền_nam mái_ấm máy_móc mô_hình môi_trường mùa_xuân
    mạng_lưới mầm_non mẫu_giáo mọi_người mục_tiêu nghiệp_vụ nghiệp_đoàn nghĩa_tình nghề_nghiệp nghỉ_ngơi
    nghị_quyết nghị_định ngoại_giao ngoại_ngữ nguyên_đán nguồn_lực ngành_nghề ngày_càng ngày_mai ngày_nay
    ngân_hàng ngân_sách ngư_dân ngư_nghiệp nhi_đồng nhiệm_kỳ nhiệm_vụ nhiệt_huyết nhiệt_tình nhà_máy
    nhà_nước nhà_trường nhà_trẻ nhà_ở nhân_dân nhân_loại nhân_viên nhân_ái như_thế nhận_diện niềm_tin
    nuôi_trồng nâng_cao nông_dân nông_nghiệp nông_thôn năm_mới năng_lực năng_suất nước_sạch nội_dung
    nữ_công phong_trào pháp_luật phát_biểu phát_huy phát_triển phát_động phê_duyệt phòng_chống phòng_dịch
    phòng_họp phòng_ngừa phúc_lợi phương_tiện phản_biện phấn_khởi phần_mềm phối_hợp phổ_thông phụ_huynh
    phụ_nữ quan_hệ quan_tâm quy_chế quy_định quyết_tâm quyết_định quyền_lợi quá_khứ quân_đội quê_hương
    quốc_gia quốc_khánh quốc_tế ra_mắt rác_thải rèn_luyện sai_lệch sinh_hoạt son_sắt sum_họp sum_vầy
    suất_quà sáng_kiến sáng_tạo sông_nước sơ_kết sản_phẩm sản_xuất sẻ_chia số_hoá số_hóa số_lượng sức_khoẻ
    sức_khỏe sử_dụng sự_kiện tai_biến tai_nạn tay_nghề tham_gia thanh_niên thanh_toán thanh_tra thi_hành
    thi_đua thiên_tai thiết_bị thiết_thực thiếu_nhi thiếu_niên thoả_ước thu_chi thu_nhập thuỷ_sản thành_lập
    thành_phố thành_tích thành_viên thân_thiện thân_ái thông_báo thông_tin thông_tư thông_điệp thăm_hỏi
    thương_binh thương_lượng thương_yêu thường_trực thường_vụ thắp_sáng thế_giới thế_hệ thế_nào thể_dục
    thể_lực thể_thao thỏa_ước thống_nhất thời_gian thời_đại thợ_giỏi thủ_đô thủy_sản thực_hiện tin_cậy
    tin_giả tiêm_chủng tiên_tiến tiêu_biểu tiến_bước tiến_bộ tiếp_cận tiếp_sức tiết_kiệm tiền_lương
    tiểu_học toàn_diện toàn_quốc toàn_thể trang_trí tranh_chấp trao_giải trao_tặng tri_ân triển_khai
    triệu_đồng trung_cấp trung_thu trung_thực trung_tâm truyền_thông truyền_thống trách_nhiệm trái_tim
    trân_trọng trí_thức trí_tuệ trường_học trẻ_em trị_giá trồng_cây trực_quan trực_tiếp trực_tuyến
    tuyên_dương tuyên_truyền tuân_thủ tài_chính tài_liệu tác_phẩm tân_niên tình_nguyện tích_cực tín_dụng
    tôn_giáo tôn_vinh tư_vấn tương_lai tương_thân tương_ái tưởng_nhớ tất_cả tất_niên tập_huấn tập_hợp
    tập_thể tập_trung tố_cáo tổ_chức tổ_quốc tổng_kết tự_do tự_hào tự_tin tỷ_đồng vay_vốn vinh_danh
    viên_chức việc_làm việt_nam vì_sao văn_hoá văn_hóa văn_minh văn_nghệ vượt_khó vận_động vệ_sinh
    vững_mạnh vững_vàng xin_lỗi xuân_mới xuất_khẩu xuất_sắc xây_dựng xã_hội xí_nghiệp xưởng_may y_tá y_tế
    yêu_nước yêu_thương âm_nhạc ý_kiến ý_nghĩa điền_kinh điều_dưỡng điều_kiện điển_hình điện_lực điện_tử
    đoàn_kết đoàn_phí đoàn_tụ đoàn_viên đào_tạo đóng_góp đùm_bọc đăng_ký đơn_vị đường_dây đường_phố
    đại_biểu đại_diện đại_học đại_hội đảm_bảo đảm_đang đất_nước đầu_mối đầu_tiên đề_nghị đề_xuất đề_án
    đối_ngoại đối_thoại đối_tác đồng_bào đồng_bằng đồng_chí đồng_hành đồng_đội đổi_mới độc_lập đời_sống
    đủ_đầy ấm_no ấm_áp ủng_hộ ứng_dụng
    """
COMPOUNDS = frozenset(_COMPOUNDS.split())
# Words that belong to the next two: weaker, so that "người / lao động" goes before "người lao / động".
PHRASES = frozenset(
    {
        "người_lao",
        "tổng_liên",
        "ban_chấp",
        "ban_thường",
        "nhà_văn",
        "đoàn_cơ",
        "tác_xã",
        "hội_chủ",
        "cựu_chiến",
    }
)
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
