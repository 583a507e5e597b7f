"""Where a photograph was taken leaves with no product."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from PIL import Image
from small_project import CHANNELS, EVENTS, Small

SECRET = b"Nha rieng"


def photograph() -> bytes:
    """A photograph that says where it was taken, and by whose camera."""
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 2.0, 3.0), 3: "E", 4: (105.0, 46.0, 1.0)})
    file = BytesIO()
    Image.linear_gradient("L").resize((900, 700)).convert("RGB").save(file, "JPEG", exif=exif, comment=SECRET)
    return file.getvalue()


def contents(data: bytes) -> list[bytes]:
    """A file, and all that is in it where it is a package."""
    if not is_zipfile(BytesIO(data)):
        return [data]
    with ZipFile(BytesIO(data)) as package:
        return [package.read(name) for name in package.namelist()]


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "pdf", "pptx"])
def test_no_file_says_where_its_photograph_was_taken(kind: str) -> None:
    """Pictures, print files and slides carry px and no EXIF, comment or place."""
    kinds = {
        "pdf": "print, trim: [210, 260], safe: [8, 8, 8, 8], dpi: 100",
        "pptx": "deck, size: [1280, 720]",
    }
    channels = CHANNELS.replace("image, size: [360, 450]", kinds.get(kind, "image, size: [360, 450]"))
    small = Small(
        events=EVENTS.replace("picture.svg", "a.jpg"),
        channels=channels.replace("png", kind),
        more={"assets/a.jpg": photograph()},
    )

    parts = contents(small.artifact().data)

    assert any(part for part in parts)
    assert [part[:20] for part in parts if SECRET in part or b"Exif\0" in part or b"GPS" in part] == []
