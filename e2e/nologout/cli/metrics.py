"""The metrics of `nologout diagnose --metrics`: where they are, and what reads them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from nologout.diagnose.asked import plain_url
from nologout.diagnose.metrics import Meter, Place, need_parser
from nologout.diagnose.wire import Wire
from nologout.stage.network.route import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MetricsUrl = Annotated[
    str,
    typer.Option(
        "--metrics",
        metavar="URL",
        help="The API's metrics, for Prometheus: do they count refreshes? For the checklist.",
    ),
]


def checked_metrics(url: str, allowed: frozenset[str]) -> str:
    """Return where the metrics are.

    Raises:
        UsageError: It is no address, another machine's that nobody gave leave for, or prometheus-client is missing.
    """
    need_parser()
    return plain_url(url, allowed)


@contextmanager
def metered(url: str, api: Wire, basic: str, ca_file: str) -> Iterator[Meter | None]:
    """Give a meter of the metrics at a URL, or None for none; HTTP Basic is sent to the API's own origin alone."""
    if not url:
        yield None
        return
    origin = origin_of(url)
    with Wire(origin, basic=basic if origin == origin_of(api.url) else "", ca_file=ca_file) as wire:
        yield Meter(Place(wire, urlsplit(url).path or "/").read)
