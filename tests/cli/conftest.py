"""The toy project of the build's tests, and the program run on it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))

from said import producer
from toy import toy

__all__ = ["producer", "toy"]
