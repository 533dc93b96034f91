"""The wheel is whole: installed alone, in an empty folder, `nologout prove` plays the reference that it carries."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = str(Path(sys.executable).with_name("uv"))

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = (UV, "build", "--quiet", "--wheel", "--no-build-isolation", "--out-dir", str(folder), str(ROOT))
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def test_wheel_carries_the_app_and_nothing_else(wheel: Path) -> None:
    """The reference app is in it; tests, caches and databases are not."""
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "nologout/reference_app/backend/manage.py",
        "nologout/reference_app/backend/token_family/decide.py",
        "nologout/reference_app/frontend_static/index.html",
        "nologout/reference_app/frontend_static/page/inspector.css",
        "nologout/reference_app/frontend_static/page/inspector.js",
        "nologout/reference_app/frontend_static/known_broken/expected.json",
        "nologout/stage/browser/recorder.js",
        "nologout/report/templates/timeline.html",
        "nologout/targets/samples/cookie_xhr/page.html",
        "nologout/targets/samples/memory_cookie/nologout.toml",
        "nologout/targets/samples/memory_cookie/client.js",
        "nologout/targets/samples/page.html",
        "nologout/plugin/prove.ini",
    ):
        assert needed in names
    assert [name for name in names if name.endswith((".pyc", ".sqlite3", ".db")) or "/tests/" in name] == []


def test_installed_wheel_proves_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    """No checkout is needed, and nothing but the report is left in the folder."""
    environment = tmp_path / "venv"
    subprocess.run((UV, "venv", "--quiet", str(environment)), check=True)
    into = (UV, "pip", "install", "--quiet", "--python", str(environment), "--constraint")
    subprocess.run((*into, str(ROOT / "requirements.lock"), str(wheel)), check=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "DJANGO_", "PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        (str(environment / "bin" / "nologout"), "prove", "--only", "lost_response"),
        cwd=empty,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Nobody is logged out, but for what is known: 1 of 2 pass" in done.stdout
    assert [path.name for path in empty.iterdir()] == ["nologout-report"]
