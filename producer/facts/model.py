"""Names that checks and pages share."""

from __future__ import annotations

# Monday first, as date.weekday() counts.
NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
