"""The union's own line: who speaks on the day of the event, and where its code leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from producer.brand.model import Brand, Profile
from producer.diagnostics import Diagnostic, ProducerError, Scope
from producer.plan.model import Job, Medium
from producer.recipe.model import Slot
from producer.scene.ink import Inks
from producer.scene.model import Origin, SignatureElement

MM_PER_INCH = 25.4
PRINT_PX_PER_INCH = 72.0
SMALL = "small"  # style of what stands around the name


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs one job, ``day`` being that of its event, else of the recipe."""

    job: Job
    brand: Brand
    day: date

    @property
    def profile(self) -> Profile | None:
        """Who speaks: the job's unit, else the organisation on that day."""
        return self.job.unit or self.brand.profile_on(self.day)

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
            ProducerError: nobody speaks on that day.
        """
        profile, row, mark = self.profile, self.job.row, self.brand.mark
        if profile is None:
            span = row.span() if row is not None else self.job.piece.span
            facts = {"date": self.day.isoformat()}
            raise ProducerError([Diagnostic("scene/no-profile", span, facts, scope=Scope.ROW)])
        hashtags = row.values.get("hashtags") if row is not None else None
        style = self.brand.styles[str(slot.style)]
        return SignatureElement(
            str(slot.name),
            mark.art,
            f"Logo {profile.short_name}",
            mark.clear,
            self._least_mark(),
            profile.name,
            profile.parent,
            hashtags if isinstance(hashtags, str) else "",
            style,
            self.brand.styles.get(SMALL, style),
            inks.ink(inks.text),
            inks.ink(inks.accent),
            paper=inks.ink("paper"),
            code_ink=inks.ink("ink"),
            payload=self.payload,
            origin=Origin(slot.span, str(slot.name), row.id if row is not None else ""),
            muted=inks.ink(inks.muted),
            align=slot.align,
        )

    def _least_mark(self) -> float:
        """The least side of the mark, px: millimetres count in print, pixels on screens."""
        mark = self.brand.mark
        if self.job.channel.medium is Medium.PRINT:
            return mark.least_mm / MM_PER_INCH * PRINT_PX_PER_INCH
        return mark.least_px
