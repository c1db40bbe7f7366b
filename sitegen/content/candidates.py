"""Which files in `_posts` and `_drafts` are posts, by their places and names."""

from __future__ import annotations

from sitegen.config import Config
from sitegen.content.dating import name_of
from sitegen.content.formats import STYLES
from sitegen.content.sources import DOCUMENTS, Source, is_text
from sitegen.model.content import Reason

_DATA = (".yml", ".yaml")  # documents without a body (document.rb `yaml_file?`)


def why_not(config: Config, source: Source, draft: bool) -> Reason | None:
    """Why a file is no post, if it is none. For Jekyll any text with an ending and a day in its name is one."""
    if not (_may_be_jekylls(config, source) if config.lenient else source.suffix in DOCUMENTS):
        return "not a post"
    if draft:
        return None if config.drafts else "draft"
    return "no date" if config.lenient and not name_of(config, source).day else None


def _may_be_jekylls(config: Config, source: Source) -> bool:
    if source.suffix in (*config.markdown_endings, *DOCUMENTS):
        return True
    return source.suffix not in ("", *_DATA, *STYLES) and is_text(source)


def around(config: Config, path: str) -> tuple[tuple[str, ...], str]:
    """The folders above `_posts` or `_drafts`, which are categories (document.rb), and the path below it."""
    within = path.removeprefix(f"{config.collections_dir}/") if config.collections_dir else path
    parts = within.split("/")
    place = next(at for at, part in enumerate(parts) if part in ("_posts", "_drafts"))
    return tuple(parts[:place]), "/".join(parts[place + 1 :])
