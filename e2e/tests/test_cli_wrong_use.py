"""Wrong use of the command says what is wrong and what to do, and exits with 2."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from nologout import cli

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each command in an empty folder, on 80 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NOLOGOUT_PASSWORD", raising=False)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("prove", "--client", "nobody"),
            ("no client 'nobody'", "hint: known: reference, axios, one_file, no_cross_tab_lock"),
        ),
        (("prove", "--profile", "strictest"), ("no profile 'strictest'", "hint: known: family, stock")),
        (("prove", "--only", "losst*"), ("no scenario's name matches 'losst*'", "nologout list")),
        (("prove", "--only", "lost*", "--only", "losst*"), ("no scenario's name matches 'losst*'", "nologout list")),
        (("prove", "--target", "shop"), ("no sample app 'shop'", "hint: known: cookie_xhr")),
        (("prove", "--target", "cookie_xhr", "--profile", "stock"), ("neither clients nor profiles", "hint: leave")),
        (("prove", "--target", "missing.toml"), ("missing.toml cannot be read",)),
        (("prove", "--bogus"), ("No such option: --bogus", "nologout COMMAND --help")),
        (("prove", "--fail-on", "nobody"), ("'--fail-on'", "'any', 'frontend', 'server'")),
        (("prove", "--baseline", "nowhere.toml"), ("nowhere.toml cannot be read", "hint: check the path")),
        (("prove", "--shard", "5/4"), ("no shard 5/4", "hint: write I/N")),
        (("prove", "--gate", "--only", "lost*"), ("--gate and --only", "hint: leave one")),
        (("prove", "-n", "0"), ("'-n'", "hint:")),
        (("replay", "nothing"), ("no scenario 'nothing'", "nologout list")),
        (("replay", "missing.json"), ("missing.json cannot be read",)),
        (("replay", "lost_response", "--variant", "x"), ("has no variant 'x'", "hint: variants:")),
        (("init", "127.0.0.1:8000"), ("'127.0.0.1:8000' is no address", "hint: e.g. http://")),
        (("init", "http://ada:pw@127.0.0.1"), ("holds a name or", "hint:")),
        (("init", "http://shop.example/"), ("shop.example is not this machine", "--allow-host shop.example")),
        (("init", "http://127.0.0.1:9", "-o", "no/where.toml"), ("there is no folder", "hint: -o")),
        (("init", "http://127.0.0.1:9", "--password", "se cret"), ("name environment variables", "hint:")),
        (
            ("init", "http://127.0.0.1:9", "--username", "NOT_SET_1"),
            ("`username` and `password` name are not", "hint:"),
        ),
        (("demo", "--profile", "x"), ("no profile 'x'", "hint:")),
        (("diagnose", "127.0.0.1:8000"), ("is no address of an API", "hint: e.g. http://127.0.0.1:8000")),
        (("diagnose", "http://ann:secret@127.0.0.1"), ("holds a name or", "hint: see NOLOGOUT_BASIC")),
        (("diagnose", "https://shop.example"), ("shop.example is not this machine", "--allow-host shop.example")),
        (("diagnose", "http://localhost", "--api-path", "me/"), ("--api-path 'me/' is no path", "begins with /")),
        (("diagnose", "http://localhost", "--origin", "http://a/b"), ("more than an origin", "hint: scheme")),
        (("diagnose", "http://localhost", "--header", "Cookie: a=b"), ("secret on the command line", "NOLOGOUT_BASIC")),
        (("diagnose", "http://localhost", "--header", "X Y: z"), ("'X Y' is no header", "X-Tenant")),
        (("diagnose", "http://localhost", "--username-env", "NOBODY"), ("NOBODY and NOLOGOUT_PASSWORD are not set",)),
        (("diagnose", "http://localhost", "--page", "localhost"), ("'localhost' is no address", "hint: e.g.")),
        (("diagnose", "http://localhost", "--page", "https://b.example"), ("--page: b.example is not this", "hint:")),
        (("diagnose", "http://localhost", "--page", "http://localhost", "--browser", "x"), ("'x'", "hint:")),
        (("frobnicate",), ("frobnicate", "hint:")),
    ],
)
def test_wrong_use_says_what_and_what_to_do(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: tuple[str, ...]
) -> None:
    """The error names the wrong word, the hint names a right one, nothing is printed as a result."""
    assert cli.run([*arguments]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    for words in says:
        assert words in errors
    assert "Traceback" not in errors


def test_every_mistake_of_a_targets_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before a browser is looked for."""
    (tmp_path / "mine.toml").write_text('base_ur = "http://127.0.0.1"\n[expire]\nhow = "heder"\n')
    assert cli.run(["prove", "--target", "mine.toml"]) == 2
    errors = capsys.readouterr().err
    assert "mine.toml:1: base_ur: there is no such key (did you mean `base_url`?)" in errors
    assert "mine.toml:3: expire.how: " in errors


def test_replay_file_with_a_wrong_step_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt step in a file is found before anything is started."""
    (tmp_path / "mine.json").write_text(
        '{"info": {"group": "tabs", "guide_cause": 2, "links": []}, "steps": [{"step": "opne_tab"}]}'
    )
    assert cli.run(["replay", "mine.json"]) == 2
    errors = capsys.readouterr().err
    assert "opne_tab" in errors
    assert "$.steps[0]" in errors


def test_headed_without_a_display_is_wrong_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is started when the browser could not be shown."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert cli.run(["prove", "--headed"]) == 2
    assert "--headed needs a display" in capsys.readouterr().err


def test_port_in_use_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The demo says which port it cannot have."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert cli.run(["demo", "--port", port]) == 2
    assert f"port {port} cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["prove", "init", "replay", "diagnose", "explain", "list", "setup", "demo"])
def test_help_of_every_command_fits_80_columns(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """Help teaches, without colours when piped."""
    assert cli.run([command, "--help"]) == 0
    output = capsys.readouterr().out
    assert "Usage: nologout" in output
    assert "\x1b[" not in output
    assert max(map(len, output.splitlines())) <= 80
