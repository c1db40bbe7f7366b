"""A text that is written in the editor that the environment names, as git has it: `VISUAL`, then `EDITOR`."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.errors import SitegenError, UsageError

USUAL = ("sensible-editor", "nano", "vi", "notepad")


def edited(name: str) -> str:
    """What was written into a new file of that name. Raises `UsageError` without an editor, `SitegenError` if it fails.

    The file and what an editor leaves beside it are for their owner alone, and gone afterwards.
    """
    with TemporaryDirectory(prefix="sitegen-") as folder:
        file = Path(folder, name)
        file.touch(mode=0o600)
        command = _editor()
        try:
            subprocess.run([*command, str(file)], check=True)
            return file.read_text(encoding="utf-8", errors="replace")
        except (OSError, subprocess.CalledProcessError) as error:
            raise SitegenError(f"the editor {command[0]} failed: nothing is noted") from error


def _editor() -> list[str]:
    """The words of its command. Raises `UsageError`."""
    wished = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, USUAL), "")
    try:
        if words := shlex.split(wished, posix=os.name != "nt"):
            return words
    except ValueError as error:
        raise UsageError(f"EDITOR is no command: {wished}") from error
    raise UsageError("there is no editor: set EDITOR, or write the text behind the id")
