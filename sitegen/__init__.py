"""sitegen: write a post, gather a group."""

__version__ = "0.1.0"
