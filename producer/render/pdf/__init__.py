"""PDF: vector pages with real text, for screen and print."""
