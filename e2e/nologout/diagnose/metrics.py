"""Reads counters of an API's monitoring (Prometheus's text format) around what the probe does: which moved?"""

from __future__ import annotations

import importlib
import re
import time
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from nologout.diagnose.names import shown_name
from nologout.diagnose.observed import Metrics
from nologout.errors import Unwelcome, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nologout.diagnose.wire import Wire

PARSER = "prometheus_client.parser"
_ABOUT = re.compile(r"refresh|token", re.IGNORECASE)
_COUNTERS = frozenset({"counter", "unknown", "untyped"})
# What counts something when the answer is out already is there soon after; a pause is the exception.
_AGAIN_S = (0.0, 0.3, 0.7)
# One refresh counts once; one that brings two tokens may count each.
_MOST = 2

# What a label may say as it is: a word, or an HTTP status.
_PLAIN = re.compile(r"[a-z_]{1,40}|[1-5]\d\d")

T = TypeVar("T")
Series = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def need_parser() -> None:
    """Return if the format can be read.

    Raises:
        UsageError: prometheus-client is not installed.
    """
    try:
        importlib.import_module(PARSER)
    except ImportError as error:
        hint = "pip install prometheus-client"
        raise UsageError("--metrics reads with prometheus-client, which is not installed", hint=hint) from error


class Place(NamedTuple):
    """Where the metrics are: a connection to their origin, and a path."""

    wire: Wire
    path: str

    def read(self) -> Series:
        """Return the counters that are about refreshes or tokens.

        Raises:
            Unwelcome: There was no answer, or it is of another format.
        """
        answer = self.wire.ask("GET", self.path, headers={"Accept": "text/plain;version=0.0.4"})
        if answer.status != 200:
            raise Unwelcome(f"GET {self.path} was answered {answer.reply}")
        try:
            return dict(counters(answer.body.decode()))
        except ValueError as error:
            raise Unwelcome(f"GET {self.path} brought no metrics in Prometheus's text format") from error


def counters(text: str) -> Iterator[tuple[tuple[str, tuple[tuple[str, str], ...]], float]]:
    """Yield name, labels and value of every counter whose name or labels hold `refresh` or `token`.

    Raises:
        ValueError: The text is not of Prometheus's format.
    """
    parser: Any = importlib.import_module(PARSER)
    for family in parser.text_string_to_metric_families(text):
        for sample in family.samples if family.type in _COUNTERS else ():
            about = _ABOUT.search(" ".join((sample.name, *sample.labels.values())))
            if about and not sample.name.endswith("_created"):
                yield (sample.name, tuple(sorted(sample.labels.items()))), sample.value


class Meter:
    """Reads before and after; what it cannot read it says in the end, and disturbs nobody."""

    def __init__(self, read: Callable[[], Series], sleep: Callable[[float], None] = time.sleep) -> None:
        self._read_all = read
        self._sleep = sleep
        self._first: Series | None = None
        self._moved: dict[str, tuple[str, ...]] = {}
        self._why = ""

    def over(self, what: str, act: Callable[[], T]) -> T:
        """Do something and return what it returns; which counters it moved is written down under `what`."""
        before = self._read()
        done = act()
        for pause in _AGAIN_S:
            self._sleep(pause)
            after = self._read()
            if before is None or after is None:
                break
            self._moved[what] = self._growth(before, after, _MOST)
            if self._moved[what]:
                break
        return done

    def told(self, url: str) -> Metrics:
        """Return what moved with a refresh that was refused, with one that was granted, and in all."""
        last = self._read()
        moved = self._growth(self._first, last) if self._first is not None and last is not None else ()
        if {*self._moved} != {"refused", "granted"}:
            self._why = self._why or "the probe broke off before both a refused refresh and a granted one"
        return Metrics(
            url=url,
            refused=self._moved.get("refused", ()),
            granted=self._moved.get("granted", ()),
            moved=moved,
            why=self._why,
        )

    def _read(self) -> Series | None:
        if self._why:
            return None
        try:
            found = self._read_all()
        except Unwelcome as error:
            self._why = str(error)
            return None
        self._first = found if self._first is None else self._first
        return found

    def _growth(self, before: Series, after: Series, most: float = float("inf")) -> tuple[str, ...]:
        """Return the counters that grew; what one refresh cannot do shows that others count, too."""
        grown = {name: value - before.get(name, 0) for name, value in after.items() if value != before.get(name, 0)}
        if any(growth < 0 for growth in grown.values()) or before.keys() - after.keys():
            self._why = "its counters go back: does each process of the server count for itself?"
        elif any(growth > most for growth in grown.values()):
            self._why = "its counters moved by more than one refresh does: others refresh meanwhile"
        return tuple(sorted(map(_shown, grown)))


def _shown(series: tuple[str, tuple[tuple[str, str], ...]]) -> str:
    """Return a counter as Prometheus writes it; what may be an id in its labels is a star."""
    name, labels = series
    said = ",".join(f'{key}="{value if _PLAIN.fullmatch(value) else shown_name(value)}"' for key, value in labels)
    return f"{name}{{{said}}}" if said else name
