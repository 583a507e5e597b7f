"""What staff download: folders in their words, and a text that says what to do."""

import io
import zipfile
from dataclasses import replace

import pytest

from producer.diagnostics import ProducerError
from producer.requests.package import archive, downloads, label_of
from producer.requests.recipe_folder import materialise
from producer.requests.render import MadeFile, Order, render


def made(channel: str, path: str = "p/a.png", size: int = 3) -> MadeFile:
    """A file of a channel."""
    return MadeFile(path, "p/a", channel, "00", size, "image/png", "Áp phích")


@pytest.mark.parametrize(
    ("channel", "vi", "en"),
    [
        ("fb-post-portrait", "Facebook", "Facebook"),
        ("poster-a3", "In áp phích A3 dọc", "Print poster A3, upright"),
        ("tv-1080i50", "Đài truyền hình", "Television"),
        ("slide-16x9", "Chèn vào bài trình bày", "Insert into a presentation"),
        ("banner-6x0_8", "Băng rôn ngang 6 × 0,8 m", "Banner 6 × 0.8 m"),
        ("bang-tin", "bang-tin", "bang-tin"),
    ],
)
def test_channels_are_called_as_people_call_them(channel, vi, en) -> None:
    """And each has a sentence on what to do."""
    assert (label_of(channel, "vi"), label_of(channel, "en")) == (vi, en)
    (one,) = downloads([made(channel)], "vi")
    assert one.how


def test_an_archive_of_a_real_request(shown, project) -> None:
    """Every file in the folder of its use, the words to post, what the picture shows, and always the same bytes."""
    draft = replace(shown.example("su-kien"), channels=("fb-post-portrait", "poster-a4", "slide-16x9"))
    materialise(draft, shown.form("su-kien"), project, "recipes/yc")
    *_, end = render(Order(project, "recipes/yc"))
    assert end.is_whole, (end.problems, end.fault)
    folder = project / "output/yc"
    data = archive(folder, end.files, draft.value("title"), "vi")
    assert archive(folder, end.files, draft.value("title"), "vi") == data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        text = packed.read("Đọc trước.txt").decode("utf-8-sig")
    assert {name.partition("/")[0] for name in names} == {
        "Đọc trước.txt", "Facebook", "In áp phích A4 dọc", "Chèn vào bài trình bày",
    }  # fmt: skip
    assert len(names) == len(end.files) + 1
    assert "[Bài đăng]" in text
    assert "[Mô tả ảnh]" in text
    assert draft.value("title") in text
    assert "100%" in text


@pytest.mark.parametrize("files", [[made("fb-cover")] * 201, [made("fb-cover", size=300_000_001)]])
def test_too_much_is_told(tmp_path, files) -> None:
    """Before anything is read."""
    with pytest.raises(ProducerError) as caught:
        archive(tmp_path, files, "", "vi")
    assert [one.code for one in caught.value.diagnostics] == ["request/package-too-large"]


def test_a_path_of_a_file_stays_in_its_folder(tmp_path) -> None:
    """Whatever a manifest says."""
    with pytest.raises(ValueError, match="passwd"):
        archive(tmp_path, [made("fb-cover", "../../etc/passwd")], "", "vi")
