"""Clips in frames: how long pages stay, how words come in, how pictures move."""

from __future__ import annotations

import pytest
from small_project import Small

from producer.diagnostics import ProducerError, Scope
from producer.geometry import Box
from producer.layout.ground import zoom_of
from producer.layout.model import Document
from producer.recipe.model import Move
from producer.scene.model import Picture

CLIP = """\
about: Thử
kind: clip
slots:
  photo: {type: photo}
  title: {type: text, style: headline}
  words: {type: text, style: lead, text: Vì đoàn viên}
  figure: {type: number, count: up, text: suất quà}
  sign: {type: signature}
pages:
  one: {ground: photo, move: zoom-in, shapes: {any: "title\\nwords"}}
  two: {ground: night, shapes: {any: figure}}
  end: {ground: night, hold: 2.5s, shapes: {any: sign}}
"""


def clip(words: str = "Vì đoàn viên", seconds: str = "[6, 20]", **more: str) -> Document:
    """A clip of three pages."""
    channels = f"  doc: {{kind: video, size: [180, 320], seconds: {seconds}, formats: [mp4]}}\n"
    template = CLIP.replace("text: Vì đoàn viên", f'text: "{words}"')
    return Small(template=template, channels=channels, used="doc", **more).document()  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["ngắn", "một hai ba bốn năm sáu bảy tám chín mười " * 2])
@pytest.mark.parametrize("seconds", ["[6, 20]", "[18, 20]", "[6, 12]"])
def test_pages_stay_whole_ticks_within_the_channels_limits(words: str, seconds: str) -> None:
    """Lengths are multiples of 6 frames at 30/s, so that 25 and 30 cut alike; all together hold the limits."""
    frames = [page.frames for page in clip(words, seconds).pages]
    least, most = (int(part) * 30 for part in seconds.strip("[]").split(","))

    assert [count % 6 for count in frames] == [0, 0, 0]
    assert least <= sum(frames) <= most
    assert frames[2] == 78  # 2.5 s that the template asks for, to the next tick


@pytest.mark.parametrize(
    ("words", "seconds", "over"),
    [("năm " * 20, "[6, 10]", "1"), ("ngắn", "[3, 7]", "0.4"), ("a", "[1, 2]", "5.4")],
)
def test_a_clip_that_cannot_be_read_in_time_is_told(words: str, seconds: str, over: str) -> None:
    """Nothing is cut below two thirds of its reading time, 2.4 s, or what the template holds."""
    with pytest.raises(ProducerError) as caught:
        clip(words, seconds)
    (told,) = caught.value.diagnostics

    assert (told.code, told.scope, told.facts["over"]) == ("layout/too-long", Scope.ROW, over)
    assert told.facts["most"] == seconds.strip("[]").split(", ")[1]


def test_more_words_stay_longer() -> None:
    """A page stays as long as its words take to read."""
    short, long = (
        clip(words).pages[0].frames for words in ("ngắn", "một hai ba bốn năm sáu bảy tám chín mười")
    )

    assert long > short


def test_words_come_in_one_after_another_but_stand_at_once_on_the_first_page() -> None:
    """The first frame is what a phone shows before the clip plays."""
    first, second, _ = clip().pages
    enters = [
        [(item.motion.enter, item.motion.start) for item in page.items if item.motion]
        for page in (first, second)
    ]

    assert enters[0] == [("none", 0), ("none", 6)]
    assert enters[1] == [("none", 0), ("rise", 36)]  # a figure counts, then what it counts is said
    assert all(
        item.motion is None for page in (first, second) for item in page.items if item.name == "ground"
    )


def test_reading_order_outlives_motion() -> None:
    """A figure and its label move apart; what is read after them is still what follows them on the page."""
    template = CLIP.replace("{any: figure}", '{any: "figure\\ntitle"}')
    channels = "  doc: {kind: video, size: [180, 320], seconds: [6, 20], formats: [mp4]}\n"
    page = Small(template=template, channels=channels, used="doc").document().pages[1]

    assert [page.items[at].name for at in page.reading] == ["figure", "title"]


def test_subtitles_follow_the_pages() -> None:
    """Each page's words while it stays; the signature is no speech."""
    document = clip()
    one, two, _ = (page.frames for page in document.pages)

    assert [(cue.first, cue.last) for cue in document.cues] == [(0, one - 1), (one, one + two - 1)]
    assert document.cues[0].text == "Ngày hội công nhân\nVì đoàn viên"


def test_pages_of_other_media_stay_one_frame() -> None:
    """Only clips know time."""
    document = Small().document()

    assert [page.frames for page in document.pages] == [1]
    assert all(item.motion is None and item.zoom is None for item in document.pages[0].items)


@pytest.mark.parametrize("move", [move for move in Move if move is not Move.NONE])
@pytest.mark.parametrize("focus", [(0.0, 0.0), (0.5, 0.5), (1.0, 0.9)])
def test_a_zoom_stays_inside_the_picture(move: Move, focus: tuple[float, float]) -> None:
    """Both ends lie in the picture and have the page's ratio; nothing beyond the edge is ever shown."""
    picture = Picture("a", "", 1600, 1200, focus=focus)
    crop = Box(300, 0, 675, 1200)
    zoom = zoom_of(move, crop, picture)

    assert zoom is not None
    for end in (zoom.first, zoom.last):
        assert Box(0, 0, 1600, 1200).contains(end)
        assert end.width / end.height == pytest.approx(crop.width / crop.height)
    assert zoom.first != zoom.last


def test_a_picture_that_stands_has_no_zoom() -> None:
    """``none`` is no movement."""
    assert zoom_of(Move.NONE, Box(0, 0, 9, 16), Picture("a", "", 9, 16)) is None


def test_what_cannot_fit_into_a_clip_is_told() -> None:
    """Words of one page that do not fit stop the clip with a problem, not a crash."""
    with pytest.raises(ProducerError):
        clip("nghiêng " * 120)
