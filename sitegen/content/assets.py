"""Files that are published as they are."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.config import Config
from sitegen.content.defaults import with_defaults
from sitegen.content.frontmatter import FrontMatter
from sitegen.content.sources import DigestOf, Source, digest_of_file
from sitegen.errors import Problem, Problems, RefusedAddress
from sitegen.model.content import Asset
from sitegen.urls import url_from


def read_assets(
    config: Config, sources: Iterable[Source], problems: Problems, digest_of: DigestOf = digest_of_file
) -> list[Asset]:
    """An asset for each file: at its own path on a Jekyll site, elsewhere at its path below `static/`."""
    prefix = "" if config.lenient else "static/"
    found = (read_asset(config, source, source.path.removeprefix(prefix), problems, digest_of) for source in sources)
    return [asset for asset in found if asset is not None]


def read_asset(
    config: Config, source: Source, address: str, problems: Problems, digest_of: DigestOf = digest_of_file
) -> Asset | None:
    """The asset that a file is; None where it has no address, cannot be read, or is not to be published."""
    front, _ = with_defaults(config, source.path, "", FrontMatter())
    if front.get("published") is False:
        return None
    digest = digest_of(source, problems)
    if digest is None:
        return None
    try:
        url = url_from(address.replace("%", "%25"))
    except RefusedAddress as error:
        problems.tolerate(Problem(source.path, None, f"the file's name: {error}", "rename the file"))
        return None
    return Asset(source.path, url, source.file, digest, source.modified, front)
