"""SimpleJWT's own tests, from its source distribution: with token_family they end as they do without it.

What ends otherwise is listed here with the reason. The untouched suite need not pass: PyJWT 2.15 no longer takes its
key of one curve for ES384 and ES512, so that parts of five of its tests fail on both sides.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from tests.environments import UV, clean_environment, make_environment
from tests.running_server import BACKEND

pytestmark = pytest.mark.install

LOCK = BACKEND.parent / "requirements.lock"
PLUGIN = "families_in_simplejwts_suite"
SIMPLEJWT = f"djangorestframework-simplejwt=={version('djangorestframework-simplejwt')}"
NEEDS = (SIMPLEJWT, *(f"{name}=={version(name)}" for name in ("django", "djangorestframework", "pyjwt")))
ITS_OWN_NEEDS = ("cryptography", "freezegun", "python-jose")

TABLES_ROLLED_BACK = (
    "rolls SimpleJWT's tables back to 2017, when there was none of ours, and blacklists a token: our signal finds no "
    "table; a project has run its migrations"
)
RAISES_THE_ANSWER = (
    "wants TokenError raised out of the serializer; ours raises what the view would make of it, InvalidToken, for a "
    "view cannot add a reason: 401 token_not_valid both ways"
)
NAMES_THE_ACCOUNT = "wants no more than a sentence, or DoesNotExist, which answers 500; ours answers 401 with a reason"
WANTS_AN_OWNER = "rotates a token of nobody; to us a session has a user, and one row however often it is refreshed"

ROLLED_BACK = "tests.test_token_blacklist.TokenVerifySerializerShouldHonourBlacklist.test_token_verify_serializer_"
OF_REFRESH = "tests.test_serializers.TestTokenRefreshSerializer.test_it_should_"
OF_VERIFY = "tests.test_serializers.TestTokenVerifySerializer.test_it_should_"
OF_BLACKLIST = "tests.test_serializers.TestTokenBlacklistSerializer.test_it_should_"

# Where a project names our serializers in its settings.
CONFIGURED = {
    f"{ROLLED_BACK}should_honour_blacklist_if_blacklisting_enabled": TABLES_ROLLED_BACK,
    f"{ROLLED_BACK}should_not_honour_blacklist_if_blacklisting_not_enabled": TABLES_ROLLED_BACK,
}
# Where ours take the place of SimpleJWT's classes also in tests that call these without a view.
IN_PLACE = CONFIGURED | {
    f"{OF_REFRESH}raise_error_for_deleted_users": NAMES_THE_ACCOUNT,
    f"{OF_REFRESH}raise_error_for_inactive_users": NAMES_THE_ACCOUNT,
    f"{OF_REFRESH}raise_token_error_if_token_invalid": RAISES_THE_ANSWER,
    f"{OF_REFRESH}raise_token_error_if_token_has_wrong_type": RAISES_THE_ANSWER,
    f"{OF_REFRESH}return_refresh_token_if_tokens_should_be_rotated": WANTS_AN_OWNER,
    f"{OF_REFRESH}blacklist_refresh_token_if_tokens_should_be_rotated_and_blacklisted": WANTS_AN_OWNER,
    f"{OF_VERIFY}raise_token_error_if_token_invalid": RAISES_THE_ANSWER,
    f"{OF_BLACKLIST}raise_token_error_if_token_invalid": RAISES_THE_ANSWER,
    f"{OF_BLACKLIST}raise_token_error_if_token_has_wrong_type": RAISES_THE_ANSWER,
}
TESTS_THAT_NAME_SERIALIZERS = ("tests/test_serializers.py", "tests/test_token_blacklist.py")

# How a test ended: nothing if it passed, else a word for each failure (of a test, or of a part of it) or skip.
Endings = dict[str, list[str]]


class Suite(NamedTuple):
    """The unpacked distribution, the Python that plays it, a folder with token_family, and how it ends without."""

    folder: Path
    python: str
    families: Path
    untouched: Endings


def unpacked(folder: Path) -> Path:
    """Fetch the source distribution that the lock names, and unpack it."""
    pip = (UV, "tool", "run", "--quiet", "--with", "setuptools", "--with", "setuptools-scm", "pip")
    only_source = ("--no-binary", "djangorestframework-simplejwt", "--no-build-isolation", "--no-deps")
    command = (*pip, "download", "--quiet", *only_source, "--dest", str(folder), SIMPLEJWT)
    subprocess.run(command, env=clean_environment(), check=True)
    [archive] = folder.glob("*.tar.gz")
    is_locked = hashlib.sha256(archive.read_bytes()).hexdigest() in LOCK.read_text()
    assert is_locked, f"requirements.lock does not name {archive.name}"
    with tarfile.open(archive) as tar:
        # Python before 3.11.4 knows no filter.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(folder)  # noqa: S202 - its hash is in the lock
    return archive.with_suffix("").with_suffix("")


def play(folder: Path, python: str, report: Path, *options: str, **more: str) -> Endings:
    """Play the suite, or the tests among the options; return how each test ended."""
    command = (python, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}", *options)
    done = subprocess.run(
        command, cwd=folder, env=clean_environment(**more), capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    cases = ET.parse(report).iter("testcase")  # noqa: S314 - pytest wrote it a moment ago
    return {f"{case.get('classname')}.{case.get('name')}": [ending.tag for ending in case] for case in cases}


def play_with_families(suite: Suite, tmp_path: Path, *options: str) -> tuple[Endings, dict[str, int]]:
    """Play it with token_family; return how each test ended, and how often each of our serializers was used."""
    used = tmp_path / "used.json"
    plugin = ("-p", PLUGIN, f"--used={used}")
    path = {"PYTHONPATH": str(suite.families)}
    ended = play(suite.folder, suite.python, tmp_path / "report.xml", *plugin, *options, **path)
    return ended, json.loads(used.read_text())


def differing(suite: Suite, ended: Endings) -> set[str]:
    """Return the tests that ended otherwise than without token_family."""
    return {name for name, ending in ended.items() if ending != suite.untouched[name]}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """Play it untouched, in an environment with our versions of what it is a test of."""
    tmp_path = tmp_path_factory.mktemp("suite")
    folder = unpacked(tmp_path)
    python = make_environment(tmp_path / "venv", sys.executable, *NEEDS, *ITS_OWN_NEEDS)
    families = tmp_path / "families"
    families.mkdir()
    (families / "token_family").symlink_to(BACKEND / "token_family")
    (families / f"{PLUGIN}.py").symlink_to(Path(__file__).with_name(f"{PLUGIN}.py"))
    return Suite(folder, python, families, play(folder, python, tmp_path / "report.xml", "tests"))


def test_untouched_suite_is_played_and_passes_but_for_its_keys(suite: Suite) -> None:
    """What the others are compared with is no heap of errors."""
    failed = {name for name, ending in suite.untouched.items() if ending}
    assert len(suite.untouched) > 180
    assert {name.rpartition(".")[0] for name in failed} <= {"tests.test_backends.TestTokenBackend"}


def test_same_result_where_a_project_names_our_serializers(suite: Suite, tmp_path: Path) -> None:
    """All tests, as a project is configured; what is listed must go on to differ."""
    ended, used = play_with_families(suite, tmp_path, "tests")
    assert ended.keys() == suite.untouched.keys()
    assert differing(suite, ended) == CONFIGURED.keys()
    assert len(used) == 4
    assert min(used.values()) >= 5, used


def test_same_result_where_ours_take_the_place_of_simplejwts(suite: Suite, tmp_path: Path) -> None:
    """The tests that call a serializer without a view, with ours in its place."""
    ended, used = play_with_families(suite, tmp_path, "--in-place", *TESTS_THAT_NAME_SERIALIZERS)
    assert len(ended) > 40
    assert differing(suite, ended) == IN_PLACE.keys()
    assert used["FamilyRefreshSerializer"] >= 8, used
    assert min(used.values()) >= 1, used
