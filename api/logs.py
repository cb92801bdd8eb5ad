"""Write log lines for people or, one JSON object a line, for machines.

A line names neither who asked (no address, no token) nor what was asked (no query, no text, no
parameters): only the door, the method, the outcome and how long it took.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Final, Literal

LogFormat = Literal["text", "json"]
FIELDS: Final = "fields"


class JsonLines(logging.Formatter):
    """Give a record as one line of JSON: time (UTC), level, logger, message and its own fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields = getattr(record, FIELDS, None)
        if isinstance(fields, dict):
            line |= fields
        if record.exc_info is not None and record.exc_info[1] is not None:
            # Where it happened, not with which values: an exception's text may quote its input.
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            line["trace"] = [
                f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
        return json.dumps(line, ensure_ascii=False)


def configure_logs(level: str, chosen: LogFormat) -> None:
    """Send every log record of at least a level to standard error, in one format."""
    handler = logging.StreamHandler(sys.stderr)
    if chosen == "json":
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
