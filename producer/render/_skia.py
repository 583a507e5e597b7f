"""The only door to Skia: without system fonts, and with words where the graphics libraries are missing."""

from __future__ import annotations

import os
from importlib import resources
from typing import Any

from producer.diagnostics import Diagnostic, ProducerError, Span

# The one place that writes to the environment, because the fontconfig inside the wheel reads nothing else.
# Our file lists no folder: no system font can reach a page, and no warning about caches is printed.
os.environ["FONTCONFIG_FILE"] = str(resources.files("producer") / "render" / "fonts.conf")  # noqa: TID251


def _import_skia() -> Any:  # noqa: ANN401 - skia has no types
    """Return the module.

    Raises:
        ProducerError: ``render/no-gl``; the wheel links libEGL and libGL though we never use them.
    """
    try:
        import skia as module
    except ImportError as error:
        if "lib" not in str(error):
            raise
        library = str(error).partition(":")[0]
        raise ProducerError([Diagnostic("render/no-gl", Span("producer"), {"library": library})]) from error
    return module


skia: Any = _import_skia()
