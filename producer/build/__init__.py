"""Build: keys, store, workers and reports."""
