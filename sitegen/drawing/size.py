"""How large social cards are."""

from __future__ import annotations

WIDTH, HEIGHT = 1200, 630  # px; what the networks ask for
