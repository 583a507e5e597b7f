"""Slides: editable PPTX from the same pages."""
