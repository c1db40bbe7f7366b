"""Search: what is found in each page, and the index that Pagefind makes of that (extra `search`)."""

from __future__ import annotations

from sitegen.search.entries import Entry, entries
from sitegen.search.extracts import extract
from sitegen.search.pagefind import FIXED, FOLDER, Indexer, is_in_index, stamp

__all__ = ["FIXED", "FOLDER", "Entry", "Indexer", "entries", "extract", "is_in_index", "stamp"]
