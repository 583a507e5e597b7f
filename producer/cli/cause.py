"""What people call the inputs of a file: a slot, a picture, a colour, and not the path to it inside a scene."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from producer.build.batch import Reason, Why
from producer.cli.words import Words

LONGEST = 60  # characters of a value that a reason shows
DIGEST = re.compile(r" [0-9a-f]{12}$")  # behind what is too long to be kept, and behind files
SLOT = r"pages\.[^.]+\.elements\.(?P<name>[^.]+)"
LOOK = r"align|bleed|cover|counts|decimals|divider|find_focus|frame|line_\w+|look|mark_clear|mark_least|numbered|role"

# The names of inputs, the first that fits, and what they are called (the section `cause` of the words).
CAUSES = tuple(
    (re.compile(pattern), called)
    for pattern, called in (
        (rf"{SLOT}\.(.*\.)?(picture|mark|icon)$", "picture"),
        (rf"{SLOT}\.(mark_)?alt$", "alt"),
        (rf"{SLOT}\.(.*\.)?(\w*ink|accent|fill|line|muted|paper)(\.|$)", "ink"),
        (rf"{SLOT}\.(.*\.)?(\w*style|small|bold)$", "style"),
        (rf"{SLOT}\.({LOOK})(\.|$)", "look"),
        (SLOT, "words"),
        (r"pages\.[^.]+\.ground\.picture\.(?P<name>picture)$", "picture"),
        (
            r"pages\.[^.]+\.ground\.picture\.alt$|about\.|alts\.|facts\.|title$|pages\.[^.]+\.title$",
            "other_words",
        ),
        (r"pages\.[^.]+\.ground\.", "ground"),
        (r"pages\.[^.]+\.(cells|panels)\.", "drawing"),
        (r"pages\.[^.]+\.(hold|move)$|(enter|between|rate|sound|\w+_seconds)(\.|$)", "motion"),
        (r"colours\.(?P<name>[^.]+)\.", "colour"),
        (r"colours$", "colours"),
        (r"brand\.series$", "series"),
        (r"canvas\.press(\.|$)", "press"),
        (r"canvas\.", "channel"),
        (r"joins\.", "joins"),
        (r"post$", "post"),
        (r"(?P<name>.+/.+)$", "file"),
    )
)
SHOWN = {"words", "alt", "picture", "post"}  # whose values say something to a reader
SECOND = {"other_words"}  # repeat words that stand elsewhere


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason as people are told it."""

    kind: str
    text: str
    before: str = ""
    after: str = ""


def cause(reason: Reason, words: Words) -> Cause:
    """Return what a reason is called; values only where a reader can tell them apart."""
    if reason.why is Why.ENGINE:
        return _of_engine(reason, words)
    if reason.why is not Why.CHANGED:
        return Cause(reason.why.value, words(f"reason.{reason.why.value}"))
    kind, name = _called(reason.name)
    before, after = DIGEST.sub("", reason.before), DIGEST.sub("", reason.after)
    if kind == "picture" and before == after:
        kind, name = "file", after
    if kind not in SHOWN or before == after:
        before = after = ""
    return Cause(
        kind, words("reason.changed", name=words(f"cause.{kind}", name=shown_name(name))), before, after
    )


def shown_name(name: str) -> str:
    """Return the name of a slot, or the last part of a file's path with its folder."""
    return "/".join(name.split("/")[-2:])


def _called(name: str) -> tuple[str, str]:
    for pattern, kind in CAUSES:
        if found := pattern.match(name):
            return kind, found.groupdict().get("name") or ""
    return "other", ""


def _of_engine(reason: Reason, words: Words) -> Cause:
    """Of our own code and of another ffmpeg only digests are known."""
    if reason.name in ("producer", "encoder"):
        return Cause(reason.name, words(f"reason.{reason.name}"))
    return Cause("engine", words("reason.engine", name=reason.name), reason.before, reason.after)


def causes(reasons: Iterable[Reason], words: Words) -> Iterator[str]:
    """Yield every reason once, with what was there before and what is now."""
    found = [cause(reason, words) for reason in reasons]
    if any(one.kind not in SECOND for one in found):
        found = [one for one in found if one.kind not in SECOND]
    told: set[tuple[str, str] | str] = set()
    for one in found:
        valued = bool(one.before or one.after)
        mark = (one.before, one.after) if valued and one.kind in SHOWN else one.text
        if mark in told:
            continue  # the same words in a second place
        told.add(mark)
        if valued:
            before, after = (_value(text, words) for text in _around(one.before, one.after))
            yield f"{one.text}: {words('reason.from_to', before=before, after=after)}"
        else:
            yield one.text


def _around(before: str, after: str) -> tuple[str, str]:
    """Two long values from shortly before where they part."""
    pairs = enumerate(zip(before, after, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))
    if max(len(before), len(after)) <= LONGEST or same < LONGEST // 2:
        return before, after
    start = same - LONGEST // 3
    return f"…{before[start:]}", f"…{after[start:]}"


def _value(text: str, words: Words) -> str:
    if text in ("", "null"):
        return words("reason.nothing")
    text = text.replace("\n", " ")
    return f"“{text if len(text) <= LONGEST else text[:LONGEST] + '…'}”"
