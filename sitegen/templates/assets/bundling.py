"""One style sheet of many: what `@import` names is put in its place, with the conditions of the rule around it.

An import of another site stays, and so does what stands before it: order decides in CSS, and imports come first.
"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from sitegen.digests import digest_of
from sitegen.errors import Problem, did_you_mean
from sitegen.marked import problem_at
from sitegen.templates.assets.files import StaticFile
from sitegen.templates.assets.sheets import Address, Import, Sheet, read_sheet, replaced
from sitegen.urls import is_external

MOST_PARTS, MOST_SIGNS = 500, 5_000_000  # of one bundle: imports that double at each step come to an end
MOST_DEEP = 100  # imports within imports


@dataclass(frozen=True)
class Bundle:
    """A style sheet with all that it imports: its text (None: as the file is), a digest of all it is made of."""

    text: str | None
    digest: str
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def bundle(file: StaticFile, files: Mapping[str, StaticFile], baseurl: str, made: Container[str]) -> Bundle:
    """The bundle of one file. A script, or what is no text, stays as it is."""
    text = file.text() if file.kind == "style" else None
    if text is None:
        return Bundle(None, digest_of("as it is", file.digest))
    work = _Bundling(file, files, baseurl, made)
    made_text = work.sheet(file, work.read(file, text), ())
    unchanged = made_text == text and file.file.read_bytes() == text.encode()
    problems = tuple(dict.fromkeys(work.problems))
    digest = digest_of(made_text, *(repr(problem) for problem in problems))
    return Bundle(None if unchanged else made_text, digest, problems, tuple(dict.fromkeys(work.warnings)))


@dataclass(frozen=True)
class _Found:
    """What an import names: a file and its sheet; or that the rule `stays` as it is; or that it is `wrong`."""

    file: StaticFile | None = None
    sheet: Sheet | None = None
    stays: bool = False
    wrong: bool = False


@dataclass
class _Bundling:
    """One bundle while it is made; `root` is the file whose place it takes."""

    root: StaticFile
    files: Mapping[str, StaticFile]
    baseurl: str
    made: Container[str]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    parts: int = 0
    signs: int = 0
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _plain: set[str] = field(default_factory=set)

    def read(self, file: StaticFile, text: str) -> Sheet:
        """The sheet of a file, which many may import, read once."""
        if file.path not in self._sheets:
            self._sheets[file.path] = read_sheet(text)
        return self._sheets[file.path]

    def sheet(self, file: StaticFile, sheet: Sheet, above: tuple[str, ...]) -> str:
        """The text of a sheet with its imports in it, and its addresses as they are from the root's folder."""
        self.parts += 1
        self.signs += len(sheet.text)
        if above and sheet.loose is not None:
            self._tell(file, sheet, sheet.loose, "a bracket without its like, which would break what imports it", "")
        within = (*above, file.path)
        found = [self._imported(file, sheet, rule, within) for rule in sheet.imports]
        kept = max((at for at, one in enumerate(found, 1) if one.stays), default=0)
        head = [
            (rule.start, rule.end, self._in_place_of(file, rule, one, within, keep=at < kept))
            for at, (rule, one) in enumerate(zip(sheet.imports, found, strict=True))
        ]
        text = replaced(sheet.text, sorted((*head, *self._addresses(file, sheet))))
        return _without_charset(text) if above else text

    def _in_place_of(self, file: StaticFile, rule: Import, found: _Found, above: tuple[str, ...], *, keep: bool) -> str:
        """What stands where the rule was."""
        if keep and not found.wrong:
            here = Address(rule.address, rule.line, rule.start, rule.end)
            return rule.naming(self._moved(file, here) or rule.address)
        if found.file is None or found.sheet is None:
            return ""
        return rule.wrapped(self.sheet(found.file, found.sheet, above).rstrip()) + "\n"

    def _imported(self, file: StaticFile, sheet: Sheet, rule: Import, above: tuple[str, ...]) -> _Found:
        """What a rule names. What is wrong with it is told."""
        path = self._resolved(file, rule.address)
        if not rule.address or is_external(rule.address) or path in self.made:
            return _Found(stays=True)
        other = self.files.get(path)
        text = other.text() if other is not None else None
        wrong, hint = "", ""
        if other is None:
            wrong = f'there is no style sheet "{rule.address}"'
            near = did_you_mean(f"/{path}", [f"/{one}" for one in self.files if one.endswith(".css")])
            hint = near if near.startswith("did you") else ""
        elif path in above:
            circle = " → ".join(f"/{one}" for one in (*above[above.index(path) :], path))
            wrong = f"these styles import each other in a circle: {circle}"
        elif len(above) > MOST_DEEP:
            wrong, hint = f"the imports go more than {MOST_DEEP} files deep", "import them side by side"
        elif self.parts > MOST_PARTS or self.signs > MOST_SIGNS:
            wrong, hint = "the imports come to far too much", "import each file once"
        elif text is None:
            wrong = f'"{rule.address}" is no text in UTF-8'
        if wrong or other is None or text is None:
            self._tell(file, sheet, rule.line, wrong, hint)
            return _Found(wrong=True)
        return _Found(stays=True) if self._stays(other, above) else _Found(other, self.read(other, text))

    def _stays(self, file: StaticFile, above: tuple[str, ...]) -> bool:
        """Whether a sheet cannot stand within another: something in it, or in what it imports, has to come first in
        its file. Each is looked at once, however often it is imported.
        """
        seen, waiting = {*above, file.path}, [file]
        while waiting:
            one = waiting.pop()
            sheet = self.read(one, one.text() or "")
            paths = {self._resolved(one, rule.address) for rule in sheet.imports}
            if sheet.namespaces or any(is_external(rule.address) for rule in sheet.imports):
                return True
            if any(path in self.made for path in paths):
                return True
            new = (paths & self.files.keys()) - seen - self._plain
            seen |= new
            waiting += [self.files[path] for path in new]
        self._plain |= seen.difference(above)
        return False

    def _addresses(self, file: StaticFile, sheet: Sheet) -> Iterator[tuple[int, int, str]]:
        for address in sheet.addresses:
            new = self._moved(file, address)
            if new is not None:
                yield address.start, address.end, f'"{new.replace(chr(34), "%22")}"'

    def _moved(self, file: StaticFile, address: Address) -> str | None:
        """The address as it has to be in the bundle; None for one that stays as it is."""
        said = address.text
        if not said or said.startswith("#") or is_external(said):
            return None
        path, mark, rest = _split(said)
        found = self.files.get(self._resolved(file, said))
        moved = path
        if not path.startswith("/") and posixpath.dirname(file.path) != posixpath.dirname(self.root.path):
            here = "/" + posixpath.dirname(self.root.path)
            moved = posixpath.relpath("/" + self._resolved(file, said), here)
            moved = quote(moved, safe="/~!$&*+,;=:@-._")
        if found is None:
            if not path.startswith("/") and self._resolved(file, said) not in self.made:
                message = f'there is no file "{said}", which a style names'
                self.warnings.append(Problem(file.source, address.line, message))
            return None if moved == path else moved + mark + rest
        digits = found.digest[:8]
        if mark == "?":
            return None if moved == path else moved + mark + rest
        return f"{moved}?v={digits}{mark}{rest}"

    def _resolved(self, file: StaticFile, address: str) -> str:
        path = unquote(_split(address)[0])
        if path.startswith("/"):
            below = path.removeprefix(self.baseurl + "/") if path.startswith(self.baseurl + "/") else path
            return posixpath.normpath("/" + below).lstrip("/")
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(file.path), path)).lstrip("/")

    def _tell(self, file: StaticFile, sheet: Sheet, line: int, message: str, hint: str) -> None:
        self.problems.append(problem_at(file.source, sheet.text, line, message, hint))


def _split(address: str) -> tuple[str, str, str]:
    """The path, `?` or `#`, and the rest."""
    for at, sign in enumerate(address):
        if sign in "?#":
            return address[:at], sign, address[at + 1 :]
    return address, "", ""


def _without_charset(text: str) -> str:
    return text[text.find(";") + 1 :].lstrip() if text[:8].lower() == "@charset" else text
