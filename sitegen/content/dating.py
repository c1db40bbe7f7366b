"""When a post is from, and who says so: its front matter, its file's name, its first commit, or its file."""

from __future__ import annotations

from datetime import datetime

from sitegen.config import Config
from sitegen.content.documents import Reader, Written
from sitegen.content.readings import Witness
from sitegen.content.sources import Source
from sitegen.dates import in_zone
from sitegen.errors import Problem
from sitegen.frozen import dataclass
from sitegen.marked import Origin
from sitegen.model.beside import folder_of, is_bundle
from sitegen.model.given import Given, Givens
from sitegen.model.tongues import foreign_name, placed
from sitegen.patterns import regex

# Jekyll's rule for names (document.rb): 2020-1-5-x.md and 20-1-6-x.md are dates, too.
_DATED_NAME = regex(r"(\d{2,4}-\d{1,2}-\d{1,2})-(.+)")


@dataclass(frozen=True)
class Name:
    """What a file's name says: the day as text ("" if none), and the slug."""

    day: str
    slug: str


def name_of(config: Config, source: Source) -> Name:
    """What the name of a post's file says, without the language that may stand in it; of a post that is a folder, the
    name of that (Jekyll knows none such).
    """
    path = placed(config, source.path)[1] if config.languages else source.path
    stem = path.rpartition("/")[2].removesuffix(source.ending)
    if not config.lenient and is_bundle(path):
        stem = folder_of(path).rpartition("/")[2]
    match = _DATED_NAME.fullmatch(stem)
    return Name(match.group(1), match.group(2)) if match else Name("", stem)


def day_of(reader: Reader, written: Written) -> str:
    """The date as the author gave it, or ""."""
    return reader.text(written, "date") or name_of(reader.config, written.source).day


def date_of(reader: Reader, written: Written, witness: Witness, *, quiet: bool) -> tuple[datetime, Givens] | None:
    """The date and who gave it; None if it is wrong. A post without any is told of, unless it is to be `quiet`."""
    if written.values.get("date") is not None:
        moment = reader.moment(written, "date")
        if moment is not None:
            return moment, written.given("date")
        if not reader.config.lenient:
            return None
    path = written.source.path
    if day := name_of(reader.config, written.source).day:
        moment = _day_of_name(reader, path, day)
        return None if moment is None else (moment, (Given("file name", Origin(path)),))
    moment, giver = witness.first(written.source)
    tag, bare = foreign_name(reader.config, path)
    if not quiet and not (tag and is_bundle(bare)):  # of which something else is told
        when = "its first commit" if giver == "git" else "the file"
        message = f"undated: takes the date of {when}; add `date: {moment:%Y-%m-%d}`"
        reader.problems.note(Problem(path, None, message, "with `permalink: /:title/`, to keep its address"))
    return moment.astimezone(reader.config.zone), (Given(giver, Origin(path)),)


def updated_of(reader: Reader, written: Written, witness: Witness, date: datetime) -> tuple[datetime | None, Givens]:
    """When it was last changed, and who says so. A commit of the post's own day, or of one before it, is no news."""
    for key in ("updated", "last_modified_at"):
        if (moment := reader.moment(written, key)) is not None:
            return moment, written.given(key)
    last = witness.last(written.source) if reader.config.updated == "git" else None
    changed = None if last is None else in_zone(last, reader.config.zone)
    if changed is None or changed.date() <= date.date():
        return None, ()
    return changed, (Given("git", Origin(written.source.path)),)


def expires_of(reader: Reader, written: Written, date: datetime) -> datetime | None:
    """The moment from which a post is left out. An undated one may be as old as it likes."""
    moment = reader.moment(written, "expires")
    if moment is None or moment > date or not day_of(reader, written):
        return moment
    reader.wrong(written, "expires", f"is not after the date of the post, {date:%Y-%m-%d %H:%M}", "it is never seen")
    return None


def _day_of_name(reader: Reader, path: str, day: str) -> datetime | None:
    year, _, rest = day.partition("-")
    if not reader.config.lenient:  # Ruby has a rule of its own for short years
        day = f"{'2000'[: 4 - len(year)]}{year}-{rest}"
    try:
        return reader.read_moment(day, lambda what: _misnamed(reader, path, what))
    except ValueError as error:
        _misnamed(reader, path, str(error))
        return None


def _misnamed(reader: Reader, path: str, what: str) -> None:
    reader.problems.tolerate(Problem(path, None, f"the date in the file's name: {what}", "rename the file"))
