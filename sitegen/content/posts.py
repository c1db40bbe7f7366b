"""Posts: from files in `_posts/` and `_drafts/` to the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sitegen.config import Config
from sitegen.content.authors import writers_of
from sitegen.content.calls import form_of
from sitegen.content.candidates import around, why_not
from sitegen.content.dating import date_of, day_of, expires_of, name_of, updated_of
from sitegen.content.documents import Reader, Written
from sitegen.content.formats import Format, format_of, is_whole
from sitegen.content.frontmatter import FrontMatter
from sitegen.content.history import History, read_history
from sitegen.content.readings import Reading, Shelf, Witness, once, read_with
from sitegen.content.redirects import redirect_to, redirects_from
from sitegen.content.related import related_of
from sitegen.content.series import series_of
from sitegen.content.sources import Source
from sitegen.content.terms import categories_of, tags_of
from sitegen.content.walks import folders_named, walk_entries
from sitegen.digests import digest_of
from sitegen.errors import Problems, did_you_mean
from sitegen.forms.description import Form
from sitegen.frozen import dataclass
from sitegen.marked import Origin
from sitegen.model.beside import is_bundle
from sitegen.model.content import LeftOut, Post
from sitegen.model.given import BY_SITEGEN, Given, Givens
from sitegen.model.manuscripts import Manuscript
from sitegen.model.permalinks import PLACEHOLDERS, Named, expand, is_dated
from sitegen.model.tongues import placed
from sitegen.settings.names import UNDATED_PERMALINK
from sitegen.slugs import title_from_slug


def read_posts(
    config: Config,
    problems: Problems,
    history: Callable[[Path], History] = read_history,
    shelf: Shelf | None = None,
) -> tuple[list[Post], list[LeftOut]]:
    """Every post, in no order, whatever its day, and what is left out. What is wrong is a problem."""
    posts: list[Post] = []
    left_out: list[LeftOut] = []
    ask = once(partial(history, config.source))
    sources = [*_sources(config, problems, left_out)]
    drafts = {source.path for source, in_drafts in sources if in_drafts}

    def read(source: Source, witness: Witness) -> Reading[Post]:
        reader = _PostReader(config, problems, witness)
        return reader.reading(reader.post(source, in_drafts=source.path in drafts))

    for reading in read_with(shelf, "posts", Post, [source for source, _ in sources], read, ask):
        reading.tell(problems)
        left_out += reading.left_out
        posts += [reading.document] if reading.document is not None else []
    if config.updated == "git" and posts and (lack := ask().lack):
        problems.warn(config.origin.at("updated").problem(*lack))
    return posts, left_out


def _sources(config: Config, problems: Problems, left_out: list[LeftOut]) -> Iterator[tuple[Source, bool]]:
    """The files of posts, and whether they are in a folder of drafts; `left_out` is told of the others there."""
    for name in ("_posts", "_drafts"):
        draft = name == "_drafts"
        unheard = draft and not config.drafts  # what is wrong there is nobody's business yet
        for folder in folders_named(config, name):
            for source in walk_entries(config, folder, Problems() if unheard else problems):
                reason = why_not(config, source, draft)
                if reason is None:
                    yield source, draft
                else:
                    left_out.append(LeftOut(source.path, reason, Origin(source.path)))


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
    """Reads one post. What settles a value tells who gave it, too; what nobody gives, the witness may know."""

    def __init__(self, config: Config, problems: Problems, witness: Witness) -> None:
        super().__init__(config, problems)
        self._witness = witness

    def post(self, source: Source, *, in_drafts: bool) -> Post | None:
        """The post of a file; None for one that is left out or wrong."""
        written = self.written(source, "drafts" if in_drafts else "posts")
        if written is None or not self.is_published(written):
            return None
        return self._post(written, in_drafts or (not self.config.lenient and self.truth(written, "draft", False)))

    def _post(self, written: Written, draft: bool) -> Post | None:
        if (dated := date_of(self, written, self._witness, quiet=draft)) is None:
            return None
        date, by_date = dated
        if (address := self._address(written, date)) is None:
            return None
        updated, by_updated = updated_of(self, written, self._witness, date)
        tags, by_tags = tags_of(self, written)
        separator, by_separator = self.or_setting(written, "excerpt_separator")
        writers, by_writers = writers_of(self, written)
        said = self._said(written)
        form = self._form(written, address, said["lang"])
        given = {
            **written.defaulted,
            **self.language_given(written),
            **address.given,
            "date": by_date,
            "updated": by_updated,
            "tags": by_tags,
            "author": by_writers,
            "excerpt_separator": by_separator,
        }
        front = written.front.trimmed() if address.format.verbatim else written.front
        expires = expires_of(self, written, date)
        seen = (address.title, address.slug, date, address.url, form, draft, tags, address.categories, writers)
        return Post(
            path=written.source.path,
            manuscript=Manuscript(written.front.origin, front.body, given),
            digest=digest_of(written.digest, repr((*seen, updated, expires, *said.values()))),
            title=address.title,
            slug=address.slug,
            date=date,
            url=address.url,
            permalink=address.permalink,
            dated=bool(day_of(self, written)),
            updated=updated,
            expires=expires,
            tags=tags,
            categories=address.categories,
            writers=writers,
            draft=draft,
            separator=separator,
            form=form,
            front=written.values,
            **self._body(written, front, address.format),
            **said,
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

    def _body(self, written: Written, front: FrontMatter, kind: Format) -> dict[str, Any]:
        """The fields that tell of the text."""
        return {
            "body_line": front.body_line,
            "body_digest": digest_of(front.body),
            "head_digest": digest_of(written.front.origin.head_text),
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
            "engine": self.engine(written),
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

    def _form(self, written: Written, address: _Address, lang: str) -> Form | None:
        value, place = written.values.get("form"), written.origin("form")
        return form_of(self.config, self.problems.add, value, address.slug, address.title, place, lang)

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
