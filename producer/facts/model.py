"""Names that checks and pages share."""

from __future__ import annotations

import re

# Monday first, as date.weekday() counts.
NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

# Source: RFC 2606 and RFC 6761. With or without what stands before and behind the name of the host.
SAMPLE_LINK = re.compile(
    r"(?:https?://)?(?<![\w@.-])(?:[\w-]+\.)*(?:[\w-]+\.(?:example|test|invalid)|example\.(?:com|net|org))(?![\w-]|\.\w)"
    r"(?:[:/?#][^\s]*)?",
    re.IGNORECASE,
)
