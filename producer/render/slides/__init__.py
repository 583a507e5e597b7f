"""Slides: editable PPTX from the same pages."""

from producer.render.slides.deck import render_slides

__all__ = ["render_slides"]
