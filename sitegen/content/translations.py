"""Whether what is said to be the same in several languages can be that."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.errors import Problem, Problems, did_you_mean, one_hint
from sitegen.marked import Origin
from sitegen.model.content import Document, given_of
from sitegen.model.site import Site
from sitegen.model.translations import has_wrong_language, language_of, meant, names_of


def check_translations(site: Site, problems: Problems) -> None:
    """`translation_of` names one post or page in another language; none has two translations into the same one."""
    if not site.config.languages:
        return
    names = names_of(site)
    for document in site.documents.values():
        if document.translation_of and (problem := _unclear(site, document, names)):
            problems.tolerate(problem)
    for group in dict.fromkeys(site.translations.values()):
        seen: dict[str, Document] = {}
        for document in map(site.documents.__getitem__, group):
            first = seen.setdefault(language_of(site, document), document)
            if first is not document and not (has_wrong_language(site, first) or has_wrong_language(site, document)):
                problems.tolerate(_twice(site, first, document))


def _unclear(site: Site, document: Document, names: Mapping[str, tuple[str, ...]]) -> Problem | None:
    name, found = document.translation_of, meant(site, document, names)
    if len(found) == 1:
        return None
    lang = language_of(site, document)
    others = [key for key, paths in names.items() if any(language_of(site, site.documents[at]) != lang for at in paths)]
    if found:
        message, hint = f'"{name}" may be {" or ".join(found)}', "write the path"
    else:
        near = did_you_mean(name, others) if others else ""
        message = f'there is no "{name}" in another language'
        hint = one_hint(near, "a path, the name of a file, a slug or an address will do")
    return given_of(document, "translation_of")[0].at.problem(f"`translation_of`: {message}", hint)


def _twice(site: Site, first: Document, document: Document) -> Problem:
    key = "translation_of" if document.translation_of else "lang"
    message = f"says the same as {first.path}, and in the same language: {language_of(site, document)}"
    hint = "give one of them another name, or another `lang` or `translation_of`"
    origin = given_of(document, key)[0].at
    return (origin if origin.path else Origin(document.path)).problem(message, hint)
