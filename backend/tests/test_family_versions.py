"""The tests of token_family pass with the oldest and the newest of what its distribution says it works with."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environments import clean_environment, find_python, make_environment, versions_in
from tests.running_server import BACKEND

pytestmark = pytest.mark.install

TESTS = BACKEND / "tests"
# These ask for more than token_family needs: the reference server's settings, a browser, or uv.
ELSEWHERE = {"admin", "beside_playwright", "checks", "distribution", "versions"}
PLAYED = [
    *(p for p in sorted(TESTS.glob("test_family_*.py")) if p.stem.removeprefix("test_family_") not in ELSEWHERE),
    f"{TESTS / 'test_family_checks.py'}::test_migrations_match_the_models",
]
# Each resolves the distribution's own dependencies.
RESOLUTIONS = {
    "lowest": ("--resolution", "lowest-direct"),
    "django_5_2": ("--resolution", "lowest-direct", "django==5.2.*"),
    "newest": ("--resolution", "highest"),
}
PYTHONS = ("3.11", "3.12", "3.13")
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def row(python: str, name: str) -> object:
    """Return what is played; every day only this Python with the lowest and the newest."""
    daily = python == THIS_PYTHON and name != "django_5_2"
    return pytest.param(python, name, id=f"{python}-{name}", marks=() if daily else pytest.mark.soak)


def wanted(python: str, name: str) -> list[str]:
    """Return how the versions of Python, Django and SimpleJWT must begin."""
    newest_django = "5.2." if python == "3.11" else "6."
    django, simplejwt = {
        "lowest": ("4.2", "5.4."),
        "django_5_2": ("5.2", "5.4."),
        "newest": (newest_django, "5.5."),
    }[name]
    return [python, django, simplejwt]


@pytest.mark.parametrize(("python", "name"), [row(python, name) for python in PYTHONS for name in RESOLUTIONS])
def test_app_works_with_these_versions(tmp_path: Path, python: str, name: str) -> None:
    """Every test of the app passes, warnings are errors, and the versions are those that were asked for."""
    found = find_python(python)
    if not found:
        pytest.skip(f"this machine has no Python {python}")
    options = (*RESOLUTIONS[name], "--requirements", str(BACKEND / "pyproject.toml"))
    inside = make_environment(tmp_path / "venv", found, *options)
    versions = list(versions_in(inside).values())
    assert [v.startswith(w) for v, w in zip(versions, wanted(python, name), strict=True)] == [True] * 3, versions
    played = subprocess.run(
        (inside, "-m", "pytest", "-q", "-c", str(TESTS / "bare.ini"), *map(str, PLAYED)),
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert re.search(r"^\d+ passed in ", played.stdout, re.MULTILINE), played.stdout
