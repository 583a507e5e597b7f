"""Facts: what the data says of itself, checked before anything is made."""
