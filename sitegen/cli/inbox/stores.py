"""The inbox that the options name."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.forms.inbox.store import Store


def opened(args: argparse.Namespace) -> closing[Store]:
    """The inbox, closed at the end of `with`; it is not made by looking. Raises `StoreError`, `UsageError`."""
    from sitegen.forms.inbox.opening import open_for_reading

    return closing(open_for_reading(args.source, args.database))
