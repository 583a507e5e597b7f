"""`producer approve`: look at finished products on a sheet, and sign for exactly their bytes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from producer.build.batch import Batch, Choice, Item
from producer.build.output import path_of
from producer.build.receipt import Receipt as Made
from producer.build.store import FOLDER, Store, write_ours, write_whole
from producer.build.worker import stages_named
from producer.cli.progress import write_json
from producer.cli.project import APPROVERS, OUT, ZONE, desk, find, look, project_here, shown
from producer.cli.settings import FAILED, Settings, with_settings
from producer.cli.why import is_file, likely_first, names_of
from producer.cli.words import Words
from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.library.approval import Receipt, Statement
from producer.library.change import contact_sheet
from producer.library.gate import Desk, outputs_of
from producer.library.inputs import inputs_of
from producer.library.key_file import default_place, key_of, new_key
from producer.library.picture import pictures_of
from producer.library.sign import Approver, approver_named, signed, state_after
from producer.library.state import State
from producer.pipeline import approvers_of
from producer.world import FolderWorld

SHEET = "duyet.png"  # the contact sheet, in the recipe's folder of approvals


@dataclass(frozen=True, slots=True)
class Wish:
    """The options of `approve`."""

    items: tuple[str, ...]
    who: str
    role: str | None
    key: Path | None
    new_key: bool
    recipe: Path | None
    out: Path | None
    published: str | None
    link: str | None
    day: datetime | None
    withdraw: str | None
    yes: bool
    as_json: bool

    @property
    def state(self) -> State:
        """What is to be said of the items."""
        if self.withdraw is not None:
            return State.WITHDRAWN
        return State.PUBLISHED if self.published is not None else State.APPROVED

    def note(self, now: datetime) -> Mapping[str, str]:
        """Where they were published, or why they are withdrawn."""
        if self.withdraw is not None:
            return {"reason": self.withdraw}
        if self.published is None:
            return {}
        return {
            "place": self.published,
            "link": self.link or "",
            "date": (self.day or now).date().isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """One product that somebody is to sign for."""

    batch: Batch
    item: Item
    made: Made
    desk: Desk
    receipt: Receipt | None  # what was signed of these bytes before
    state: State  # how far it will have come


def command(words: Words, stages: str) -> click.Command:
    """Return the command in the reader's language."""
    path = click.Path(path_type=Path)

    @with_settings("approve", words, stages)
    @click.argument("items", nargs=-1, metavar=f"{words('meta.item')}…")
    @click.option("--as", "who", required=True, metavar=words("meta.id"), help=words("option.as"))
    @click.option("--role", metavar=words("meta.role"), help=words("option.role"))
    @click.option("--key", type=path, metavar=words("meta.file"), help=words("option.key"))
    @click.option("--new-key", is_flag=True, help=words("option.new_key"))
    @click.option("--recipe", type=path, metavar=words("meta.recipe"), help=words("option.recipe"))
    @click.option("-o", "--out", type=path, metavar=words("meta.dir"), help=words("option.out"))
    @click.option("--published", metavar=words("meta.place"), help=words("option.published"))
    @click.option("--link", metavar="URL", help=words("option.link"))
    @click.option(
        "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="2025-07-01", help=words("option.day")
    )
    @click.option("--withdraw", metavar=words("meta.reason"), help=words("option.withdraw"))
    @click.option("--yes", is_flag=True, help=words("option.yes"))
    @click.option("--json", "as_json", is_flag=True, help=words("option.json"))
    def approve(settings: Settings, **options: Any) -> int:  # noqa: ANN401 - click's
        wish = Wish(**options)
        if not wish.items and not wish.new_key:
            raise click.UsageError(words("approve.nothing"))
        return make_key(settings, wish) if wish.new_key else run_approve(settings, wish)

    return approve


def make_key(settings: Settings, wish: Wish) -> int:
    """Make a private key and tell what to write into the list of approvers; the list is not ours to change."""
    root, place = project_here(), wish.key or default_place(wish.who)
    public = new_key(place, root)
    words, day = settings.words, datetime.now(ZONE).date()
    settings.console.line(words("word.done"), words("approve.key_made", path=str(place)))
    settings.console.line("", words("approve.key_list", path=APPROVERS))
    role = wish.role or "…"
    sys.stdout.write(f"  {wish.who}: {{name: …, role: {role}, key: {public}, since: {day}}}\n")
    return 0


def run_approve(settings: Settings, wish: Wish) -> int:
    """Show what is to be signed, ask, and sign.

    Raises:
        ProducerError: who signs, their key, or an item is not as it must be; then nothing is signed.
    """
    root = project_here()
    world = FolderWorld(root)
    settings.console.world = world
    approver = approver_named(wish.who, wish.role, approvers_of(world))
    key = key_of(approver, wish.key or default_place(approver.id), root)
    asked = tuple(asked_for(settings, wish, approver, root))
    pictures = {one.item.job.id: show(one, settings) for one in asked}
    if wish.state is State.APPROVED:
        tell_sheet(asked, pictures, settings)
    question = settings.words(f"approve.ask_{wish.state.value}", count=len(asked), name=approver.name)
    if not wish.yes and not click.confirm(question, err=True):
        return FAILED
    for one in asked:
        receipt = signed(statement(one, wish, approver, pictures[one.item.job.id]), one.receipt, key)
        one.desk.dossier.keep(one.batch.recipe, path_of(one.item.job), receipt)
        tell(one, receipt, settings, wish)
    if any(one.state is not State.IN_REVIEW for one in asked):
        recipes = " ".join(dict.fromkeys(one.batch.road.project.recipe.path for one in asked))
        settings.console.line("", settings.words("approve.release", command=f"producer build {recipes}"))
    return 0


def asked_for(settings: Settings, wish: Wish, approver: Approver, root: Path) -> Iterator[Asked]:
    """Yield every product that was named, as far as it may be signed.

    Raises:
        ProducerError: an item is unknown, is not made, or may not be signed by them now.
    """
    stages, problems = stages_named(settings.stages), list[Diagnostic]()
    for name in wish.items:
        batch, items = items_named(name, settings, wish)
        its_desk = desk(batch.road, root, wish.out or root / OUT, stages)
        for item in items:
            try:
                yield as_asked(batch, item, its_desk, wish, approver)
            except ProducerError as error:
                problems += error.diagnostics
    if problems:
        raise ProducerError(problems)


def items_named(name: str, settings: Settings, wish: Wish) -> tuple[Batch, tuple[Item, ...]]:
    """Return the items of a name, or of a row, with the batch that they are in.

    Raises:
        ProducerError: there are none.
    """
    unread: list[Diagnostic] = []
    for place in [find(wish.recipe)] if wish.recipe else likely_first(name):
        try:
            batch = look(place, wish.out, Choice(), settings, told=False)
        except ProducerError as error:
            unread += error.diagnostics
            continue
        items = tuple(
            item for item in batch.items if name in names_of(batch, item) or is_file(name, batch, item)
        )
        if items:
            return batch, items
    raise ProducerError([*unread, Diagnostic("cli/no-item", Span(name), {"item": name, "nearest": ""})])


def as_asked(batch: Batch, item: Item, its_desk: Desk, wish: Wish, approver: Approver) -> Asked:
    """Return an item with its finished files and what was signed of them.

    Raises:
        ProducerError: its files are not made as it stands now, or the step cannot be made by them.
    """
    made = Store(batch.project).get(item.final.key if item.final is not None else item.key)
    span = its_desk.span(item.job)
    if made is None:
        facts = {"job": item.job.id, "recipe": batch.road.project.recipe.path}
        raise ProducerError([Diagnostic("approval/not-built", span, facts)])
    standing = its_desk.standing(item.job, made)
    sound = standing if standing is not None and standing.judged.fault is None else None
    state = state_after(sound, wish.state, approver, its_desk.now, item.job, span)
    return Asked(batch, item, made, its_desk, sound.receipt if sound is not None else None, state)


def show(one: Asked, settings: Settings) -> tuple[bytes, ...]:
    """Return the pages that somebody looks at before signing; a product of the store alone is opened there."""
    store = Store(one.batch.project)
    pages = pictures_of(one.made, store, lambda: one.desk.paint(one.item.job))
    if settings.verbose or one.state is not State.WITHDRAWN:
        settings.console.line("", one.item.job.id)
        for field, text in one.made.facts:
            settings.console.line("", f"  {field}: {text}")
    return pages


def tell_sheet(asked: Sequence[Asked], pictures: Mapping[str, tuple[bytes, ...]], settings: Settings) -> None:
    """Write all pages on one sheet and say where it lies."""
    pages = [page for one in asked for page in pictures[one.item.job.id]]
    if not pages:
        return
    one = asked[0]
    place = one.desk.dossier.folder / one.batch.recipe / SHEET
    write_ours(one.batch.project / FOLDER, place, lambda: write_whole(place, contact_sheet(pages)))
    settings.console.line(settings.words("word.look"), shown(place))


def statement(one: Asked, wish: Wish, approver: Approver, pages: tuple[bytes, ...]) -> Statement:
    """Return what somebody signs of a product; the pages they saw are kept under their digests."""
    store, job = Store(one.batch.project), one.item.job
    return Statement(
        wish.state,
        one.batch.road.project.recipe.path,
        job.id,
        approver.id,
        approver.name,
        approver.role,
        "",
        one.desk.now,
        job.template.approvers,
        outputs_of(job, one.made),
        inputs_of(job, one.made, one.batch.road),
        one.made.key,
        tuple(store.add(page) for page in pages),
        note=wish.note(one.desk.now),
    )


def tell(one: Asked, receipt: Receipt, settings: Settings, wish: Wish) -> None:
    """Say how far a product has come."""
    place = one.desk.dossier.place(one.batch.recipe, path_of(one.item.job))
    names = {entry.statement.name for entry in receipt.entries if entry.statement.state is State.APPROVED}
    if wish.as_json:
        write_json(
            {
                "event": "approval",
                "recipe": one.batch.recipe,
                "job": one.item.job.id,
                "state": one.state.value,
                "signed": len(names),
                "needed": receipt.last.needed,
                "receipt": shown(place),
            }
        )
    words = settings.words
    settings.console.line(words(f"standing.{one.state.value}"), f"{one.item.job.id}  ({shown(place)})")
