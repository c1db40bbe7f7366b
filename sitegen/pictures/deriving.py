"""The smaller pictures of a site: those that are not remembered are made, in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from sitegen.config import Config
from sitegen.digests import digest_of
from sitegen.errors import Problem, Problems
from sitegen.folders import make_own
from sitegen.model.content import Asset
from sitegen.model.pictures import Picture, Variant, stands_for
from sitegen.model.site import Site
from sitegen.pictures.kinds import HINT, UNREAD
from sitegen.pictures.making import MOST_PIXELS, VERSION, Fault, Job, make, not_written
from sitegen.pictures.shown import EndsOf, shown, standing_for
from sitegen.pictures.sizes import picture_files
from sitegen.pictures.store import Derived, forget, recall
from sitegen.settings.names import PICTURE_KINDS
from sitegen.slugs import slugify
from sitegen.urls import url_from

FOLDER = "pictures"  # in `.sitegen`
PLACE = "/assets/pictures/"
MOST_WORKERS = 4
Progress = Callable[[int, int], None]  # how many are made, and of how many


def with_variants(site: Site, ends: EndsOf, problems: Problems, progress: Progress) -> Site:
    """The site with smaller pictures of all that its documents and layouts show, where the settings want them; and with
    one of what only stands for a page where it is shared.
    """
    config = site.config
    if not (config.image_variants and config.image_sizes and "pictures" in config.outputs):
        return site
    files = picture_files(site)
    seen, sharing = shown(site, ends), standing_for(site)
    wanted = sorted((seen | sharing) & files.keys())
    places = [place for place in wanted if _can_be(site, place, files, problems)]
    jobs = {place: _job(config, files[place], site.pictures[place], seen=place in seen) for place in places}
    now = site.now.timestamp()
    found = {job: recall(Path(job.folder), now) for job in jobs.values()}
    missing = [job for job, derived in found.items() if derived is None]
    wrong = dict(_made(missing, progress))
    for job in missing:
        found[job] = recall(Path(job.folder), now)
    pictures = dict(site.pictures)
    kept: dict[str, Derived] = {}
    for place, job in jobs.items():
        if (derived := found[job]) is None:
            fault = wrong.get(job) or Fault("smaller pictures of it could not be kept", "build again")
            problems.tolerate(Problem(files[place].path, None, fault.message, fault.hint))
        else:
            kept[place] = derived
            picture = _picture(site.pictures[place], files[place], derived)
            pictures[place] = picture if place in seen or stands_for(picture) else site.pictures[place]
    beside = {
        path: {name: _without_metadata(one, kept) for name, one in each.items()} for path, each in site.beside.items()
    }
    forget(config.memory / FOLDER, {Path(job.folder).name for job in jobs.values()}, now)
    return replace(site, pictures=pictures, beside=beside)


def _can_be(site: Site, place: str, files: Mapping[str, Asset], problems: Problems) -> bool:
    """Whether it is a picture that others can be made of; one that is none is told."""
    picture, path = site.pictures.get(place), files[place].path
    if picture is None:
        if not place.lower().endswith(".svg"):
            problems.tolerate(Problem(path, None, UNREAD, HINT))
        return False
    if picture.kind != "svg" and picture.width * picture.height > MOST_PIXELS:
        message = f"the picture has {picture.width:,} × {picture.height:,} pixels, more than {MOST_PIXELS:,} in all"
        problems.tolerate(Problem(path, None, message, "make it smaller"))
        return False
    return picture.kind != "svg"


def _job(config: Config, asset: Asset, picture: Picture, *, seen: bool) -> Job:
    """What is to be made; of a picture that no page shows, the widest of its own kind."""
    from importlib.metadata import version

    kinds = tuple(kind for kind in PICTURE_KINDS if seen and kind in config.image_kinds)
    widths = tuple(sorted(config.image_widths)) if seen else (max(config.image_widths),)
    key = digest_of(asset.digest, str(VERSION), version("pillow"), repr((kinds, widths)))
    folder = str(config.memory / FOLDER / key)
    return Job(asset.file, picture.kind, picture.width, picture.height, kinds, widths, folder)


def _made(jobs: list[Job], progress: Progress) -> Iterator[tuple[Job, Fault]]:
    """What is wrong with each that could not be made. The same bytes one after another are made once."""
    jobs = list({job.folder: job for job in jobs}.values())
    if not jobs:
        return
    from concurrent.futures import as_completed
    from concurrent.futures.process import BrokenProcessPool

    from sitegen.pools import pool

    try:
        make_own(Path(jobs[0].folder).parent)
    except OSError as error:
        yield from ((job, not_written(error, job.folder)) for job in jobs)
        return
    progress(0, len(jobs))
    workers = max(1, min(MOST_WORKERS, len(jobs), os.cpu_count() or 1))
    with pool(workers) as makers:
        waiting = {makers.submit(make, job): job for job in jobs}
        for done, future in enumerate(as_completed(waiting), start=1):
            try:
                wrong = future.result()
            except BrokenProcessPool:
                message = "the process that made smaller pictures of it was ended, perhaps for want of memory"
                wrong = Fault(message, "build again, or make it smaller")
            progress(done, len(jobs))
            if wrong:
                yield waiting[future], wrong


def _picture(picture: Picture, asset: Asset, derived: Derived) -> Picture:
    """The picture with what was made of it."""
    stem = slugify(PurePosixPath(asset.path).stem)[:60] or "picture"
    name = f"{PLACE}{stem}-{derived.folder.name[:10]}"
    variants = tuple(
        Variant(one.kind, one.width, one.height, url_from(f"{name}-{one.name}"), one.digest, derived.folder / one.name)
        for one in sorted(derived.variants, key=lambda one: -one.width)
    )
    return replace(picture, variants=variants, tint=derived.tint)


def _without_metadata(asset: Asset, kept: Mapping[str, Derived]) -> Asset:
    """A picture beside a document is published without what its camera tells; one in `static/` as it is."""
    derived = kept.get(asset.place)
    if derived is None:
        return asset
    return replace(asset, file=str(derived.folder / derived.plain.name), digest=derived.plain.digest)
