"""The real dj-rest-auth, as its settings are and otherwise: what `nologout diagnose` must say, by hand before.

Which cookie flags there are, and where the refresh token travels, is read off dj-rest-auth's settings; the rest is
SimpleJWT's, whose rotation and blacklist are two statements, so that whether a race forks a session is luck.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

from nologout import cli
from nologout.stage.standing import Standing
from nologout.targets.samples.described import Sample
from nologout.targets.samples.notes_server import PASSWORD, USER
from tests.test_samples import with_free_ports

if TYPE_CHECKING:
    from pathlib import Path

    from nologout.targets.target import Launch

pytestmark = pytest.mark.server
STRICT = frozenset({"lost_reply_ends_session", "second_tab_is_refused"})


class Truth(NamedTuple):
    """Other settings of the two packages, and what is to be found with them: what logs out, the risks, the way."""

    rest_auth: dict[str, object]
    simple_jwt: dict[str, object]
    logs_out: frozenset[str]
    risks: frozenset[str] = frozenset({"cookie_is_open"})
    transport: str = "cookie"


TRUTH = {
    "as it is": Truth({}, {}, STRICT),
    "secure": Truth({"JWT_AUTH_SECURE": True}, {}, STRICT, frozenset()),
    "script may read": Truth({"JWT_AUTH_HTTPONLY": False}, {}, STRICT, transport="body"),
    "in the body alone": Truth(
        {"JWT_AUTH_HTTPONLY": False, "JWT_AUTH_REFRESH_COOKIE": None}, {}, STRICT, frozenset(), "body"
    ),
    "cookie for another path": Truth(
        {"JWT_AUTH_REFRESH_COOKIE_PATH": "/api/refresh/"}, {}, STRICT | {"cookie_is_not_sent"}
    ),
    "no rotation": Truth({}, {"ROTATE_REFRESH_TOKENS": False}, frozenset({"end_is_fixed"})),
    "no blacklist": Truth({}, {"BLACKLIST_AFTER_ROTATION": False}, frozenset()),
    "csrf": Truth({"JWT_AUTH_COOKIE_USE_CSRF": True}, {}, STRICT),
}


class Configured(Sample):
    """The sample with other settings."""

    def __init__(self, file: Path, truth: Truth) -> None:
        super().__init__("dj_rest_auth", file)
        self._truth = truth

    def launch(self, state: Path) -> Launch:
        """Return how to start it."""
        launch = super().launch(state)
        settings = {
            "ACCESS_TOKEN_SECONDS": "300",
            "SAMPLE_REST_AUTH": json.dumps(self._truth.rest_auth),
            "SAMPLE_SIMPLE_JWT": json.dumps(self._truth.simple_jwt),
        }
        return msgspec.structs.replace(launch, environment={**launch.environment, **settings})


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the account where the command looks for it."""
    monkeypatch.setenv("NOLOGOUT_USERNAME", USER)
    monkeypatch.setenv("NOLOGOUT_PASSWORD", PASSWORD)


def standing(folder: Path, truth: Truth) -> Standing:
    """Return the app, not yet started."""
    return Standing(Configured(with_free_ports("dj_rest_auth", folder), truth))


@pytest.mark.parametrize("name", TRUTH)
def test_settings_bring_what_they_are_known_to_bring(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The paths are found by themselves, and every session that was begun is signed out."""
    truth = TRUTH[name]
    with standing(tmp_path, truth) as app:
        code = cli.run(["diagnose", app.base_url, "--json", "--wait", "1"])
    said = json.loads(capsys.readouterr().out)
    found = {each["name"]: each["gravity"] for each in said["findings"]}
    found.pop("race_forks_session", None)
    assert found == {**dict.fromkeys(truth.logs_out, "logs out"), **dict.fromkeys(truth.risks, "risk")}
    assert code == (1 if truth.logs_out else 0)
    observed = said["observed"]
    assert observed["transport"] == truth.transport
    assert observed["paths"] == {
        "sign_in": "/auth/login/",
        "refresh": "/auth/token/refresh/",
        "verify": "/auth/token/verify/",
        "sign_out": "/auth/logout/",
        "api": "/auth/user/",
    }
    assert (observed["good_access"]["status"], observed["left_signed_in"]) == (200, 0)


def test_refresh_token_that_goes_nowhere_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its field is empty, for want of a cookie that the settings name: the session ends with its access token."""
    with standing(tmp_path, Truth({"JWT_AUTH_REFRESH_COOKIE": None}, {}, frozenset())) as app:
        assert cli.run(["diagnose", app.base_url]) == 3
    told = capsys.readouterr().err
    assert "the sign-in at /auth/login/ brought an access token alone: nothing can be refreshed" in told
    assert "JWT_AUTH_REFRESH_COOKIE names one" in told
