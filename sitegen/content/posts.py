"""Posts: from files in `_posts/` and `_drafts/` to the model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sitegen.config import Config
from sitegen.content.documents import Reader, Written
from sitegen.content.history import first_dates
from sitegen.content.sources import DOCUMENTS, MARKDOWN, Source, folders_named, walk
from sitegen.digests import digest_of
from sitegen.errors import Problem, Problems, did_you_mean
from sitegen.forms.description import FormReader
from sitegen.marked import Origin
from sitegen.model.content import Post
from sitegen.model.permalinks import PLACEHOLDERS, Named, expand, is_dated
from sitegen.settings import UNDATED_PERMALINK
from sitegen.slugs import slugify, term_slug, title_from_slug

# Jekyll's rule for names (document.rb): 2020-1-5-x.md and 20-1-6-x.md are dates, too.
_DATED_NAME = re.compile(r"(\d{2,4}-\d{1,2}-\d{1,2})-(.+)")


def read_posts(config: Config, problems: Problems, forms: FormReader) -> list[Post]:
    """Every post that is to be published, in no order. What is held back gets a note, what is wrong a problem."""
    reader = _PostReader(config, problems, forms)
    return [post for post in reader.posts() if post is not None]


def hold_back(posts: list[Post], config: Config, now: datetime, problems: Problems) -> list[Post]:
    """The posts without those whose date is yet to come; each of these gets a note."""
    if config.future:
        return posts
    for post in posts:
        if post.date > now and not post.draft:
            day = f"{post.date:%Y-%m-%d %H:%M %Z}".removesuffix(" 00:00 UTC")
            problems.note(Problem(post.path, None, f"held back until {day}", "--future builds it all the same"))
    return [post for post in posts if post.date <= now or post.draft]


@dataclass(frozen=True)
class _Name:
    """What the file's name says: the day as text ("" if none), and the slug."""

    day: str
    slug: str


def _name_of(source: Source) -> _Name:
    stem = source.file.name[: -len(source.file.suffix)]
    match = _DATED_NAME.fullmatch(stem)
    return _Name(match.group(1), match.group(2)) if match else _Name("", stem)


def _around(path: str) -> tuple[tuple[str, ...], str]:
    """The folders above `_posts` or `_drafts`, which are categories (document.rb), and the path below it."""
    parts = path.split("/")
    place = next(at for at, part in enumerate(parts) if part in ("_posts", "_drafts"))
    return tuple(parts[:place]), "/".join(parts[place + 1 :])


class _PostReader(Reader):
    """Reads the posts of one site."""

    def __init__(self, config: Config, problems: Problems, forms: FormReader) -> None:
        super().__init__(config, problems)
        self.forms = forms

    def posts(self) -> Iterator[Post | None]:
        found = [
            item
            for name in ("_posts", "_drafts")
            for folder in folders_named(self.config, name)
            for item in self._folder(folder)
        ]
        undated = [written.source for written, _ in found if not self._day(written)]
        first = first_dates(self.config.source, undated)
        for written, draft in found:
            yield self._post(written, draft, first)

    def _folder(self, folder: str) -> Iterator[tuple[Written, bool]]:
        draft = folder.endswith("_drafts")
        if draft and not self.config.drafts:
            return
        for source in walk(self.config, folder, self.problems):
            if not self._is_post(source, draft):
                continue
            written = self.written(source, "drafts" if draft else "posts")
            if written is not None and self._is_published(written):
                yield written, draft or self.truth(written, "draft", False)

    def _is_post(self, source: Source, draft: bool) -> bool:
        if source.suffix not in DOCUMENTS:
            hint = f"posts end in {', '.join(MARKDOWN)} or .html"
            self.problems.note(Problem(source.path, None, "left out: not a post", hint))
            return False
        if self.config.lenient and not draft and not _name_of(source).day:
            hint = "Jekyll wants a name such as 2026-05-06-title.md"
            self.problems.note(Problem(source.path, None, "left out: no date in its name", hint))
            return False
        return True

    def _is_published(self, written: Written) -> bool:
        draft = self.truth(written, "draft", False) and not self.config.drafts
        return self.truth(written, "published", True) and not draft

    def _day(self, written: Written) -> str:
        """The date as the author gave it, or ""."""
        return self.text(written, "date") or _name_of(written.source).day

    def _post(self, written: Written, draft: bool, first: Mapping[str, tuple[datetime, str]]) -> Post | None:
        name = _name_of(written.source)
        date = self._date(written, name, draft, first)
        if date is None:
            return None
        slug = self.text(written, "slug") or name.slug.rstrip(".")
        title = self.text(written, "title") or title_from_slug(slug) or "Untitled"
        above, below = _around(written.source.path)
        categories = tuple(dict.fromkeys((*above, *self.words(written, "categories", "category"))))
        dated = bool(self._day(written))
        path = below.rsplit(".", 1)[0]
        literal = (slug, path) if written.values.get("slug") else (slug.replace("%", "%25"), path.replace("%", "%25"))
        named = Named(title, literal[0], date, categories, literal[1], self.config.lenient)
        url = self._url(written, named, dated)
        if url is None:
            return None
        form = self.forms.read(
            written.values.get("form"), slugify(slug) or term_slug(slug), title, written.origin("form")
        )
        return Post(
            path=written.source.path,
            origin=written.front.origin,
            title=title,
            slug=slug,
            date=date,
            url=url,
            body=written.front.body,
            body_line=written.front.body_line,
            digest=digest_of(written.digest, repr((title, slug, date.isoformat(), url, form, draft))),
            body_digest=digest_of(written.front.body),
            dated=dated,
            updated=self.moment(written, "updated") or self.moment(written, "last_modified_at"),
            layout=self.layout(written, "post"),
            tags=self.words(written, "tags", "tag"),
            categories=categories,
            author=self._author(written),
            description=self.text(written, "description"),
            lang=self.text(written, "lang"),
            draft=draft,
            separator=self.text(written, "excerpt_separator") or self.config.excerpt_separator,
            front=written.values,
            form=form,
        )

    def _author(self, written: Written) -> str:
        value = written.values.get("author")
        if isinstance(value, list):
            return ", ".join(str(item) for item in value if isinstance(item, str | int))
        if isinstance(value, dict):
            return str(value.get("name") or "")
        return self.text(written, "author") or self.config.author

    def _date(
        self, written: Written, name: _Name, draft: bool, first: Mapping[str, tuple[datetime, str]]
    ) -> datetime | None:
        """The date: the front matter's, the file name's, the first commit's or the file's. None if it is wrong."""
        if written.values.get("date") is not None:
            found = self.moment(written, "date")
            if found is not None or not self.config.lenient:
                return found
        if name.day:
            return self._day_of_name(written, name.day)
        moment, origin = first.get(written.source.path, (datetime.fromtimestamp(0, UTC), "file"))
        if not draft:
            when = {"git": "its first commit", "file": "the file"}[origin]
            message = f"undated: takes the date of {when}; add `date: {moment:%Y-%m-%d}`"
            hint = "with `permalink: /:title/`, to keep its address"
            self.problems.note(Problem(written.source.path, None, message, hint))
        return moment.astimezone(self.config.zone)

    def _day_of_name(self, written: Written, day: str) -> datetime | None:
        year, _, rest = day.partition("-")
        full = {2: f"20{year}", 3: f"2{year}"}.get(len(year), year)
        try:
            return self.read_moment(f"{full}-{rest}", lambda what: self._misnamed(written, what))
        except ValueError as error:
            self._misnamed(written, str(error))
            return None

    def _misnamed(self, written: Written, what: str) -> None:
        message = f"the date in the file's name: {what}"
        self.problems.tolerate(Problem(written.source.path, None, message, "rename the file"))

    def _url(self, written: Written, named: Named, dated: bool) -> str | None:
        """The address; None, and a problem, if it is none."""
        own = self.text(written, "permalink")
        pattern = own or self.config.permalink
        if not own and not dated and is_dated(pattern):
            pattern = UNDATED_PERMALINK
        try:
            address = expand(pattern, named)
        except ValueError as error:
            origin = written.origin("permalink") if own else self.config.origin.at("permalink")
            hint = did_you_mean(str(error), PLACEHOLDERS) or f"there are {', '.join(f':{p}' for p in PLACEHOLDERS)}"
            self.problems.add(origin.problem(f'the permalink has a placeholder ":{error}", which there is not', hint))
            return None
        return self.url(address, self._address_origin(written))

    def _address_origin(self, written: Written) -> Origin:
        """What of a post makes its address: the permalink, the slug, or the file's name."""
        for key in ("permalink", "slug"):
            if written.values.get(key) is not None:
                return written.origin(key)
        return Origin(written.source.path)
