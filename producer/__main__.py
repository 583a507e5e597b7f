"""The program as a process: `producer`, and `python -m producer`."""

from __future__ import annotations

import signal
import sys


def start() -> None:
    """Run the command line; Ctrl-C before it listens, and after it has ended, ends the process without a word.

    The command line takes a moment to load, and Python another to leave: a traceback of either says nothing.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from producer.cli import main

    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    start()
