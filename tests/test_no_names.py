"""No place, union or station stands in code or templates: names are data with days (organisation.yaml).

In July 2025 a whole level of the state ended and provinces were merged. Whatever is written into a program or a
template is printed under the wrong name the day after.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLACES = (
    "An Giang; Bà Rịa; Vũng Tàu; Bạc Liêu; Bắc Giang; Bắc Kạn; Bắc Ninh; Bến Tre; Bình Dương; Bình Định; Bình Phước;"
    "Bình Thuận; Cà Mau; Cao Bằng; Cần Thơ; Đà Nẵng; Đắk Lắk; Đắk Nông; Đồng Nai; Đồng Tháp; Gia Lai; Hà Giang;"
    "Hà Nam; Hà Nội; Hà Tĩnh; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình; Hưng Yên; Khánh Hòa; Kiên Giang; Kon Tum;"
    "Lai Châu; Lạng Sơn; Lào Cai; Lâm Đồng; Long An; Nam Định; Nghệ An; Ninh Bình; Ninh Thuận; Phú Thọ; Phú Yên;"
    "Quảng Bình; Quảng Nam; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La; Tây Ninh; Thái Bình; Thái Nguyên;"
    "Thanh Hóa; Thừa Thiên; Tiền Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh Phúc; Yên Bái; Sài Gòn; Rạch Giá;"
    "Phú Quốc; Hà Tiên; Giồng Riềng; Gò Quao; Tân Hiệp; Châu Thành; Hòn Đất; Kiên Lương; Vĩnh Thuận; An Biên; An Minh;"
    "U Minh; Long Xuyên; Châu Đốc; Thủ Đức; Thủ Dầu Một; Biên Hòa; Mỹ Tho; Nha Trang; Đà Lạt; Buôn Ma Thuột"
)
STATIONS = "VTV; VTC; HTV; KGTV; ATV; THKG; Thanh Niên; Tuổi Trẻ; Người Lao Động điện tử; Báo Lao Động"
WORDS = tuple(word.strip() for word in f"{PLACES};{STATIONS}".split(";"))
SCANNED = ("producer", "brand", "recipes", "assets/data", "tools")
KINDS = (".py", ".yaml", ".toml", ".csv", ".svg", ".json")
# A body that is the same everywhere may be named; a unit of it may not.
UNION = re.compile(
    r"(?:Liên đoàn Lao động|LĐLĐ|Công đoàn (?:xã|phường|đặc khu))(?: (?:tỉnh|huyện|thành phố|xã|TP))? "
    r"(?!Mẫu|Bình Mẫu)([A-ZĐ]\w+)"
)
ANY_NAME = ("Việt",)  # Tổng Liên đoàn Lao động Việt Nam


def files() -> list[Path]:
    """What is scanned."""
    return sorted(p for top in SCANNED for p in (ROOT / top).rglob("*") if p.suffix in KINDS)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_name_stands_in_code_or_templates(path: Path) -> None:
    """No word of the list, and no union but the sample's, stands in a file."""
    text = path.read_text("utf-8")
    found = [word for word in WORDS if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    found += [name for name in UNION.findall(text) if name not in ANY_NAME]
    assert found == []


def test_the_scan_would_find_them() -> None:
    """The words are what they are meant to be, and the sample's own names pass."""
    assert UNION.findall("Liên đoàn Lao động tỉnh Rừng, LĐLĐ huyện Biển, Công đoàn xã Đồi") == [
        "Rừng",
        "Biển",
        "Đồi",
    ]
    assert UNION.findall("Công đoàn xã Bình Mẫu, Liên đoàn Lao động tỉnh Mẫu, LĐLĐ huyện Bình Mẫu") == []
    assert len(files()) > 200
