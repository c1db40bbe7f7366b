"""The secrets by which the receiver knows its own work again: from the environment, or kept beside the inbox."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import SitegenError
from sitegen.folders import make_ignored

logger = logging.getLogger("sitegen.receiver")

LEAST = 32  # signs: what is as long and random needs no limit against guessing


@dataclass(frozen=True)
class Secret:
    """One of them: its name in the environment (several receivers want the same), its file, and what it is of."""

    variable: str
    file: str
    of: str


PROOFS = Secret("SITEGEN_ALTCHA_SECRET", "altcha.secret", "the proofs of work")
SESSIONS = Secret("SITEGEN_SECRET", "sessions.secret", "the inbox on the web")


def key_in(environment: Mapping[str, str], name: str) -> str:
    """A secret of the environment, without blanks around it; "" for none. Raises `SitegenError` for one to be guessed.

    >>> key_in({"KEY": "0123456789abcdef0123456789abcdef\\n"}, "KEY")
    '0123456789abcdef0123456789abcdef'
    """
    key = environment.get(name, "").strip()
    if key and (len(key) < LEAST or not key.isascii()):
        raise SitegenError(f"{name} needs {LEAST} random signs or more: `openssl rand -hex 32` makes them")
    return key


def kept_secret(secret: Secret, folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """That of the environment, or the one in a file of `folder` that only its owner may read; made where there is none.

    Where it cannot be kept, it lasts as long as the receiver: what was signed by it is worth nothing then.
    Raises `SitegenError` as `key_in`.
    """
    if given := key_in(environment, secret.variable):
        return given
    path = folder / secret.file
    try:
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii").strip() or secrets.token_hex()
    except (OSError, UnicodeDecodeError) as error:
        logger.warning("the secret of %s cannot be kept: %s", secret.of, error)
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
