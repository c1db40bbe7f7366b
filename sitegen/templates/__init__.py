"""The Jinja side: environment, filters, and the read-only views that layouts see."""

from sitegen.templates.environment import keep_packaged
from sitegen.templates.renderer import Renderer

__all__ = ["Renderer", "keep_packaged"]
