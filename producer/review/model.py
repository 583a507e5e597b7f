"""What review gives: diagnostics; it has no types of its own."""
