"""What is kept of a piece: its files, what they were made from, what they say, and under which rights."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from producer.build.canonical import Plain, canonical, digest, plain
from producer.build.output import path_of
from producer.build.receipt import Receipt
from producer.build.store import DamagedError, Store
from producer.library.ocfl import Content
from producer.library.ocfl_layout import ascii_name
from producer.library.readme import README, readme
from producer.library.rights import rights_of, short_of
from producer.library.thaw import FormError, thawed
from producer.pipeline import Road
from producer.plan.model import Job
from producer.scene.model import Origin, Picture, Scene

SCHEME = "urn:x-producer:"
ASSET, FACTS, RIGHTS = "metadata/asset.json", "metadata/facts.json", "metadata/rights.json"
FILES, ROWS, ENGINE = "source/files.json", "source/rows.json", "source/engine.json"
HISTORY, SCENES, APPROVAL = "history/events.jsonl", "source/scenes/", "approval/"
VERSION = 1  # of the form of all these
DRAFT, WITHDRAWN = "draft", "withdrawn"
UNNAMED = {Scene.__name__: ("job",), Origin.__name__: ("row",)}
THEMES = ("theme", "calendar_id")  # columns by which a row says what it belongs to


@dataclass(frozen=True, slots=True)
class Product:
    """A made job of a piece: where its files are is in its receipt."""

    job: Job
    receipt: Receipt
    scene: Scene


@dataclass(frozen=True, slots=True)
class Piece:
    """What becomes one object: the products of one piece, row and unit, in the plan's order."""

    id: str
    products: tuple[Product, ...]
    state: str = DRAFT
    papers: Mapping[str, bytes] = field(default_factory=dict)  # receipts of approval, by their names


def id_of(recipe: str, job: Job) -> str:
    """Return the id of the object that a job belongs to: recipe, piece, row and unit, as they are called.

    The same words give the same id, whoever archives and whenever; marks are kept, in the form that ids have.
    """
    row = (job.row.id,) if job.row is not None else ()
    unit = (job.unit.short_name,) if job.unit is not None else ()
    return SCHEME + "/".join(quote(part, safe="") for part in (recipe, str(job.piece.name), *row, *unit))


def is_beside(path: str) -> bool:
    """Whether a file of an object alone makes no new version: it tells of the making, not of what was made."""
    return path in (README, ENGINE, ROWS) or path.startswith(("history/", "source/written/"))


def record(piece: Piece, road: Road, store: Store) -> dict[str, Content]:
    """Return the files of a piece's object, all but its history.

    Raises:
        DamagedError: a file that it was made from is gone.
    """
    files = _products(piece, store)
    sources = _sources(piece.products, road)
    rights = rights_of([made.job for made in piece.products], _digests(piece.products), road)
    asset = asset_of(piece, road, short_of(rights))
    texts: dict[str, Any] = {
        ASSET: asset,
        FACTS: [
            {"job": made.job.id, "field": name, "text": text}
            for made in piece.products
            for name, text in made.receipt.facts
        ],
        RIGHTS: rights,
        FILES: [
            {"path": path, "file": place, "sha256": content.sha256}
            for path, (place, content) in sources.items()
        ],
        ROWS: _rows(piece.products, road),
        ENGINE: {made.job.id: {"key": made.receipt.key, **made.receipt.engine} for made in piece.products},
    }
    texts |= {f"{SCENES}{name}.json": form for name, form in _scenes(piece.products, road).items()}
    files |= {path: Content(told(value)) for path, value in texts.items()}
    files |= dict(sources.values())
    files |= {f"source/written/{ascii_name(path)}": Content(data) for path, data in _written(piece, road)}
    files |= {f"{APPROVAL}{ascii_name(name)}": Content(data) for name, data in piece.papers.items()}
    files[README] = Content(readme(asset))
    return files


def told(value: Any) -> bytes:  # noqa: ANN401 - JSON
    """Return JSON that people can read: one value a line, sorted."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def asset_of(piece: Piece, road: Road, rights: Sequence[str]) -> dict[str, Any]:
    """Return what an object is, in words that a catalogue looks for."""
    first = piece.products[0]
    job, row = first.job, first.job.row
    values = row.values if row is not None else {}
    day = (row.day if row is not None else None) or road.project.recipe.today
    return {
        "version": VERSION,
        "id": piece.id,
        "title": first.scene.title,
        "recipe": road.plan.recipe,
        "recipe_title": str(road.project.recipe.title),
        "piece": str(job.piece.name),
        "row": row.id if row is not None else "",
        "event": row.id if row is not None else road.plan.recipe,
        "day": day.isoformat(),
        "year": day.year,
        "themes": [str(values[name]) for name in THEMES if isinstance(values.get(name), str)],
        "unit": job.unit.name if job.unit is not None else _speaker(road, day),
        "kind": job.template.kind.value,
        "template": job.template.name,
        "state": piece.state,
        "made_from": digest([_without_names(plain(made.scene)) for made in piece.products]),
        "photos": _photos(piece.products),
        "rights": list(rights),
        "products": [entry for made in piece.products for entry in _entries(made, piece)],
    }


def _without_names(form: Plain) -> Plain:
    """Return a scene's form without what it and its rows are called: under another name it is the same."""
    if isinstance(form, list):
        return [_without_names(value) for value in form]
    if not isinstance(form, dict):
        return form
    return {
        key: _without_names(value)
        for key, value in form.items()
        if key not in UNNAMED.get(str(form.get("")), ())
    }


def _photos(products: Iterable[Product]) -> dict[str, str]:
    """Every picture that people look at, by its path: the digest of its file."""
    found: dict[str, str] = {}

    def look(form: Plain) -> None:
        if isinstance(form, dict):
            if form.get("") == Picture.__name__:
                found[str(form["path"])] = str(form["digest"])
            for value in form.values():
                look(value)
        elif isinstance(form, list):
            for value in form:
                look(value)

    for made in products:
        look(plain(made.scene))
    return dict(sorted(found.items()))


def _speaker(road: Road, day: date) -> str:
    speaker = road.project.brand.organisation.on(day)
    return speaker.name if speaker is not None else ""


def _entries(made: Product, piece: Piece) -> list[dict[str, Any]]:
    """Return what is known of each file of a product; its own comes first."""
    return [
        {
            "job": made.job.id,
            "file": place_of(made.job, blob.suffix, piece),
            "channel": made.job.channel.id,
            "format": PurePosixPath(path_of(made.job, blob.suffix)).suffix.removeprefix("."),
            "media_type": blob.media_type,
            "sha256": blob.sha256,
            "bytes": blob.size,
            "size": list(blob.picture.size if blob.picture else made.receipt.size),
            "pages": made.receipt.pages,
            "alt": list(made.receipt.alts),
        }
        for blob in made.receipt.blobs
    ]


def place_of(job: Job, suffix: str, piece: Piece) -> str:
    """Return where a file of a job stands in its object: what the first channel got is the master."""
    name = ascii_name(PurePosixPath(path_of(job, suffix)).name)
    channel = job.channel.id
    is_master = channel == piece.products[0].job.channel.id
    return f"master/{name}" if is_master else f"channels/{ascii_name(channel)}/{name}"


def _products(piece: Piece, store: Store) -> dict[str, Content]:
    return {
        place_of(made.job, blob.suffix, piece): Content(
            place=store.place("cas", blob.sha256), sha256=blob.sha256
        )
        for made in piece.products
        for blob in made.receipt.blobs
    }


def _digests(products: Iterable[Product]) -> dict[str, str]:
    """Every file that rendering read, with its digest."""
    read: dict[str, str] = {}
    for made in products:
        read |= {**made.receipt.files, **made.receipt.reads}
    return dict(sorted(read.items()))


def _sources(products: Sequence[Product], road: Road) -> dict[str, tuple[str, Content]]:
    """Fonts, drawings, photographs and sound by their paths: where each stands in the object, and its bytes."""
    made: dict[str, tuple[str, Content]] = {}
    taken: set[str] = set()
    for path, sha256 in _digests(products).items():
        place = f"source/files/{ascii_name(path)}"
        if place.casefold() in taken:  # two names that lose their marks may become one
            place = f"source/files/{sha256[:8]}-{ascii_name(PurePosixPath(path).name)}"
        taken.add(place.casefold())
        try:
            made[path] = place, Content(road.world.read_bytes(path), sha256=sha256)
        except FileNotFoundError as error:
            raise DamagedError(path) from error
    return made


def _written(piece: Piece, road: Road) -> list[tuple[str, bytes]]:
    """What people wrote: the recipe, the templates and the brand, as they stand in the working folder."""
    templates = {made.job.template.path for made in piece.products}
    paths = [road.project.recipe.path, "brand/brand.yaml", "brand/organisation.yaml", *sorted(templates)]
    return [(path, road.world.read_bytes(path)) for path in paths if road.world.exists(path)]


def _scenes(products: Iterable[Product], road: Road) -> dict[str, Plain]:
    """What each product was made from, with every word filled in: all that making it again needs, but files.

    Raises:
        FormError: a scene would not come back as it is. Nobody may find that out in ten years.
    """
    made: dict[str, Plain] = {}
    for product in products:
        form = plain(product.scene)
        if canonical(plain(thawed(form))) != canonical(form):
            raise FormError(product.job.id)
        made[ascii_name(product.job.id.replace("/", "-"))] = {
            "version": VERSION,
            "job": product.job.id,
            "format": product.job.format,
            "series": list(road.project.brand.series),
            "scene": form,
        }
    return made


def _rows(products: Iterable[Product], road: Road) -> list[dict[str, Any]]:
    """The cells that products show, row by row. What they do not show, telephone numbers say, stays at home."""
    shown: dict[tuple[str, int], set[str]] = {}
    known = {}
    for made in products:
        for row in made.job.shown_rows(road.tables):
            known[row.file, row.number] = row
        for fact in made.scene.facts:
            shown.setdefault((fact.span.file, fact.span.line), set()).add(fact.span.field)
        if made.job.row is not None:
            columns = shown.setdefault((made.job.row.file, made.job.row.number), set())
            columns.update(*made.job.content.columns.values())
    rows = [(known[place], columns) for place, columns in sorted(shown.items()) if place in known]
    return [
        {
            "file": row.file,
            "id": row.id,
            "values": {name: _plain(row.values.get(name)) for name in row.columns if name in columns},
        }
        for row, columns in rows
    ]


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    match value:
        case Decimal() | date() | time():
            return str(value)
        case tuple():
            return list(value)
    return value
