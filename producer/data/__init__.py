"""Data: files become clean, typed rows that know their place."""
