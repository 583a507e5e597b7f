"""Clips: frames, sound and one MP4."""
