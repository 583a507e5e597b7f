"""The union's own line: who speaks on the day of the event, and where its code leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from producer.brand.model import Artwork, Brand, Ink, MarkSpec, Profile
from producer.diagnostics import Diagnostic, ProducerError, Scope
from producer.plan.model import Job, Medium
from producer.recipe.model import Slot
from producer.scene.ink import Inks
from producer.scene.model import MarkElement, Origin, SignatureElement

MM_PER_INCH = 25.4
PRINT_PX_PER_INCH = 72.0
SMALL = "small"  # style of what stands around the name
FEW_INKS = 2  # in which a mark of several colours cannot be printed


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs one job, ``day`` being that of its event, else of the recipe."""

    job: Job
    brand: Brand
    day: date

    @property
    def profile(self) -> Profile | None:
        """Who speaks: the job's unit, else the organisation on that day."""
        return self.job.unit or self.brand.organisation.on(self.day)

    @property
    def mark(self) -> MarkSpec:
        """The mark of who speaks, else the brand's."""
        profile = self.profile
        return profile.mark if profile is not None and profile.mark is not None else self.brand.mark

    @property
    def payload(self) -> str:
        """The address behind the QR code: the profile's page of this row; empty where it has none."""
        profile, row = self.profile, self.job.row
        if profile is None or not profile.link:
            return ""
        return profile.link if row is None else f"{profile.link}/{quote(row.id, safe='')}"

    def signature(self, slot: Slot, inks: Inks) -> SignatureElement:
        """The signature on a ground of ``inks``.

        Raises:
            ProducerError: nobody speaks on that day; ``scene/no-mono-mark``.
        """
        profile, row, mark = self.named(), self.job.row, self.mark
        hashtags = row.values.get("hashtags") if row is not None else None
        style = self.brand.styles[str(slot.style)]
        return SignatureElement(
            str(slot.name),
            self.art(inks),
            f"Logo {profile.short_name}",
            mark.clear,
            self._least_mark(),
            profile.name,
            profile.parent,
            hashtags if isinstance(hashtags, str) else "",
            style,
            self.brand.styles.get(SMALL, style),
            inks.ink(inks.text),
            inks.ink(inks.fine),
            paper=inks.ink("paper"),
            code_ink=inks.ink("ink"),
            payload=self.payload,
            origin=Origin(slot.span, str(slot.name)),  # the brand's own words, the same for every row
            muted=inks.ink(inks.muted),
            align=slot.align,
            short=profile.short_name,
        )

    def named(self) -> Profile:
        """Who speaks.

        Raises:
            ProducerError: nobody does on that day.
        """
        profile, row = self.profile, self.job.row
        if profile is None:
            span = row.span() if row is not None else self.job.piece.span
            facts = {"date": self.day.isoformat()}
            raise ProducerError([Diagnostic("scene/no-profile", span, facts, scope=Scope.ROW)])
        return profile

    def alone(self, slot: Slot, inks: Inks, ink: Ink) -> MarkElement:
        """The mark without words; ``ink`` is that of what its file leaves to the page.

        Raises:
            ProducerError: as :meth:`signature`.
        """
        profile, row = self.named(), self.job.row
        origin = Origin(slot.span, str(slot.name), row.id if row is not None else "")
        return MarkElement(
            str(slot.name),
            self.art(inks),
            f"Logo {profile.short_name}",
            self.mark.clear,
            self._least_mark(),
            ink,
            origin,
            align=slot.align,
        )

    def art(self, inks: Inks) -> Artwork:
        """The drawing of the mark that its ground and the channel's inks ask for.

        An emblem is never recoloured: where one ink or two are printed, it is the union's own drawing in one
        colour. Only the placeholder, which is nobody's, is turned into flat ink by us.

        Raises:
            ProducerError: ``scene/no-mono-mark`` where an official mark has none.
        """
        mark, channel = self.mark, self.job.channel
        ground = max(inks.colour(role).luminance for role in inks.ground)
        reverse = mark.reverse if inks.colour(inks.text).luminance > ground else None
        if not 0 < channel.most_inks <= FEW_INKS:
            return reverse or mark.art
        made = reverse or mark.mono
        if made is None and not mark.placeholder:
            facts: dict[str, str | int] = {"channel": channel.id, "inks": channel.most_inks}
            raise ProducerError([Diagnostic("scene/no-mono-mark", mark.span, facts, scope=Scope.ROW)])
        return made or mark.art

    def _least_mark(self) -> float:
        """The least side of the mark, px: millimetres count in print, pixels on screens."""
        mark = self.mark
        if self.job.channel.medium is Medium.PRINT:
            return mark.least_mm / MM_PER_INCH * PRINT_PX_PER_INCH
        return mark.least_px
