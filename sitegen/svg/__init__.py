"""SVG made safe: what a picture may be made of, and what is left of one that has more in it."""

from sitegen.svg.cleaning import Cleaned, clean, findings

__all__ = ["Cleaned", "clean", "findings"]
