"""Capital letters of institutions, as documents of the state write them."""

from __future__ import annotations

import re

# Kinds and tasks of bodies with the capitals that they have in a name. Longer ones come first.
# Source: Decree 30/2020/NĐ-CP, annex II, III (names of agencies and organisations).
PHRASES = sorted(
    (
        "Tổng Liên đoàn Lao động Việt Nam", "Liên đoàn Lao động", "Công đoàn cơ sở", "Công đoàn",
        "Nghiệp đoàn", "Ban Chấp hành", "Ban Thường vụ", "Ủy ban Kiểm tra", "Ban Nữ công", "Ban Tuyên giáo",
        "Ủy ban nhân dân", "Uỷ ban nhân dân", "Hội đồng nhân dân", "Ủy ban Mặt trận Tổ quốc Việt Nam",
        "Mặt trận Tổ quốc Việt Nam", "Quốc hội", "Chính phủ", "Đảng ủy", "Đảng bộ", "Đảng Cộng sản Việt Nam",
        "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Đoàn Thanh niên",
        "Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh", "Hội Chữ thập đỏ", "Bảo hiểm xã hội",
        "Bộ Nội vụ", "Bộ Y tế", "Bộ Tài chính", "Sở Nội vụ", "Sở Y tế", "Sở Tài chính", "Trung tâm",
        "Trường Tiểu học", "Trường Trung học cơ sở", "Trường Trung học phổ thông", "Trường Mầm non",
        "Trường Cao đẳng", "Trường Đại học", "Bệnh viện Đa khoa", "Bệnh viện", "Trạm Y tế",
        "Công ty Trách nhiệm hữu hạn một thành viên", "Công ty Trách nhiệm hữu hạn", "Công ty Cổ phần",
        "Công ty", "Hợp tác xã", "Tổng công ty", "Tập đoàn", "Nhà máy", "Nhà Văn hóa", "Khu công nghiệp",
        "Việt Nam", "Hồ Chí Minh",
    ),
    key=len,
    reverse=True,
)  # fmt: skip
# After these stands a name of its own, each word of it with a capital.
LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "đặc khu")
# No part of such a name: what follows it in titles.
AFTER = (
    "khóa",
    "khoá",
    "nhiệm kỳ",
    "lần thứ",
    "năm",
    "tháng",
    "ngày",
    "và",
    "với",
    "tổ chức",
    "phối hợp",
    "trực thuộc",
)
_PHRASE = re.compile("|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in PHRASES), re.IGNORECASE)
_NAMED = re.compile(
    rf"(?<!\w)({'|'.join(LEVELS)})((?: (?!(?:{'|'.join((*LEVELS, *AFTER))})(?!\w))\w+)+)", re.IGNORECASE
)
_BY_LOWER = {phrase.lower(): phrase for phrase in PHRASES}


def institution(text: str) -> str:
    """Return the name of a body with its capitals: ``Liên đoàn Lao động huyện Bình Mẫu``, from any letters.

    What stands after a level of the state is a name, up to a mark or the next body; other words keep the letters
    they have, or lose their capitals in a text that is all capitals.
    """
    plain = text.lower() if text.isupper() else text
    named = _NAMED.sub(_as_name, plain)
    made = _PHRASE.sub(lambda found: _BY_LOWER[found[0].lower()], named)
    return made[:1].upper() + made[1:]


def _as_name(found: re.Match[str]) -> str:
    level, name = found.groups()
    body = _PHRASE.search(name)
    end = body.start() if body is not None and body.start() > 0 else len(name)
    words = name[:end].split(" ")
    return level.lower() + " ".join(word[:1].upper() + word[1:] for word in words) + name[end:]
