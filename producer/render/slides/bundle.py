"""The fonts of a deck, to be installed where it is shown: PowerPoint opens no font that a computer lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from fontTools.ttLib import TTFont

from producer.brand.model import Face
from producer.render.slides import oxml

BUNDLE = ".phong-chu.zip"  # beside the deck
COPYRIGHT, FULL_NAME, LICENCE, LICENCE_ADDRESS = 0, 4, 13, 14  # name IDs, OpenType 1.9, `name`
# Who may hand a font on says so in its file; of any other only the name is told.
FREE = ("open font license", "openfontlicense.org", "scripts.sil.org/ofl", "apache license")
README = {
    "vi": (
        "DOC-TRUOC.txt",
        (
            "Bản trình chiếu này dùng các phông chữ dưới đây. Trên máy chưa có, PowerPoint thay bằng phông khác và chữ "
            "xuống dòng sai chỗ."
        ),
        (
            "Cài một lần cho mỗi máy: giải nén, chọn mọi tệp .ttf hoặc .otf, nhấp chuột phải, chọn “Cài đặt” "
            "(Install), rồi mở lại PowerPoint."
        ),
        "Không cài được thì chiếu tệp PDF: tệp đó mang sẵn phông chữ.",
        "không kèm trong tệp nén này vì giấy phép không cho phép chuyển tiếp: hỏi người giữ bản quyền phông",
    ),
    "en": (
        "README.txt",
        (
            "These slides are set in the fonts below. Where a computer lacks them, PowerPoint takes others and lines "
            "break elsewhere."
        ),
        (
            "Install them once on each computer: unpack, select all .ttf or .otf files, right-click, choose Install, "
            "and open PowerPoint again."
        ),
        "Where nothing can be installed, show the PDF: it carries its fonts.",
        "not in this archive, since its licence does not let it be handed on: ask whoever holds it",
    ),
}


@dataclass(frozen=True, slots=True)
class _Font:
    """A font file and what it says of itself."""

    file: str
    name: str
    data: bytes
    terms: tuple[str, ...]  # copyright, licence and its address, as far as the file has them

    @property
    def is_free(self) -> bool:
        words = " ".join(self.terms).lower()
        return any(sign in words for sign in FREE)


def font_bundle(faces: Iterable[Face], read_bytes: Callable[[str], bytes], language: str) -> bytes:
    """Return a zip of the faces' files that may be handed on, with a text that names all and how to install them."""
    fonts = sorted(_fonts(faces, read_bytes), key=lambda font: font.file)
    readme, *text = README.get(language, README["en"])
    *advice, kept_back = text
    told = [f"{font.name}{'' if font.is_free else f' – {kept_back}'}" for font in fonts]
    terms = dict.fromkeys(line for font in fonts for line in font.terms)
    words = "\r\n".join([*advice, "", *told, "", *terms, ""])  # as Notepad of any Windows reads it
    files = {font.file: font.data for font in fonts if font.is_free}
    return oxml.pack({**files, readme: b"\xef\xbb\xbf" + words.encode()})


def _fonts(faces: Iterable[Face], read_bytes: Callable[[str], bytes]) -> Iterator[_Font]:
    for path in {face.path for face in faces}:
        data = read_bytes(path)
        names = TTFont(BytesIO(data), lazy=True)["name"]
        file = PurePosixPath(path).name
        terms = (names.getDebugName(one) for one in (COPYRIGHT, LICENCE, LICENCE_ADDRESS))
        yield _Font(file, names.getDebugName(FULL_NAME) or file, data, tuple(filter(None, terms)))
