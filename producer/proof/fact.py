"""Facts looked up in what a finished file says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from producer.diagnostics import Diagnostic, Scope
from producer.proof.khmer import syllable_form
from producer.scene.model import Fact

# Joins and breaks that no reader sees.
_UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def clean(text: str) -> str:
    """Return a text as facts are compared: NFC, without case, every gap and line break one space.

    Case goes because a style may set a fact in capitals; U+00A0 is a gap like any other.
    """
    plain = unicodedata.normalize("NFC", text).translate(_UNSEEN).casefold()
    return syllable_form(" ".join(plain.split()))


def missing_facts(facts: Iterable[Fact], said: str, *, gaps: bool = True) -> tuple[Diagnostic, ...]:
    """Return ``proof/fact-missing`` for every fact whose words do not occur in ``said``.

    ``gaps`` false leaves the spaces out of the comparison, for a reader that guesses them from distances.
    """

    def form(text: str) -> str:
        return clean(text) if gaps else clean(text).replace(" ", "")

    page = form(said)
    return tuple(
        Diagnostic(
            "proof/fact-missing",
            fact.span,
            {"field": fact.field, "expected": fact.text},
            scope=Scope.ROW,
        )
        for fact in facts
        if form(fact.text) not in page
    )
