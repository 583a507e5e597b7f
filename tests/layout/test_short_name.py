"""The organisation's short name, where its full name has no room."""

from small_project import ORGANISATION, Small

from producer.layout.model import GlyphRun

LONG = f"Công đoàn cơ sở Công ty Trách nhiệm hữu hạn Một thành viên {2 * 'Chế biến Thủy sản Xuất khẩu '}Mẫu Biển Xanh"
BOTH = {"brand/organisation.yaml": ORGANISATION.replace("name: Công đoàn xã Thử", f"name: {LONG}")}
NARROW = "  anh: {{kind: image, size: [{}, 1200], formats: [png]}}\n"


def signed(width: int) -> tuple[str, tuple[str, ...], list[str]]:
    """What the signature of a page says, the facts of its document, and what is told."""
    document = Small(more=BOTH, channels=NARROW.format(width)).document()
    item = next(item for item in document.pages[0].items if item.name == "sign")
    said = " ".join(paint.text.strip() for paint in item.paints if isinstance(paint, GlyphRun))
    return said, tuple(fact.text for fact in document.facts), [problem.code for problem in document.problems]


def test_a_long_name_stands_where_it_has_room() -> None:
    """Nothing is shortened that fits."""
    said, facts, told = signed(1400)

    assert "Mẫu Biển Xanh" in said
    assert LONG in facts
    assert "layout/short-name" not in told


def test_where_it_has_none_the_approved_one_does() -> None:
    """The page, what its file must say and its author all hear of the short name."""
    said, facts, told = signed(420)

    assert "CĐ xã Thử" in said
    assert "Mẫu Biển Xanh" not in said
    assert "CĐ xã Thử" in facts
    assert LONG not in facts
    assert "layout/short-name" in told


def test_without_a_shorter_one_it_is_an_error() -> None:
    """Nothing is made up."""
    alone = {"brand/organisation.yaml": BOTH["brand/organisation.yaml"].replace("CĐ xã Thử", LONG)}
    problems = Small(more=alone, channels=NARROW.format(420)).refused()

    assert "layout/text-over" in {problem.code for problem in problems}
