"""Where log lines go: to stderr, and those of monitoring to a file of their own if there is one."""

from typing import Any


def logging_into(monitoring_log: str) -> dict[str, Any]:
    """Return Django's LOGGING; an empty text for the file leaves monitoring on stderr."""
    handlers: dict[str, Any] = {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}}
    monitoring: dict[str, Any] = {"level": "INFO"}
    if monitoring_log:
        handlers["monitoring"] = _appended(monitoring_log)
        monitoring |= {"handlers": ["monitoring"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "message": {"format": "%(message)s"},
        },
        "handlers": handlers,
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"token_family": {"level": "INFO"}, "monitoring": monitoring},
    }


def _appended(path: str) -> dict[str, Any]:
    # Each worker appends whole short lines, and follows when the file is moved away (logrotate).
    # Opened with the first line, so that a command which only reads it makes no empty file.
    return {"class": "logging.handlers.WatchedFileHandler", "filename": path, "formatter": "message", "delay": True}
