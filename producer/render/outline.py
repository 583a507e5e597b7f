"""SVG path data as plain steps, and as Skia paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import svgelements

from producer.render._skia import skia

_TOKENS = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
# How many numbers each letter takes that this program writes itself.
_ARITY = {"M": 2, "L": 2, "C": 6, "Q": 4, "Z": 0}


@lru_cache(maxsize=4096)
def outline(path: str, *, even_odd: bool = False) -> Any:  # noqa: ANN401 - skia has no types
    """Return path data as a ``skia.Path``; do not change it, it is shared.

    Raises:
        ValueError: this is no path data.
    """
    builder = skia.PathBuilder()
    draw = {
        "M": builder.moveTo,
        "L": builder.lineTo,
        "C": builder.cubicTo,
        "Q": builder.quadTo,
        "Z": builder.close,
    }
    if even_odd:
        builder.setFillType(skia.PathFillType.kEvenOdd)
    for letter, numbers in segments(path):
        draw[letter](*numbers)
    return builder.detach()


def segments(path: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield path data as M, L, C, Q and Z, each with its numbers.

    A repeated letter may be left out, and after M it means L. Other letters go the long way through svgelements,
    which turns arcs into curves.

    Raises:
        ValueError: this is no path data.
    """
    tokens = _TOKENS.findall(path)
    if any(token.isalpha() and token not in _ARITY for token in tokens):
        tokens = _TOKENS.findall(_plain(path))
    letter, position = "", 0
    while position < len(tokens):
        if tokens[position].isalpha():
            letter, position = tokens[position], position + 1
        elif letter in ("", "Z"):
            raise ValueError(path[:80])
        count = _ARITY[letter]
        numbers = tuple(map(float, tokens[position : position + count]))
        if len(numbers) != count:
            raise ValueError(path[:80])
        yield letter, numbers
        position += count
        letter = "L" if letter == "M" else letter


def _plain(path: str) -> str:
    """The same outline in M, L, C, Q and Z."""
    parsed = svgelements.Path(path)
    parsed.approximate_arcs_with_cubics()
    letters = {
        svgelements.Move: "M",
        svgelements.Line: "L",
        svgelements.CubicBezier: "C",
        svgelements.QuadraticBezier: "Q",
    }
    return "".join(
        "Z"
        if isinstance(segment, svgelements.Close)
        else letters[type(segment)] + " ".join(f"{point.x!r} {point.y!r}" for point in _points(segment))
        for segment in parsed
    )


def _points(segment: Any) -> tuple[Any, ...]:  # noqa: ANN401 - svgelements has no types
    """The points that a letter is written with: all but the one it starts from."""
    points = tuple(segment)
    return points[-1:] if isinstance(segment, svgelements.Move) else points[1:]
