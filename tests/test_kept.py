"""Things kept for the next page."""

from dataclasses import replace

from hand_page import face, font_file, run

from producer.kept import Kept, forget_all
from producer.layout.font import FontBook
from producer.render.model import Resources
from producer.render.paint import Painter


def test_what_is_kept_is_made_once() -> None:
    """The second to ask gets what the first one made."""
    kept, made = Kept[str](100, len), list[str]()

    def make() -> str:
        made.append("")
        return "poster"

    assert kept.get("a", make) is kept.get("a", make)
    assert len(made) == 1


def test_the_one_longest_unused_goes() -> None:
    """Where room is short, what was asked for last stays."""
    kept = Kept[str](8, len)
    for key in ("a", "b", "c", "d", "a", "e"):
        kept.get(key, lambda: "xx")

    assert [kept.get(key, lambda: "anew") for key in ("a", "e", "c", "d")] == ["xx"] * 4
    assert kept.get("b", lambda: "anew") == "anew"


def test_what_has_no_key_is_made_anew() -> None:
    """Two files of unknown digest are not one."""
    kept = Kept[str](8)

    assert [kept.get("", lambda: "one"), kept.get("", lambda: "other")] == ["one", "other"]


def test_what_is_too_large_drives_nothing_out() -> None:
    """A thing that there is no room for at all is handed on and not kept."""
    kept = Kept[str](4, len)
    kept.get("small", lambda: "xx")
    kept.get("large", lambda: "xxxxx")

    assert kept.get("small", lambda: "anew") == "xx"
    assert kept.get("large", lambda: "anew") == "anew"


def test_all_can_be_forgotten() -> None:
    """After that, what is asked for is made anew, and there is room for as much as before."""
    kept = Kept[str](4, len)
    kept.get("a", lambda: "xx")
    forget_all()

    assert [kept.get(key, lambda: "yyyy") for key in ("a", "a")] == ["yyyy", "yyyy"]
    assert kept.get("a", lambda: "anew") == "yyyy"


def test_a_font_that_was_swapped_is_forgotten() -> None:
    """Under the digest of one font may stand the letters of another: what both sizes and paints them starts anew."""
    file = ["BeVietnamPro-Bold.ttf"]

    def read(_: str) -> bytes:
        return font_file(file[-1])

    book, words = FontBook(read), run("Hội", 0, 0, 100)
    swapped = replace(face(), digest="swapped")
    words = replace(words, face=swapped)

    def widths() -> tuple[float, float, float]:
        advance = book.shape(swapped, "Hội").advance
        inked = Painter(Resources({}, (), read)).ink_box(words).width
        return advance, book.once((swapped,), lambda: book.font(swapped).advance(40)), inked

    forget_all()
    before = widths()
    file.append("BeVietnamPro-Regular.ttf")
    forget_all()

    assert all(one != other for one, other in zip(before, widths(), strict=True))
    forget_all()
