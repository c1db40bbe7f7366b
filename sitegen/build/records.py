"""What is remembered of each file of the output, in the form in which it is stored until somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from sitegen.build.remembered import sealed, unsealed

_NEVER = ""  # the identity of what is never fresh


class Record(NamedTuple):
    """One file that a build made.

    `reads` are the names of what it read while it was made, and `reads_digest` covers what these were; `size` and
    `modified` (nanoseconds) are those of the file; `claim`, after a build that was cut short, has the digests of
    everything that the file may hold, "" otherwise.
    """

    path: str
    digest: str
    identity: str
    reads: tuple[str, ...]
    reads_digest: str
    size: int
    modified: int
    claim: str = ""

    @property
    def digests(self) -> frozenset[str]:
        """Of everything that builds may have left in the file."""
        return frozenset((self.digest, *self.claim.split())) - {""}

    @property
    def row(self) -> bytes:
        """All but the path, as it is stored."""
        if "\0" in "".join(self.reads):
            return self._replace(identity=_NEVER, reads=()).row  # there is no telling where a name ends
        numbers = (str(self.size), str(self.modified))
        texts = (self.digest, self.identity, self.reads_digest, *numbers, self.claim, *self.reads)
        return sealed(self.path, "\0".join(texts))


class Records(Mapping[str, Record]):
    """The records by path, from `rows`. One that is damaged is as good as not there."""

    def __init__(self, rows: Mapping[str, bytes]) -> None:
        self.rows = rows
        self._known: dict[str, Record] = {}

    def __getitem__(self, path: str) -> Record:
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self._read(path)
        return known

    def _read(self, path: str) -> Record:
        text = unsealed(path, self.rows[path])
        if text is None:
            raise KeyError(path)
        digest, identity, reads_digest, size, modified, claim, *reads = text.split("\0")
        return Record(path, digest, identity, tuple(reads), reads_digest, int(size), int(modified), claim)

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def but(self, new: Iterable[Record], gone: Set[str]) -> Records:
        """The same with some new ones, and without those that are gone."""
        fresh = {record.path: record for record in new}
        kept = {path: row for path, row in self.rows.items() if path not in gone}
        found = Records({**kept, **{path: record.row for path, record in fresh.items()}})
        found._known = {**{path: record for path, record in self._known.items() if path in kept}, **fresh}
        return found

    def forgotten(self) -> Records:
        """The same files, none of them fresh."""
        return Records({path: record._replace(identity=_NEVER).row for path, record in self._whole()})

    def claims(self, records: Iterable[Record]) -> Mapping[str, bytes]:
        """The rows of files that are about to be written: each tells of all that it may hold."""
        found = {}
        for record in records:
            before = self.get(record.path)
            held = record.digests if before is None else record.digests | before.digests
            found[record.path] = record._replace(claim=" ".join(sorted(held))).row
        return found

    def _whole(self) -> Iterator[tuple[str, Record]]:
        for path in self.rows:
            if (record := self.get(path)) is not None:
                yield path, record
