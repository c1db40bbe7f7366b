"""What an executor's workers do, in other processes and on other machines: pure, of what they are sent.

Whatever fails here is done again by the build, which tells what is wrong as if it were alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

from sitegen.build.artifacts import Artifact, Draft
from sitegen.build.plan import plan
from sitegen.build.render import Ledger, make
from sitegen.digests import digest_of
from sitegen.errors import Problems, SiteError
from sitegen.markup.bodies import Bodies
from sitegen.markup.rendered import Rendered
from sitegen.markup.rendering import render
from sitegen.model.site import Site
from sitegen.outputs.target import Rendering, Target
from sitegen.templates import Renderer

OTHER = "other"  # the answer of a worker that would make other bytes
_LIBRARIES = (
    "jinja2", "markupsafe", "markdown", "pygments", "pyromark", "pyyaml", "python-liquid", "latex2mathml",
    "lightningcss", "minify-html", "babel",
)  # fmt: skip
_IDLE: dict[str, list[_Model]] = {}  # sites at rest, dear to make; whoever has popped one has it alone
_KEPT = 2  # sites


@dataclass(frozen=True)
class _Model:
    ledger: Ledger
    targets: Mapping[str, Target]


@dataclass(frozen=True)
class _Sent:
    """Bodies that came with the site, by key."""

    bodies: Mapping[str, Rendered]

    def get(self, key: str) -> Rendered | None:
        """The body, or None."""
        return self.bodies.get(key)

    def put(self, key: str, body: Rendered) -> None:
        """Nothing is kept: a worker has no memory."""

    def block(self, key: str) -> None:
        """No block came with it."""

    def put_blocks(self, blocks: Mapping[str, str]) -> None:
        """Nothing is kept."""


@cache
def stamp() -> str:
    """What the bytes depend on, beside the site: sitegen itself, and the libraries."""
    top = Path(__file__).resolve().parent.parent
    files = sorted(file for kind in ("*.py", "theme/**/*") for file in top.rglob(kind) if file.is_file())
    return digest_of(*(part for file in files for part in (file.name, file.read_bytes())), *map(_version, _LIBRARIES))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def packed(site: Site, bodies: Bodies) -> bytes:
    """A site with its rendered bodies, to be sent once to each worker."""
    import pickle
    import zlib

    found = {}
    for document in site.documents.values():
        if not document.verbatim:
            try:
                found[bodies.key(document)] = bodies.of(document)
            except SiteError:
                continue  # told where it is rendered
    return zlib.compress(pickle.dumps((replace(site), found), protocol=5), 1)


def render_bodies(known: str, model: bytes | str, digest: str, tasks: Sequence[tuple[Any, ...]]) -> Any:
    """The rendered body of each task with the seconds it took (see `Bodies.task`); None where anything failed."""
    if known != stamp():
        return OTHER
    return _all(tasks, lambda task: render(*task[:2], html=task[2], separator=task[3]))


def render_pages(known: str, model: bytes | str, digest: str, paths: Sequence[str]) -> Any:
    """The artifact of each path with the seconds it took; None where anything failed. `model` is a packed site, or the
    file that has it.
    """

    def one(path: str) -> Artifact | Draft:
        return make(found.ledger, found.targets[path])

    if known != stamp():
        return OTHER
    idle = _IDLE.setdefault(digest, [])
    while len(_IDLE) > _KEPT:
        _IDLE.pop(next(iter(_IDLE)), None)
    try:
        found = idle.pop() if idle else _opened(model)
    except Exception:  # a file of another machine, say
        return None
    made = _all(paths, one)
    idle.append(found)
    return made


def _opened(model: bytes | str) -> _Model:
    import pickle
    import zlib

    data = Path(model).read_bytes() if isinstance(model, str) else model
    site, found = pickle.loads(zlib.decompress(data))
    bodies = Bodies(site.config, _Sent(found), site.catalogs)
    return _Model(Ledger(Rendering(site, bodies, Renderer(site, bodies))), plan(site, Problems()))


def _all(tasks: Sequence[Any], do: Callable[[Any], Any]) -> Any:
    made = []
    try:
        for task in tasks:
            started = perf_counter()
            made.append((do(task), perf_counter() - started))
    except Exception:  # the build does it again, and tells
        return None
    return made
