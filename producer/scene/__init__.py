"""Compose: a template and a job become a scene."""
