"""Files whose names say that they are in a language which the site is not in: nothing is made of what they say."""

from __future__ import annotations

import posixpath

from sitegen.config import Config
from sitegen.errors import Problem, Problems
from sitegen.model.beside import is_bundle
from sitegen.model.content import Document
from sitegen.model.site import Site
from sitegen.model.tongues import foreign_folder, foreign_name, placed
from sitegen.patterns import regex

_LIKE_A_TAG = regex(r"[./][A-Za-z]{2}(?:-[A-Za-z]{2})?[./]")  # of few files, so that most sites cost nothing


def check_foreign(site: Site, problems: Problems) -> None:
    """Tell of translations into a language that the settings do not name: they are among what is in the site's own."""
    suspects = [document for document in site.documents.values() if _LIKE_A_TAG.search(document.path)]
    if not suspects:
        return
    names = {_name(site.config, path) for path in (*site.documents, *(one.path for one in site.left_out))}
    for document in suspects:
        by_name, by_folder = _by_name(site.config, document, names), _by_folder(site.config, document)
        if tag := by_name or by_folder:
            what = "file" if by_name else "folder"
            message = f'the name of the {what} says that it is in "{tag}", which the site is not in'
            hint = f"add `[languages.{tag}]` to the settings, or rename the {what}"
            problems.warn(Problem(document.path, None, message, hint))


def _by_name(config: Config, document: Document, names: set[str]) -> str:
    """The language that a file's name tells: `index.fr.md` that of a folder's text. `x.cs.md` may be on C#, unless
    there is an `x.md`, too, and the post says no other language.
    """
    tag, bare = foreign_name(config, document.path)
    said = str(document.front.get("lang") or tag)
    return tag if is_bundle(bare) or (said.lower() == tag.lower() and _name(config, bare) in names) else ""


def _by_folder(config: Config, document: Document) -> str:
    """The language that a folder's name tells, where the post says none: `_posts/la/` may hold quotations in Latin."""
    return "" if document.front.get("lang") else foreign_folder(config, document.path)


def _name(config: Config, path: str) -> str:
    return posixpath.splitext(placed(config, path)[1])[0]
