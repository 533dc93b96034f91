"""Python environments beside this one, made by uv: other versions of Python, Django and SimpleJWT."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

UV = str(Path(sys.executable).with_name("uv"))
STEERING = ("PYTEST_", "PYTHON", "DJANGO_", "NOLOGOUT_", "VIRTUAL_ENV")
TOOLS = ("pytest", "pytest-django", "hypothesis", "time-machine", "cryptography")
TELL = """
import json, sys
from importlib.metadata import version
told = {name: version(name) for name in ("django", "djangorestframework-simplejwt")}
print(json.dumps({"python": "%d.%d" % sys.version_info[:2], **told}))
"""


def clean_environment(**more: str) -> dict[str, str]:
    """Return this process's environment without what steers Python, Django or pytest."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(STEERING)}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **more}


def find_python(wanted: str) -> str:
    """Return the path of a Python of this version ("3.12") that the machine has, or an empty text."""
    # pyenv hides all its Pythons but one behind commands that refuse to run them.
    of_pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv").glob("versions/*/bin")
    path = os.pathsep.join([*map(str, of_pyenv), os.environ["PATH"]])
    find = (UV, "python", "find", "--no-project", "--no-python-downloads", wanted)
    done = subprocess.run(find, env=clean_environment(PATH=path), capture_output=True, text=True, check=False)
    return done.stdout.strip()


def make_environment(folder: Path, python: str, *requirements: str) -> str:
    """Install requirements, given as to uv, and pytest as it is here; return the path of the environment's Python."""
    inside = str(folder / "bin" / "python")
    _uv("venv", "--python", python, str(folder))
    _uv("pip", "install", "--python", inside, *requirements)
    _uv("pip", "install", "--python", inside, *(f"{tool}=={version(tool)}" for tool in TOOLS))
    return inside


def versions_in(python: str) -> dict[str, str]:
    """Return the versions of Python, Django and SimpleJWT in an environment."""
    done = subprocess.run((python, "-c", TELL), env=clean_environment(), capture_output=True, text=True, check=True)
    told: dict[str, str] = json.loads(done.stdout)
    return told


def _uv(*arguments: str) -> None:
    command = (UV, "--quiet", *arguments)
    done = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
