"""Pixels: PNG, JPEG and frames, painted by Skia."""
