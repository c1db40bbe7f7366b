"""The Jinja side: environment, filters, and the read-only views that layouts see."""

from sitegen.templates.renderer import Renderer

__all__ = ["Renderer"]
