"""An archive in an S3 bucket: every file goes up with its own SHA-256, and none takes another's place unasked."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from producer.library.disk import PIECE, remove_tree
from producer.library.store import ChangedError, Stat, ThereAlreadyError
from producer.world import confined

SCHEME = "s3://"
QUARANTINE = ".work/quarantine"
TAKEN, CLASH = 412, 409  # what a server answers where a condition does not hold
GONE = (404, "404", "NoSuchKey", "NotFound")
NO_BUCKET = "NoSuchBucket"
DENIED = ("AccessDenied", "SignatureDoesNotMatch", "InvalidAccessKeyId", "403", "Forbidden")


class BucketError(OSError):
    """The server refuses, or cannot be reached."""


class S3Store:
    """Objects below a prefix. A writer's files appear one after the other, those that make them count last.

    One writer at a time, on one machine: nothing here keeps two apart but the conditions of each put, which make the
    second one stop.
    """

    def __init__(self, url: str, client: Any = None) -> None:  # noqa: ANN401 - boto3 has no types of its own
        """Take ``s3://bucket/prefix``, and a client where one is made already."""
        self.bucket, _, prefix = url.removeprefix(SCHEME).strip("/").partition("/")
        self.prefix = f"{prefix}/" if prefix else ""
        self.url = url
        self.client = client or _client()

    def key(self, path: str) -> str:
        """Return the key of a path of the archive."""
        return f"{self.prefix}{confined(path)}"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See :class:`producer.library.store.Store`. What was staged goes with us."""
        self._staging = Path(tempfile.mkdtemp(prefix="producer-"))
        try:
            yield
        finally:
            shutil.rmtree(self._staging, ignore_errors=True)

    def stage(self) -> Path:
        """See :class:`producer.library.store.Store`."""
        made = self._staging / os.urandom(6).hex()
        made.mkdir()
        return made

    def put_new(self, folder: str, staged: Path) -> None:
        """See :class:`producer.library.store.Store`.

        A file that is there with these very bytes was put by a writer that was killed, and is as good.
        """
        files = (path.relative_to(staged) for path in staged.rglob("*") if path.is_file())
        for path in sorted(files, key=lambda path: (-len(path.parts), path.name.startswith("0="), path)):
            self._put_file(f"{folder}/{path.as_posix()}", staged / path)
        remove_tree(staged)

    def _put_file(self, path: str, place: Path) -> None:
        with place.open("rb") as file:
            checksum = base64.b64encode(hashlib.file_digest(file, "sha256").digest()).decode()
            file.seek(0)
            try:
                self._put(path, file, checksum, IfNoneMatch="*")
            except ThereAlreadyError:
                if self._checksum(path) != checksum:
                    raise

    def _put(self, path: str, body: BinaryIO, checksum: str, **condition: str) -> None:
        """Put a file whose digest the server holds against what it got."""
        with self._refusals(path):
            self.client.put_object(
                Bucket=self.bucket, Key=self.key(path), Body=body, ChecksumSHA256=checksum, **condition
            )

    def _checksum(self, path: str) -> str:
        """The SHA-256 of an object's bytes, read again."""
        hashed = hashlib.sha256()
        with self.get(path) as file:
            while piece := file.read(PIECE):
                hashed.update(piece)
        return base64.b64encode(hashed.digest()).decode()

    def replace_if(self, path: str, data: bytes, before: bytes | None) -> None:
        """See :class:`producer.library.store.Store`: the server compares, by what it calls the file's tag."""
        checksum = base64.b64encode(hashlib.sha256(data).digest()).decode()
        condition = {"IfNoneMatch": "*"}
        if before is not None:
            with self._refusals(path):
                found = self.client.get_object(Bucket=self.bucket, Key=self.key(path))
                now, tag = found["Body"].read(), found["ETag"]
            if now != before:
                raise ChangedError(path)
            condition = {"IfMatch": tag}
        try:
            self._put(path, BytesIO(data), checksum, **condition)
        except ThereAlreadyError as error:
            raise ChangedError(path) from error

    def get(self, path: str) -> BinaryIO:
        """See :class:`producer.library.store.Store`."""
        with self._refusals(path):
            body = self.client.get_object(Bucket=self.bucket, Key=self.key(path))["Body"]
        return BufferedReader(_Body(body, f"{self.url}/{path}"), PIECE)

    def list(self, folder: str = "") -> Iterator[str]:
        """See :class:`producer.library.store.Store`."""
        for page in self._pages(folder):
            yield from (entry["Key"].removeprefix(self.prefix) for entry in page.get("Contents", ()))

    def folders(self, folder: str = "") -> tuple[str, ...]:
        """See :class:`producer.library.store.Store`."""
        pages = self._pages(folder, Delimiter="/")
        found = (entry["Prefix"] for page in pages for entry in page.get("CommonPrefixes", ()))
        return tuple(sorted(prefix.rstrip("/").rpartition("/")[2] for prefix in found))

    def _pages(self, folder: str, **options: str) -> Iterator[dict[str, Any]]:
        below = f"{self.key(folder)}/" if folder else self.prefix
        with self._refusals(folder):
            pages = self.client.get_paginator("list_objects_v2")
            yield from pages.paginate(Bucket=self.bucket, Prefix=below, **options)

    def stat(self, path: str) -> Stat | None:
        """See :class:`producer.library.store.Store`."""
        try:
            with self._refusals(path):
                found = self.client.head_object(Bucket=self.bucket, Key=self.key(path))
        except FileNotFoundError:
            return None
        return Stat(int(found["ContentLength"]))

    def set_aside(self, path: str) -> str:
        """See :class:`producer.library.store.Store`: below a prefix of its own, beside the archive's."""
        mark = hashlib.sha512(self._checksum(path).encode()).hexdigest()[:12]
        key = f"{self.prefix.rstrip('/')}{QUARANTINE}/{path}.{mark}"
        with self._refusals(path):
            source = {"Bucket": self.bucket, "Key": self.key(path)}
            self.client.copy_object(Bucket=self.bucket, Key=key, CopySource=source)
        return f"{SCHEME}{self.bucket}/{key}"

    def remove(self, folder: str) -> None:
        """See :class:`producer.library.store.Store`."""
        for path in [*self.list(folder)]:
            with self._refusals(path):
                self.client.delete_object(Bucket=self.bucket, Key=self.key(path))

    def _refusals(self, path: str) -> AbstractContextManager[None]:
        return refusals(f"{self.url}/{path}")


class _Body(RawIOBase):
    """What comes down, where the line may break at any time."""

    def __init__(self, body: Any, path: str) -> None:  # noqa: ANN401 - boto3 has no types of its own
        self.body, self.path = body, path

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer
        with refusals(self.path):
            data = self.body.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self.body.close()
        super().close()


@contextmanager
def refusals(path: str) -> Iterator[None]:
    """Tell what a server answers in the words of files: not there, there already, no permission, out of reach.

    Raises:
        FileNotFoundError: there is no such object.
        ThereAlreadyError: a condition does not hold.
        PermissionError: the server does not let us.
        BucketError: anything else.
    """
    from botocore.exceptions import BotoCoreError, ClientError
    from urllib3.exceptions import HTTPError

    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if code == NO_BUCKET:
            raise BucketError(5, code, path) from error
        if code in GONE or status in GONE:
            raise FileNotFoundError(2, code or "404", path) from error
        if status in (TAKEN, CLASH):
            raise ThereAlreadyError(path) from error
        if code in DENIED or status == 403:
            raise PermissionError(13, code, path) from error
        raise BucketError(5, code or str(status), path) from error
    except (BotoCoreError, HTTPError) as error:
        raise BucketError(5, str(error), path) from error


def _client() -> Any:  # noqa: ANN401 - boto3 has no types of its own
    """Return a client as the machine's own settings say: who we are, and where the server is."""
    import boto3
    from botocore.config import Config

    settings = Config(retries={"max_attempts": 3, "mode": "standard"}, connect_timeout=10, read_timeout=60)
    return boto3.session.Session().client("s3", config=settings)
