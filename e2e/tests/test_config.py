"""`nologout.toml`: everything wrong is said at once, with its line; what is right comes back as it was written."""

import inspect
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from nologout.errors import UsageError
from nologout.targets.config import Config, read_config, tables, write_config
from nologout.targets.config.schema import printed, schema

LEAST = """\
base_url = "http://127.0.0.1:8000"
[credentials]
username = "APP_USERNAME"
password = "APP_PASSWORD"
[expire]
how = "header"
"""
FULL = Config(
    base_url="https://app.test:8443",
    accounts=(
        tables.Credentials(username="ONE", password="ONE_PASSWORD"),
        tables.Credentials(username="TWO", password="TWO_PASSWORD"),
    ),
    protected_path="/notes",
    deep_link="?from=mail",
    refresh_url="https://api.test/auth/refresh",
    api="https://api.test/v1/",
    poke=tables.Poke(link="/v1/notes"),
    tabs="window.open",
    timers=(240, 0.5),
    external_hosts=("fonts.test", "api.test:8444"),
    upstream_proxy="http://proxy.test:3128",
    server=tables.Server(command=("serve", "--port", "8000"), environment={"LIFETIME": "5", "A.B": '\x7f\n"ä'}),
    expire=tables.Expire(how="clock", access_lifetime_s=5),
    sign_in=tables.SignIn(
        path="/login",
        steps=(
            tables.Step(goto="/login"),
            tables.Step(fill="#user", value="{username}"),
            tables.Step(click="#next"),
            tables.Step(wait="#password"),
        ),
        url="/auth/login",
    ),
    sign_out=tables.SignOut(click="#leave", url="/auth/logout"),
    marks=tables.Marks(signed_in="#desk", signed_out="#door", words="#note"),
    tokens=tables.Tokens(
        refresh_cookie="refresh_*", access_field="access", stored_in=("sessionStorage",), rotates=False
    ),
    limits=tables.Limits(sign_ins=5, sign_ins_per_minute=2, acts_per_second=0.5),
    basic_auth=tables.Credentials(username="BASIC_USER", password="BASIC_PASSWORD"),
    headers={"X-Tenant": "acme"},
)


def written(folder: Path, text: str) -> Path:
    """Write a file and return where it is."""
    path = folder / "nologout.toml"
    path.write_text(text, "utf-8")
    return path


def mistakes(folder: Path, text: str) -> list[str]:
    """Return what is said of a wrong file, without the headline, from the line number on."""
    path = written(folder, text)
    with pytest.raises(UsageError) as wrong:
        read_config(path)
    headline, *lines = str(wrong.value).splitlines()
    assert headline == f"{path} has {f'{len(lines)} mistakes' if len(lines) > 1 else 'a mistake'}:"
    assert wrong.value.hint
    return [line.removeprefix(f"  {path}:") for line in lines]


def test_least_that_is_needed_is_enough(tmp_path: Path) -> None:
    """Address, credentials, how to expire; the rest has defaults."""
    config = read_config(written(tmp_path, LEAST))
    assert config.credentials == tables.Credentials(username="APP_USERNAME", password="APP_PASSWORD")
    assert config.poke == tables.Poke(navigate="/")
    assert config.marks.signed_in != config.marks.signed_out


ACCOUNT = '[[accounts]]\nusername = "A"\n'
WRONG = {
    "nothing": (
        "",
        """
        1: base_url: is missing (where the app is, e.g. http://127.0.0.1:8000)
        1: expire: is missing (how an access token is brought to its end)
        """,
    ),
    "misspelt keys, in tables too": (
        LEAST.replace("base_url", "base_ur") + "access_lifetime = 3\n[markers]\nsigned_in = 1\n",
        """
        1: base_url: is missing (where the app is, e.g. http://127.0.0.1:8000)
        1: base_ur: there is no such key (did you mean `base_url`?)
        7: expire.access_lifetime: there is no such key (did you mean `access_lifetime_s`?)
        8: markers: there is no such key (did you mean `marks`?)
        """,
    ),
    "a key of nowhere": (
        f"{LEAST}sign_in = 3\n",
        "7: expire.sign_in: there is no such key (known: access_lifetime_s, how)",
    ),
    "a misspelt word and a wrong type": (
        LEAST.replace("header", "heder") + 'access_lifetime_s = "long"\n',
        """
        6: expire.how: is not among what may stand here (did you mean `header`?)
        7: expire.access_lifetime_s: is wrong: expected `float`, got `str`
        """,
    ),
    "a number that is too small": (
        f"{LEAST}access_lifetime_s = 0\n",
        "7: expire.access_lifetime_s: is wrong: expected `float` > 0.0",
    ),
    "a value in a table's place": (f"sign_in = 3\n{LEAST}", "1: sign_in: is wrong: expected `object`, got `int`"),
    "half an account": (
        LEAST + ACCOUNT,
        "7: accounts[0].password: is missing (environment variable that holds the password)",
    ),
    "accounts twice": (
        f'{LEAST}{ACCOUNT}password = "B"\n',
        (
            "2: credentials: either [credentials] or [[accounts]] must say who signs in "
            '(e.g. [credentials] username = "APP_USERNAME", password = "APP_PASSWORD")'
        ),
    ),
    "a command that is no list": (
        f"{LEAST}[server]\ncommand = 'serve'\n",
        "8: server.command: is wrong: expected `array`, got `str`",
    ),
    "a command of nothing": (
        f"{LEAST}[server]\ncommand = []\nfolder = 'nowhere'\n",
        """
        8: server.command: is wrong: expected `array` of length >= 1
        9: server.folder: there is no folder 'nowhere' (it is looked for in FOLDER)
        """,
    ),
    "waiting for what nobody starts, and too long": (
        LEAST.replace("header", "server"),
        """
        6: expire.how: `server` needs nologout to start the app (add [server]: command, environment)
        5: expire.access_lifetime_s: is too long to wait for (have tokens live 60 s at most, and say so here)
        """,
    ),
    "another scheme": (LEAST.replace("http:", "ftp:"), "1: base_url: is no address (e.g. http://127.0.0.1:8000)"),
    "a port that is none": (LEAST.replace("000", "0000"), "1: base_url: is no address (e.g. http://127.0.0.1:8000)"),
    "a path in the address": (
        LEAST.replace(":8000", ":8000/app"),
        "1: base_url: is more than scheme, host and port (a path goes into `protected_path`)",
    ),
    "addresses, paths and files": (
        (
            "external_hosts = ['ok.test', 'https://cdn.test']\nupstream_proxy = 'socks5://proxy:1'\n"
            f"protected_path = 'x'\nrefresh_url = 'api/refresh'\nca_file = 'none.pem'\n{LEAST}"
        ),
        """
        1: external_hosts[1]: is no host (write `host` or `host:port`, without http://)
        2: upstream_proxy: is no address (e.g. http://127.0.0.1:8000)
        3: protected_path: is no path (a path begins with /)
        4: refresh_url: is neither a path nor a URL (begin with / or http:// or https:// or *)
        5: ca_file: there is no file 'none.pem' (it is looked for in FOLDER)
        """,
    ),
    "a file without a certificate": (
        f"ca_file = 'nologout.toml'\n{LEAST}",
        "1: ca_file: holds no certificate (an authority's certificate is a file in PEM: -----BEGIN CERTIFICATE-----)",
    ),
    "marks that do not differ": (
        f"{LEAST}[marks]\nsigned_in = 'main'\nsigned_out = ' main'\n",
        (
            "9: marks.signed_out: is the same as `signed_in`, so it tells nothing "
            "(name what only somebody signed in sees, and what only somebody signed out sees)"
        ),
    ),
    "steps": (
        f"{LEAST}[sign_in]\nsteps = [{{ clik = '#a' }}, {{ fill = '#b' }}, {{ click = '#c', goto = '/' }}]\n",
        """
        8: sign_in.steps[0].clik: there is no such key (did you mean `click`?)
        8: sign_in.steps[1].value: `fill` and `value` go together ({ fill = "#user", value = "{username}" })
        8: sign_in.steps[2].click: exactly one of fill, click, wait, goto is needed
        """,
    ),
    "a script that is not there": (
        f"{LEAST}[sign_in]\nscript = 'sso.py'\n",
        "8: sign_in.script: there is no file 'sso.py' (it is looked for in FOLDER)",
    ),
    "headers": (
        f"{LEAST}[headers]\nCookie = 'Bearer x'\n'a b' = 'c'\n",
        """
        8: headers.Cookie: would put a secret into the file (see `basic_auth`, which names environment variables)
        9: headers.a b: is no header (e.g. "X-Tenant" = "acme")
        """,
    ),
    "a timer of no time": (
        f"timers = [0]\n{LEAST}",
        "1: timers: is wrong: expected `float` > 0.0",
    ),
    "timers of real time": (
        f"timers = [240]\n{LEAST}",
        (
            "1: timers: would do nothing with `expire.how = 'header'` (`how = \"clock\"` alone moves the time of the "
            "page; without it, its timers go by real time)"
        ),
    ),
    "an act that is two": (
        f"poke = {{ link = '/a', navigate = 'b' }}\n{LEAST}",
        "1: poke.navigate: is no path (a path begins with /)",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_everything_wrong_is_said_at_once(tmp_path: Path, what: str) -> None:
    """Line, key, what, and what to do; in the order of the lines."""
    text, said = WRONG[what]
    expected = inspect.cleandoc(said).replace("FOLDER", str(tmp_path)).splitlines()
    found = mistakes(tmp_path, text)
    assert sorted(found) == sorted(expected)
    assert [int(line.partition(":")[0]) for line in found] == sorted(int(line.partition(":")[0]) for line in found)


@pytest.mark.parametrize(
    "text",
    [
        LEAST.replace("APP_PASSWORD", "correct horse!"),
        LEAST.replace("http://", "http://me:correct horse!@"),
        LEAST.replace('"header"', '"correct horse!"'),
        LEAST + 'access_lifetime_s = "correct horse!"\n',
        LEAST + '[headers]\nCookie = "correct horse!"\n',
    ],
)
def test_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    """A value that has no place in the file stands in no error either."""
    assert "horse" not in "\n".join(mistakes(tmp_path, text))


@pytest.mark.parametrize("config", [FULL, msgspec.convert(tomllib.loads(LEAST), Config)], ids=["full", "least"])
def test_written_configuration_is_read_as_the_same(tmp_path: Path, config: Config) -> None:
    """Every key comes back, and each has its comment."""
    text = write_config(config)
    assert read_config(written(tmp_path, text)) == config
    assert "  # page that needs sign-in" in text


def test_default_is_written_as_a_comment() -> None:
    """So that a reader sees what could be changed."""
    text = write_config(msgspec.convert(tomllib.loads(LEAST), Config))
    assert '\n# protected_path = "/"  # page that needs sign-in\n' in text
    assert "\n# [marks]\n" in text
    assert '\n[expire]\nhow = "header"' in text


def blocks(page: str) -> list[str]:
    """Return the indented blocks of a page of the documentation, without their indent."""
    text = (Path(__file__).parents[2] / page).read_text("utf-8")
    return [inspect.cleandoc(block) for block in re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", text, re.MULTILINE)]


def test_example_of_the_readme_is_a_whole_file(tmp_path: Path) -> None:
    """Whoever copies it has a configuration."""
    (example,) = [block for block in blocks("README.md") if block.startswith("base_url")]
    example = example.partition("$ ")[0]
    assert read_config(written(tmp_path, example)).poke == "#reload-list"


def test_examples_of_the_page_about_foreign_apps_are_parts_of_a_file(tmp_path: Path) -> None:
    """Each table and the steps, after what is least needed."""
    found = [block for block in blocks("docs/foreign-apps.md") if not block.startswith("def ")]
    assert len(found) >= 4
    least = '{0}base_url = "http://127.0.0.1:8000"\nexpire.how = "header"\n{1}'
    for block in found:
        tables = block if block.startswith("[") else f"[sign_in]\n{block}"
        accounts = "" if "[[accounts]]" in tables else 'credentials = { username = "A", password = "B" }\n'
        read_config(written(tmp_path, least.format(accounts, tables)))


def test_published_schema_is_current() -> None:
    """`make docs` writes it."""
    path = Path(__file__).parents[2] / "docs" / "nologout.schema.json"
    assert path.read_text("utf-8") == printed()


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        (LEAST, True),
        (write_config(FULL), True),
        (LEAST.replace("how", "hwo"), False),
        (LEAST.replace("header", "heder"), False),
        ("protected_path = 'x'\n" + LEAST, False),
    ],
)
def test_schema_takes_what_is_right(text: str, fits: bool) -> None:  # noqa: FBT001 - a table of cases
    """Editors say the same as the command, as far as a schema can."""
    validator: Any = jsonschema.Draft202012Validator(schema())
    assert validator.is_valid(json.loads(json.dumps(tomllib.loads(text)))) is fits
