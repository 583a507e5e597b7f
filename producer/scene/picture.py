"""Pictures of the project, and the slots that show them: photographs and codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from producer.brand.model import FrameShape, FrameSpec, LookSpec
from producer.diagnostics import Diagnostic, ProducerError, Scope, Span
from producer.kept import Kept
from producer.photo import PictureError, PictureHead, read_picture
from producer.plan.model import Job
from producer.recipe.model import FOCUS, Project, Slot
from producer.scene.alt import told_of
from producer.scene.filler import Filler
from producer.scene.ink import Inks
from producer.scene.model import (
    Element,
    Look,
    Picture,
    PictureElement,
    QrElement,
    ScenePage,
    SignatureElement,
    Sound,
)
from producer.world import OutsideProjectError, World

PLAIN = FrameSpec(FrameShape.NONE)
FOCUS_FORM = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)% +(\d{1,3}(?:\.\d{1,2})?)%", re.ASCII)
CREDIT = "Ảnh"
CREDIT_OF_SOUND = "Nhạc"
MAP_CHECK = "scene/map-unchecked"


def find_picture(path: str, span: Span, world: World, names: Mapping[str, str]) -> Picture:
    """Return a picture of the project, its file in order; ``span`` is where it was named.

    ``names`` holds whom the licences of pictures ask to be named, by path.

    Raises:
        ProducerError: it is missing, outside the folder, cut short, too large or no picture.
    """
    facts: dict[str, str | int] = {"path": path}
    try:
        digest = world.digest(path)
        head = _head(digest, path, world)
    except OutsideProjectError as error:
        raise ProducerError([Diagnostic("recipe/outside-project", span, facts, scope=Scope.ROW)]) from error
    except OSError as error:
        raise ProducerError([Diagnostic("photo/missing", span, facts, scope=Scope.ROW)]) from error
    except PictureError as error:
        facts["detail"] = error.detail
        raise ProducerError([Diagnostic(f"photo/{error.kind}", span, facts, scope=Scope.ROW)]) from error
    credit = names.get(path, "")
    return Picture(
        path,
        digest,
        head.width,
        head.height,
        head.vector,
        credit=credit,
        frames=head.frames,
        empty=head.empty,
    )


def _head(digest: str, path: str, world: World) -> PictureHead:
    """A picture's size; each file is read once, however many jobs show it."""
    return _heads.get(digest, lambda: read_picture(world.read_bytes(path)))


_heads: Kept[PictureHead] = Kept(10_000)


def fill_photo(filler: Filler, slot: Slot) -> PictureElement | None:
    """A photograph or illustration with its frame and look."""
    path = filler.words(slot)
    if path is None:
        return None
    origin = filler.origin(slot)
    treatment = filler.treatment(slot)
    alt, told = told_of(filler, slot)
    frame = treatment.frame or PLAIN
    focus = given_focus(filler, slot)
    picture = filler.picture(path, origin.span)
    return PictureElement(
        str(slot.name),
        picture if focus is None else replace(picture, focus=focus),
        alt=alt,
        told=told,
        origin=origin,
        cover=slot.crop != "whole",
        look=_look(treatment.look, filler.inks) if treatment.look is not None else None,
        frame=frame.shape,
        line=filler.inks.ink(frame.line) if frame.line is not None else None,
        line_width=frame.line_width if frame.line is not None else 0.0,
        bleed=frame.bleed,
        find_focus=slot.crop == "faces" and focus is None,
        line_offset=frame.offset,
        told_focus=focus is not None,
    )


def given_focus(filler: Filler, slot: Slot) -> tuple[float, float] | None:
    """Return the point of a slot's picture that its author names, in fractions; nothing where nobody does.

    Raises:
        ProducerError: it is not written as two percentages.
    """
    text = filler.beside(slot, FOCUS)
    words = filler.context.words(text) if text is not None else None
    if text is None or not words:
        return None
    found = FOCUS_FORM.fullmatch(words)
    x, y = (Decimal(part) / 100 for part in found.groups()) if found else (Decimal(-1), Decimal(-1))
    if not (0 <= x <= 1 and 0 <= y <= 1):
        facts: dict[str, str | int] = {"value": words, "form": "40% 25%"}
        raise ProducerError([Diagnostic("photo/not-a-focus", text.span, facts, scope=Scope.ROW)])
    return float(x), float(y)


def _look(spec: LookSpec, inks: Inks) -> Look:
    return Look(spec.kind, inks.ink(spec.dark), inks.ink(spec.light), spec.strength)


def fill_qr(filler: Filler, slot: Slot) -> QrElement | None:
    """An address as a QR code."""
    payload = filler.words(slot)
    if payload is None:
        return None
    return QrElement(
        str(slot.name),
        payload,
        slot.label,
        filler.style(slot),
        filler.inks.ink("ink"),
        filler.inks.ink("paper"),
        filler.origin(slot),
        filler.inks.ink(filler.inks.text),
    )


def with_one_code(elements: Sequence[Element], *, of_many: bool) -> tuple[Element, ...]:
    """Return a page's elements, the signature without its code where nobody would scan it.

    That is where the page shows another, and on a page that is one ``of_many`` made from rows: all had the same.
    """
    if not (of_many or any(isinstance(element, QrElement) for element in elements)):
        return tuple(elements)
    return tuple(replace(e, payload="") if isinstance(e, SignatureElement) else e for e in elements)


def maps_to_check(pages: Sequence[ScenePage], job: Job, project: Project) -> Iterator[Diagnostic]:
    """Yield each picture of a map, for somebody to tick for its row: no program can see whether it is right.

    A map of the country must show Hoàng Sa and Trường Sa; who has looked says so under ``accept:``, best at the
    place that the problem names.
    """
    own = job.row.id if job.row is not None else ""
    for picture in pictures_of(pages):
        origin = picture.origin
        if picture.picture.path in project.maps:
            place = job.places[0] if origin.row in ("", own) else f"{job.places[0]}/{origin.row}"
            facts: dict[str, str | int] = {
                "path": picture.picture.path,
                "place": place,
                "field": origin.field,
            }
            if origin.row:
                facts["row"] = origin.row
            yield Diagnostic(MAP_CHECK, picture.origin.span, facts, scope=Scope.ROW)


def pictures_of(pages: Sequence[ScenePage]) -> tuple[PictureElement, ...]:
    """The pictures of all pages, on their grounds too."""
    shown = (e for page in pages for e in (*page.elements, page.ground.picture))
    return tuple(e for e in shown if isinstance(e, PictureElement))


def find_sound(path: str, span: Span, world: World) -> Sound:
    """Return music of the project; ``span`` is where it was named.

    Raises:
        ProducerError: it is missing, or outside the folder.
    """
    facts: dict[str, str | int] = {"path": path}
    try:
        return Sound(path, world.digest(path))
    except OutsideProjectError as error:
        raise ProducerError([Diagnostic("recipe/outside-project", span, facts, scope=Scope.ROW)]) from error
    except OSError as error:
        raise ProducerError([Diagnostic("recipe/no-file", span, facts, scope=Scope.ROW)]) from error


def credit_words(pages: Sequence[ScenePage], music: str = "") -> str:
    """Return the makers of the pages' pictures, and of the ``music``, whose licences ask for it; else nothing."""
    named = (e.picture.credit for e in pictures_of(pages) if e.picture.credit)
    pictures = "; ".join(dict.fromkeys(named))
    told = ((CREDIT, pictures), (CREDIT_OF_SOUND, music))
    return "; ".join(f"{kind}: {names}" for kind, names in told if names)


def is_signed(pages: Sequence[ScenePage]) -> bool:
    """Whether a page has a signature, under which credits stand."""
    return any(isinstance(e, SignatureElement) for page in pages for e in page.elements)


def with_credits(pages: Sequence[ScenePage], music: str = "") -> tuple[ScenePage, ...]:
    """Return the pages, each signature naming the makers of its own page's pictures.

    Those of pages without a signature are named by the next one, or else by the last; so is whose ``music`` plays.
    """
    signed = [at for at, page in enumerate(pages) if is_signed([page])]
    if not signed:
        return tuple(pages)
    of_page = [min((s for s in signed if s >= at), default=signed[-1]) for at in range(len(pages))]
    return tuple(
        _credited(page, credit_words([p for p, s in zip(pages, of_page, strict=True) if s == at], heard))
        for at, page in enumerate(pages)
        for heard in [music if at == signed[-1] else ""]
    )


def _credited(page: ScenePage, names: str) -> ScenePage:
    """A page whose signature names somebody."""
    elements = (replace(e, credits=names) if isinstance(e, SignatureElement) else e for e in page.elements)
    return replace(page, elements=tuple(elements)) if names else page
