"""The program run on the toy project, and what it says."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from toy import Toy

from producer.cli import main


@dataclass
class Said:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, object]]:
        """What stdout says, line by line."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def producer(
    toy: Toy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Run the program inside the toy project."""
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.chdir(toy.root)

    def run(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as end:
            main(arguments, stages="fake_stages:stages")
        said = capsys.readouterr()
        code = end.value.code
        assert isinstance(code, int)
        return Said(code, said.out, said.err)

    return run
