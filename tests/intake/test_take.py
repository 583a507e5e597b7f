"""Members' pictures: what may be used comes in clean, the rest is kept back with its reason, nothing is lost."""

import random
import unicodedata
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from bad_input import Said, run
from PIL import Image, ImageDraw, ImageFilter
from small_project import LICENCES, Small

from producer.recipe.licence_file import read_register
from producer.rights.register import read_register as read_people
from producer.world import FolderWorld

HEAD = "file,credit,consent,consent_scope,consent_until,proof,who,caption,keep,age,guardian_consent"
AGREED = "yes,facebook;print,2027-12-31,Phiếu 7,Lê Mẫu An"


def photograph(seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A picture that looks like no other one."""
    levels = random.Random(seed).randbytes(9 * 7)
    noise = Image.frombytes("L", (9, 7), levels).resize(size, Image.Resampling.BICUBIC)
    image = Image.merge("RGB", (noise, noise.rotate(180), noise.filter(ImageFilter.BLUR)))
    ImageDraw.Draw(image).ellipse((20 * seed, 10, 20 * seed + 60, 90), fill=(200, 40, 30))
    return image


def jpeg(image: Image.Image, *, quality: int = 90, exif: Image.Exif | None = None) -> bytes:
    """Its file."""
    file = BytesIO()
    image.save(file, "JPEG", quality=quality, comment="Nhà riêng", **({"exif": exif} if exif else {}))
    return file.getvalue()


def of_a_phone(turn: int) -> Image.Exif:
    """What a phone writes: where, when, by whose telephone, and how it was held."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9003] = turn, "Phone", "2025:05:01 07:30:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 2.0, 3.0), 3: "E", 4: (105.0, 46.0, 1.0)})
    return exif


Drop = Callable[..., Path]


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    """A project, and beside it a folder of what members sent: lines of the sheet and files."""
    Small().write(tmp_path / "project")

    def make(lines: str, **files: bytes) -> Path:
        folder = tmp_path / "sent"
        folder.mkdir(exist_ok=True)
        (folder / "danh-sach.csv").write_text(f"{HEAD}\n{lines}", encoding="utf-8")
        for name, data in files.items():
            (folder / name.replace("__", ".")).write_bytes(data)
        return folder

    return make


def take(folder: Path, *more: str) -> Said:
    """Take it in."""
    return run(folder.parent / "project", "intake", str(folder), *more)


def codes(said: Said) -> list[tuple[str, str]]:
    """What was told, and of what."""
    return [(shown.problem.code, Path(shown.problem.file).name) for shown in said.shown]


def test_a_picture_comes_in_upright_and_without_its_place(drop: Drop) -> None:
    """Px stay, turned as the phone was held; EXIF, GPS and names are gone; both registers have their entries."""
    picture = photograph(1)
    folder = drop(
        f'IMG 1.jpg,"An ""Bé"" Mẫu",{AGREED},Lễ ra quân: đợt 1,,,\n',
        **{"IMG 1__jpg": jpeg(picture, quality=98, exif=of_a_phone(6))},
    )

    said = take(folder)

    project = folder.parent / "project"
    assert said.code == 0, said.err
    with Image.open(project / "assets/photos/IMG-1.jpg") as taken:
        taken.load()
        assert taken.size == (240, 320)
        assert not taken.getexif()
        assert set(taken.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        expected = picture.transpose(Image.Transpose.ROTATE_270).resize((24, 32))
        worst = max(
            abs(a - b) for a, b in zip(taken.resize((24, 32)).tobytes(), expected.tobytes(), strict=True)
        )
        assert worst < 12
    register = read_register(FolderWorld(project))
    assert register.credits["assets/photos/IMG-1.jpg"] == 'An "Bé" Mẫu'
    assert (project / "assets/licences.yaml").read_text().startswith(LICENCES)
    (entry,) = read_people(FolderWorld(project))
    assert (entry.id, entry.names, entry.proof) == ("IMG-1-1", ("Lê Mẫu An",), "Phiếu 7")
    assert entry.pictures == ("assets/photos/IMG-1.jpg",)
    assert (folder / "IMG 1.jpg").exists()


def test_a_licence_that_nobody_knows_is_kept_back(drop: Drop) -> None:
    """What the register would not let be used does not come in; our own words do."""
    head = f"{HEAD},licence"
    lines = f"a.jpg,An Mẫu,{AGREED},,,,,unknown\nb.jpg,An Mẫu,{AGREED},,,,,LicenseRef-own\n"
    folder = drop(lines, a__jpg=jpeg(photograph(1)), b__jpg=jpeg(photograph(3)))
    sheet = folder / "danh-sach.csv"
    sheet.write_text(sheet.read_text("utf-8").replace(HEAD, head), "utf-8")
    assert codes(take(folder)) == [("licence/unknown", "danh-sach.csv")]
    assert (folder.parent / "project/assets/photos/b.jpg").exists()


def test_a_second_run_finds_nothing_to_do(drop: Drop) -> None:
    """Nothing is entered twice, whether nothing changed or a picture was lost and comes in again under its name."""
    folder = drop(f"a.jpg,An Mẫu,{AGREED},,,,\n", a__jpg=jpeg(photograph(1)), b__jpg=jpeg(photograph(2)))
    take(folder)
    project = folder.parent / "project"
    before = {place: place.read_bytes() for place in sorted(folder.parent.rglob("*")) if place.is_file()}

    assert take(folder).code == 0
    assert {
        place: place.read_bytes() for place in sorted(folder.parent.rglob("*")) if place.is_file()
    } == before

    (project / "assets/photos/a.jpg").unlink()
    assert take(folder).code == 0
    assert {
        place: place.read_bytes() for place in sorted(folder.parent.rglob("*")) if place.is_file()
    } == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "intake/no-row"),
        (f"a.jpg,,{AGREED},,,,\n", "intake/no-credit"),
        ("a.jpg,An Mẫu,,facebook,2027-12-31,Phiếu 7,,,,,\n", "consent/unknown"),
        ("a.jpg,An Mẫu,pending,facebook,2027-12-31,Phiếu 7,,,,,\n", "consent/not-given"),
        ("a.jpg,An Mẫu,yes-no-photo,facebook,2027-12-31,Phiếu 7,,,,,\n", "consent/no-photo"),
        ("a.jpg,An Mẫu,yes,,2027-12-31,Phiếu 7,,,,,\n", "intake/no-scope"),
        ("a.jpg,An Mẫu,yes,facebook,,Phiếu 7,,,,,\n", "consent/no-end"),
        ("a.jpg,An Mẫu,yes,facebook,2027-12-31,,,,,,\n", "consent/no-proof"),
        ("a.jpg,An Mẫu,event_notice,,,,,,,,\n", "consent/no-proof"),
        (f"a.jpg,An Mẫu,{AGREED},,,8,\n", "consent/no-guardian"),
        (f"a.jpg,An Mẫu,{AGREED},,,,\na.jpg,,withdrawn,,,,,,,,\n", "consent/withdrawn"),
    ],
)
def test_what_lacks_credit_or_consent_is_kept_back(drop: Drop, line: str, code: str) -> None:
    """It moves to quarantine whole, its reason beside it, and nothing of it comes into the project."""
    data = jpeg(photograph(1))
    folder = drop(line, a__jpg=data)
    before = (folder.parent / "project/assets/licences.yaml").read_bytes()

    said = take(folder)

    assert said.code == 0
    assert [told for told, _ in codes(said)] == [code]
    assert (folder / "quarantine/a.jpg").read_bytes() == data
    assert code in (folder / "quarantine/a.jpg.txt").read_text("utf-8")
    assert not (folder / "a.jpg").exists()
    assert not (folder.parent / "project/assets/photos").exists()
    assert (folder.parent / "project/assets/licences.yaml").read_bytes() == before


@pytest.mark.parametrize("consent", ["none_needed", "event_notice"])
def test_pictures_of_nobody_and_of_public_events_need_less(drop: Drop, consent: str) -> None:
    """A picture of nobody is said to show nobody; a notice at the event stands in the register as what it is."""
    folder = drop(f"a.jpg,An Mẫu,{consent},,,Thông báo 3,,,,,\n", a__jpg=jpeg(photograph(1)))

    assert take(folder).code == 0
    world = FolderWorld(folder.parent / "project")
    assert ("assets/photos/a.jpg" in read_register(world).nobody) == (consent == "none_needed")
    assert [entry.given for entry in read_people(world)] == ([] if consent == "none_needed" else [consent])


def test_duplicates_are_found_in_the_batch_and_in_the_project(drop: Drop) -> None:
    """The same bytes, the same picture smaller and brighter; another picture is none, and `keep` has the last word."""
    first = photograph(1)
    smaller = first.resize((160, 120)).point(lambda value: min(value + 12, 255))
    old = folder = drop("".join(f"{name}.jpg,An Mẫu,{AGREED},,,,\n" for name in "abcd"))
    photos = old.parent / "project/assets/photos"
    photos.mkdir()
    (photos / "old.jpg").write_bytes(jpeg(photograph(3), quality=70))
    keeps = dict.fromkeys("abcdef", "") | {"g": "yes"}
    drop(
        "".join(f"{name}.jpg,An Mẫu,{AGREED},,{keep},,\n" for name, keep in keeps.items()),
        a__jpg=jpeg(first), b__jpg=jpeg(first), c__jpg=jpeg(smaller, quality=50), d__jpg=jpeg(photograph(2)),
        e__jpg=jpeg(photograph(3)), f__jpg=jpeg(photograph(4)), g__jpg=jpeg(smaller, quality=40),
    )  # fmt: skip

    said = take(folder)

    assert codes(said) == [
        ("intake/duplicate", "b.jpg"),
        ("intake/alike", "c.jpg"),
        ("intake/alike", "e.jpg"),
    ]
    assert sorted(place.name for place in photos.iterdir()) == ["a.jpg", "d.jpg", "f.jpg", "g.jpg", "old.jpg"]


def test_names_of_other_systems_are_found(drop: Drop) -> None:
    """A Mac takes accents apart, and cameras write capitals; the sheet is typed by a person."""
    folder = drop(f"Ảnh lễ.jpg,An Mẫu,{AGREED},,,,\n")
    (folder / unicodedata.normalize("NFD", "Ảnh lễ.JPG")).write_bytes(jpeg(photograph(1)))

    assert codes(take(folder)) == []
    assert (folder.parent / "project/assets/photos/Ảnh-lễ.jpg").exists()


def test_a_name_that_is_taken_overwrites_nothing(drop: Drop) -> None:
    """Another picture of the same name gets a number, in the project and in quarantine."""
    folder = drop(f"a.jpg,An Mẫu,{AGREED},,,,\n", a__jpg=jpeg(photograph(1)), b__jpg=b"no picture")
    photos = folder.parent / "project/assets/photos"
    photos.mkdir()
    (photos / "A.JPG").write_bytes(jpeg(photograph(2)))
    take(folder)
    (folder / "b.jpg").write_bytes(b"another")
    take(folder)

    assert sorted(place.name for place in photos.iterdir()) == ["A.JPG", "a-2.jpg"]
    assert (folder / "quarantine/b.jpg").read_bytes() == b"no picture"
    assert (folder / "quarantine/b-2.jpg").read_bytes() == b"another"


def test_a_name_that_is_entered_is_taken(drop: Drop) -> None:
    """A picture may be gone and its entry still there: another one of its name has an entry of its own."""
    folder = drop(f"a.jpg,An Mẫu,{AGREED},,,,\n", a__jpg=jpeg(photograph(1)))
    take(folder)
    project = folder.parent / "project"
    (project / "assets/photos/a.jpg").unlink()
    (folder / "a.jpg").write_bytes(jpeg(photograph(2)))

    assert take(folder).code == 0
    assert (project / "assets/photos/a-2.jpg").exists()
    assert "assets/photos/a-2.jpg" in read_register(FolderWorld(project)).licensed


def test_a_reason_overwrites_nothing_that_was_sent(drop: Drop) -> None:
    """The reason of a.jpg stands in a text beside it, and not in the text of that name which came before."""
    folder = drop("", a__jpg__txt=b"Of the sender")
    take(folder)
    (folder / "a.jpg").write_bytes(b"no picture")
    take(folder)

    assert (folder / "quarantine/a.jpg.txt").read_bytes() == b"Of the sender"
    assert (folder / "quarantine/a-2.jpg").read_bytes() == b"no picture"
    assert (folder / "quarantine/a-2.jpg.txt").exists()


@pytest.mark.parametrize("register", ["licences.yaml", "consent.csv"])
def test_a_register_that_is_not_utf8(drop: Drop, register: str) -> None:
    """It is told, and nothing is written into it."""
    folder = drop(f"a.jpg,An Mẫu,{AGREED},,,,\n", a__jpg=jpeg(photograph(1)))
    place = folder.parent / "project/assets" / register
    place.write_bytes(b"\xff\xfe\x80")

    said = take(folder)

    assert codes(said) == [("recipe/not-utf8", register)]
    assert place.read_bytes() == b"\xff\xfe\x80"


def test_bad_files_are_told_each_and_stop_nobody(drop: Drop) -> None:
    """Cut short, no picture, a phone's own format, a bomb, a link out of the folder: exit 1, the good one comes in."""
    good = jpeg(photograph(1))
    bomb = BytesIO()
    Image.new("1", (60_000, 60_000)).save(bomb, "PNG")
    names = ("bomb.png", "cut.jpg", "good.jpg", "link.jpg", "phone.heic", "words.jpg")
    folder = drop(
        "".join(f"{name},An Mẫu,{AGREED},,,,\n" for name in names), good__jpg=good, cut__jpg=good[:3000],
        words__jpg=b"<?php", phone__heic=b"\0\0\0\x18ftypheic" + bytes(64), bomb__png=bomb.getvalue(),
    )  # fmt: skip
    (folder / "link.jpg").symlink_to("/etc/hosts")

    said = take(folder)

    assert said.code == 1
    assert codes(said) == [
        ("photo/too-large", "bomb.png"), ("photo/cut-short", "cut.jpg"), ("intake/not-a-file", "link.jpg"),
        ("photo/phone-format", "phone.heic"), ("photo/no-picture", "words.jpg"),
    ]  # fmt: skip
    assert [place.name for place in (folder.parent / "project/assets/photos").iterdir()] == ["good.jpg"]
    assert "Traceback" not in said.err


def test_nothing_moves_where_nobody_asked_for_it(drop: Drop) -> None:
    """A dry run tells the same and writes nothing."""
    folder = drop(f"a.jpg,An Mẫu,{AGREED},,,,\n", a__jpg=jpeg(photograph(1)), b__jpg=jpeg(photograph(2)))
    before = sorted(folder.parent.rglob("*"))

    said = take(folder, "--dry-run", "--json")

    assert [line.split('"status": "')[1].split('"')[0] for line in said.out.splitlines()[:-1]] == [
        "accepted",
        "quarantined",
    ]
    assert sorted(folder.parent.rglob("*")) == before


@pytest.mark.parametrize("mode", ["L", "RGBA", "CMYK", "P", "I;16"])
def test_every_kind_of_picture_comes_in(drop: Drop, mode: str) -> None:
    """Grey, transparent, of a printer, with a palette, of a scanner: px and profile stay."""
    image, file = photograph(1), BytesIO()
    made = (
        image.convert("L").convert("I").point(lambda v: v * 256).convert("I;16")
        if mode == "I;16"
        else image.convert(mode)
    )
    made.save(file, "JPEG" if mode == "CMYK" else "PNG", icc_profile=b"icc")
    folder = drop(f"a.png,An Mẫu,{AGREED},,,,\n", a__png=file.getvalue())

    assert take(folder).code == 0
    (taken,) = (folder.parent / "project/assets/photos").iterdir()
    with Image.open(taken) as found:
        assert found.size == image.size
        assert found.info.get("icc_profile") == b"icc"


NO_CHILD = "yes,facebook,2027-12-31,Phiếu 8,Bé Mẫu Em"


def register_of(folder: Path) -> list[tuple[str, tuple[str, ...], str]]:
    """The people of the register: id, names, answer."""
    return [(one.id, one.names, one.given) for one in read_people(FolderWorld(folder.parent / "project"))]


@pytest.mark.parametrize("quality", [90, 60])
def test_a_child_does_not_come_in_with_an_adults_consent(drop: Drop, quality: int) -> None:
    """Two members send one picture, the same file or smaller: who is in either line is in the picture."""
    picture = photograph(1)
    folder = drop(
        f"a.jpg,An Mẫu,{AGREED},,,,\nb.jpg,Bình Mẫu,{NO_CHILD},,,9,\n",
        a__jpg=jpeg(picture), b__jpg=jpeg(picture, quality=quality),
    )  # fmt: skip

    said = take(folder)

    assert {code for code in codes(said) if code[0] == "consent/no-guardian"} == {
        ("consent/no-guardian", "danh-sach.csv")
    }
    assert not list((folder.parent / "project/assets").glob("photos/*.jpg"))
    assert sorted(place.name for place in (folder / "quarantine").glob("*.jpg")) == ["a.jpg", "b.jpg"]


def test_who_is_in_another_copy_is_asked_for_the_picture_that_is_there(drop: Drop) -> None:
    """A copy that comes later is not taken in, and the no of who is in it holds for the picture."""
    picture = jpeg(photograph(1))
    folder = drop(f"a.jpg,An Mẫu,{AGREED},,,,\n", a__jpg=picture)
    take(folder)
    (folder / "a.jpg").unlink()
    drop("b.jpg,Bình Mẫu,no,,,,Ngô Mẫu Bình,,,,\n", b__jpg=picture)

    said = take(folder)

    assert [code for code, _ in codes(said)] == ["consent/not-given", "intake/duplicate", "intake/also-shows"]
    assert register_of(folder) == [("a-1", ("Lê Mẫu An",), "yes"), ("a-2", ("Ngô Mẫu Bình",), "no")]
    again = take(folder)
    assert again.code == 0
    assert len(register_of(folder)) == 2


def test_what_is_told_of_a_picture_comes_with_it(drop: Drop) -> None:
    """Its caption is its title, and the notes of all its lines stay with it."""
    folder = drop(f"a.jpg,An Mẫu,{AGREED},Lễ ra quân,,,\n", a__jpg=jpeg(photograph(1)))
    sheet = folder / "danh-sach.csv"
    sheet.write_text(
        "file,credit,consent,consent_scope,consent_until,proof,who,caption,note\n"
        "a.jpg,An Mẫu,yes,facebook,2027-12-31,Phiếu 7,Lê Mẫu An,Lễ ra quân,Từ trái: Lê Mẫu An\n"
        "a.jpg,,yes,facebook,2027-12-31,Phiếu 8,Ngô Mẫu Bình,Ra quân tháng 5,\n",
        encoding="utf-8",
    )  # fmt: skip
    take(folder)
    entry = (folder.parent / "project/assets/licences.yaml").read_text("utf-8")
    assert 'title: "Lễ ra quân"' in entry
    assert 'note: "Từ trái: Lê Mẫu An · Ra quân tháng 5"' in entry
