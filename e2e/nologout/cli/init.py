"""`nologout init`: finds out in a real browser what `nologout.toml` must say about an app, and writes it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from nologout.cli.checks import launched, need_browser, page_address
from nologout.cli.exits import Exit
from nologout.cli.found import ask, show
from nologout.cli.prove import Allowed, Browser, CaFile, Headed  # noqa: TC001 - typer reads annotations at run time
from nologout.diagnose.detect import Finding, conclude, propose
from nologout.diagnose.detect.browse.explore import Explorer
from nologout.errors import TargetError, UsageError
from nologout.files import write_whole
from nologout.redact import redact
from nologout.stage.browser.engine import CHROMIUM
from nologout.targets.config.tables import Credentials as Named
from nologout.targets.foreign.people import from_environment
from nologout.targets.hosts import check_allowed
from nologout.targets.trust import trusting

if TYPE_CHECKING:
    from collections.abc import Iterator


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="init")(init)


def init(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    url: Annotated[str, typer.Argument(metavar="URL", help="Where the app is, e.g. http://127.0.0.1:8000.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")] = Path(
        "nologout.toml"
    ),
    username: Annotated[
        str, typer.Option("--username", metavar="VARIABLE", help="Environment variable that holds the user's name.")
    ] = "NOLOGOUT_USERNAME",
    password: Annotated[
        str, typer.Option("--password", metavar="VARIABLE", help="Environment variable that holds the password.")
    ] = "NOLOGOUT_PASSWORD",  # noqa: S107 - a variable's name
    sign_in_path: Annotated[
        str, typer.Option(metavar="PATH", help="The page with the form, where it is not found by itself.")
    ] = "",
    allow_host: Allowed = None,
    ca_file: CaFile = None,
    browser: Browser = CHROMIUM.name,
    within: Annotated[float, typer.Option(metavar="SECONDS", min=5, help="It takes no longer than this.")] = 60,
    *,
    headed: Headed = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing, on a terminal neither.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> Exit:
    """Find out in a real browser what `nologout.toml` must say about an app, and write it.

    Signs in with the account that the environment holds, reloads, opens a second tab, makes the access token invalid
    on its way, and signs out. Each finding is printed with how sure it is and what shows it. Beside the form and a
    link to it, it clicks what says "refresh", "reload" or "load", and what says "sign out"; nothing else.

    What it could not find it asks on a terminal; elsewhere it leaves a comment in the file, and exits with 3 if
    nothing can be played without it. No token or password is printed or written.

    Example: `nologout init http://127.0.0.1:8000`
    """
    base_url, path = page_address(url)
    allowed = frozenset(allow_host or ())
    check_allowed(base_url, allowed, "init")
    if output.exists() and not force:
        raise UsageError(f"{output} is there already", hint="-o names another file; --force writes over it")
    if not output.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {output.absolute().parent}", hint="-o names a file in one that is there")
    account = from_environment(_named(username, password), "init")
    trusting(str(ca_file or ""))
    found = need_browser(browser, headed=headed)
    try:
        with launched(found, headed=headed) as driven:
            explorer = Explorer(driven, base_url, allowed, within, str(ca_file or ""))
            seen = explorer.explore(sign_in_path or path, account)
    except TargetError as error:
        return _cannot_tell(error)
    findings = [*conclude(seen), *_trust(ca_file, output)]
    show(findings)
    for what in seen.left_out:
        typer.echo(f"\nnot tried to its end: {redact(what)}")
    if sys.stdin.isatty() and not yes:
        findings = ask(findings)
    return _write(findings, (username, password), output, allowed)


def _named(username: str, password: str) -> Named:
    for name in (username, password):
        if not (name.isidentifier() and name.isascii()):
            hint = "give the variable's name, never what it holds"
            raise UsageError("--username and --password name environment variables", hint=hint)
    return Named(username=username, password=password)


def _trust(ca_file: Path | None, output: Path) -> Iterator[Finding]:
    """Yield what the file must say of a private authority: where its certificate is, from the file's folder."""
    if ca_file is not None:
        where = os.path.relpath(ca_file, output.absolute().parent)
        yield Finding("ca_file", Path(where).as_posix(), "sure", "as it was given")


def _cannot_tell(error: TargetError) -> Exit:
    console = Console(stderr=True, highlight=False)
    console.print(Text(f"nologout: {redact(str(error))}", style="bold red"), soft_wrap=True)
    if error.hint:
        console.print(Text(f"hint: {error.hint}"), soft_wrap=True)
    return Exit.UNKNOWN


def _write(findings: list[Finding], variables: tuple[str, str], output: Path, allowed: frozenset[str]) -> Exit:
    proposal = propose(findings, variables, output.absolute().parent)
    write_whole(output, proposal.text.encode())
    hosts = "".join(f" --allow-host {host}" for host in sorted(allowed))
    if proposal.lacking:
        typer.echo(f"\n{output} is written, and lacks {', '.join(proposal.lacking)}: complete it by hand")
        return Exit.UNKNOWN
    typer.echo(f"\n{output} is written. Next: nologout prove --target {output}{hosts}")
    return Exit.PASS
