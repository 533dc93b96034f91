"""The guide's diagnostic script, under the guide's name: `nologout diagnose --checklist`, as a script and as a test.

    python e2e/test_auto_logout_diagnosis.py                    the reference app, which it starts itself
    python e2e/test_auto_logout_diagnosis.py URL [OPTIONS]      your API (`nologout diagnose --help` says more)
    pytest e2e/test_auto_logout_diagnosis.py                    the same as a test; NOLOGOUT_URL names your API

The account of your API comes from NOLOGOUT_USERNAME and NOLOGOUT_PASSWORD. Exit codes: 0 nothing found, 1 something
logs users out, 2 wrong use, 3 cannot tell. By hand: steps 1 to 5 of the guide's "Further help".
"""

import os
import sys

import pytest

from nologout import cli
from nologout.stage.server import Server
from nologout.targets import Reference


def diagnose(*arguments: str) -> int:
    """Return the exit code of a diagnosis: of the URL given, or else of the reference app."""
    if arguments:
        return cli.run(["diagnose", *arguments, "--checklist"])
    target = Reference()
    with Server(target) as server, pytest.MonkeyPatch.context() as environment:
        user = target.new_user(server.base_url)
        environment.setenv("NOLOGOUT_USERNAME", user.username)
        environment.setenv("NOLOGOUT_PASSWORD", user.password)
        return cli.run(["diagnose", server.base_url, "--checklist"])


@pytest.mark.server
def test_nothing_is_found_by_which_the_api_logs_users_out() -> None:
    """What the diagnosis prints stands in pytest's report of a failure."""
    assert diagnose(*filter(None, [os.environ.get("NOLOGOUT_URL")])) == 0


if __name__ == "__main__":
    sys.exit(diagnose(*sys.argv[1:]))
