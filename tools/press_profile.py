"""Make the profile of coated paper that print files name: ``.venv/bin/python tools/press_profile.py``.

It is computed from measured patches of the press condition FOGRA39 (offset on coated paper, ISO 12647-2:2004),
which Debian's icc-profiles-free gives under the zlib licence (Copyright Kai-Uwe Behrmann), by colprof of Argyll
(``apt-get install argyll icc-profiles-free``). Nothing of Argyll's own is in the result. It takes half a minute, and
the same versions give the same bytes: Argyll 2.3.1 and icc-profiles-free 2.0.1 made ours.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DATA = Path("/usr/share/color/icc")
TARGET = Path(__file__).resolve().parent.parent / "producer" / "render" / "pdf" / "coated-fogra39.icc"
INK_LIMIT = 300  # percent of all four inks, the custom of sheet-fed offset on coated paper
DATE, PROFILE_ID = slice(24, 36), slice(84, 100)  # of an ICC header


def main() -> int:
    """Write the profile."""
    if shutil.which("colprof") is None or not (DATA / "FOGRA39L.ti3").exists():
        sys.stderr.write("apt-get install argyll icc-profiles-free\n")
        return 1
    with tempfile.TemporaryDirectory() as made:
        base = Path(made) / "coated"
        shutil.copy(DATA / "FOGRA39L.ti3", base.with_suffix(".ti3"))
        # Little tables, black from the start of the shadows (-kr), photographs' gamut from sRGB.
        options = ["-v", "-ql", "-kr", f"-l{INK_LIMIT}", "-S", str(DATA / "sRGB.icc"), "-cmt", "-dpp"]
        told = [
            "-D",
            "producer coated (FOGRA39L data)",
            "-C",
            "Data: (C) Kai-Uwe Behrmann, zlib licence; altered",
        ]
        subprocess.run(["colprof", *options, *told, "-A", "producer", "-M", "coated", str(base)], check=True)
        profile = bytearray(base.with_suffix(".icc").read_bytes())
    profile[DATE] = bytes(12)
    profile[PROFILE_ID] = bytes(16)  # says that none was computed
    TARGET.write_bytes(profile)
    return 0


if __name__ == "__main__":
    sys.exit(main())
