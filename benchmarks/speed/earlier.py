"""An earlier sitegen of this checkout, run with the packages that are installed now."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.programs import Program
from benchmarks.speed.programs.own import sitegen


@contextmanager
def earlier(revision: str) -> Iterator[Program]:
    """The sitegen of a revision. Raises `SystemExit` for one that there is not."""
    with TemporaryDirectory(prefix="sitegen-earlier-") as folder:
        found = subprocess.run(["git", "archive", revision, "sitegen"], capture_output=True)
        if found.returncode:
            raise SystemExit(f"git knows no {revision}: {found.stderr.decode(errors='replace').strip()}")
        subprocess.run(["tar", "-x", "-C", folder], input=found.stdout, check=True)
        start = Path(folder, "start.py")  # an own start: what is installed would go before PYTHONPATH
        start.write_text(
            f"import sys\nsys.path.insert(0, {folder!r})\nfrom sitegen.cli import main\nsys.exit(main())\n",
            encoding="utf-8",
        )
        yield replace(
            sitegen("commonmark"), name=f"sitegen at {revision}", command=(sys.executable, str(start), "build")
        )
