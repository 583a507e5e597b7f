"""Ed25519: private keys in files outside the project, public ones as 44 letters in brand/approvers.yaml.

The format of a private key is PKCS #8 in PEM, so that `openssl pkeyutl` signs and checks without us.

Source:
    RFC 8032 (Ed25519), RFC 8410 (its keys in PKCS #8).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

OTHERS = stat.S_IRWXG | stat.S_IRWXO  # what nobody but its owner may do with a private key


class OpenKeyError(ValueError):
    """Others than its owner may read a private key."""


def write_new_key(place: Path) -> str:
    """Make a key, write its private half to ``place``, which must not exist, and return the public half.

    Raises:
        FileExistsError: something is there; a key is never overwritten.
        OSError: it cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return public_of(key)


def read_key(place: Path) -> Ed25519PrivateKey:
    """Return the private key in a file.

    Raises:
        OpenKeyError: others may read it.
        ValueError: it is no such key, or is locked by a password.
        OSError: it cannot be read.
    """
    with place.open("rb") as file:
        if os.name == "posix" and os.fstat(file.fileno()).st_mode & OTHERS:
            raise OpenKeyError(str(place))
        data = file.read(65_536)
    try:
        key = load_pem_private_key(data, None)
    except (TypeError, UnsupportedAlgorithm) as error:
        raise ValueError(str(error)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(type(key).__name__)  # noqa: TRY004 - a wrong file, not a wrong call
    return key


def public_of(key: Ed25519PrivateKey) -> str:
    """Return the public half of a key in base64."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def sign(key: Ed25519PrivateKey, data: bytes) -> str:
    """Return the signature of ``data`` in base64."""
    return base64.b64encode(key.sign(data)).decode()


def holds(public: str, signature: str, data: bytes) -> bool:
    """Whether a signature is of ``data`` by the private half of a public key; what is neither holds nothing."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), data)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def fingerprint(public: str) -> str:
    """Return the beginning of a public key's SHA-256, by which receipts name it."""
    return hashlib.sha256(public.encode("ascii", "replace")).hexdigest()[:16]
