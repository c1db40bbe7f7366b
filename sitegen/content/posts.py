"""Posts: from files in `_posts/` and `_drafts/` to the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.content.authors import writers_of
from sitegen.content.candidates import around, why_not
from sitegen.content.dating import date_of, day_of, expires_of, name_of, updated_of
from sitegen.content.documents import Reader, Written
from sitegen.content.formats import Format, format_of, is_whole
from sitegen.content.history import History, read_history
from sitegen.content.redirects import redirect_to, redirects_from
from sitegen.content.related import related_of
from sitegen.content.series import series_of
from sitegen.content.terms import categories_of, tags_of
from sitegen.content.walks import folders_named, walk_entries
from sitegen.digests import digest_of
from sitegen.errors import Problems, did_you_mean
from sitegen.forms.description import Form
from sitegen.marked import Origin
from sitegen.model.beside import is_bundle
from sitegen.model.content import LeftOut, Post
from sitegen.model.given import BY_SITEGEN, Given, Givens
from sitegen.model.permalinks import PLACEHOLDERS, Named, expand, is_dated
from sitegen.model.tongues import placed
from sitegen.settings.names import UNDATED_PERMALINK
from sitegen.slugs import slugify, term_slug, title_from_slug


def read_posts(
    config: Config, problems: Problems, history: Callable[[Path], History] = read_history
) -> tuple[list[Post], list[LeftOut]]:
    """Every post, in no order, whatever its day, and what is left out. What is wrong is a problem."""
    reader = _PostReader(config, problems, history)
    return [post for post in reader.posts() if post is not None], reader.left_out


@dataclass(frozen=True)
class _Address:
    """What names a post, and where it is for that; `given` tells who gave each."""

    title: str
    slug: str
    categories: tuple[str, ...]
    permalink: str
    url: str
    format: Format
    given: Mapping[str, Givens]


class _PostReader(Reader):
    """Reads the posts of one site. What settles a value tells who gave it, too."""

    def __init__(self, config: Config, problems: Problems, history: Callable[[Path], History]) -> None:
        super().__init__(config, problems)
        self._read_history = history

    def posts(self) -> Iterator[Post | None]:
        found = [
            item
            for name in ("_posts", "_drafts")
            for folder in folders_named(self.config, name)
            for item in self._folder(folder)
        ]
        history = self._history([written for written, _ in found])
        for written, draft in found:
            yield self._post(written, draft, history)

    def _history(self, found: Sequence[Written]) -> History:
        """What git knows, where that is asked for: by posts without a date, and by the setting `updated`."""
        wanted = bool(found) and self.config.updated == "git"
        if not wanted and all(day_of(self, written) for written in found):
            return History()
        history = self._read_history(self.config.source)
        if wanted and history.lack:
            self.problems.warn(self.config.origin.at("updated").problem(*history.lack))
        return history

    def _folder(self, folder: str) -> Iterator[tuple[Written, bool]]:
        draft = folder.endswith("_drafts")
        unheard = draft and not self.config.drafts  # what is wrong there is nobody's business yet
        for source in walk_entries(self.config, folder, Problems() if unheard else self.problems):
            reason = why_not(self.config, source, draft)
            if reason is not None:
                self.left_out.append(LeftOut(source.path, reason, Origin(source.path)))
                continue
            written = self.written(source, "drafts" if draft else "posts")
            if written is not None and self.is_published(written):
                yield written, draft or (not self.config.lenient and self.truth(written, "draft", False))

    def _post(self, written: Written, draft: bool, history: History) -> Post | None:
        if (dated := date_of(self, written, history, quiet=draft)) is None:
            return None
        date, by_date = dated
        if (address := self._address(written, date)) is None:
            return None
        updated, by_updated = updated_of(self, written, history, date)
        tags, by_tags = tags_of(self, written)
        separator, by_separator = self.or_setting(written, "excerpt_separator")
        writers, by_writers = writers_of(self, written)
        form = self._form(written, address.slug, address.title)
        seen = (address.title, address.slug, date.isoformat(), address.url, form, draft)
        return Post(
            path=written.source.path,
            origin=written.front.origin,
            digest=digest_of(written.digest, repr(seen)),
            title=address.title,
            slug=address.slug,
            date=date,
            url=address.url,
            permalink=address.permalink,
            dated=bool(day_of(self, written)),
            updated=updated,
            expires=expires_of(self, written, date),
            tags=tags,
            categories=address.categories,
            writers=writers,
            draft=draft,
            separator=separator,
            form=form,
            front=written.values,
            given={
                **written.defaulted,
                **self.language_given(written),
                **address.given,
                "date": by_date,
                "updated": by_updated,
                "tags": by_tags,
                "author": by_writers,
                "excerpt_separator": by_separator,
            },
            **self._body(written, address.format),
            **self._said(written),
        )

    def _address(self, written: Written, date: datetime) -> _Address | None:
        """What names it; None, and a problem, where that makes no address."""
        by_name: Givens = (Given("file name", Origin(written.source.path)),)
        name = name_of(self.config, written.source).slug.rstrip(".")
        slug, by_slug = self.settled(written, "slug", name, by_name)
        title, by_title = self.settled(written, "title", "", by_name)
        title = title or title_from_slug(name) or "Untitled"
        categories, by_categories = self._categories(written)
        permalink, by_permalink = self._permalink(written)
        own = self.text(written, "permalink") if self.config.lenient else ""  # elsewhere a post is always a page
        kind = format_of(self.config, written.source, own)
        named = self._named(written, title, slug, date, categories, kind)
        url = self._url(written, permalink, by_permalink, named)
        given = {"slug": by_slug, "title": by_title, "categories": by_categories, "permalink": by_permalink}
        return None if url is None else _Address(title, slug, categories, permalink, url, kind, given)

    def _body(self, written: Written, kind: Format) -> dict[str, Any]:
        """The fields that tell of the text."""
        front = written.front.trimmed() if kind.verbatim else written.front
        return {
            "body": front.body,
            "body_line": front.body_line,
            "body_digest": digest_of(front.body),
            "layout": self.layout(written, "post" if kind.is_shown and not is_whole(front.body) else None),
            "verbatim": kind.verbatim,
            "ending": kind.ending,
        }

    def _said(self, written: Written) -> dict[str, Any]:
        """The fields that are what the front matter says, whatever the others are."""
        series, part = series_of(self, written)
        return {
            "pinned": self.truth(written, "pinned", False),
            "description": self.text(written, "description"),
            "lang": self.language(written),
            "translation_of": self.text(written, "translation_of"),
            "series": series,
            "part": part,
            "related": related_of(self, written),
            "redirect_from": redirects_from(self, written),
            "redirect_to": redirect_to(self, written),
        }

    def _categories(self, written: Written) -> tuple[tuple[str, ...], Givens]:
        above, _ = around(self.config, written.source.path)
        own, given = categories_of(self, written)
        by_folders: Givens = (Given("folders", Origin(written.source.path)),) if above else ()
        return tuple(dict.fromkeys((*above, *own))), (*by_folders, *given)

    def _form(self, written: Written, slug: str, title: str) -> Form | None:
        value = written.values.get("form")
        if value is None or value is False:
            return None
        from sitegen.forms.reading.forms import FormReader

        config = self.config
        forms = FormReader(config.zone, self.problems.add, config.forms, config.endpoint, config.keep)
        form = forms.read(value, slugify(slug) or term_slug(slug), title, written.origin("form"))
        if form is None or not self.config.languages:
            return form
        return replace(form, lang=self.tongue(written))

    def _permalink(self, written: Written) -> tuple[str, Givens]:
        """The pattern of its address; that of an undated post has no date in it, unless its author wants one."""
        if is_dated(self.config.permalink) and not day_of(self, written):
            return self.settled(written, "permalink", UNDATED_PERMALINK, BY_SITEGEN)
        return self.or_setting(written, "permalink")

    def _named(
        self, written: Written, title: str, slug: str, date: datetime, categories: tuple[str, ...], kind: Format
    ) -> Named:
        """What the address is made of. A name is no address: a `%` in it stands for itself, unless `slug` has it."""
        above, below = around(self.config, placed(self.config, written.source.path)[1])
        path = below.rsplit(".", 1)[0]
        if self.config.lenient:  # Jekyll's `:path` has the folders above, and it encodes whatever it is made of
            path = "/".join((*above, path.rstrip(".")))
        elif is_bundle(written.source.path):
            path = path.rpartition("/")[0]
        if not self.config.lenient and not written.values.get("slug"):
            slug, path = slug.replace("%", "%25"), path.replace("%", "%25")
        return Named(title, slug, date, categories, path, self.config.lenient, kind.ending)

    def _url(self, written: Written, permalink: str, given: Givens, named: Named) -> str | None:
        """The address; None, and a problem, if it is none."""
        try:
            address = expand(permalink, named)
        except ValueError as error:
            hint = did_you_mean(str(error), PLACEHOLDERS) or f"there are {', '.join(f':{p}' for p in PLACEHOLDERS)}"
            message = f'the permalink has a placeholder ":{error}", which there is not'
            self.problems.add(given[0].at.problem(message, hint))
            return None
        own = bool(self.text(written, "permalink"))
        return self.url(address if own else self.prefix(written) + address, self._address_origin(written))

    def _address_origin(self, written: Written) -> Origin:
        """What of a post makes its address: the permalink, the slug, or the file's name."""
        for key in ("permalink", "slug"):
            if written.values.get(key) is not None:
                return written.origin(key)
        return Origin(written.source.path)
