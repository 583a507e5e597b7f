"""A page as SVG: outlines alone, for cutters, embroiderers and screen printers."""
