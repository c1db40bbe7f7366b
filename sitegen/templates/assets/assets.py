"""The assets of one site by name: `asset_url` and `asset_integrity` ask here, and so does what publishes them."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from sitegen.digests import digest_of
from sitegen.errors import Problem, SiteError, did_you_mean
from sitegen.frozen import dataclass
from sitegen.model.site import Site
from sitegen.templates.assets.files import StaticFile, made_files, static_files
from sitegen.templates.views import Refused
from sitegen.urls import is_external, relative_url

if TYPE_CHECKING:
    from sitegen.templates.assets.bundling import Bundle

DIGITS = 8  # of a digest, in a name


@dataclass(frozen=True)
class Twin:
    """A style or script under a name of its content: its path in the output, what it is made of, and its text.

    `text` is None for one that is a copy of `file`.
    """

    path: str
    file: StaticFile
    digest: str
    text: str | None


class Assets:
    """The static files of one site, each looked at when it is named."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.warnings: dict[str, tuple[Problem, ...]] = {}
        self._bundles: dict[str, Bundle] = {}
        self._twins: dict[str, Twin] = {}

    @cached_property
    def files(self) -> Mapping[str, StaticFile]:
        """By path in the output."""
        return static_files(self.site)

    @cached_property
    def _made(self) -> frozenset[str]:
        return made_files(self.site)

    @property
    def _renames(self) -> bool:
        config = self.site.config
        return config.fingerprint and not config.preview

    def url(self, address: str, reads: set[str], *, plain: bool = False) -> str:
        """The address of a static file, with its digest in it; `plain` leaves it as it is.

        `reads` is told of the file. Raises `Refused` where there is no such file, `SiteError` for what is wrong in it.
        """
        base = self.site.config.baseurl
        if plain or is_external(address):
            return relative_url(address, base)
        match = re.fullmatch(r"([^?#]*)([^#]*)(#.*)?", address, re.DOTALL)
        path, query, part = match.groups("") if match else (address, "", "")
        at = self._path(path, reads, address)
        if query or not self._renames or at not in self.files:
            return relative_url(address, base)
        if self.files[at].kind == "file":
            return f"{relative_url(path, base)}?v={self.digest(at)[:DIGITS]}{part}"
        return relative_url("/" + quote(self._named(at), safe="/~!$&'()*+,;=:@-._"), base) + part

    def integrity(self, address: str, reads: set[str]) -> str:
        """What `integrity` says of a style or script (W3C SRI); "" where its bytes may be others.

        Raises as `url`.
        """
        if is_external(address):
            raise Refused(f'"{address}" is not the site\'s own: what its bytes are is not known')
        at = self._path(address, reads, address)
        if not self._renames or at not in self.files:
            return ""
        import base64

        twin = self.twin(at)
        data = twin.file.file.read_bytes() if twin.text is None else twin.text.encode()
        return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()

    def digest(self, path: str) -> str:
        """What a page that names the file depends on; in a preview, whether it is there."""
        if path not in self.files:
            return "made" if path in self._made else "none"
        if not self._renames:
            return "there"
        file = self.files[path]
        if file.kind != "style":
            return file.digest
        found = self._bundle(path)
        if not self.site.config.minify:
            return digest_of(found.digest, "")
        from sitegen.templates.assets.minifying import minifier

        return digest_of(found.digest, minifier())

    def twin(self, path: str) -> Twin:
        """The style or script of that path as it is published under the name of its content. Raises `SiteError`."""
        if path not in self._twins:
            file, text = self.files[path], None
            if file.kind == "style":
                text = self._sound(path).text
                whole = file.text() if text is None else text
                if whole is not None and self.site.config.minify:
                    from sitegen.templates.assets.minifying import minified_style

                    text = minified_style(whole, file)
            self._twins[path] = Twin(self._named(path), file, self.digest(path), text)
        return self._twins[path]

    def is_renamed(self, path: str) -> bool:
        """Whether there is a twin of what a page named."""
        return self._renames and path in self.files and self.files[path].kind != "file"

    def _path(self, address: str, reads: set[str], said: str) -> str:
        path = posixpath.normpath(unquote(address)).lstrip("/")
        reads.add(f"asset:{path}")
        if path in self.files or path in self._made or "static" not in self.site.config.outputs:
            return path
        hint = did_you_mean(f"/{path}", [f"/{one}" for one in self.files])
        near = hint if hint.startswith("did you") else "files that are published as they are belong into static/"
        raise Refused(f'there is no file "{said}" to publish; {near}')

    def _named(self, path: str) -> str:
        self._sound(path)
        stem, ending = posixpath.splitext(path)
        return f"{stem}.{self.digest(path)[:DIGITS]}{ending}"

    def _sound(self, path: str) -> Bundle:
        """Raises `SiteError` for what is wrong in the file."""
        found = self._bundle(path)
        if found.problems:
            raise SiteError(found.problems)
        return found

    def _bundle(self, path: str) -> Bundle:
        if path not in self._bundles:
            from sitegen.templates.assets.bundling import bundle

            file = self.files[path]
            self._bundles[path] = bundle(file, self.files, self.site.config.baseurl, self._made)
            self.warnings[path] = self._bundles[path].warnings
        return self._bundles[path]
