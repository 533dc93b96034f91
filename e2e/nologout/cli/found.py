"""Shows what was found out about an app, and asks for the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from nologout.redact import redact
from nologout.targets.config import Config
from nologout.targets.config.validate import Validator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nologout.diagnose.detect import Finding

_WIDTH = 80
_STYLES = {"sure": "green", "likely": "cyan", "guessed": "yellow", "not found": "bold yellow"}


def show(findings: Iterable[Finding]) -> None:
    """Print each finding: key, how sure, value, and below what shows it."""
    console = Console(highlight=False)
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for each in findings:
        value = f"{_written(each.value)}\n" if each.is_found else ""
        told = Text.assemble((value, "bold"), (redact(each.evidence), "dim"))
        table.add_row(Text(each.key), Text(each.confidence, style=_STYLES[each.confidence]), told)
    console.print(table, width=min(console.width, _WIDTH))


def ask(findings: list[Finding]) -> list[Finding]:
    """Return the findings with what a person knows in the place of what was not found; Enter leaves it open."""
    return [each if each.is_found else _asked(each) for each in findings]


def _asked(finding: Finding) -> Finding:
    typer.echo(f"\n{finding.key}: {redact(finding.evidence)}")
    told = _description(finding.key)
    if told:
        typer.echo(f"  {told}")
    while True:
        answer = typer.prompt("  Enter leaves it open", default="", show_default=False).strip()
        if not answer:
            return finding
        value = _meant(answer)
        wrong = _wrong(finding.key, value)
        if not wrong:
            return msgspec.structs.replace(finding, value=value, confidence="sure", evidence="told by hand")
        typer.echo(f"  {wrong}")


def _meant(answer: str) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Return a list where one was written (`["a", "b"]`), else the text as it is."""
    try:
        found = json.loads(answer)
    except ValueError:
        return answer
    return found if isinstance(found, list) else answer


def _wrong(key: str, value: object) -> str:
    """Return why a value cannot stand under a key, or nothing."""
    data: dict[str, Any] = {"base_url": "http://127.0.0.1", "expire": {"how": "header"}}
    data["credentials"] = {"username": "A", "password": "B"}
    table, _, name = key.rpartition(".")
    (data.setdefault(table, {}) if table else data)[name] = value
    validator = Validator(Path.cwd())
    validator.table(Config, data)
    return "; ".join(f"{problem.message} ({problem.hint})" for problem in validator.problems)


def _description(key: str) -> str:
    """Return what the schema says of a key."""
    found: Any = msgspec.json.schema(Config)
    known = found["$defs"]
    table, _, name = key.rpartition(".")
    title = {"": "Config", "sign_out": "SignOut", "sign_in": "SignIn"}.get(table, table.capitalize())
    return str(known.get(title, {}).get("properties", {}).get(name, {}).get("description", ""))


def _written(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {held}" for name, held in value.items())
    return '"" (Enter)' if value == "" else str(value).lower() if isinstance(value, bool) else str(value)
