"""Brand: identity, inks, type, treatments and the mark."""
