"""`nologout diagnose`: why does this API log its users out?"""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.text import Text

from nologout.cli.exits import Exit
from nologout.cli.metrics import MetricsUrl, checked_metrics, metered
from nologout.cli.page import Look, PageUrl, Within, asked_page, look
from nologout.cli.prove import Browser, CaFile, Headed  # noqa: TC001 - typer reads annotations at run time
from nologout.diagnose.asked import account, basic, headers_of, origin_of, plain_url
from nologout.diagnose.diagnosis import diagnosed
from nologout.diagnose.observed import Paths
from nologout.diagnose.played import read_played
from nologout.diagnose.probe import Plan, probe
from nologout.diagnose.show import show
from nologout.diagnose.wire import Wire
from nologout.errors import Unwelcome, UsageError
from nologout.redact import redact
from nologout.stage.browser.engine import CHROMIUM
from nologout.stage.network.route import origin_of as origin_at

if TYPE_CHECKING:
    from nologout.diagnose.observed import Observed
    from nologout.targets.target import Credentials

_WARNING = (
    "Used tokens will be presented again. A server that takes that for a theft may\n"
    "sign this account out everywhere; --gentle leaves it out."
)
_CODES = {"logs out": Exit.FAIL, "nothing found": Exit.PASS, "cannot tell": Exit.UNKNOWN}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(diagnose)


def diagnose(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    url: Annotated[str, typer.Argument(metavar="URL", help="Where the API is: http://127.0.0.1:8000")],
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="Another machine that may be probed (repeatable)."),
    ] = None,
    sign_in_path: Annotated[str, typer.Option(metavar="PATH", help="Where one signs in, if it is not found.")] = "",
    refresh_path: Annotated[str, typer.Option(metavar="PATH", help="Where one refreshes, if it is not found.")] = "",
    api_path: Annotated[
        str, typer.Option(metavar="PATH", help="A path that serves only who is signed in, by GET.")
    ] = "",
    username_field: Annotated[
        str, typer.Option(metavar="NAME", help="What the sign-in calls the user's name. [default: username]")
    ] = "",
    username_env: Annotated[
        str, typer.Option(metavar="VARIABLE", help="The environment variable with the user's name.")
    ] = "NOLOGOUT_USERNAME",
    password_env: Annotated[
        str, typer.Option(metavar="VARIABLE", help="The environment variable with the password.")
    ] = "NOLOGOUT_PASSWORD",  # noqa: S107 - a variable's name
    origin: Annotated[
        str, typer.Option(metavar="URL", help="The page's origin, where it is another: looks at CORS too.")
    ] = "",
    header: Annotated[
        list[str] | None, typer.Option(metavar="'NAME: VALUE'", help="A further header (repeatable); no secret.")
    ] = None,
    ca_file: CaFile = None,
    wait: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0, max=300, help="For how long a used token is tried again."),
    ] = 12,
    page: PageUrl = "",
    browser: Browser = CHROMIUM.name,
    within: Within = 60,
    *,
    headed: Headed = False,
    gentle: Annotated[
        bool, typer.Option("--gentle", help="Present no used token again; then most cannot be told.")
    ] = False,
    with_checklist: Annotated[
        bool, typer.Option("--checklist", help="Go through the guide's production checklist too.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A report.json of `nologout prove` on this app, for the checklist."),
    ] = None,
    metrics: MetricsUrl = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the diagnosis as JSON.")] = False,
) -> Exit:
    """Say why an API logs its users out, by talking to it as a client does; a browser is needed for --page alone.

    It signs in 3 times at most (and once more in the page, with --page), refreshes, and presents used tokens again, as
    a lost reply and a second tab do. It measures rotation, grace, races, lifetimes, clocks and refusals, and names for
    each finding the guide's cause, the evidence, and what server and front end can do.

    The account's name and password come from NOLOGOUT_USERNAME and NOLOGOUT_PASSWORD, or are asked for. (HTTP Basic
    in front of it: NOLOGOUT_BASIC=name:password.) No token or password is printed.

    **Use an account made for this.** A used token that comes back may end the probe's own session; a server that takes
    it for a theft may sign the account out *everywhere*. `--gentle` leaves that out. The probe signs out what it began.

    With `--page` a real browser signs in first, through the page's form as `nologout init` does, reloads, opens another
    tab, makes the access token invalid on its way, and signs out; beside the form it clicks what says "refresh",
    "reload", "load" or "sign out". It shows where tokens are kept (names of keys, never values), what a reload and a
    second tab do, and where the API's endpoints are, if no option names them.

    Exit codes: 0 nothing found, 1 something logs users out, 2 wrong use, 3 cannot tell.

    Example: `nologout diagnose http://127.0.0.1:8000 --checklist`
    """
    allowed = frozenset(allow_host or ())
    base = plain_url(url, allowed)
    ca = str(ca_file or "")
    asked = asked_page(page, allowed, browser, within, headed=headed) if page else None
    pages = origin_of(origin) or (asked.origin if asked and asked.origin != origin_at(base) else "")
    played = read_played(report, filter(None, (base, asked and asked.origin))) if report else None
    given = Paths(
        _path("--sign-in-path", sign_in_path),
        _path("--refresh-path", refresh_path),
        api=_path("--api-path", api_path),
    )
    metrics_at = checked_metrics(metrics, allowed) if metrics else ""
    headers, secret = headers_of(header or []), basic()
    user = account(username_env, password_env)
    if not gentle:
        typer.echo(_WARNING, err=True)
    try:
        with Wire(base, headers=headers, basic=secret, ca_file=ca) as wire:
            seen = look(asked, user, ca) if asked else Look()
            with metered(metrics_at, wire, secret, ca) as meter:
                plan = seen.plan(Plan(given, username_field, pages, wait, gentle, meter), base, user)
                observed = _observed(wire, user, plan, seen)
                observed.metrics = meter.told(metrics_at) if meter else None
            result = diagnosed(observed, played)
    except Unwelcome as error:
        return _untold(base, error, as_json=as_json)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(result)).decode())
    else:
        show(result, Console(highlight=False), with_checklist=with_checklist or bool(report or metrics))
    return _CODES[result.verdict]


def _observed(wire: Wire, user: Credentials, plan: Plan, seen: Look) -> Observed:
    """Ask the API, and end the page's session whatever comes of it."""
    paths = plan.given
    try:
        observed = probe(wire, user, plan)
        paths = observed.paths
    finally:
        seen = seen.end(wire, paths)
    seen.add_to(observed, user)
    return observed


def _untold(base: str, error: Unwelcome, *, as_json: bool) -> Exit:
    why = redact(str(error))
    if as_json:
        said = {"verdict": "cannot tell", "url": base, "why": why, "hint": error.hint}
        typer.echo(msgspec.json.format(msgspec.json.encode(said)).decode())
        return Exit.UNKNOWN
    console = Console(stderr=True, highlight=False)
    console.print(Text(f"nologout: cannot tell: {why}", style="bold yellow"), soft_wrap=True)
    if error.hint:
        console.print(Text(f"hint: {error.hint}"), soft_wrap=True)
    return Exit.UNKNOWN


def _path(option: str, path: str) -> str:
    if path and not path.startswith("/"):
        raise UsageError(f"{option} {path!r} is no path", hint="a path begins with /")
    return path
