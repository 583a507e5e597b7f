"""The keys of brand/approvers.yaml: who may sign, and by which key they are known."""

from __future__ import annotations

from producer.recipe.schema_type import Day, Keys, Name, Text, key


class ApproverKeys(Keys):
    """Somebody who may approve, between two days."""

    name: Name = key("The full name.", "Nguyễn Mẫu An")
    role: Name = key("What they approve as.", "Chủ tịch")
    key_: Text = key(
        "Their public key, as `producer approve --new-key` prints it.",
        "m4Xb1Q0vZ1b0m3l6q2cT7d3t9qk1y0mYV2b8bF3kq3s=",
        alias="key",
    )
    since: Day = key("The first day.", "2025-01-01")
    until: Day | None = key("The last day.", "2026-12-31", None)


class ApproversKeys(Keys):
    """Who may approve, by the word that they sign under."""

    approvers: dict[Text, ApproverKeys] = key("Approvers by name.", "{an: {name: …, role: …, key: …}}")
