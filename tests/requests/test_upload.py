"""What is sent is known by its first bytes, counted before it is decoded, and written anew."""

import io
import struct
import zlib

import pytest
from PIL import Image

from producer.diagnostics import ProducerError
from producer.requests.upload import PhotoShelf, photo

RED = Image.new("RGB", (64, 48), (200, 10, 10))


def saved(kind: str, image: Image.Image = RED, **options) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def located() -> bytes:
    """A photograph that says where it was taken, by whom, and holds a thumbnail's worth of notes."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "Máy Mẫu", "Lê Mẫu An", 6
    exif.get_ifd(0x8825)[2] = (10.0, 20.0, 30.0)
    return saved("JPEG", exif=exif, comment=b"secret-note")


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is large and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pixels_stay(kind, tmp_path) -> None:
    """Size and colour are those that were sent; the same file is kept once."""
    upload = photo(saved(kind))
    with Image.open(io.BytesIO(upload.data)) as image:
        assert image.size == (upload.width, upload.height) == (64, 48)
        assert image.convert("RGB").getpixel((20, 20))[0] == pytest.approx(200, abs=3)
    shelf = PhotoShelf(tmp_path)
    shelf.keep(upload)
    shelf.keep(photo(saved(kind)))
    place = shelf.place(upload.digest)
    assert place is not None
    assert [place] == list((tmp_path / ".producer/uploads").iterdir())


def test_places_and_names_are_gone_and_the_turn_is_done() -> None:
    """No EXIF, GPS, comment or owner comes along; what lay on its side stands."""
    upload = photo(located())
    assert upload.located
    for secret in (b"Exif", "Lê Mẫu".encode(), b"secret", "Máy".encode()):
        assert secret not in upload.data
    assert (upload.width, upload.height) == (48, 64)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "request/not-a-photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "request/not-a-photo"),
        (saved("GIF"), "request/not-a-photo"),
        (saved("TIFF"), "request/not-a-photo"),
        (saved("BMP"), "request/not-a-photo"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "request/not-a-photo"),
        (b"8BPS\0\1" + b"\0" * 40, "request/not-a-photo"),
        (b"RIFF\0\0\0\0WAVE", "request/not-a-photo"),
        (b"#EXTM3U\nfile:///etc/passwd", "request/not-a-photo"),
        (png_of(6_400, 6_300), "request/photo-too-large"),
        (png_of(100_000, 100_000), "request/photo-too-large"),
        (saved("JPEG")[:300], "request/photo-broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "request/photo-broken"),
        (b"\xff\xd8\xff" + b"\0" * 25_000_001, "request/photo-too-large"),
        (saved("PNG", save_all=True, append_images=[Image.new("RGB", (64, 48))]), "request/photo-moves"),
        (saved("WEBP", save_all=True, append_images=[Image.new("RGB", (64, 48))]), "request/photo-moves"),
    ],
)
def test_all_else_is_refused(data, code) -> None:
    """By its bytes, whatever its name says, and before anything large is decoded."""
    with pytest.raises(ProducerError) as caught:
        photo(data, "anh.jpg")
    assert [one.code for one in caught.value.diagnostics] == [code]


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "a/b", "\0", "0" * 64])
def test_a_digest_is_no_path(tmp_path, digest) -> None:
    """Nothing outside the shelf is found by it."""
    assert PhotoShelf(tmp_path).place(digest) is None
