"""Make `.venv` hold what producer needs: ``python3 tools/set_up.py [--dev]``. Quick when it already does.

Runs before anything is installed, so it uses the standard library alone, and nothing newer than Python 3.8
until it has said that 3.11 is needed.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shlex
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "set-up.stamp"
INPUTS = ("pyproject.toml", "constraints.txt", "tools/set_up.py")
PYTHONS = ((3, 11), (3, 13))  # the oldest and the newest the pinned packages have wheels for

# The wheel of skia-python is linked to both, though drawing to memory and to PDF never calls them.
LIBRARIES = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"}


class SetUpError(Exception):
    """Something only the person at the keyboard can mend; its text says how."""


def main() -> int:
    """Set up, and give the exit code: 0 ready, 1 with one message for what is missing."""
    parser = argparse.ArgumentParser(description="Make .venv hold what producer needs.")
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    dev = parser.parse_args().dev
    try:
        check_python()
        with missing_libraries_installed():
            make_environment(dev=dev)
    except SetUpError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 1
    return 0


def check_python() -> None:
    """Say so now where this Python is too old or too new, before pip says it at length."""
    if not PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        oldest, newest = (".".join(map(str, version)) for version in PYTHONS)
        raise SetUpError(
            f"{sys.executable} is Python {sys.version.split()[0]}, producer needs {oldest} to {newest}.\n"
            f"Where another is installed, name it: make PYTHON=python{oldest} demo"
        )


# -- system libraries ----------------------------------------------------------------------------------------


@contextmanager
def missing_libraries_installed() -> Iterator[None]:
    """Let apt fetch missing libraries while the block runs; where we may not, say what to type and stop."""
    packages = [package for library, package in LIBRARIES.items() if not is_loadable(library)]
    if not packages:
        yield
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and Path("/usr/bin/apt-get").exists()):
        line = "sudo apt-get install --no-install-recommends " + " ".join(packages)
        raise SetUpError(
            f"{' and '.join(LIBRARIES)} are missing, which drawing needs. On Debian or Ubuntu type\n"
            f"    {line}\n(elsewhere the packages are named libglvnd or mesa), then the same command again."
        )
    print(f"set-up: installing {' '.join(packages)} with apt", flush=True)
    with tempfile.TemporaryFile("w+") as log:
        apt = start_apt(command, log)
        try:
            yield
        finally:
            code = apt.wait()
        if code != 0:
            log.seek(0)
            raise SetUpError(f"`{shlex.join(command)}` ended with {code}:\n{log.read()[-2000:]}")


def is_loadable(library: str) -> bool:
    """Whether the loader finds the library; only Linux leaves these two to the system."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def start_apt(command: list[str], log: IO[str]) -> subprocess.Popen[str]:
    """Start apt with nothing to ask; a fresh machine has no package lists, so they are fetched first."""
    line = f"apt-get update -qq; {shlex.join(command)}"
    return subprocess.Popen(
        ["sh", "-c", line],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        text=True,
    )


# -- Python packages -----------------------------------------------------------------------------------------


def make_environment(*, dev: bool) -> None:
    """Install producer, linked to this checkout, and its packages, unless the stamp says they are there."""
    found = STAMP.read_text("ascii") if STAMP.exists() else ""
    dev = dev or found.startswith("dev ")  # `make demo` after `make test` keeps what tests need
    wanted = f"{'dev' if dev else 'run'} {digest()}"
    if found == wanted:
        return
    STAMP.unlink(missing_ok=True)  # whoever interrupts the lines below starts again here
    if not has_pip():
        create_venv()
    print("set-up: installing Python packages into .venv (once, 1 to 3 minutes)", flush=True)
    # The build tool first and no isolation: pip would fetch it anew for each build.
    pip("hatchling", "editables")
    pip("--no-build-isolation", "-e", ".[dev]" if dev else ".")
    STAMP.write_text(wanted, "ascii")


def digest() -> str:
    """Give all that the environment depends on, as one word."""
    sha256 = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in INPUTS:
        sha256.update((ROOT / name).read_bytes())
    return sha256.hexdigest()


def has_pip() -> bool:
    """Whether `.venv` is whole and of this Python; a moved folder or an upgraded system breaks it."""
    question = [BIN / "python", "-c", "import sys, pip; print(sys.version_info[:2], sys.prefix)"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.strip() == f"{sys.version_info[:2]} {VENV}"


def create_venv() -> None:
    """Make `.venv` anew."""
    try:
        import ensurepip  # noqa: F401 -- Debian keeps it in a package of its own
    except ImportError:
        line = "sudo apt-get install python3-venv"
        raise SetUpError(f"`python3 -m venv` is incomplete. On Debian or Ubuntu type\n    {line}") from None
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False).returncode != 0:
        raise SetUpError(f"`{sys.executable} -m venv .venv` failed, see above")


def pip(*arguments: str) -> None:
    """Install at the versions of constraints.txt; pip's own settings (PIP_*, pip.conf) hold as ever."""
    # What is imported is compiled then; compiling all packages beforehand takes ten seconds more.
    options = ["--disable-pip-version-check", "--no-input", "--no-compile", "--constraint", "constraints.txt"]
    if not sys.stdout.isatty():
        options.append("--quiet")
    command = [str(BIN / "python"), "-m", "pip", "install", *options, *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetUpError(f"`{shlex.join(command)}` failed, see above")


if __name__ == "__main__":
    sys.exit(main())
