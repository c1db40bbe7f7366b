"""Formspree's read API: programs of the author's read the answers, by a key."""
