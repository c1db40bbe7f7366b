"""The filters that name styles and scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.templates.assets import Assets
from sitegen.templates.views import Lens, Refused, SiteView


def asset_url(assets: Assets, context: Context, value: Any) -> str:
    """The address of a static file, which changes with its content. None gives "". Raises `Refused`, `SiteError`."""
    if value is None:
        return ""
    lens = _lens(context, "asset_url")
    return assets.url(str(value), lens.reads, plain=lens.plain)


def asset_integrity(assets: Assets, context: Context, value: Any) -> Markup:
    """The attribute that says which bytes a style or script has, with a space before it, where the setting asks for it.

    None gives "". Raises as `asset_url`.
    """
    lens = _lens(context, "asset_integrity")
    if value is None or lens.plain or not assets.site.config.integrity:
        return Markup("")
    said = assets.integrity(str(value), lens.reads)
    return Markup(f' integrity="{said}"') if said else Markup("")


def _lens(context: Context, name: str) -> Lens:
    site = context.get("site")
    if not isinstance(site, SiteView):
        raise Refused(f"`{name}` wants to see the site: import the template `with context`")
    return site._lens


ASSET_FILTERS: Mapping[str, Callable[[Assets, Context, Any], str]] = {
    "asset_url": asset_url,
    "asset_integrity": asset_integrity,
}
