"""Frames of a page and of the way from one page to the next."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from producer.layout.model import Document, Page
from producer.render._skia import skia
from producer.render.clip.layer import Layer, State, layers, opaque_surface
from producer.render.clip.motion import TRANSITION, ease_out
from producer.render.clip.yuv import Pixels
from producer.render.paint import Painter

Rows = tuple[int, int]  # first and behind the last


def clip_size(document: Document) -> tuple[int, int]:
    """Width and height of a clip in px."""
    return round(document.canvas.size.width), round(document.canvas.size.height)


class PageFrames:
    """One page, painted frame by frame; only the rows that change are painted again."""

    def __init__(self, page: Page, size: tuple[int, int], painter: Painter) -> None:
        """Paint what stands. What no item covers stays black."""
        self.pixels: Pixels = np.zeros((size[1], size[0], 4), np.uint8)
        self._canvas: Any = opaque_surface(self.pixels).getCanvas()
        self._layers = layers(page.items, page.frames, size, painter)
        self._states: tuple[State, ...] | None = None

    def show(self, frame: int) -> Rows:
        """Bring ``pixels`` to a frame; return the rows that changed, (0, 0) where none did."""
        states = tuple(layer.state(frame) for layer in self._layers)
        top, bottom = self._changed(states)
        self._states = states
        if bottom > top:
            self._canvas.save()
            self._canvas.clipRect(skia.Rect.MakeLTRB(0, top, self.pixels.shape[1], bottom))
            self._canvas.clear(skia.ColorBLACK)
            for layer, state in zip(self._layers, states, strict=True):
                layer.draw(self._canvas, state)
            self._canvas.restore()
        return top, bottom

    def _changed(self, states: tuple[State, ...]) -> Rows:
        height = self.pixels.shape[0]
        if self._states is None:
            return 0, height
        touched: list[Rows] = []
        for layer, old, new in zip(self._layers, self._states, states, strict=True):
            touched += _touched(layer, old, new)
        if not touched:
            return 0, 0
        top, bottom = min(rows[0] for rows in touched), max(rows[1] for rows in touched)
        # On even rows, which share their chroma.
        return max(top // 2 * 2, 0), min((bottom + 1) // 2 * 2, height)


def _touched(layer: Layer, old: State, new: State) -> list[Rows]:
    """The rows of both states of a layer that changed."""
    rows = [] if old == new else [layer.rows(old), layer.rows(new)]
    return [one for one in rows if one[1] > one[0]]


class ClipFrames:
    """The frames of one page of a clip, with the way to it from the page before."""

    def __init__(self, document: Document, page_index: int, painter: Painter) -> None:
        """Prepare the page."""
        self._document, self._index, self._painter = document, page_index, painter
        self._size = clip_size(document)
        self._page = PageFrames(document.pages[page_index], self._size, painter)
        self._before: Pixels | None = None
        self._mixed: Pixels = np.empty_like(self._page.pixels)
        self._whole = True  # what was shown last was no frame of the page alone

    def show(self, frame: int) -> tuple[Pixels, Rows]:
        """Return a frame, (height, width, 4) BGRA, and the rows in which it differs from the one shown before.

        The px are good until the next call.
        """
        rows = self._page.show(frame)
        height = self._size[1]
        if frame < transition_frames(self._document, self._index):
            self._whole = True
            share = (frame + 1) / transition_frames(self._document, self._index)
            return self._on_the_way(share), (0, height)
        changed = (0, height) if self._whole else rows
        self._whole = False
        return self._page.pixels, changed

    def _on_the_way(self, share: float) -> Pixels:
        """The page over the last frame of the one before; alone when ``share`` is 1."""
        before, now = self._last_before(), self._page.pixels
        if self._document.between == "fade":
            return np.asarray(cv2.addWeighted(before, 1 - share, now, share, 0, dst=self._mixed), np.uint8)
        down = round(self._size[1] * (1 - ease_out(share)))
        self._mixed[:down] = before[:down]
        self._mixed[down:] = now[: self._size[1] - down]
        return self._mixed

    def _last_before(self) -> Pixels:
        if self._before is None:
            page = self._document.pages[self._index - 1]
            frames = PageFrames(page, self._size, self._painter)
            frames.show(page.frames - 1)
            self._before = frames.pixels
        return self._before


def transition_frames(document: Document, page_index: int) -> int:
    """How many of a page's first frames show the page before as well."""
    if page_index == 0 or document.between not in {"slide", "fade"}:
        return 0
    return min(TRANSITION, document.pages[page_index].frames)
