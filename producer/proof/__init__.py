"""Proof: what the finished bytes say, held against the data."""
