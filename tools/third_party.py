"""Write THIRD-PARTY.md from what is installed: ``.venv/bin/python tools/third_party.py [--check]``."""

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TARGET = Path(__file__).resolve().parent.parent / "THIRD-PARTY.md"

HEAD = """\
# Third-party notices

Written by `make third-party` from the packages' own words; do not edit by hand.
producer imports or starts these packages unchanged. pip installs them beside it; none is part of its files.
"""

# What the short name of a licence leaves out, mostly programs and libraries that a wheel carries inside.
NOTES = {
    "av": "carries FFmpeg libraries",
    "cryptography": "carries OpenSSL (Apache-2.0)",
    "icu4py": "carries ICU and its data (Unicode-3.0)",
    "imageio-ffmpeg": "carries the program ffmpeg, GPL-3.0-or-later (--enable-gpl --enable-version3): "
    "started as a separate program, never linked; sources at <https://ffmpeg.org>",
    "numpy": "carries OpenBLAS and the GCC run time (with its exception)",
    "opencv-python-headless": "carries FFmpeg libraries (LGPL-2.1-or-later) and face cascades, see its files",
    "pebble": "version 3, imported as pip installed it: another version may take its place",
    "pikepdf": "carries qpdf (Apache-2.0)",
    "pillow": "carries libjpeg-turbo, libtiff, libwebp, libavif, Little CMS and others, see its LICENSE",
    "pypdfium2": "carries PDFium (BSD-3-Clause) and what it is built of, see its files",
    "skia-python": "carries Skia (BSD-3-Clause), FreeType (FTL), HarfBuzz (MIT) and ICU (Unicode-3.0)",
    "uharfbuzz": "carries HarfBuzz (MIT)",
}
PAGES = ("homepage", "home", "source", "source code", "repository", "documentation", "changelog")
LONGEST_NAME = 60  # some packages put the whole text of the licence where its name belongs


def main() -> int:
    """Write the file, or with --check say whether it is up to date: exit code 1 where it is not."""
    text = "\n".join(lines())
    if sys.argv[1:] != ["--check"]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print("THIRD-PARTY.md is out of date: run `make third-party` and commit it", file=sys.stderr)
    return 1


def lines() -> Iterator[str]:
    """Give the lines of the file: what runs, then what only developers install."""
    runs = closure("producer", "")
    develops = {name: found for name, found in closure("producer", "dev").items() if name not in runs}
    yield HEAD
    for title, packages in (("Needed to run", runs), ("Needed to develop only", develops)):
        yield f"## {title}\n\n| package | version | licence | page |\n| --- | --- | --- | --- |"
        yield from (row(name, packages[name]) for name in sorted(packages))
        yield ""


def closure(root: str, extra: str) -> dict[str, Distribution]:
    """Give all packages that one brings with it, by canonical name, without itself."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(f"{root}[{extra}]" if extra else root)]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        found[name] = distribution(name)
        needs = (Requirement(line) for line in found[name].requires or ())
        waiting += [need for need in needs if is_needed(need, wanted.extras)]
    del found[root]
    return found


def is_needed(need: Requirement, extras: set[str]) -> bool:
    """Whether a requirement holds on this system with these extras."""
    return need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in {"", *extras})


def row(name: str, package: Distribution) -> str:
    """Give one line of the table."""
    note = f"; {NOTES[name]}" if name in NOTES else ""
    return f"| {name} | {package.version} | {licence(package)}{note} | {page(name, package)} |"


def licence(package: Distribution) -> str:
    """Give the SPDX expression where there is one, else the name the package gives."""
    words = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    if words and words != "UNKNOWN" and len(words) <= LONGEST_NAME and "\n" not in words:
        return words
    named = [line for line in package.metadata.get_all("Classifier", []) if line.startswith("License ::")]
    return named[-1].rpartition(" :: ")[2] if named else "see its files"


def page(name: str, package: Distribution) -> str:
    """Give the address the package names first."""
    pairs = (line.partition(", ") for line in package.metadata.get_all("Project-URL", []))
    named = {label.lower(): address for label, _, address in pairs}
    addresses = [package.metadata.get("Home-page"), *(named.get(label) for label in PAGES)]
    return next((f"<{address}>" for address in addresses if address), f"`{name}` on PyPI")


if __name__ == "__main__":
    sys.exit(main())
