"""What goes out beside a picture: words to copy, tags in plain letters, and the picture in words."""

from __future__ import annotations

import pytest
from small_project import Small, laid

from producer.letter import hashtag, plain_tags
from producer.pipeline import produce, real_stages
from producer.render.model import Resources
from producer.scene.post import post_words

EVENTS = """\
id,theme,day,hour,title,message,place,photo,figure,hashtags
A1,,2025-07-28,07:30,Ngày hội công nhân,Vì đoàn viên,Nhà văn hóa Thử,picture.svg,1250,#ThángCôngNhân2025 #ĐoànViên
A2,,2025-01-12,14:00,Tết Sum vầy,,Sân vận động,,,
"""


def posted(text: str, **changed: object) -> Small:
    """The small project with a text beside its pictures."""
    project = Small(events=EVENTS).but(**changed)
    recipe = str(project.files["recipes/thu/recipe.yaml"])
    told = recipe.replace("    template: thu\n", f"    template: thu\n    post: {text}\n")
    return project.but(more={**project.more, "recipes/thu/recipe.yaml": told})


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("Tết Sum vầy – Xuân Ất Tỵ 2025", "#TetSumVayXuanAtTy2025"),
        ("đoàn viên", "#DoanVien"),
        ("An toàn, vệ sinh lao động", "#AnToanVeSinhLaoDong"),
        ("CĐCS số 1", "#CDCSSo1"),
        ("#ThángCôngNhân2025 #Đảng", "#ThangCongNhan2025 #Dang"),
        ("– …", ""),
    ],
)
def test_words_become_one_tag(words: str, tag: str) -> None:
    """Marks go, each word begins with a capital, and what a network would cut a tag at is left out."""
    assert hashtag(words) == tag


def test_a_tag_is_plain_however_its_letters_are_written() -> None:
    """Letters and their marks in two pieces are the same tag; other words keep theirs."""
    assert plain_tags("Chào mừng #Tế\u0301t".replace("ế\u0301", "e\u0302\u0301")) == "Chào mừng #Tet"


def test_tags_of_the_row_stand_below_once() -> None:
    """What the text names already is not said again."""
    assert post_words("Vui #TetSumVay", "#TếtSumVầy #CôngĐoàn") == "Vui #TetSumVay\n\n#CongDoan"
    assert post_words("Vui", "") == "Vui"


def test_the_file_beside_a_picture() -> None:
    """Sections that staff copy: the post with its tags, and the picture for those who cannot see it."""
    scene = posted('"{title}. {message}. {title | hashtag}"').scene()

    assert scene.post == (
        "[Bài đăng]\nNgày hội công nhân. Vì đoàn viên. #NgayHoiCongNhan\n\n#ThangCongNhan2025 #DoanVien\n\n"
        "[Mô tả ảnh]\nCó ảnh minh họa. Chữ trên ảnh: Ngày hội công nhân. Vì đoàn viên. "
        "07 giờ 30, Thứ Hai, 28/7/2025. Nhà văn hóa Thử. Liên đoàn Lao động tỉnh Thử. Công đoàn xã Thử."
    )


def test_a_picture_is_told_by_its_own_words() -> None:
    """What the row says of its photograph comes first, and the words on the picture follow."""
    scene = Small(
        events=EVENTS.replace(",hashtags", ",photo_alt").replace(
            "#ThángCôngNhân2025 #ĐoànViên", "Năm công nhân cười"
        )
    ).scene()

    assert scene.alts[0].startswith("Ảnh: Năm công nhân cười. Chữ trên ảnh: Ngày hội")


def test_a_post_is_a_file_of_its_job() -> None:
    """It lies beside the picture and ends with a line."""
    project = posted('"{title}"')
    scene, stages = project.scene(), real_stages()
    resources = Resources(scene.colours, (), project.world.read_bytes)
    made = produce(scene, lambda scene: laid(scene, project.world), resources, stages).artifact

    assert dict(made.extras)[".txt"].decode() == f"{scene.post}\n"


def test_every_page_of_an_album_is_described() -> None:
    """The pictures of an album have a description each, under their numbers."""
    template = """\
about: Album
kind: still
slots:
  title: {type: text, style: headline}
  rows: {type: rows}
pages:
  cover: {shapes: {any: title}}
  one: {each: rows, ground: gold, shapes: {any: title}}
"""
    scene = posted(
        "Ảnh ngày hội", template=template, take="all", fill="{title: Ngày hội, rows: events}"
    ).scene()

    assert scene.post.count("[Bài đăng]") == 1
    assert [f"[Mô tả ảnh {at:02}]" in scene.post for at in (1, 2, 3, 4)] == [True, True, True, False]
    assert len(scene.alts) == 3


def test_a_post_keeps_to_what_its_network_takes() -> None:
    """A text longer than a network takes stops its picture: nobody could post it whole."""
    long = f'"{"dài " * 1000}{{title}}"'
    events = EVENTS.splitlines(keepends=True)
    project = posted(long, used="tiktok-photo", channels="", events="".join(events[:2]))
    recipe = str(project.more["recipes/thu/recipe.yaml"]).replace("channels:\n", "")
    problems = project.but(more={"recipes/thu/recipe.yaml": recipe}).refused()

    assert [problem.code for problem in problems] == ["scene/post-too-long"]
    assert problems[0].facts["most"] == 4000
