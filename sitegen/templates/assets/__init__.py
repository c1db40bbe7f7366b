"""Styles and scripts under names that change with their content: what `asset_url` gives."""

from sitegen.templates.assets.assets import Assets, Twin

__all__ = ["Assets", "Twin"]
