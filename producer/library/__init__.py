"""The media library: an archive that opens without us, and a catalogue of it to throw away."""
