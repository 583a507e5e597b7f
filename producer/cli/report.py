"""A batch in words: what there is to do, why, and how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from producer.build.batch import Batch, Item, State
from producer.build.run import Result, Status
from producer.cli.cause import cause
from producer.cli.console import Console
from producer.cli.words import Words

REASONS = 6  # reasons told in the line of counts


def tell_plan(batch: Batch, console: Console) -> None:
    """Tell how many files there are, what they are made of, and what there is to do."""
    words = console.words
    if not batch.items:
        console.line(words("word.plan"), words("build.nothing"))
        return
    pieces = " · ".join(_piece(name, items, words) for name, items in _by_piece(batch).items())
    console.line(words("word.plan"), f"{words.counted(len(batch.items), 'item')} = {pieces}")
    counts = ((state, batch.count(state)) for state in State)
    told = [f"{count} {words(f'state.{state.value}')}" for state, count in counts if count]
    console.line("", " · ".join(told))
    first = Counter(cause(item.reasons[0], words).text for item in batch.having(State.STALE) if item.reasons)
    if first:
        why = " · ".join(f"{count} {text}" for text, count in first.most_common(REASONS))
        console.line("", f"{words('word.why')}: {why}")


def _by_piece(batch: Batch) -> dict[str, list[Item]]:
    pieces: dict[str, list[Item]] = {}
    for item in batch.items:
        pieces.setdefault(str(item.job.piece.name), []).append(item)
    return pieces


def _piece(name: str, items: list[Item], words: Words) -> str:
    rows = len({item.job.row.id for item in items if item.job.row})
    channels = len({item.job.channel.id for item in items})
    if rows * channels != len(items) or len(items) == 1:
        return f"{name} {len(items)}"
    return f"{name} {len(items)} ({words.counted(rows, 'row')} × {words.counted(channels, 'channel')})"


def label(name: str) -> str:
    """Return what people call an input: the slot and not the path to its words."""
    parts = name.split(".")
    if "elements" not in parts[:-1]:
        return name
    rank = parts.index("elements")
    slot, rest = parts[rank + 1], [part for part in parts[rank + 2 :] if part not in ("runs", "text", "0")]
    return f"{slot} ({'.'.join(rest)})" if rest else slot


def tell_end(results: Sequence[Result], seconds: float, console: Console, *, stopped: bool = False) -> None:
    """Tell how many jobs ended how, and how long it took."""
    words = console.words
    counts = Counter(result.status for result in results)
    told = [f"{counts[status]} {words(f'status.{status.value}')}" for status in Status if counts[status]]
    files = sum(len(result.made.entries) for result in results if result.made)
    if files:
        told.append(words("build.files", count=files))
    told.append(duration(seconds, words))
    head = words("word.stopped" if stopped else "word.done")
    console.line(head, " · ".join(told), "yellow" if stopped or counts[Status.FAILED] else "green")


def duration(seconds: float, words: Words) -> str:
    """Return a length of time as people of that language write it."""
    minutes, rest = divmod(seconds, 60)
    text = f"{int(minutes)}:{int(rest):02d}" if minutes else f"{rest:.1f} {words('word.seconds')}"
    return text.replace(".", ",") if words.language == "vi" else text
