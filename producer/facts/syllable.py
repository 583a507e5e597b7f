"""Syllables that cannot be Vietnamese: "khuến", "ngề", "chuơng"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.facts.model import Finding, doubt, words_of
from producer.facts.reading import Reading
from producer.syllable import LETTERS, is_short, is_syllable, without_tone

# Words that are written as they are abroad or in another tongue of the country, and short forms of chats.
LOANS = words_of(
    "ôtô môtô đắk đăk lắk lăk kạn plông chôl chnăm thmây byă niê êđê bơi-ngô prôtêin xêri ximăng gôn côngtơ lôgô"
    " tivi mêgawatt vônfram bêtông sêri ôxy ôxi hyđrô hydrô xíchlô xăngti mêtan nitơ phốtpho cácbon cácte đôla"
    " krông buôn nitơrat sôcôla cacao ampe ôm vôn rôbốt ghiđông pêđan"
)
LONGEST = 9  # letters; what is longer is two words run together, or of another tongue
_WORD = re.compile(r"(?<![\w'’@#./\\-])[^\W\d_]{2,}(?![\w'’@/\\-]|\.\w)")
# A vowel twice behind another, in small letters: no word of here, and hardly one of abroad.
_STUTTER = re.compile(r"^[a-z]*[aeiouy](?P<twice>[aeiou])(?P=twice)$")
_HEAD = re.compile(r"(?:^|[.!?:;…\n“\"‘«–—•]|[-*]\s)\s*$")


def odd_syllables(reading: Reading) -> Iterator[Finding]:
    """Yield words with a mark of Vietnamese that no syllable of it can be.

    Names are let be, as are short forms in capitals, addresses and words written with a hyphen: of words with a
    capital, only those at the head of a sentence are judged, and those of a text all in capitals.
    """
    text = reading.text
    if text.isascii():
        return
    shouted = text.isupper()
    for found in _WORD.finditer(text):
        word = found[0]
        if _STUTTER.search(word):
            yield doubt("facts/odd-syllable", written=word)
            continue
        if word.isascii() or len(word) > LONGEST or is_possible(word.lower()):
            continue
        if word.isupper() and not shouted and len(word) < 9:
            continue
        if word[0].isupper() and not word.isupper() and not _HEAD.search(text[: found.start()]):
            continue
        yield doubt("facts/odd-syllable", written=word)


def is_possible(word: str) -> bool:
    """Whether a word in small letters may stand in a Vietnamese text: a syllable, or a word of another kind."""
    if word in LOANS or is_syllable(word) or is_short(word):
        return True
    return not set(without_tone(word)[0]) <= LETTERS  # of another tongue
