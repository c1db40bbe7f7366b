"""The secret by which the receiver knows its own challenges again."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from sitegen.folders import make_ignored

logger = logging.getLogger("sitegen.receiver")

NAME = "SITEGEN_ALTCHA_SECRET"  # in the environment: several receivers want the same
FILE = "altcha.secret"


def kept_secret(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """That of the environment, or the one in a file of `folder` that only its owner may read; made where there is none.

    Where it cannot be kept, it lasts as long as the receiver: pages that are open meanwhile prove nothing then.
    """
    if given := environment.get(NAME, "").strip():
        return given
    path = folder / FILE
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip() or secrets.token_hex()
    except (OSError, UnicodeDecodeError) as error:
        logger.warning("the secret of the proofs of work cannot be kept: %s", error)
        return secrets.token_hex()


def _make(path: Path) -> None:
    """Write it in one go: another receiver may be about to read it, or to write its own."""
    make_ignored(path.parent)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_hex() + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
