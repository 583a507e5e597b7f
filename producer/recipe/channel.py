"""The presets of channels, and what a recipe adds to them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from producer.diagnostics import Diagnostic, ProducerError, SourceText
from producer.geometry import Insets, Size
from producer.recipe.model import Channel, Medium
from producer.recipe.read import unknown
from producer.recipe.schema_recipe import ChannelKeys
from producer.recipe.yaml import SourceMap, span_at

PX_PER_MM = 72 / 25.4  # print counts 72 px to the inch, so that 1 px is 1 pt
MEDIA = {medium.value: medium for medium in Medium}
PRINT_DPI = 300  # of a recipe's own print channel that names none: what is held in the hand
WEBP_LONGEST = 16_383  # px: what the format's header can say
MOST_BLEED = 100.0  # mm: a hoarding of canvas has 50 to 100 to be folded round
# The keys of a recipe's channel that only some kinds of file know; the others would be taken and do nothing.
OF_KIND = {
    "size": (Medium.IMAGE, Medium.VIDEO, Medium.DECK),
    "trim": (Medium.PRINT,),
    "bleed": (Medium.PRINT,),
    "inks": (Medium.PRINT,),
    "repeat": (Medium.PRINT,),
    "seconds": (Medium.VIDEO,),
}
SIDES = ("top", "right", "bottom", "left")
# What the presets' words of colour allow to be printed, and how many inks.
INKS = {"1 colour": ("one", 1), "1 to 2 spot colours": ("flat", 2), "flat, 6 threads at most": ("flat", 6)}
# What each medium can be made as, at present.
FORMATS = {
    Medium.IMAGE: ("png", "jpg", "webp", "avif", "pdf"),
    Medium.PRINT: ("pdf", "svg", "png", "jpg", "tif"),
    Medium.VIDEO: ("mp4",),
    Medium.DECK: ("pptx", "pdf"),
}


@cache
def presets() -> Mapping[str, Channel]:
    """Return the channels that ship with producer; sources and certainty stand in ``channels.toml``."""
    read = tomllib.loads((resources.files("producer.recipe") / "channels.toml").read_text("utf-8"))
    letters = {group: limit["letters"] for group, limit in read["post_limits"].items()}
    made = [_preset(name, entry) for name, entry in read["presets"].items()]
    known = [channel for channel in made if channel is not None]
    return {channel.id: replace(channel, most_letters=letters.get(channel.group)) for channel in known}


def _preset(name: str, entry: dict[str, Any]) -> Channel | None:
    if entry["kind"] not in MEDIA:
        return None  # sound alone comes with its own renderer
    medium = MEDIA[entry["kind"]]
    duration = entry.get("duration_s") or {}
    common = Channel(
        id=name,
        medium=medium,
        size=Size(0, 0),
        safe=Insets(),
        bleed=0.0,
        formats=tuple(f for f in entry["formats"] if f in FORMATS[medium]),
        dpi=72,
        max_mb=float(entry["max_mb"]) if "max_mb" in entry else None,
        group=entry.get("group", ""),
        product=entry.get("product", ""),
        least_seconds=Decimal(duration["min"]) if "min" in duration else None,
        most_seconds=Decimal(duration["max"]) if "max" in duration else None,
        usual=entry.get("usual", False),
        note=entry.get("note", ""),
        certain=entry.get("certainty") != "low",
        name=entry["name_vi"],
        advised_mb=_advised(entry),
        slice=float(entry.get("slice_height", 0)),
    )
    if medium is Medium.PRINT:
        width, height = (float(side) * PX_PER_MM for side in entry["trim_mm"])
        inks, most_inks = INKS.get(entry.get("colour", ""), ("", 0))
        return replace(
            common,
            size=Size(width, height),
            safe=_safe_in_print(entry),
            bleed=float(entry["bleed_mm"]) * PX_PER_MM,
            dpi=int(entry["dpi"]),
            marks="marks" in entry,
            scale=float(entry.get("artwork_scale", "1:1").partition(":")[2]),
            circle=entry.get("shape") == "circle",
            inks=inks,
            most_inks=most_inks,
            repeat=float(entry.get("repeat_mm", 0)) * PX_PER_MM,
            least_text=float(entry.get("min_text_mm", 0)) * PX_PER_MM,
            least_line=float(entry.get("min_line_mm", 0)) * PX_PER_MM,
        )
    safe = entry.get("safe") or dict.fromkeys(SIDES, 0)
    size = Size(*(float(side) for side in entry["size"]))
    return replace(common, size=size, safe=Insets(*(float(safe[side]) for side in SIDES)))


def _safe_in_print(entry: dict[str, Any]) -> Insets:
    """What stays free all around, and more on the sides that are hidden where the piece hangs, stands or is held."""
    hidden = entry.get("keep_free_mm", {})
    return Insets(*(max(entry["safe_mm"], hidden.get(side, 0)) * PX_PER_MM for side in SIDES))


def _advised(entry: dict[str, Any]) -> Mapping[str, float]:
    """By format, the megabytes over which a network serves a picture badly."""
    found = {"jpg": entry.get("soft_max_kb", 0) / 1000, "png": entry.get("soft_max_mb_png", 0)}
    return {name: float(most) for name, most in found.items() if most}


def read_channels(keys: Mapping[SourceText, ChannelKeys], root: SourceMap) -> Mapping[str, Channel]:
    """Return the presets with a recipe's own channels added or laid over; ``root`` is where they were written.

    Raises:
        ProducerError: a new channel lacks its kind or its size, or what it has cannot be.
    """
    made = dict(presets())
    problems = []
    for name, own in keys.items():
        base = made.get(str(name))
        if base is None and (own.kind is None or (own.size is None and own.trim is None) or not own.formats):
            problems.append(Diagnostic("recipe/channel-incomplete", name.span, {"name": str(name)}))
            continue
        dpi = PRINT_DPI if own.kind == "print" else 72
        blank = Channel(str(name), MEDIA[own.kind or "image"], Size(1, 1), Insets(), 0.0, (), dpi)
        made[str(name)] = _laid_over(base or blank, own)
        problems += _of_other_kinds(name, own, made[str(name)], root)
        problems += impossible(name, made[str(name)], root)
    if problems:
        raise ProducerError(problems)
    return made


def _of_other_kinds(
    name: SourceText, own: ChannelKeys, channel: Channel, root: SourceMap
) -> Iterator[Diagnostic]:
    """Yield the keys of a channel that its kind does not know."""
    known = ", ".join(key for key, media in OF_KIND.items() if channel.medium in media)
    for key, media in OF_KIND.items():
        if getattr(own, key) is not None and channel.medium not in media:
            facts = {"key": key, "kind": channel.medium.value, "known": known}
            span = span_at(root, ("channels", str(name), key), key=True)
            yield Diagnostic("recipe/key-of-other-kind", span, facts)


def _impossible_formats(name: SourceText, channel: Channel) -> Iterator[Diagnostic]:
    """Yield a format that stands there twice, or is none of the channel's kind."""
    for made in dict.fromkeys(channel.formats):
        if channel.formats.count(made) > 1:
            yield Diagnostic("recipe/repeated-format", name.span, {"name": str(name), "format": made})
        if made not in FORMATS[channel.medium]:
            known = list(FORMATS[channel.medium])
            yield unknown("recipe/unknown-word", made, known, name.span, field="formats")


def impossible(name: SourceText, channel: Channel, root: SourceMap) -> Iterator[Diagnostic]:
    """Yield what cannot be of a channel: a format twice or of another kind, no length, no room."""
    yield from _impossible_formats(name, channel)
    longest = max(channel.size.width, channel.size.height)
    if channel.medium is Medium.IMAGE and "webp" in channel.formats and longest > WEBP_LONGEST:
        facts = {"field": "size", "value": f"{longest:g}", "limit": f"≤ {WEBP_LONGEST} (webp)"}
        yield Diagnostic("recipe/out-of-range", name.span, facts)
    if channel.slice and channel.size.height % channel.slice:
        limit = f"{channel.slice:g} × n"
        facts = {"field": "size", "value": f"{channel.size.height:g}", "limit": limit}
        yield Diagnostic("recipe/out-of-range", name.span, facts)
    odd = next((side for side in (channel.size.width, channel.size.height) if side % 2), None)
    if channel.medium is Medium.VIDEO and odd is not None:
        facts = {"field": "size", "value": f"{odd:g}", "limit": f"{odd - 1:g} · {odd + 1:g} (2 × n)"}
        yield Diagnostic("recipe/out-of-range", name.span, facts)
    least, most = channel.least_seconds, channel.most_seconds
    if least is not None and most is not None and least > most:
        facts = {"field": "seconds", "value": f"{least}", "limit": f"≤ {most}"}
        yield Diagnostic("recipe/out-of-range", name.span, facts)
    if channel.bleed > MOST_BLEED * PX_PER_MM:
        facts = {
            "field": "bleed",
            "value": f"{channel.bleed / PX_PER_MM:g} mm",
            "limit": f"≤ {MOST_BLEED:g} mm",
        }
        yield Diagnostic("recipe/out-of-range", span_at(root, ("channels", str(name), "bleed")), facts)
    if channel.repeat > longest:
        facts = {
            "field": "repeat",
            "value": f"{channel.repeat / PX_PER_MM:g} mm",
            "limit": f"≤ {longest / PX_PER_MM:g} mm",
        }
        yield Diagnostic("recipe/out-of-range", span_at(root, ("channels", str(name), "repeat")), facts)
    safe, size = channel.safe, channel.size
    for taken, side in ((safe.left + safe.right, size.width), (safe.top + safe.bottom, size.height)):
        if taken >= side:
            facts = {"field": "safe", "value": f"{taken:g}", "limit": f"< {side:g}"}
            yield Diagnostic("recipe/out-of-range", name.span, facts)


def _laid_over(base: Channel, own: ChannelKeys) -> Channel:
    """Return ``base`` with what a recipe changes."""
    unit = PX_PER_MM if own.trim or (base.medium is Medium.PRINT and not own.size) else 1.0
    changed = replace(
        base,
        medium=MEDIA[own.kind] if own.kind else base.medium,
        formats=own.formats or base.formats,
        own_formats=bool(own.formats),
        dpi=own.dpi or base.dpi,
        max_mb=own.max_mb or base.max_mb,
        bleed=own.bleed * PX_PER_MM if own.bleed else base.bleed,
        repeat=own.repeat * PX_PER_MM if own.repeat else base.repeat,
        circle=base.circle if own.round is None else own.round,
        marks=base.marks or bool(own.bleed),
        certain=base.certain or bool(own.size or own.trim),  # whoever says the size has asked
    )
    if own.inks is not None:
        inks = "" if own.inks == "all" else own.inks
        changed = replace(changed, inks=inks, most_inks={"one": 1, "flat": base.most_inks}.get(inks, 0))
    sides = own.trim or own.size
    if sides:
        changed = replace(changed, size=Size(sides[0] * unit, sides[1] * unit))
    if own.safe:
        changed = replace(changed, safe=Insets(*(side * unit for side in own.safe)))
    if own.seconds:
        least, most = (Decimal(str(second)) for second in own.seconds)
        changed = replace(changed, least_seconds=least, most_seconds=most)
    return changed
