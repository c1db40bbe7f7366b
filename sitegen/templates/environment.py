"""The Jinja environment: sandboxed, autoescaped, strict, and bounded. Themes come from strangers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import cache, wraps
from itertools import islice
from math import inf
from typing import Any, NoReturn, TypeVar

from jinja2 import BaseLoader, TemplateNotFound, Undefined, UndefinedError, meta, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.environment import Environment, Template, TemplateModule
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.runtime import Context, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing, pass_context, pass_eval_context
from jinja2.visitor import NodeTransformer

from sitegen.errors import SitegenError
from sitegen.model.content import Layout
from sitegen.model.site import Site
from sitegen.patterns import regex
from sitegen.templates import bytecode
from sitegen.templates.speaking import Speaker
from sitegen.templates.theme import layout_names, theme_layouts
from sitegen.templates.views import VIEWS

Value = TypeVar("Value")
MOST_SIGNS = 20_000_000  # one output file
MOST_TEXT = 2_000_000  # one value on the way there
MOST_BITS = 10_000  # one number
MOST_STEPS = 2_000_000  # of loops, calls and includes for one output file, and pieces that it is made of
AT_ONCE = 32  # pieces that are counted together: with the longest texts some 64 MB
CALL_STEPS, INCLUDE_STEPS = 10, 25  # about what they cost beside a step of a loop
_WIDE = regex(r"\d{5}|\*|:[^}]*\{")  # a width in a format, that may be far larger than what it is given
_LONG = (str, bytes, list, tuple, dict)  # tuples: a union of types would be made anew at each look
_MULTIPLIED = (str, bytes, int)
FOLDERS = ("_layouts/", "_includes/")


class LayoutTooLarge(SitegenError):
    """A layout does not come to an end, or makes a file that is far too large."""


class Missing(UndefinedError):
    """A layout uses what there is not: `name`, of `owner` (None: of the layout itself)."""

    def __init__(self, message: str, name: str, owner: Any) -> None:
        super().__init__(message)
        self.name, self.owner = name, owner


class StrictText(Undefined):
    """What there is not may be asked for (`{% if page.x.y %}`, `default`), not printed or looped over."""

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> NoReturn:
        owner, name = self._undefined_obj, str(self._undefined_name)
        if self._undefined_hint:
            raise Missing(self._undefined_hint, "", None)
        if owner is missing:
            raise Missing(f'there is no "{name}" here', name, None)
        if owner is None:
            raise Missing(f'"{name}" is asked of something that is empty', "", None)
        if isinstance(self._undefined_name, int):
            raise Missing(f"{_called(owner)} has no entry {name}", "", None)
        raise Missing(f'there is no "{name}" in {_called(owner)}', name, owner)

    # Jinja binds these to its own method, so that a subclass has to bind them anew.
    __str__ = __iter__ = __len__ = __call__ = _fail_with_undefined_error
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail_with_undefined_error
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _fail_with_undefined_error
    __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __pos__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = _fail_with_undefined_error

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _: Any) -> Any:
        return self  # what is printed in the end is told as what was missing first


_CALLED = {
    "SiteView": "`site`",
    "DataView": "`site.data`",
    "PostView": "a post",
    "DocumentView": "a page",
    "CallView": "a call",
    "dict": "this mapping",
    "list": "this list",
    "Documents": "this list",
    "str": "this text",
    "Markup": "this text",
}


def _called(owner: Any) -> str:
    """A value in the words of a layout's author."""
    return _CALLED.get(type(owner).__name__, "this")


def find_layout(site: Site, name: str) -> Layout | None:
    """The layout or include of that name, the site's own first; `theme/x` is always the packaged one."""
    if name.startswith("theme/"):
        return theme_layouts().get(name.removeprefix("theme/"))
    for path in (name, *(folder + name for folder in FOLDERS)):
        if path in site.layouts and not site.layouts[path].liquid:
            return site.layouts[path]
    return theme_layouts().get(name)


def known_layouts(site: Site) -> set[str]:
    """The names that `layout:` may have: the site's own and the packaged ones."""
    jinja = (path for path, layout in site.layouts.items() if not layout.liquid)
    own = (path.removeprefix("_layouts/") for path in jinja if path.startswith("_layouts/"))
    return {name.removesuffix(".html") for name in (*own, *layout_names())}


class SiteLoader(BaseLoader):
    """Finds templates among what was read; it touches no file."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Text, file name for messages, and whether it is still current (always: a site is frozen)."""
        layout = find_layout(self.site, template)
        if layout is None:
            raise TemplateNotFound(template)
        return layout.text, layout.path, lambda: True


class PureTemplate(Template):
    """What is imported begins anew each time: Jinja's kept module would carry a counter from page to page."""

    def _get_default_module(self, ctx: Any = None) -> TemplateModule:
        return self.make_module()


def shown(value: Any) -> Any:
    """What `{{ … }}` prints; TypeError for a function or an iterator, whose text is another one in each build."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()  # as scripts and attributes want it
    if not isinstance(value, int | float) and " at 0x" in (text := str(value)):
        raise TypeError(
            f"this prints an object, not a text: {text.split(' at 0x')[0]}>; is `()`, `| list` or `| join` missing?"
        )
    return value


@cache
def _kept() -> bytecode.Kept:
    return bytecode.kept()


@cache
def compiled() -> dict[str, bytes]:
    """What has been compiled, by name and text: a memo of this process, since the same text gives the same code. It
    begins with the packaged layouts.
    """
    return {**_kept()[0]}


def keep_packaged() -> None:
    """Keep what this process has compiled of the packaged layouts, if any of it is new, for others."""
    packaged, (old_code, old_names) = theme_layouts().values(), _kept()
    sums = tuple(CompiledLayouts().get_source_checksum(layout.text) for layout in packaged)
    code = {key: made for key, made in compiled().items() if key not in old_code and key.endswith(sums)}
    names = {layout.digest: named()[layout.text] for layout in packaged if layout.text in named()}
    if code or not names.keys() <= old_names.keys():
        bytecode.keep(({**old_code, **code}, {**old_names, **names}))
        _kept.cache_clear()


def _keep(memo: dict[str, Value], key: str, value: Value) -> None:
    """Keep it in a memo of this process, which begins anew when there is too much of it."""
    if len(memo) >= MOST_COMPILED:
        memo.clear()
    memo[key] = value


class CompiledLayouts(BytecodeCache):
    """Compiled layouts, kept within one process: a preview compiles a layout once, not at every save.

    What a filter makes of a constant, Jinja folds into the code: one that knows the site has to take the context, as
    then it does not (`about_site`).
    """

    def __init__(self) -> None:
        self.kept = compiled()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code, if it is that of the same text."""
        if (code := self.kept.get(bucket.key + bucket.checksum)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        _keep(self.kept, bucket.key + bucket.checksum, bucket.bytecode_to_string())


def about_site(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that knows the site, for code that is the same on each site."""

    @pass_context
    def filter_(_: Context, *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return filter_


class SiteEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with budgets that count: the same layouts give the same answer on each machine."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})
    template_class = PureTemplate

    def __init__(self, site: Site) -> None:
        super().__init__(
            loader=SiteLoader(site),
            autoescape=True,
            undefined=StrictText,
            finalize=shown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.loopcontrols"],
            cache_size=-1,
            auto_reload=False,
            bytecode_cache=CompiledLayouts(),
        )
        self.site = site
        self.steps = 0
        self.parsed: dict[str, nodes.Template] = {}  # layouts of which the names were looked at, by their texts
        self.speaker = Speaker(site)
        self.globals["range"] = self.counted_range
        self.globals |= {"t": self.speaker.t, "spoken": self.speaker.spoken}
        self.filters["counted"] = self.counted
        self.filters["glued"] = self.glued
        self.filters.update({name: self.bounded_filter(name) for name in GROWING})
        del self.globals["lipsum"], self.filters["random"]  # the same input gives the same bytes
        self.concat = self.bounded  # type: ignore[method-assign]

    def spend(self, steps: int) -> None:
        """Count some work; `LayoutTooLarge` when one output has used up its share."""
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise LayoutTooLarge("the layout does not come to an end")

    def counted_range(self, *bounds: int) -> range:
        """Python's `range`, counted."""
        numbers = range(*bounds)
        self.spend(max(1, len(numbers)))
        return numbers

    def bounded(self, pieces: Iterable[str]) -> str:
        """Join what a template makes, up to the most that one file may be."""
        kept: list[str] = []
        size, rest = 0, iter(pieces)
        while some := list(islice(rest, AT_ONCE)):
            kept += some
            size += sum(map(len, some))
            self.spend(len(some))
            if size > MOST_SIGNS:
                raise LayoutTooLarge(f"the layout makes a file of more than {MOST_SIGNS // 1_000_000} MB")
        return "".join(kept)

    def counted(self, values: Iterable[Any]) -> Iterator[Any]:
        """What a `for` walks through, each step counted."""
        for value in values:
            self.spend(1)
            yield value

    @pass_eval_context
    def glued(self, context: nodes.EvalContext, parts: Iterable[Any]) -> Any:
        """What `a ~ b` makes."""
        join = markup_join if context.autoescape else str_join
        return self.measured(join([shown(part) for part in parts]))

    def measured(self, value: Any) -> Any:
        """The value, unless it is far too large to be one of many."""
        size = len(value) if isinstance(value, _LONG) else 0
        bits = value.bit_length() if isinstance(value, int) else 0
        if size > MOST_TEXT or bits > MOST_BITS:
            raise LayoutTooLarge("the layout makes a value that is far too large")
        return value

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute; of a mapping the entry of that name first: `site.data.menu.items` is what the file says.

        What a view shows is meant to be seen: Jinja's guard, which every look would have to pass, is for the rest.
        """
        if isinstance(obj, VIEWS) and not attribute.startswith("_"):
            found = getattr(obj, attribute, missing)
            if found is not missing:
                return found
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`"x" * 1000000000` and `9 ** 9 ** 9` would fill the memory."""
        if _size_of(operator, left, right) > MOST_TEXT:
            raise LayoutTooLarge("the layout makes a value that is far too large")
        return self.measured(super().call_binop(context, operator, left, right))

    def call(self, context: Context, function: Any, *args: Any, **kwargs: Any) -> Any:
        """Call something of a layout's: counted, and with arguments and an answer of a sensible size."""
        self.spend(CALL_STEPS)
        owner = getattr(function, "__self__", None)
        if isinstance(owner, _MULTIPLIED):
            _check_call(getattr(function, "__name__", ""), owner, (*args, *kwargs.values()))
        return self.measured(super().call(context, function, *args, **kwargs))

    def bounded_filter(self, name: str) -> Callable[..., Any]:
        """One of Jinja's filters whose answer may be far larger than what it is given."""
        given = DEFAULT_FILTERS[name]
        first = 2 if hasattr(given, "jinja_pass_arg") else 1  # behind the value, and Jinja's own context

        @wraps(given)
        def bounded(*args: Any, **kwargs: Any) -> Any:
            sizes = (*args[first:], *kwargs.values()) if name in SIZED else ()
            if any(isinstance(size, int) and abs(size) > MOST_SIZE for size in sizes):
                raise LayoutTooLarge(f"`{name}` is asked for something far too large")
            texts = [value for value in args if isinstance(value, str)]
            if name == "replace" and len(texts) > 2:
                _check_call("replace", texts[0], tuple(texts[1:]))
            if name == "format" and texts and _WIDE.search(texts[0]):
                raise LayoutTooLarge("a width that is far too large")
            return self.measured(given(*args, **kwargs))

        return bounded

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Jinja's guard of `format`, and ours."""
        wrapped = super().wrap_str_format(value)
        if wrapped is not None and _WIDE.search(value.__self__):
            raise LayoutTooLarge("a width that is far too large")
        return wrapped

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        self.spend(INCLUDE_STEPS)  # includes that include each other twice would not end in a lifetime
        return super()._load_template(name, globals)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Compiling changes the tree, so that nobody gets the same one again."""
        known = self.parsed.pop(source, None)
        return super()._parse(source, name, filename) if known is None else known

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(_Counting().visit(source), name, filename, defer_init)


SIZED = ("center", "indent", "batch", "slice", "wordwrap", "truncate", "round", "tojson")  # these take sizes
GROWING = (*SIZED, "format", "replace", "join")
MOST_SIZE = 10_000
MOST_COMPILED = 1000  # layouts, of some 10 kB each


class _Counting(NodeTransformer):
    """Puts the budgets where Jinja has no hook: at loops, and at `~`."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 (Jinja's name)
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "counted", [], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802
        self.generic_visit(node)
        parts = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(parts, "glued", [], [], None, None, lineno=node.lineno)


def _size_of(operator: str, left: Any, right: Any) -> float:
    """About how large the result of an operation is going to be, in signs."""
    numbers = [abs(value) for value in (left, right) if isinstance(value, int | float)]
    if operator == "**":
        return 0.0 if len(numbers) == 2 and numbers[1] <= 64 and numbers[0] <= 10_000 else inf
    texts = [value for value in (left, right) if hasattr(value, "__len__")]
    if operator == "*" and texts and numbers:
        return float(len(texts[0]) * numbers[0])
    if operator == "%" and isinstance(left, str):
        return inf if _WIDE.search(left) else len(left)
    return 0.0


def _check_call(name: str, text: str | bytes | int, args: tuple[Any, ...]) -> None:
    """Refuse a method of text or of a number whose answer would be far larger than what it is given."""
    size = max((abs(value) for value in args if isinstance(value, int)), default=0)
    if isinstance(text, bytes | int):
        text = ""
    if name == "replace" and len(args) > 1:
        size = text.count(str(args[0])) * len(str(args[1]))
    if name == "join" and args and hasattr(args[0], "__len__"):
        size = len(text) * len(args[0])
    if name == "expandtabs":
        size *= max(1, text.count("\t"))
    if size > MOST_TEXT:
        raise LayoutTooLarge("the layout makes a value that is far too large")


@cache
def named() -> dict[str, bytecode.Names]:
    """The names in the layouts that were looked at, by their texts: a memo, as `compiled` is."""
    names = _kept()[1]
    return {layout.text: names[layout.digest] for layout in theme_layouts().values() if layout.digest in names}


def references(environment: SiteEnvironment, layout: Layout) -> Iterable[str | None]:
    """The names of the templates that a template names; None for one that it computes."""
    known = named()
    if layout.text not in known:
        tree = environment.parse(layout.text, filename=layout.path)
        _keep(known, layout.text, tuple(meta.find_referenced_templates(tree)))
        environment.parsed[layout.text] = tree
    return known[layout.text]


def closure(
    environment: SiteEnvironment, site: Site, name: str, known: dict[str, tuple[str, ...]]
) -> Mapping[str, None]:
    """Every template that rendering `name` may read, missing ones too; `*` if a name is computed."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found[current] = None
        if current not in known:
            layout = find_layout(site, current)
            named = references(environment, layout) if layout is not None else ()
            known[current] = tuple("*" if other is None else other for other in named)
        waiting.extend(known[current])
    return found
