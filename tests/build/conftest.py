"""Lets the tests, and the workers that they spawn, find the toy project and its stages by name."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from toy import toy

__all__ = ["toy"]
