"""The search index as a part of the build: made anew when what is found has changed, and published with the rest.

Its files carry two digests in the memory: `reads_digest` covers the pages as they are published, `identity` what of
them is found. As long as the first one is the same nothing is looked at, and as long as the second one is, nothing is
made: a new menu is no reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from itertools import chain

from sitegen.build.artifacts import Artifact, Work
from sitegen.build.memory import BuildMemory
from sitegen.build.outlook import Outlook
from sitegen.build.records import Record
from sitegen.build.render import is_held, is_intact
from sitegen.build.written import Data, bytes_of
from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.search import Entry, Indexer, entries, extract, is_in_index, stamp

OWNER = "the search index"


def found_in(outlook: Outlook) -> tuple[Entry, ...]:
    """What is found in a site; nothing where it cannot be searched."""
    if "search" not in outlook.site.config.outputs:
        return ()
    return tuple(entries(outlook.site, {target.owner: path for path, target in outlook.targets.items()}))


def indexed(outlook: Outlook, work: Work, findable: tuple[Entry, ...]) -> tuple[Work, Set[str]]:
    """The work with the index in it, and the paths of all of that. Raises `SiteError`.

    The preview makes one of its own, which no page waits for.
    """
    config, memory = outlook.site.config, outlook.memory
    found = () if config.preview else findable
    if not found:
        return work, frozenset()
    program, known = stamp(), _known(config, memory)
    made = {one.path: one.digest for one in chain(work.changed, work.same)}
    digests = (made.get(one.path) or memory.records[one.path].digest for one in found)
    source = digest_of(program, repr(found), *digests)
    if known and all(record.identity and record.reads_digest == source for record in known.values()):
        return work, known.keys()
    pages = pages_of(config, found, work.made)
    identity = digest_of(program, *chain(*pages.items()))
    if known and all(record.identity == identity for record in known.values()):
        again = [Artifact(path, OWNER, record.digest, identity, (), source) for path, record in known.items()]
        return work.and_(Work(same=again)), known.keys()
    files = Indexer(config).files(pages)
    new = Work()
    for path, data in files.items():
        artifact = Artifact(path, OWNER, digest_of(data), identity, (), source, data)
        (new.same if is_held(config, artifact, known.get(path)) else new.changed).append(artifact)
    return work.and_(new), files.keys()


def pages_of(config: Config, found: tuple[Entry, ...], made: Mapping[str, Data] | None = None) -> dict[str, str]:
    """What is found of each page, by its path: of those that were made just now, or else are in the output."""
    pages = {}
    for one in found:
        data = made.get(one.path) if made else None
        html = (config.output / one.path).read_bytes() if data is None else bytes_of(data)
        if text := extract(one, html.decode("utf-8", "replace")):
            pages[one.path] = text
    return pages


def _known(config: Config, memory: BuildMemory) -> Mapping[str, Record]:
    """The index that is there; none if anything of it is not as it was made."""
    found = {path: memory.records.get(path) for path in memory.records if is_in_index(path)}
    known = {path: record for path, record in found.items() if record is not None}
    return known if all(is_intact(config, record) for record in known.values()) else {}
