"""Private keys of approvers: a file each, readable by its owner alone, outside of the working folder."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from producer.brand.model import Approver
from producer.diagnostics import Diagnostic, ProducerError, Span
from producer.library.signature import OpenKeyError, public_of, read_key, write_new_key


def default_place(name: str) -> Path:
    """Return where the key of an approver lies if nobody says otherwise: in the owner's own folder."""
    return Path.home() / ".config" / "producer" / f"{name}.key"


def new_key(place: Path, project: Path) -> str:
    """Make a key and return its public half.

    Raises:
        ProducerError: the place is inside the working folder, or taken, or cannot be written.
    """
    _refuse_inside(place, project)
    try:
        return write_new_key(place)
    except FileExistsError as error:
        facts = {"path": str(place)}
        raise ProducerError([Diagnostic("approval/key-there", Span(str(place)), facts)]) from error
    except OSError as error:
        raise _unread(place, place.stem, error.strerror or str(error)) from error


def key_of(approver: Approver, place: Path, project: Path) -> Ed25519PrivateKey:
    """Return the private key of an approver.

    Raises:
        ProducerError: it is not there, is no key, others may read it, or it is somebody else's.
    """
    _refuse_inside(place, project)
    span, facts = Span(str(place)), {"path": str(place), "name": approver.name}
    try:
        key = read_key(place)
    except OpenKeyError as error:
        raise ProducerError([Diagnostic("approval/open-key", span, facts)]) from error
    except OSError as error:
        raise _unread(place, approver.id, error.strerror or os.strerror(errno.EIO)) from error
    except ValueError as error:
        raise _unread(place, approver.id, "PKCS #8 · Ed25519") from error
    if public_of(key) != approver.key:
        raise ProducerError([Diagnostic("approval/wrong-key", span, facts)])
    return key


def _refuse_inside(place: Path, project: Path) -> None:
    """Raise where a key would go out with the folder that products go out of."""
    if place.resolve().is_relative_to(project.resolve()):
        facts = {"path": str(place), "nearest": str(default_place(place.stem))}
        raise ProducerError([Diagnostic("approval/key-inside", Span(str(place)), facts)])


def _unread(place: Path, name: str, problem: str) -> ProducerError:
    facts = {"path": str(place), "name": name, "problem": problem}
    return ProducerError([Diagnostic("approval/no-key", Span(str(place)), facts)])
