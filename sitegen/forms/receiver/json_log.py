"""The same log as JSON, one object a line, for programs that collect logs. It has the keys of the lines."""

from __future__ import annotations

import json
import logging
import re

from sitegen.forms.receiver.log import LineFormatter

NUMBERS = frozenset({"status", "ms", "repeated", "port", "count", "most_seconds", "drain_seconds"})  # else texts

_PAIR = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S+)')


class JsonFormatter(LineFormatter):
    """A record as an object: a line is ours to the last sign, so it can be read again."""

    def format(self, record: logging.LogRecord) -> str:
        """The object, without the end of its line."""
        return json.dumps({key: _value(key, text) for key, text in _PAIR.findall(super().format(record))})


def _value(key: str, text: str) -> str | int:
    if key in NUMBERS:
        return int(text)
    return str(json.loads(text)) if text.startswith('"') else text
