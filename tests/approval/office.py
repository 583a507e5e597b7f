"""The toy project of the build's tests, in which somebody must approve, and the people who may."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from toy import Toy

from producer.brand.model import Approver
from producer.cli import main, project
from producer.library.key_file import new_key
from producer.pipeline import approvers_of
from producer.world import FolderWorld

PEOPLE = {"an": ("Nguyễn Mẫu An", "Chủ tịch"), "binh": ("Trần Mẫu Bình", "Phó Chủ tịch")}
ONE = "poster/EV-1-png"
FILE = f"{ONE}.png"
FINAL, DRAFT = b"m\xe1\xbb\x99t in FF0000 as png", "một (nháp) in FF0000 as png".encode()


@dataclass
class Said:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """What stdout says, line by line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Office:
    """The working folder, its approvers, and short words for what tests do."""

    toy: Toy
    home: Path
    run: Callable[..., Said]
    monkeypatch: pytest.MonkeyPatch

    @property
    def output(self) -> Path:
        """The file of the first row."""
        return self.toy.root / "output" / "thu" / FILE

    @property
    def receipt(self) -> Path:
        """Where the project keeps the receipt of that file."""
        return self.toy.root / ".producer" / "approval" / "thu" / f"{FILE}.duyet.json"

    @property
    def list(self) -> Path:
        """The list of those who may approve."""
        return self.toy.root / "brand" / "approvers.yaml"

    def people(self, **more: dict[str, str]) -> None:
        """Write the list; ``more`` changes entries, or adds some."""
        self.list.write_text(json.dumps({"approvers": {**self.entries(), **more}}, ensure_ascii=False))

    def entries(self) -> dict[str, dict[str, str]]:
        """Both people with the keys they have."""
        keys = {one: (self.home / f"{one}.pub").read_text() for one in PEOPLE}
        return {
            one: {"name": name, "role": role, "key": keys[one], "since": "2020-01-01"}
            for one, (name, role) in PEOPLE.items()
        }

    def approvers(self) -> tuple[Approver, ...]:
        """Both people as the program knows them."""
        return approvers_of(FolderWorld(self.toy.root))

    def key(self, who: str) -> Path:
        """Somebody's private key."""
        return self.home / ".config" / "producer" / f"{who}.key"

    def approve(self, who: str = "an", *more: str) -> Said:
        """Have somebody say something of the first row's file, without being asked again."""
        return self.run("approve", ONE, "--as", who, "--yes", *more)

    def build(self) -> Said:
        """Build everything."""
        return self.run("build", "recipes/thu/recipe.yaml", "-j", "1")

    def verify(self, *arguments: str) -> Said:
        """Ask of the first row's file."""
        return self.run("verify", str(self.output), *arguments)

    def edit(self, change: Callable[[dict[str, Any]], None], at: int = 0) -> None:
        """Change what an entry of the receipt says, by hand."""
        read = json.loads(self.receipt.read_bytes())
        change(read["entries"][at])
        text = json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self.receipt.write_text(f"{text}\n", encoding="utf-8")

    def go(self, **later: float) -> None:
        """Let the clock of the commands be so much later, or earlier."""

        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:
                return datetime.now(tz) + timedelta(**later)

        self.monkeypatch.setattr(project, "datetime", Clock)


@pytest.fixture
def office(toy: Toy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """Two people with their keys; everything is built, and nothing approved."""
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    home = toy.root.parent / "home"
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(toy.root)

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(arguments, stages="fake_stages:stages")
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return Said(end.value.code, said.out, said.err)

    made = Office(toy, home, run, monkeypatch)
    for one in PEOPLE:
        public = new_key(made.key(one), toy.root)
        (home / f"{one}.pub").write_text(public)
    toy.write("brand/brand.yaml", '{"red": 255, "approval": "required"}')
    made.people()
    assert made.build().code == 0
    return made
