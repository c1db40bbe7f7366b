"""Strict rules for feeds, by the specifications: each yields what is broken."""

from tests.outputs.rules.atom import atom
from tests.outputs.rules.json_feed import json_feed
from tests.outputs.rules.rss import rss

RULES = {"feed.xml": atom, "rss.xml": rss, "feed.json": json_feed}
