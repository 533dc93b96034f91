"""Shows families to people: two lines each, aligned, within 80 columns."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

HEADINGS: dict[str, Any] = {
    "family": "family",
    "generation": "generation",
    "strikes": "strikes",
    "state": "state",
    "signed_in_at": "signed in",
    "last_refresh_at": "last refresh",
    "ends_at_latest": "ends at the latest",
}


def table(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the table of rows whose keys are those of HEADINGS; times are shown as they are, without a zone."""
    return "\n\n".join("\n".join(_lines(row)) for row in [HEADINGS, *rows])


def _lines(row: Mapping[str, Any]) -> Iterator[str]:
    yield _line(row["family"], row["generation"], row["strikes"], row["state"])
    yield _line("", row["signed_in_at"], row["last_refresh_at"], row["ends_at_latest"])


def _line(*cells: object) -> str:
    first, second, third, last = map(_text, cells)
    return f"{first:<12}  {second:<19}  {third:<19}  {last}"


def _text(cell: object) -> str:
    if cell is None:
        return "-"
    return f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else str(cell)
