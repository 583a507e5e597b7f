"""Faces: what is found in photographs, and where crops leave them."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from face_picture import FACE, PLACE, people, portrait
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from small_project import BRAND, Small

from producer.brand.model import FrameShape
from producer.diagnostics import Level, Scope
from producer.geometry import Box
from producer.kept import forget_all
from producer.layout.focus import find_subject, subject_of
from producer.layout.ground import zoom_of
from producer.layout.model import Document, Photo
from producer.layout.opening import opening_of
from producer.layout.outline import RATIOS, frame_box
from producer.layout.photo import cover_crop, face_cuts, head_of
from producer.recipe.model import Move
from producer.scene.model import Picture

PHOTOS = Path(__file__).parents[2] / "assets" / "photos"


def found(data: bytes, size: tuple[int, int]) -> list[Box]:
    """The faces of a file, px."""
    width, height = size
    faces = find_subject(data).faces
    return [Box(f.x * width, f.y * height, f.width * width, f.height * height) for f in faces]


@pytest.mark.parametrize(
    ("size", "corners", "height"),
    [
        ((1600, 900), [(1100, 300)], 384),
        ((900, 1600), [(300, 200)], 384),
        ((1000, 1000), [(650, 600)], 384),
        ((3000, 2000), [(1000, 300)], 1600),  # as a phone makes them
        ((1600, 900), [(40, 100), (640, 120), (1200, 300)], 384),
        ((2400, 900), [(at * 150, 300 + at % 3 * 40) for at in range(14)], 200),  # a crowd: faces 1.6 % wide
        ((4000, 2200), [(at * 260, 300 + at % 4 * 140) for at in range(14)], 330),
    ],
)
def test_faces_are_found_where_they_are(
    size: tuple[int, int], corners: list[tuple[int, int]], height: int
) -> None:
    """Every face, each once, in pictures of all shapes and from near to far."""
    data, faces = people(size, *corners, height=height)
    boxes = found(data, size)

    assert len(boxes) == len(faces)
    for box, face in zip(boxes, sorted(faces, key=lambda face: face.x), strict=True):
        assert box.overlap(face) is not None
        assert abs(box.centre[0] - face.centre[0]) < face.width * 0.25
        assert abs(box.centre[1] - face.centre[1]) < face.height * 0.25


def test_a_face_is_found_in_a_picture_that_the_camera_turned() -> None:
    """What is searched is the picture as it is seen."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    portrait().rotate(90, expand=True).save(out, "JPEG", quality=92, exif=exif)
    (box,) = found(out.getvalue(), (300, 384))

    assert box.overlap(FACE) is not None
    assert box.centre == pytest.approx(FACE.centre, abs=20)


@pytest.mark.parametrize("path", sorted(PHOTOS.glob("*.jpg")), ids=lambda path: path.stem)
def test_no_face_is_found_where_there_is_none(path: Path) -> None:
    """Fields, animals, foliage and machines are not taken for people."""
    assert find_subject(path.read_bytes()).faces == ()


def test_a_file_is_searched_once() -> None:
    """A second page with the same file finds what the first did; another file is searched anew."""
    forget_all()
    asked: list[str] = []

    def read(name: str) -> bytes:
        asked.append(name)
        return PLACE.read_bytes()

    one = subject_of("a", lambda: read("one"))

    assert subject_of("a", lambda: read("again")) is one
    assert subject_of("b", lambda: read("other")) == one
    assert asked == ["one", "other"]


def test_a_search_can_be_forgotten() -> None:
    """A picture that was swapped while it was read may stand under the digest of the one before."""
    forget_all()
    before = subject_of("a", lambda: people((800, 800), (300, 200), height=384)[0])
    forget_all()

    assert before.faces
    assert subject_of("a", PLACE.read_bytes) != before


class Noted(dict[str, str]):
    """Notes in memory."""

    def put(self, name: str, found: str) -> None:
        """Keep a note."""
        self[name] = found


def test_what_was_found_is_noted_for_the_next_process() -> None:
    """The picture is not even read again; one that changed since it was named leaves no note."""
    notes, data = Noted(), people((800, 800), (300, 200), height=384)[0]
    forget_all()
    before = subject_of(hashlib.sha256(data).hexdigest(), lambda: data, notes)
    forget_all()

    def refuse() -> bytes:
        raise AssertionError("read again")

    assert before.faces
    assert subject_of(hashlib.sha256(data).hexdigest(), refuse, notes) == before
    subject_of("of the file that was there before", PLACE.read_bytes, notes)
    assert len(notes) == 1


sizes = st.tuples(st.integers(200, 4000), st.integers(200, 4000))
shares = st.floats(0.0, 1.0)


@st.composite
def pictures(draw: st.DrawFn) -> tuple[Picture, list[Box]]:
    """A picture with some faces in it."""
    width, height = draw(sizes)
    faces = []
    for _ in range(draw(st.integers(1, 4))):
        side = min(width, height) * draw(st.floats(0.02, 0.6))
        faces.append(Box((width - side) * draw(shares), (height - side) * draw(shares), side, side))
    return Picture("a", "", width, height), faces


@given(pictures(), sizes)
def test_faces_are_kept_whole_wherever_the_ratio_allows(
    made: tuple[Picture, list[Box]], box: tuple[int, int]
) -> None:
    """The crop stays in the picture and touches two sides; heads that fit together are all in it."""
    picture, faces = made
    whole = Box(0, 0, picture.width, picture.height)
    crop = cover_crop(picture, Box(0, 0, *box), faces)
    heads = [head for face in faces if (head := head_of(face).overlap(whole))]
    first = heads[0]
    for head in heads:
        first = first.union(head)

    assert crop.width == pytest.approx(picture.width) or crop.height == pytest.approx(picture.height)
    assert whole.contains(crop)
    if first.width <= crop.width and first.height <= crop.height:
        assert crop.contains(first)
        assert max(face_cuts(faces, crop)) < 0.001


@given(pictures(), sizes, st.sampled_from([Move.ZOOM_IN, Move.ZOOM_OUT]))
def test_a_zoom_ends_on_whole_faces(
    made: tuple[Picture, list[Box]], box: tuple[int, int], move: Move
) -> None:
    """Where all heads fit into the nearer crop they stay whole to the last frame, and nothing leaves the picture."""
    picture, faces = made
    crop = cover_crop(picture, Box(0, 0, *box), faces)
    zoom = zoom_of(move, crop, picture, faces)
    assert zoom is not None
    near = min(zoom.first, zoom.last, key=lambda end: end.width)
    heads = [head for face in faces if (head := head_of(face).overlap(crop))]
    whole = all(crop.contains(face) for face in faces)  # what the crop has cut no zoom makes whole
    first = heads[0] if heads else near
    for head in heads:
        first = first.union(head)

    assert crop.contains(near)
    if whole and first.width <= near.width and first.height <= near.height:
        assert near.contains(first)


def test_eyes_stand_on_the_upper_third() -> None:
    """The eyes of one person with room around are where photographers put them, and there is head room."""
    picture, face = Picture("a", "", 900, 1600), Box(500, 700, 100, 100)
    crop = cover_crop(picture, Box(0, 0, 300, 200), [face])

    assert (face.y + 40 - crop.y) / crop.height == pytest.approx(1 / 3)
    assert crop.contains(head_of(face))


def test_hair_goes_before_the_chin() -> None:
    """A close portrait in a low strip: the head does not fit, the face does, and it is whole."""
    picture, face = Picture("a", "", 1000, 1200), Box(250, 300, 450, 450)
    crop = cover_crop(picture, Box(0, 0, 200, 100), [face])

    assert head_of(face).height > crop.height
    assert crop.contains(face)


def test_of_too_many_faces_the_large_ones_stay() -> None:
    """Where not all fit, those near the camera are kept, not somebody far behind."""
    picture = Picture("a", "", 2000, 1000)
    near, near_too, far = Box(300, 300, 200, 200), Box(700, 300, 200, 200), Box(1800, 300, 40, 40)
    crop = cover_crop(picture, Box(0, 0, 100, 100), [near, near_too, far])

    assert face_cuts([near, near_too, far], crop) == [0, 0, 1]


# what becomes of them on a page


def page(
    photo: bytes, size: tuple[int, int], frame: str = "none", template: str = "", fill: str = "", **more: str
) -> Document:
    """A page with nothing but one picture, of the given size, in a frame of the brand."""
    framed = f"  framed: {{frame: {{shape: {frame}, bleed: false}}}}\n"
    keys = "".join(f", {key}: {value}" for key, value in more.items())
    made = Small(
        template=template
        or "about: Thử\nkind: still\nground: night\nslots:\n"
        f"  photo: {{type: photo, treatment: framed{keys}}}\nshapes: {{any: photo}}\n",
        brand=BRAND.replace("  bar: {divider", f"{framed}  bar: {{divider"),
        events="id,day,hour,figure,title,photo\nA1,2025-01-12,,,Thử,people.jpg\n",
        channels=f"  anh: {{kind: image, size: [{size[0]}, {size[1]}], formats: [png]}}\n",
        more={"assets/people.jpg": photo},
        fill=fill,
    )
    return made.document()


def photo_of(document: Document) -> Photo:
    """The page's picture."""
    paints = [paint for item in document.pages[0].items for paint in item.paints]
    return next(paint for paint in paints if isinstance(paint, Photo))


SHAPES = {
    "landscape": ((1600, 900), [(1100, 300)]),
    "portrait": ((900, 1600), [(300, 900)]),
    "square": ((1000, 1000), [(20, 600)]),
}
FRAMES = ["none", "rounded", "circle", "hexagon", "arch", "blob", "leaf", "polaroid", "slant", "wave"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("cell", [(420, 200), (300, 300), (180, 420)])
def test_a_face_is_whole_in_every_frame(shape: str, frame: str, cell: tuple[int, int]) -> None:
    """Portrait, landscape and square pictures show their person in wide, square and tall cells, and nothing is told."""
    size, corners = SHAPES[shape]
    data, (face,) = people(size, *corners)
    document = page(data, cell, frame)
    crop = photo_of(document).crop

    assert crop.contains(face)
    assert [problem.code for problem in document.problems if problem.code == "photo/face-cut"] == []


def test_faces_that_must_be_cut_are_told() -> None:
    """Four people from edge to edge do not fit a narrow page: the author reads how many are cut, and where."""
    data, faces = people((1600, 500), (0, 90), (430, 90), (860, 90), (1290, 90))
    document = page(data, (180, 420))
    (told,) = [problem for problem in document.problems if problem.code == "photo/face-cut"]

    assert (told.level, told.scope) == (Level.WARNING, Scope.ROW)
    assert (told.facts["count"], told.facts["faces"], told.facts["percent"]) == (3, 4, 100)
    assert (told.span.file, told.span.line, told.span.field) == ("assets/events.csv", 2, "photo")
    crop = photo_of(document).crop
    assert sum(cut < 0.01 for cut in face_cuts(faces, crop)) == 1  # one at least is whole


def test_a_focus_that_cuts_a_face_is_told() -> None:
    """The crop stays where its author wants it; that it cuts somebody is a warning, which can be accepted."""
    data, _ = people((1600, 500), (0, 90), (1290, 90))
    away, near = (page(data, (180, 420), fill=f"{{photo_focus: {focus}}}") for focus in ("50% 50%", "8% 50%"))

    assert photo_of(away).crop.centre == pytest.approx((800, 250))
    (told,) = [problem for problem in away.problems if problem.code == "photo/face-cut"]
    assert (told.level, told.facts["count"]) == (Level.WARNING, 2)
    (told,) = [problem for problem in near.problems if problem.code == "photo/face-cut"]
    assert told.facts["count"] == 1


def test_a_template_that_wants_the_middle_gets_it() -> None:
    """``crop: centre`` looks for nothing, and ``whole`` cuts nothing: neither warns."""
    data, _ = people((1600, 500), (0, 90), (1290, 90))
    middle, whole = (page(data, (180, 420), crop=word) for word in ("centre", "whole"))

    assert photo_of(middle).crop.centre == pytest.approx((800, 250))
    assert photo_of(whole).crop == Box(0, 0, 1600, 500)
    assert [p.code for p in (*middle.problems, *whole.problems) if p.code == "photo/face-cut"] == []


def test_words_do_not_stand_on_faces() -> None:
    """People low in a picture under a page come up over the words, from somewhat nearer where they must."""
    opening = opening_of(Box(0, 0, 180, 420), [Box(20, 260, 140, 100)])
    assert opening is not None
    low = [Box(500, 560, 70, 70), Box(700, 580, 70, 70)]
    crop = cover_crop(Picture("a", "", 1600, 900), opening.place, low, opening.sight)

    assert max(face.bottom for face in low) < crop.y + crop.height * opening.share
    assert 0.7 * 900 <= crop.height < 900.1


def test_faces_under_a_page_are_kept_too() -> None:
    """A picture that a whole page stands on keeps its person as one in a cell does."""
    template = (
        "about: Thử\nkind: still\nground: photo\nslots:\n  photo: {type: photo}\n"
        "  title: {type: text, style: headline}\nshapes: {any: title}\n"
    )
    data, (face,) = people((1600, 900), (1290, 300))

    assert photo_of(page(data, (180, 420), template=template)).crop.contains(face)


@pytest.mark.parametrize("cell", [Box(10, 20, 420, 200), Box(0, 0, 300, 300), Box(0, 5, 180, 420)])
@pytest.mark.parametrize("frame", FrameShape)
def test_a_frame_takes_what_its_outline_bears(frame: FrameShape, cell: Box) -> None:
    """It stays in its cell, touches two sides, and is neither a slit nor a tunnel; plain shapes fill the cell."""
    taken = frame_box(frame, cell)
    least, most = RATIOS.get(frame, (0.0, 9.0))

    assert cell.contains(taken)
    assert least - 1e-6 <= taken.width / taken.height <= most + 1e-6
    assert taken.width == pytest.approx(cell.width) or taken.height == pytest.approx(cell.height)
    if frame not in RATIOS:
        assert taken == cell


@pytest.mark.parametrize("cell", [(420, 200), (300, 300), (180, 420)])
def test_a_drawn_portrait_is_whole_in_a_circle(cell: tuple[int, int]) -> None:
    """A square drawing fills the circle's own square, in any cell: the whole head, and nothing beside the circle."""
    portrait = (PHOTOS.parent / "portraits" / "guong-09.svg").read_bytes()
    shown = photo_of(page(portrait, cell, "circle"))

    assert shown.crop.contains(Box(0, 0, shown.picture.width, shown.picture.height))
    assert shown.box.width == pytest.approx(shown.box.height)
