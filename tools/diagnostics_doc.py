"""Write docs/diagnostics.md: every code with its words and an example that the program itself renders.

The words come from producer/messages, the examples from the annotated bad input under tests/diagnostics.
With --check nothing is written, and the exit code is 1 where the file is out of date.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "diagnostics.md"
MESSAGES = ROOT / "producer" / "messages"
HEAD = """\
# Diagnostics

What `producer` says of a problem that its author can fix: a code, a sentence, the place and what to do. Its words
are Vietnamese or English (`--lang`); the code is the same in both. A problem of one row stops what is made from
that row (exit 1); a problem of recipe, brand or template stops everything (exit 2).
A product that shows somebody who does not agree is refused, which is no failure (exit 0).

This page is written by `tools/diagnostics_doc.py` from `producer/messages` and `tests/diagnostics`.
"""
GROUPS = {
    "approval": "who signs, and what receipts are worth",
    "artwork": "drawings of the brand",
    "brand": "brand.yaml and its files",
    "build": "making the files",
    "calendar": "days of the year",
    "cli": "the command line",
    "consent": "who agrees to be shown",
    "data": "sheets",
    "facts": "what recipe and data say of the world",
    "intake": "pictures that members send",
    "library": "the archive",
    "layout": "words and boxes",
    "licence": "whose files they are",
    "mark": "the union's mark",
    "photo": "photographs",
    "plan": "what is to be made",
    "print": "what a printer would send back",
    "proof": "the finished file, read back",
    "recipe": "every YAML file",
    "render": "painting",
    "request": "what staff ask for",
    "scene": "filling a template",
    "sound": "music",
    "template": "templates",
    "text": "letters",
}


def examples() -> dict[str, str]:
    """Return for each code the first example in which the program tells it."""
    sys.path.insert(0, str(ROOT / "tests"))
    from bad_input import CASES, read_case, run

    found: dict[str, str] = {}
    for path in sorted(CASES.glob("*.yaml")):
        case = read_case(path)
        with tempfile.TemporaryDirectory() as folder:
            case.write(Path(folder))
            for shown in run(Path(folder), *case.run).shown:
                found.setdefault(shown.problem.code, shown.text)
    return found


def page() -> str:
    """Return the whole page."""
    vi, en = (tomllib.loads((MESSAGES / f"{name}.toml").read_text("utf-8")) for name in ("vi", "en"))
    shown = examples()
    parts = [HEAD]
    for group, codes in groupby(sorted(en), key=lambda code: code.partition("/")[0]):
        parts.append(f"## {group}: {GROUPS[group]}\n")
        for code in codes:
            parts.append(f"### {code}\n")
            parts += [f"- {said['text']}: {said.get('help', '')}" for said in (vi[code], en[code])]
            parts.append(f"\n```text\n{shown[code]}\n```\n" if code in shown else "")
    return "\n".join(parts).rstrip() + "\n"


def main() -> int:
    """Write the page, or say whether it is as it would be written."""
    made = page()
    if "--check" not in sys.argv:
        PAGE.write_text(made, "utf-8")
        return 0
    current = PAGE.read_text("utf-8") if PAGE.is_file() else ""
    if made != current:
        print("docs/diagnostics.md is out of date: run `python tools/diagnostics_doc.py`", file=sys.stderr)
    return int(made != current)


if __name__ == "__main__":
    sys.exit(main())
