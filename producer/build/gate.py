"""Who may let a finished file out: the question that a build asks of whoever keeps the approvals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from producer.build.receipt import Receipt
from producer.diagnostics import Diagnostic
from producer.plan.model import Job


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a job's files may go out, with what goes beside them, or why they never may."""

    released: bool = False
    beside: tuple[tuple[str, bytes], ...] = ()  # suffix and bytes
    state: str = "draft"
    refused: tuple[Diagnostic, ...] = ()


class Gate(Protocol):
    """Decides about finished files by their bytes."""

    def verdict(self, job: Job, receipt: Receipt) -> Verdict:
        """Return whether the files of a job may go out; nothing is written."""

    def told(self, job: Job, receipt: Receipt) -> tuple[Diagnostic, ...]:
        """Return what people should know of files that were held back: an approval that fell, and what changed."""
