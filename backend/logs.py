"""Structured logs: one JSON object a line, with request id, actor and device, and nothing about people.

What is logged is a closed list of keys: an unknown key is dropped, so that a name or a coordinate that
somebody adds
to a call by mistake never reaches the file.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

KEYS = frozenset(
    {
        "event", "level", "timestamp", "logger", "request_id", "user_id", "device_id", "role", "method",
        "route",
        "status", "duration_ms", "code", "job", "reaction", "event_id", "attempts", "count", "kind", "state",
        "error_type", "where", "command", "exit_code", "task", "queue", "seconds", "bytes",
    }
)  # fmt: skip


def _closed_list(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in set(event) - KEYS:
        del event[key]
    return event


class _Plain(logging.Formatter):
    """Records of libraries: logger, level and the unformatted message. Arguments and tracebacks may hold
    values."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        line = {"event": str(record.msg), "level": record.levelname.lower(), "logger": record.name}
        if error:
            line["error_type"] = error
        return str(structlog.processors.JSONRenderer(ensure_ascii=False)(None, "", line))


def configure(level: str) -> None:
    """Install the log chain; called once from the settings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain())
    logging.basicConfig(
        handlers=[handler], level=max(logging.WARNING, logging.getLevelName(level)), force=True
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _closed_list,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
