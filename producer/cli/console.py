"""What people read: problems, lines of progress and summaries, all on stderr."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from producer.cli.words import Words
from producer.diagnostics import LONGEST, Diagnostic, Level, Scope, Span, render_text, shown
from producer.world import World, read_line

# Problems of one level printed in full: a missing font in ten thousand items needs no ten thousand messages, and
# what is only noted takes no room from what failed.
MOST = 40
LABEL = 10  # columns of the word before a line
CODES = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "bold": "1", "dim": "2"}
INKS = {Level.ERROR: "red", Level.REFUSED: "yellow", Level.WARNING: "yellow", Level.NOTE: "blue"}


class Console:
    """Writes to people. What was said once is not said again."""

    def __init__(
        self,
        words: Words,
        stream: TextIO,
        *,
        coloured: bool = False,
        quiet: bool = False,
        verbose: bool = False,
    ) -> None:
        """Take the language, where to write, and whether colours, nothing but problems, or more is wanted."""
        self.words, self.stream, self.coloured, self.quiet = words, stream, coloured, quiet
        self.verbose = verbose
        self.world: World | None = None  # whose files problems point into
        self._told: set[str] = set()
        self._shown: Counter[Level] = Counter()

    def ink(self, text: str, *names: str) -> str:
        """Return ``text`` in a colour, or as it is where colours are not wanted."""
        if not self.coloured:
            return text
        return f"\x1b[{';'.join(CODES[name] for name in names)}m{text}\x1b[0m"

    def line(self, label: str, text: str, ink: str = "green") -> None:
        """Write one line with a word before it, unless the reader wants quiet."""
        if not self.quiet:
            head = f"{label:<{LABEL - 1}} "
            self.write(f"  {self.ink(head, 'bold', ink) if label else head}{text}")

    def write(self, text: str) -> None:
        """Write as it is."""
        print(text, file=self.stream, flush=True)

    def problems(self, problems: Sequence[Diagnostic]) -> int:
        """Write problems that were not written before, and return the exit code that they ask for."""
        named = {repr(problem): problem for problem in reversed(problems)}  # repr: facts have no hash
        new = [problem for name, problem in reversed(named.items()) if name not in self._told]
        kept: Counter[Level] = Counter()
        for problem in new:
            self._shown[problem.level] += 1
            if self._shown[problem.level] > MOST:
                kept[problem.level] += 1
                continue
            self.write(self.paint(render_text(problem, self.words.language, self._read_line), problem.level))
            for line in str(problem.facts.get("log", "")).splitlines() if self.verbose else ():
                self.write(f"  | {shown(line, LONGEST)}")  # the last that a child process said
            self.write("")
        self._told |= {repr(problem) for problem in new}
        beyond = sum(count for level, count in kept.items() if self._shown[level] - count <= MOST)
        if beyond:
            self.write(self.words("word.more", count=beyond))
        errors = [problem for problem in problems if problem.level is Level.ERROR]
        if any(problem.scope is Scope.RECIPE for problem in errors):
            return 2
        return 1 if errors else 0

    def _read_line(self, span: Span) -> str | None:
        """The line of a text file; rows of a sheet have no columns that a caret could stand under."""
        if self.world is None or not span.file.endswith((".yaml", ".yml", ".json")):
            return None
        return read_line(self.world, span)

    def paint(self, text: str, level: Level) -> str:
        """Return a problem in colours: its head, its place, the caret and the help."""
        if not self.coloured:
            return text
        head, *rest = text.split("\n")
        mark, sentence = head.split(": ", 1)
        painted = [f"{self.ink(mark, 'bold', INKS[level])}: {self.ink(sentence, 'bold')}"]
        for line in rest:
            place = re.match(r"( *--> | *\d* +\| ?| *= )", line)
            margin = place.group(0) if place else ""
            body = line[len(margin) :]
            if set(body.strip()) == {"^"}:
                body = self.ink(body, "bold", INKS[level])
            painted.append(f"{self.ink(margin, 'bold', 'blue')}{body}" if margin else line)
        return "\n".join(painted)
