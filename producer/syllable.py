"""How a Vietnamese syllable is built: onset, rime and one tone, each where it may stand."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from producer.letter import TONES

_TONES = dict(zip(TONES, ("huyền", "hỏi", "ngã", "sắc", "nặng"), strict=True))
ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n",
    "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
# Vowel and coda, without tone. Source: the syllable table of Hoàng Phê, Chính tả tiếng Việt, with rimes of loans.
_PLAIN = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et"
    " ê êch êm ên ênh êp êt êu i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot"
    " ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt ư"
    " ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu"
)
_ROUND = (
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeng oeo oet uân uâng uât"
    " uây uê uêch uênh uêu uơ uy uya uyên uyêt uynh uych uyt uyp uyu uyn"
)
RIMES = frozenset((_PLAIN + " " + _ROUND).split())
_QU = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng âp ât âu ây e ec em en eo ep et ê êch ên"
    " ênh êp êt êu y ych yên yêt ynh yt yp yn yu i in inh it ich ơ ơi ơn ơt ôc ô"
)
_AFTER_QU = frozenset(_QU.split())
_AFTER_GI = frozenset((*_PLAIN.split(), "", "n", "êng", "êt", "êc", "êu", "oang", "uôc", "oăng"))
_WITH_Y = frozenset(("", "h", "k", "l", "m", "n", "s", "t", "v", "qu", "r", "d", "đ"))
_FRONT = frozenset("eêiy")
_STOPS = ("p", "t", "c", "ch")
LETTERS = frozenset("abcdđeghiklmnopqrstuvxyăâêôơư")
_VOWELS = frozenset("aeiouyăâêôơư")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether a word, in letters of any size, could be a Vietnamese syllable."""
    base, tone, place = without_tone(unicodedata.normalize("NFC", word.lower()))
    return any(
        _fits(onset, base[len(onset) :], tone, place - len(onset))
        for onset in ONSETS
        if base.startswith(onset)
    )


def is_short(word: str) -> bool:
    """Whether a word is a short form: letters of Vietnamese without any vowel, as ``NLĐ`` or the ``đ`` of a price."""
    return bool(word) and set(word.lower()) <= LETTERS - _VOWELS


def without_tone(word: str) -> tuple[str, str, int]:
    """Return a word without its tone, the tone's name, and the place of the letter that bore it; -1 for none."""
    base, tone, place = "", "", -1
    for number, letter in enumerate(word):
        parts = unicodedata.normalize("NFD", letter)
        mark = next((part for part in parts if part in _TONES), "")
        if mark:
            tone, place = ("twice" if tone else _TONES[mark]), number
        base += unicodedata.normalize("NFC", parts.replace(mark, "")) if mark else letter
    return base, tone, place


def _fits(onset: str, rime: str, tone: str, place: int) -> bool:
    if tone == "twice":
        return False
    if onset == "qu":
        good = rime in _AFTER_QU
    elif onset == "gi":
        good = rime in _AFTER_GI
    elif rime.startswith("y"):
        good = (rime == "y" and onset in _WITH_Y) or (
            onset == "" and rime in ("yêm", "yên", "yêng", "yêt", "yêu", "yt", "ynh")
        )
    else:
        front = rime[:1] in _FRONT
        good = rime in RIMES and not (
            (onset in ("c", "g", "ng") and front) or (onset in ("k", "gh", "ngh") and not front)
        )
    if not good:
        return False
    if rime.endswith(_STOPS) and tone not in ("sắc", "nặng"):
        return False
    return not tone or place in _places(rime)


def _places(rime: str) -> tuple[int, ...]:
    """Where a tone may stand: on the letter that carries the syllable; in open oa, oe and uy on either."""
    for letter in "êơôâăư":
        if letter in rime:
            return (rime.rindex("ơ") if "ươ" in rime else rime.index(letter),)
    vowels = sum(letter in "aeiouy" for letter in rime)
    coda = len(rime) > vowels
    if vowels == 0:
        return (-1,)  # gìn and gì bear it on the i of their onset
    if vowels == 1:
        return (0,)
    if rime in ("oa", "oe", "uy"):
        return (0, 1)
    if coda:
        return (1,)
    return (1,) if vowels == 3 else (0,)
