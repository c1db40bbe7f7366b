"""From a folder that Jekyll builds to one that sitegen builds: the same posts, at the same addresses.

The old site is read as a build reads it, leniently, and what was read is written where sitegen wants it. Then the new
one is read, strictly, and told what comes out otherwise, until nothing does.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from sitegen.build.memory import BuildMemory
from sitegen.config import Config, load_config
from sitegen.content.assemble import assemble
from sitegen.errors import Problem, Problems, SiteError
from sitegen.importing.copying import copy_data, copy_documents, copy_files, keep_undated
from sitegen.importing.finishing import ASIDE, finish
from sitegen.importing.folders import new_folder
from sitegen.importing.mending import REMARK
from sitegen.importing.moves import documents, moved_defaults, moves
from sitegen.importing.rehearsal import Rehearsal, rehearse
from sitegen.importing.report import Import, grouped, written
from sitegen.importing.settings import settings
from sitegen.importing.settling import overwritten, settle
from sitegen.importing.telling import amended, first_page_only, hidden, is_style, left_behind, taken, unread
from sitegen.importing.templates import templates, write_templates
from sitegen.liquid.trial import is_tried
from sitegen.model.site import Site

REPORT = "IMPORT.md"
PREVENTS = "What keeps the site from being built"


def jekyll_site(source: Path, *, or_ours: bool = False) -> Config:
    """The configuration of a Jekyll site, or also of one that is sitegen's already. Raises `SiteError` for another."""
    config = load_config(source, patient=True)
    if config.lenient or (or_ours and config.file):
        return config
    message = (
        f"this site is sitegen's already: it has a {config.file}" if config.file else "there is no _config.yml here"
    )
    raise SiteError([Problem(str(source), None, message, "a Jekyll site has a _config.yml, if only an empty one")])


def report_in_place(config: Config, *, now: datetime) -> tuple[Import, Rehearsal]:
    """What a build takes over of a site as it is, and what needs a hand. Nothing is written."""
    with BuildMemory.blank() as memory:
        found = rehearse(config, memory, now=now)
    warnings = [problem for problem in found.problems if problem.severity == "warning"]
    styles = [problem for problem in found.problems if is_style(problem)]
    hands = grouped((PREVENTS, found.errors), ("What is passed over", warnings), ("Style sheets", styles))
    return Import(taken(found.site, moved=False), hands=hands), found


def import_site(config: Config, dest: Path, *, now: datetime) -> tuple[Import, Rehearsal]:
    """Make a site of sitegen's in the new folder `dest`, and say what a build makes of it.

    Raises `SiteError` where there is something already.
    """
    reading = Problems(lenient=True)
    site = assemble(config.everything, reading, now=now)
    moved = moves(site)
    with new_folder(dest, config.source) as work:
        toml = settings(config, moved_defaults(config, moved), liquid=_has_liquid(site), colons=_has_colons(site))
        (work / "sitegen.toml").write_text(toml.text, encoding="utf-8")
        (work / ".gitignore").write_text("/output/\n/.sitegen/\n", encoding="utf-8")
        found = templates(config, site)
        write_templates(found, work)
        anew = {*copy_documents(site, moved, work), *copy_data(config, work, reading)}
        unreadable = {problem for problem in anew if problem.hint == REMARK}
        copy_files(site, moved, work)
        undated = list(keep_undated(site, work))
        lost = overwritten(config, now=now)
        settled = settle(site, lost, moved, work, now=now)
        done = finish(work, now=now)
        report = Import(
            taken=taken(site, moved=True),
            changed=grouped(
                ("Front matter, so that all stays what it was", amended(settled.told)),
                ("Front matter and data written anew, since only Jekyll could read them", anew - unreadable),
                ("Drafts now", undated),
            ),
            hands=grouped(
                ("Settings", toml.hands),
                ("Posts and pages that Jekyll read and did not publish", hidden(lost, moved)),
                ("Front matter that nobody can read", unreadable),
                ("Front matter that was of no use, and says what Jekyll took it for", settled.wrong),
                (
                    "Layouts and includes",
                    (*map(done.placed, found.hands), *done.made_up, *first_page_only(site, moved)),
                ),
                (f"Layouts and includes that wait in {ASIDE}/", done.aside),
                ("Liquid that is not run: tags stay text, filters are left out", (*done.not_run, *done.foreign)),
                ("Not taken over", unread(config, moved, reading, anew)),
                (PREVENTS, done.rehearsal.errors),
            ),
            left=(*left_behind(config, site), *found.unused),
        )
        (work / REPORT).write_text(written(report, config.source.name), encoding="utf-8")
    return report, done.rehearsal


def _has_liquid(site: Site) -> bool:
    return any(is_tried(document, jekyll=True) for document in documents(site))


def _has_colons(site: Site) -> bool:
    """Whether a line could be taken for a shortcode."""
    return any(re.search("^::+[a-z]", document.body, re.MULTILINE) for document in documents(site))
