"""Jekyll's Liquid in posts and pages: it runs before Markdown, and makes another site of the one that was read.

A level-3 room: nothing heavy is imported until a body needs it, and then python-liquid (the extra `jekyll`).
"""

from sitegen.liquid.expansion import expanded

__all__ = ["expanded"]
