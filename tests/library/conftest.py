"""Lets the tests find their neighbours by name, and those of the build's toy project."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))
sys.path.insert(0, str(Path(__file__).parent))

from toy import toy

__all__ = ["toy"]
