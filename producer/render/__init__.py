"""Render: pages become bytes."""
