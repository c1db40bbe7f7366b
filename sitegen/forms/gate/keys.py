"""What opens the inbox on the web, as the environment has it.

SITEGEN_INBOX_PASSWORD   the hash of the author's password; `sitegen inbox password` makes it
SITEGEN_INBOX_TOKEN      for programs, which send it as `Authorization: Bearer …`
SITEGEN_SECRET           what signs sessions, where several receivers have to know each other's
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import SitegenError
from sitegen.forms.gate.passwords import Hashed, parse_hash
from sitegen.forms.secret import SESSIONS, kept_secret, key_in

PASSWORD, TOKEN = "SITEGEN_INBOX_PASSWORD", "SITEGEN_INBOX_TOKEN"


@dataclass(frozen=True)
class Open:
    """No key is needed: the server answers to this computer only. `token` shows that its own pages have posted."""

    token: str


@dataclass(frozen=True)
class Keys:
    """A password, a token, or both ("" or None: there is no such key); `secret` signs the sessions."""

    password: Hashed | None
    token: str
    secret: str

    @property
    def signing(self) -> bytes:
        """What sessions are signed with. It changes with the keys: who changes the password ends all sessions."""
        keys = f"sessions of the inbox\n{self.password or ''}\n{self.token}"
        return hmac.digest(self.secret.encode(), keys.encode(), "sha256")

    def knows(self, token: str) -> bool:
        """Whether a program's token is the right one, found out in the same time whatever it is."""
        return bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())


Access = Open | Keys


def keys_of(environment: Mapping[str, str], folder: Path) -> Keys | None:
    """The keys of the environment; None if it has none. The secret is kept in `folder`, if it is given nowhere.

    Raises `SitegenError` for what is no hash, or too short.
    """
    hash_, token = environment.get(PASSWORD, "").strip(), key_in(environment, TOKEN)
    if not (hash_ or token):
        return None
    try:
        password = parse_hash(hash_) if hash_ else None
    except (ValueError, MemoryError) as error:  # whose words may hold the password
        raise SitegenError(f"{PASSWORD} is no hash of a password: `sitegen inbox password` makes one") from error
    return Keys(password, token, kept_secret(SESSIONS, folder, environment))
