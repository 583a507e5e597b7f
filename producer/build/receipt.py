"""What is remembered of a made file, and how it travels between processes: as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from producer.build.canonical import parsed, spans
from producer.diagnostics import Diagnostic, Level, Scope, Span
from producer.scene.model import Scene


@dataclass(frozen=True, slots=True)
class Picture:
    """What a finished picture was found to be when it was opened again."""

    size: tuple[int, int]  # px
    mode: str
    profile: str
    dpi: float | None


@dataclass(frozen=True, slots=True)
class Blob:
    """One file of a job in the store: its ending beside the job's path, and what it is."""

    suffix: str  # "" for the file itself, ".srt" for one beside it
    sha256: str
    size: int  # bytes
    media_type: str
    picture: Picture | None = None  # of a picture of px


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that belongs to a made file, and which place of its scene it points at.

    When lines move, the same place of the new scene has the new line: a stored warning is never stale.
    """

    problem: Diagnostic
    place: int | None  # the how-manieth span of the scene


@dataclass(frozen=True, slots=True)
class Receipt:
    """A made job: its files, what they say and what they were made from."""

    key: str
    job: str
    blobs: tuple[Blob, ...]  # the job's own file first
    pages: int  # pages, slides or frames
    size: tuple[int, int]  # px, or pt of the trim for documents
    facts: tuple[tuple[str, str], ...]  # field and words
    alts: tuple[str, ...]  # by page of a picture, what it shows
    files: Mapping[str, str]  # digests of the files that the scene names
    inputs: Mapping[str, str]  # by name, for `why`
    engine: Mapping[str, str]
    reads: Mapping[str, str]  # digests of files that were read without being named in the scene
    warnings: tuple[Warned, ...]
    seconds: float = 0.0

    def told(self, compose: Callable[[], Scene]) -> tuple[Diagnostic, ...]:
        """Its warnings, pointing at where the scene was written that ``compose`` gives."""
        if not self.warnings:
            return ()
        places = tuple(spans(compose()))
        return tuple(
            warned.problem if warned.place is None else moved(warned.problem, places[warned.place])
            for warned in self.warnings
        )


def with_beside(receipt: Receipt, beside: tuple[tuple[str, bytes], ...]) -> Receipt:
    """Return a receipt with more files, by suffix and bytes: what goes out beside those that were made."""
    more = (
        Blob(suffix, hashlib.sha256(data).hexdigest(), len(data), "application/json")
        for suffix, data in beside
    )
    return replace(receipt, blobs=(*receipt.blobs, *more))


def moved(problem: Diagnostic, span: Span) -> Diagnostic:
    """Return the same problem at another place."""
    return Diagnostic(problem.code, span, problem.facts, problem.level, problem.scope)


def warned(problems: tuple[Diagnostic, ...], scene: Scene) -> tuple[Warned, ...]:
    """Bind warnings to places of their scene."""
    places = spans(scene) if problems else ()
    ranks = {span: rank for rank, span in reversed(list(enumerate(places)))}
    return tuple(Warned(problem, ranks.get(problem.span)) for problem in problems)


def to_json(receipt: Receipt) -> bytes:
    """Return a receipt as JSON with sorted keys, under a line with the digest of what follows."""
    made = {name: getattr(receipt, name) for name in Receipt.__slots__}
    made["blobs"] = [asdict(blob) for blob in receipt.blobs]
    made["warnings"] = [[problem_to_plain(entry.problem), entry.place] for entry in receipt.warnings]
    for name in ("files", "inputs", "engine", "reads"):
        made[name] = dict(made[name])
    body = json.dumps(made, sort_keys=True).encode()
    return b"%s\n%s" % (_seal(body), body)


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def from_json(data: bytes) -> Receipt:
    """Return the receipt that :func:`to_json` wrote.

    Raises:
        ValueError: it is damaged, or was written by another version.
    """
    seal, _, body = data.partition(b"\n")
    if seal != _seal(body):
        raise ValueError("damaged receipt")
    try:
        read: dict[str, Any] = parsed(body)
        return Receipt(
            **{
                **read,
                "blobs": tuple(_blob(blob) for blob in read["blobs"]),
                "alts": tuple(read["alts"]),
                "facts": tuple((field, words) for field, words in read["facts"]),
                "size": (read["size"][0], read["size"][1]),
                "warnings": tuple(
                    Warned(problem_from_plain(told), place) for told, place in read["warnings"]
                ),
            }
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("damaged receipt") from error


def _blob(read: Mapping[str, Any]) -> Blob:
    told = read["picture"]
    picture = Picture(**{**told, "size": (told["size"][0], told["size"][1])}) if told is not None else None
    return Blob(**{**read, "picture": picture})


def problem_to_plain(problem: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as JSON types."""
    facts = {
        name: value if isinstance(value, int | float) else str(value) for name, value in problem.facts.items()
    }
    return {
        "code": problem.code,
        "span": asdict(problem.span),
        "facts": facts,
        "level": problem.level.value,
        "scope": problem.scope.value,
    }


def problem_from_plain(read: Mapping[str, Any]) -> Diagnostic:
    """Return the diagnostic that :func:`problem_to_plain` wrote."""
    level, scope = Level(read["level"]), Scope(read["scope"])
    return Diagnostic(read["code"], Span(**read["span"]), read["facts"], level, scope)
