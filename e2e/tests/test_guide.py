"""`docs/guide.md` covers the troubleshooting guide, and names only what there is and what the lists say."""

import ast
import fnmatch
import logging
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from django.test import RequestFactory
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_simplejwt.serializers import TokenRefreshSerializer
from rest_framework_simplejwt.views import TokenRefreshView

from nologout import scenarios
from nologout.cli import app
from nologout.targets import PROFILES, SAMPLES
from nologout.targets.reference import OURS, VARIANTS, expectations

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guide.md"
TEXT = PAGE.read_text("utf-8")
LISTS = expectations()
LOG = logging.getLogger(__name__)
NOLOGOUT: Any = typer.main.get_command(app)
VERDICTS = ("**true**", "**true within limits**", "**false**")
# What the guide says, in our words, under the anchors of the rows that answer it.
CLAIMS = {
    "backend-works": "the backend's refresh works",
    "frontend-suspected": "the front end is to blame",
    "works-generated": "tokens are made properly",
    "works-rotation": "rotation works",
    "works-blacklist": "the blacklist works",
    "works-access": "an access token lives for an hour",
    "works-refresh": "a refresh token lives for a week",
    "issue-rotation": "rotation asks for care",
    "issue-tabs": "tabs get in each other's way",
    "issue-network": "the network breaks a refresh",
    "cause-1-problem": "the front end mishandles tokens",
    "cause-1-solution": "interceptors",
    "cause-2-problem": "a tab's token is blacklisted by another tab",
    "cause-2-solution": "channels or storage events",
    "cause-3-problem": "refreshes fail with the network",
    "cause-3-solution": "retries with back-off",
    "cause-4-problem": "stored tokens vanish",
    "cause-4-solution": "handle errors, have a fallback",
    "cause-5-problem": "clocks differ",
    "cause-5-solution": "a buffer before the expiry",
    "solution-file": "a ready file to use",
    "feature-refresh": "refresh by itself",
    "feature-queue": "requests wait for the refresh",
    "feature-rotation": "rotated tokens are kept",
    "feature-tabs": "tabs in step",
    "debug-logging": "log each attempt",
    "option-1": "no rotation",
    "option-2": "longer access",
    "option-3": "sliding tokens",
    "monitoring-snippet": "a view that logs",
    "test-script": "run the diagnosis",
    "test-network": "watch the network tab",
    "test-console": "watch the console",
    "scenario-reload": "reload",
    "scenario-tabs": "several tabs",
    "scenario-network": "no network",
    "scenario-idle": "long absence",
    "check-1": "refresh logic",
    "check-2": "failed refreshes handled",
    "check-3": "several tabs tested",
    "check-4": "storage lasts",
    "check-5": "messages for people",
    "check-6": "success rate watched",
    "check-7": "logs and alarms",
    "quick-fix": "rotation off helps at once",
    "quick-fix-price": "at a price",
    "step-1": "server logs",
    "step-2": "blacklist rows",
    "step-3": "front end verified",
    "step-4": "endpoints by hand",
    "step-5": "developer tools",
    "last-sentence": "the backend is solid",
}
# Snake-case words of the page that are names of something else.
WORDS = {"token_not_valid"}
SETTINGS = "DJANGO_SETTINGS_MODULE=config.settings.lab"
STARTS = ("nologout ", "pytest ", "node ", "python ", "make ", SETTINGS)


def commands() -> list[str]:
    """Return the commands of the page, in backticks or in a block."""
    inline = re.findall(r"`([^`]+)`", TEXT)
    block = [line.split("#")[0].strip() for line in re.findall(r"^    (\S.*)$", TEXT, re.MULTILINE)]
    return sorted({text for text in inline + block if text.startswith(STARTS)})


def said_to_fail(command: str) -> set[bool]:
    """Tell what the page says of a command with a broken client, wherever it does."""
    return {not passes for text, passes in re.findall(r"`([^`]+)`( \(passes\))?", TEXT) if text == command}


def of_program(program: str) -> list[list[str]]:
    """Return the arguments of the commands that start this program."""
    split = (shlex.split(command.removeprefix(f"{SETTINGS} ")) for command in commands())
    return [words[1:] for words in split if words[0] == program]


def plays() -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    """Yield the commands that play scenarios: the text, its options as the command line reads them, what it plays."""
    for name, *rest in of_program("nologout"):
        options = NOLOGOUT.commands[name].make_context(name, [*rest]).params
        if name == "prove":
            globs = options["only"] or ["*"]
            played = [name for name in scenarios.names() if any(fnmatch.fnmatchcase(name, glob) for glob in globs)]
            yield shlex.join(["nologout", name, *rest]), options, played


def cells(name: str) -> set[str]:
    """Return what a scenario's cells are called in the lists."""
    return {name, *(f"{name}[{variant}]" for variant in scenarios.load(name).variants if variant)}


def fails(client: str, profile: str, name: str) -> bool:
    """Tell whether a client's list names the scenario, or one of its variants."""
    return bool(cells(name) & set(LISTS[client]["fails"].get(profile, {})))


def rows() -> dict[str, list[str]]:
    """Return the rows that give a verdict, under their anchors, as what follows the anchor."""
    found = re.findall(r'^\| <a id="([^"]+)"></a>(.+?) \| (.+?) \| (.+?) \| (.+?) \|$', TEXT, re.MULTILINE)
    return {anchor: cells for anchor, *cells in found}


def anchors(path: Path) -> set[str]:
    """Return where links can lead in a page: its headings, as GitHub names them, and its own marks."""
    text = path.read_text("utf-8")
    headings = (re.sub(r"[^\w -]", "", line.lower()) for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE))
    return {heading.replace(" ", "-") for heading in headings} | set(re.findall(r'<a id="([^"]+)">', text))


def known_to_fail() -> dict[str, set[str]]:
    """Return the cells that the page says our own client fails, by profile."""
    said = re.findall(r"Known to fail on `(\w+)`: ([^.]+)\.", TEXT)
    return {profile: set(re.findall(r"`([^`]+)`", names)) for profile, names in said}


def names_in(path: Path) -> set[str]:
    """Return the names of the functions in a Python file."""
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_claim_of_the_guide_has_a_row_and_every_row_a_claim() -> None:
    """Nothing is left out, and nothing stands twice."""
    assert list(rows()) == list(CLAIMS) == re.findall(r'<a id="([^"]+)">', TEXT)


@pytest.mark.parametrize("anchor", CLAIMS)
def test_row_has_one_of_three_verdicts_and_a_command(anchor: str) -> None:
    """What shows the verdict stands between the two."""
    _claim, verdict, _shown, run = rows()[anchor]
    assert verdict in VERDICTS
    assert any(f"`{command}`" in run for command in commands())


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", TEXT))))
def test_link_leads_somewhere(link: str) -> None:
    """A file that there is, and a heading or a mark in it."""
    path, _, anchor = link.partition("#")
    there = PAGE.parent / path if path else PAGE
    assert there.is_file()
    assert not anchor or anchor in anchors(there)


def test_commands_that_play_name_what_there_is() -> None:
    """Options, scenarios, clients, profiles and sample apps are known."""
    for command, options, played in plays():
        assert played, command
        assert options["client"] in {*LISTS, *VARIANTS}, command
        assert {*(options["profile"] or ())} <= {*PROFILES}, command
        assert options["target"] in {"reference", *SAMPLES}, command


def test_commands_with_a_broken_client_agree_with_its_list() -> None:
    """It fails all that the command plays, or none of it where the page says that it passes."""
    for command, options, played in plays():
        client, profiles = options["client"], options["profile"]
        if client in LISTS and client != OURS:
            assert profiles, f"{command}: on which profile?"
            listed = {fails(client, profile, name) for profile in profiles for name in played}
            assert listed == said_to_fail(command), command


@pytest.mark.parametrize("profile", known_to_fail())
def test_what_our_client_fails_is_in_its_list(profile: str) -> None:
    """On `stock` the page names all of it."""
    listed = set(LISTS[OURS]["fails"][profile])
    assert known_to_fail()[profile] <= listed
    assert profile != "stock" or known_to_fail()[profile] == listed


def test_other_commands_name_what_there_is() -> None:
    """Test files and functions, Django's commands, and targets of make."""
    for target, *_ in of_program("pytest"):
        path, _, name = target.partition("::")
        assert (ROOT / path).is_file(), target
        assert not name or name in names_in(ROOT / path), target
    for _test, path in of_program("node"):
        assert (ROOT / path).is_file()
    for manage, name, *_ in of_program("python"):
        assert (ROOT / manage).is_file()
        assert list((ROOT / "backend").glob(f"*/management/commands/{name}.py")), name
    for target, *_ in of_program("make"):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), target


def test_names_in_backticks_are_known() -> None:
    """A word in snake case is a scenario's, a variant's, a client's or a profile's."""
    known = set().union(WORDS, PROFILES, LISTS, SAMPLES, *map(cells, scenarios.names()))
    assert set(re.findall(r"`([a-z0-9]+(?:_[a-z0-9]+)+(?:\[\w+\])?)`", TEXT)) <= known


class SnippetsView(TokenRefreshView):
    """The guide's view, with fewer words in its lines."""

    def post(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Log the attempt, and what comes of it."""
        LOG.warning("attempt")
        answered = super().post(request, *args, **kwargs)
        LOG.warning("success" if answered.status_code == 200 else "failure")
        return answered


@pytest.mark.parametrize(("body", "status"), [({"refresh": "no token"}, 401), ({}, 400)])
def test_snippet_of_the_guide_never_logs_a_refusal(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture, body: dict[str, str], status: int
) -> None:
    """SimpleJWT raises where it refuses, so that nothing comes back to a view around it."""
    assert SnippetsView.as_view(serializer_class=TokenRefreshSerializer)(rf.post("/", body)).status_code == status
    assert caplog.messages == ["attempt"]
