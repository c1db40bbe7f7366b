"""The files under names of their content: which there are is known when the pages that name them are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sitegen.build.outlook import Outlook
from sitegen.errors import Problems, SiteError
from sitegen.outputs.target import Claim, Rendering, Target
from sitegen.templates.assets import Twin


def with_twins(outlook: Outlook, named: Iterable[str], problems: Problems) -> tuple[Outlook, tuple[Target, ...]]:
    """The outlook with the twins of the static files that pages name, and these.

    What cannot be made is added to `problems`, and what styles name in vain.
    """
    assets = outlook.rendering.renderer.assets
    found: list[Target] = []
    for path in sorted(path for path in named if assets.is_renamed(path)):
        try:
            twin = assets.twin(path)
        except SiteError as error:
            for problem in error.problems:
                problems.add(problem)
            continue
        if twin.path not in outlook.targets:
            found.append(_target(twin))
    for warnings in assets.warnings.values():
        for warning in warnings:
            problems.warn(warning)
    if not found:
        return outlook, ()
    return outlook.with_targets({**outlook.targets, **{target.path: target for target in found}}), tuple(found)


def _target(twin: Twin) -> Target:
    owner = f"{twin.file.source} by its content"
    if twin.text is None:
        return Target(twin.path, owner, twin.file.digest, file=twin.file.file, claim=Claim.MADE)
    return Target(twin.path, owner, f"twin {twin.digest}", partial(_text, twin.text), claim=Claim.MADE)


def _text(text: str, rendering: Rendering, reads: set[str]) -> str:
    return text
