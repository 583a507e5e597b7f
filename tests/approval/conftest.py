"""Lets the tests find the toy project of the build's tests, and the office that approves its products."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "build"))
sys.path.insert(0, str(Path(__file__).parent))

from office import office
from toy import toy

__all__ = ["office", "toy"]
