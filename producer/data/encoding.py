"""In what encoding the bytes of a sheet are: what their mark says, else what makes Vietnamese of them."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from producer.legacy import TCVN3, VNI, convert
from producer.syllable import is_syllable

CHUNK = 1 << 16  # bytes read at a time
MOST_WORDS = 4000  # words with letters beyond ASCII that an encoding is judged by
SURE = 0.02  # by which share of words the better of two encodings must win
# Longest first: a UTF-32 mark begins as one of UTF-16 does.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# What people write: Latin with its marks, Khmer, punctuation, arrows and signs, letters of full width.
_COMMON = re.compile("[\t\n\r\u0020-\u024f\u0300-\u036f\u1780-\u17ff\u1e00-\u1eff\u2000-\u22ff\ufeff]")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_PAIR = re.compile(rb"[\xc3-\xc6\xcc][\x80-\xbf]|[\xe1\xe2][\x80-\xbf]{2}")  # letters of Vietnamese in UTF-8


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become text."""

    codec: str  # of Python
    name: str  # as people call it
    legacy: str = ""  # the letters are those of an encoding of before Unicode, which the codec does not know
    other: str = ""  # another encoding that the bytes could be in as well
    lossy: bool = False  # whoever saved it may have lost letters that it has not


def _single(error: UnicodeError) -> tuple[str, int]:
    """What Windows makes of the five bytes that its page 1252, and the eight that its page 1258, leave out."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


def _marked(error: UnicodeError) -> tuple[str, int]:
    """A letter that nobody writes for each byte that is none: its row will be told."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\ufffd" * (error.end - error.start), error.end


codecs.register_error("producer-single", _single)
codecs.register_error("producer-marked", _marked)
WINDOWS_1252, WINDOWS_1258 = "cp1252", "cp1258"
# By their name, in the order in which one is taken where two make as much sense.
SINGLE: Mapping[str, tuple[str, str, Callable[[str], str]]] = {
    "Windows-1258": (WINDOWS_1258, "", lambda text: unicodedata.normalize("NFC", text)),
    "Windows-1252": (WINDOWS_1252, "", lambda text: text),
    TCVN3: (WINDOWS_1252, TCVN3, lambda text: convert(text, TCVN3).text),
    VNI: (WINDOWS_1252, VNI, lambda text: convert(text, VNI).text),
}
ERRORS = {WINDOWS_1252: "producer-single", WINDOWS_1258: "producer-single"}


def find_encoding(file: BinaryIO) -> Encoding:
    """Return what the bytes from the file's beginning are in; the file is read once, in pieces."""
    head = file.read(CHUNK)
    for mark, codec, name in MARKS:
        if head.startswith(mark):
            return Encoding(codec, name)
    wide = _wide(head)
    if wide:
        return Encoding(wide, "UTF-16")
    decoder = codecs.getincrementaldecoder("utf-8")()
    plain = True
    try:
        piece = head
        while piece:
            decoder.decode(piece)
            plain = plain and piece.isascii()
            piece = file.read(CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        file.seek(0)
        return _of_bytes(file)
    return Encoding("utf-8", "UTF-8", lossy=plain)


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: every second byte of its spaces, digits and line ends is nothing."""
    if len(head) < 4 or b"\0" not in head:
        return ""
    head = head[: len(head) & ~1]
    shares = {codec: _common_share(head, codec) for codec in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > 0.9 else ""


def _common_share(data: bytes, codec: str) -> float:
    text = data.decode(codec, "replace")
    return len(_COMMON.findall(text)) / len(text)


def _of_bytes(file: BinaryIO) -> Encoding:
    """The encoding of a file that is not UTF-8: a damaged one, or one of 256 letters."""
    words: dict[bytes, None] = {}
    pairs = rest = 0
    kept = b""  # of a line that goes on in the next piece
    piece = file.read(CHUNK)
    while piece or kept:
        data = kept + piece
        cut = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1 if piece else len(data)
        data, kept = (data[:cut], data[cut:]) if cut else (data, b"")
        pairs += len(_PAIR.findall(data))
        rest += sum(map(len, re.findall(rb"[\x80-\xff]+", _PAIR.sub(b"", data))))
        if len(words) < MOST_WORDS:
            words.update(dict.fromkeys(_WORD.findall(data)))
        piece = file.read(CHUNK)
    if pairs > rest:
        return Encoding("utf-8", "UTF-8")  # a damaged one: its rows will be told
    return _best_single(words)


def _best_single(words: Iterable[bytes]) -> Encoding:
    scores: dict[str, float] = {}
    said: dict[str, list[str]] = {}
    for name, (codec, _, read) in SINGLE.items():
        said[name] = [read(word.decode(codec, ERRORS[codec])) for word in words]
        scores[name] = _share_of_syllables(said[name])
    best = max(scores, key=lambda name: scores[name])  # the first of several
    second = next(
        (name for name in SINGLE if name != best and scores[best] - scores[name] < SURE and said[name] != said[best]),
        "",
    )  # fmt: skip
    codec, legacy, _ = SINGLE[best]
    return Encoding(codec, best, legacy, second, lossy=True)


def _share_of_syllables(texts: list[str]) -> float:
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+|[^\w\s]", text) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
