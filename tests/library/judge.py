"""What others say of our archives: `ocfl-py`, with every digest read, and the tools that every system has."""

import subprocess
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import ocfl

SCRIPT = r"""
set -euo pipefail
cd "$1"
sha512sum --quiet -c inventory.json.sha512
tr -d '\n' < inventory.json | sed 's/"versions".*//' | grep -oE '"[0-9a-f]{128}": *\[ *"[^]]*"' \
  | sed -E 's/"([0-9a-f]{128})": *\[ *"/\1  /; s/"$//' > "$2"
sha512sum --quiet -c "$2"
"""


def script_of(package: str, name: str) -> Path | None:
    """Where pip put a program; nothing where its package is not installed."""
    with suppress(PackageNotFoundError):
        files = distribution(package).files or ()
        return next((Path(file.locate()).resolve() for file in files if file.name == name), None)
    return None


def objects_of(root: Path) -> list[Path]:
    """Every folder that should be an object."""
    return sorted(folder for folder in root.glob("[0-9a-f][0-9a-f][0-9a-f]/*") if folder.is_dir())


def is_valid(folder: Path, *, digests: bool = True) -> bool:
    """Whether `ocfl-py` takes a folder for a sound object."""
    passed = ocfl.Object().validate(str(folder), log_warnings=False, log_errors=False, check_digests=digests)
    return bool(passed[0])


def invalid(root: Path) -> list[str]:
    """The objects of a root that `ocfl-py` refuses."""
    return [folder.name for folder in objects_of(root) if not is_valid(folder)]


def root_is_valid(root: Path) -> bool:
    """Whether `ocfl-py` takes a folder for an archive, all digests read, and warns of nothing."""
    program = script_of("ocfl-py", "ocfl-root.py")
    done = subprocess.run(
        [sys.executable, program, "validate", "--root", root, "--validate-objects", "--check-digests"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode == 0 and "is VALID" in done.stdout and "[W" not in done.stdout + done.stderr


def coreutils_agree(folder: Path, scratch: Path) -> bool:
    """Whether an object is sound by what any Linux has: sed, grep and sha512sum."""
    done = subprocess.run(["bash", "-c", SCRIPT, "sh", folder, scratch], capture_output=True, check=False)
    return done.returncode == 0
