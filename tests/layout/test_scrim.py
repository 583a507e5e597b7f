"""The scrim under words that stand on a picture."""

from __future__ import annotations

import numpy as np
from hand_page import RESOURCES, document, item, screen
from hypothesis import given
from hypothesis import strategies as st

from producer.brand.model import Ink
from producer.geometry import Box
from producer.layout.ground import scrim_shapes
from producer.render.pixel import PixelPainter
from producer.render.raster.render import page_bands
from producer.scene.model import Role

PAGE = Box(0, 0, 40, 400)


@given(top=st.floats(0, 390))
def test_a_scrim_grows_darker_all_the_way_down(top: float) -> None:
    """Wherever words begin: no row is lighter than the one above, not even where the scrim's parts meet."""
    words = Box(0, top, 40, 400 - top)
    under = document(screen(40, 400), item(Role.DECORATION, PAGE, *scrim_shapes(PAGE, [words], Ink("blue"))))
    grey = page_bands(under, under.pages[0], PixelPainter(RESOURCES)).whole().mean(2)

    assert np.diff(grey[:, 20]).max() <= 1
