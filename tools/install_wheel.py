"""Build the wheel and install it in `build/wheel-venv`: ``.venv/bin/python tools/install_wheel.py``.

That environment holds the wheel and nothing else; it borrows the packages of `.venv`, but not its link to
this checkout. So tests meet what users get, and a file the wheel forgot is missed here, not at their desk.
"""

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "build" / "dist"
VENV = ROOT / "build" / "wheel-venv"
PYTHON = VENV / ("Scripts" if sys.platform == "win32" else "bin") / "python"
STARTER = ("assets", "brand", "recipes")


def main() -> int:
    """Build, look inside, install; the exit code is 1 where the wheel lacks a file that git keeps."""
    wheel = build()
    lacking = sorted(tracked_files() - set(zipfile.ZipFile(wheel).namelist()))
    if lacking:
        print(f"{wheel.name} lacks files that git keeps:", *lacking[:20], sep="\n  ", file=sys.stderr)
        return 1
    install(wheel)
    return 0


def build() -> Path:
    """Give the path of a wheel made from the checkout as it lies there."""
    shutil.rmtree(DIST, ignore_errors=True)
    run_module("hatchling", "build", "--target", "wheel", "--directory", DIST)
    return next(DIST.glob("*.whl"))


def tracked_files() -> set[str]:
    """Give the names in the wheel of all files that git keeps and that lie in the checkout."""
    command = ["git", "ls-files", "-z", "--", "producer", *STARTER]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    paths = [path for path in listing.split("\0") if path and (ROOT / path).is_file()]
    return {path if path.startswith("producer/") else f"producer/starter/{path}" for path in paths}


def install(wheel: Path) -> None:
    """Install the wheel, and only it, in an environment that sees the packages of `.venv`."""
    if not PYTHON.exists():
        run_module("venv", "--without-pip", "--clear", VENV)
    # A path in a .pth file is searched, but the .pth files in that path are not read: the link stays behind.
    packages = sysconfig.get_path("purelib", vars={"base": str(VENV), "platbase": str(VENV)})
    Path(packages, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--force-reinstall"]
    run_module("pip", "--python", PYTHON, "install", *options, wheel)


def run_module(*arguments: str | Path) -> None:
    """Run ``python -m`` in the checkout; its own message says what failed."""
    subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
