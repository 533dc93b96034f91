"""What follows from what was seen of an app: by tables, without a browser."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from msgspec.structs import replace

from nologout.cli import found as asking
from nologout.diagnose.detect import Finding, conclude, propose
from nologout.diagnose.detect.rules.finding import not_found
from nologout.diagnose.detect.rules.marks import marks_of, sign_out_button
from nologout.diagnose.detect.rules.requests import api_of, refresh_of
from nologout.diagnose.detect.rules.seen import Cookie, Element, Message, Rest, Seen, Tried
from nologout.diagnose.detect.rules.timers import timers_of
from nologout.diagnose.detect.rules.tokens import tokens_of
from nologout.targets.config import read_config
from nologout.targets.config.patterns import LOOKS_SIGNED_IN, PASSWORD_FIELD
from tests.sightings import A1, A2, HERE, OPAQUE, R1, R2, SIGNED_IN, asked, jwt, refreshing, seen, sent


@pytest.mark.parametrize(
    ("reply", "access", "refresh"),
    [
        ({"brought": {"a": jwt(1, token_type="access"), "b": jwt(2, token_type="refresh")}}, "a sure", "b sure"),
        ({"brought": {"b": jwt(2, typ="Refresh"), "a": jwt(1, typ="Bearer")}}, "a sure", "b sure"),
        ({"brought": {"d.accessToken": A1, "d.refreshToken": OPAQUE}}, "d.accessToken likely", "d.refreshToken likely"),
        ({"brought": {"token": OPAQUE, "welcome": "a long sentence, and no token"}}, "token likely", ""),
        ({"brought": {"id_token": A1, "csrf_token": OPAQUE}}, "", ""),
        ({"brought": {"x": jwt(1, iat=0, exp=9999), "y": jwt(2, iat=0, exp=300)}}, "y likely", "x likely"),
        ({"set": (Cookie("one", "v", max_age=600), Cookie("two", "w", max_age=6000))}, "one likely", "two likely"),
        ({"set": (Cookie("long", "v", path="/auth"), Cookie("short", "w"))}, "short guessed", "long likely"),
        ({"set": (Cookie("sessionid", "v"), Cookie("csrftoken", "w"))}, "sessionid likely", ""),
        ({"set": (Cookie("was_there", "v"), Cookie("left", ""))}, "", ""),
        ({"set": (Cookie("refresh_4f9a01c7", "v"),), "brought": {"access": A1}}, "access likely", "refresh_* likely"),
        ({"status": 302, "kind": "document", "set": (Cookie("sid", "v"),)}, "sid likely", ""),
        ({"status": 400, "brought": {"token": OPAQUE}}, "", ""),
    ],
)  # fmt: skip
def test_tokens_are_told_by_claims_names_paths_and_lifetimes(reply: dict[str, Any], access: str, refresh: str) -> None:
    """What a JWT says outweighs a name; CSRF and identity tokens, and cookies of before the sign-in, are none."""
    found = tokens_of(seen(sent(**reply), earlier=frozenset({"was_there"})))
    told = {kind: f"{token.held.name} {token.confidence}" for kind, token in found.items()}
    assert (told.get("access", ""), told.get("refresh", "")) == (access, refresh)


def test_token_that_requests_carry_is_the_access_token_for_sure() -> None:
    """Whatever it is called."""
    found = tokens_of(seen(sent(brought={"key_token": OPAQUE}), asked(bearer=OPAQUE)))
    assert (found["access"].held.name, found["access"].confidence) == ("key_token", "sure")


def test_tokens_show_no_value() -> None:
    """Not even in a traceback."""
    everything = seen(SIGNED_IN, rests=(Rest(R1, "localStorage", "auth"),), expired=(refreshing(),))
    assert not any(token in f"{everything!r}{tokens_of(everything)!r}" for token in (A1, A2, R1, R2))


@pytest.mark.parametrize(
    ("expired", "confidence", "url"),
    [
        ((asked(status=401, spoiled=True), refreshing(), asked(bearer=A2)), "sure", "/auth/again"),
        ((refreshing(method="GET"),), "sure", "/auth/again"),
        ((refreshing(url="http://127.0.0.1:9/r?x=1"),), "sure", "http://127.0.0.1:9/r"),
        ((refreshing(sent={}),), "likely", "/auth/again"),
        ((refreshing(brought={"data.jwt": A2}), asked(bearer=A2)), "sure", "/auth/again"),
        ((refreshing(status=401, brought={}),), "not found", None),
        ((asked(status=401, spoiled=True),), "not found", None),
        ((Message(method="POST", url=f"{HERE}/track"),), "not found", None),
    ],
)
def test_refresh_is_what_carries_the_one_token_and_brings_the_other(
    expired: tuple[Message, ...], confidence: str, url: str | None
) -> None:
    """By GET, on another origin, under another name too; a refusal is none."""
    whole = seen(SIGNED_IN, expired=expired)
    _, finding = refresh_of(whole, tokens_of(whole))
    assert (finding.confidence, finding.value) == (confidence, url)


def test_refresh_with_cookies_is_told_by_the_cookies() -> None:
    """The refresh cookie goes along with everything; only what brings a new access cookie is the refresh."""
    first = sent(set=(Cookie("entry", "e1", max_age=600), Cookie("renewal", "r1", max_age=6000)))
    both = {"entry": "e1", "renewal": "r1"}
    renewed = Message(method="POST", url=f"{HERE}/renew", cookies=both, set=(Cookie("entry", "e2"),))
    whole = seen(first, expired=(Message(url=f"{HERE}/v1/notes", cookies=both, status=401, spoiled=True), renewed))
    found = {each.key: each for each in conclude(whole)}
    assert (found["refresh_url"].value, found["refresh_url"].confidence) == ("/renew", "sure")
    assert (found["tokens.rotates"].value, found["tokens.access_cookie"].confidence) == (False, "sure")


def test_only_token_that_is_renewed_by_itself_is_both() -> None:
    """A sliding token."""
    whole = seen(sent(brought={"token": A1}), expired=(refreshing(sent={"token": A1}, brought={"token": A2}),))
    found = {each.key: each.value for each in conclude(whole)}
    assert found["tokens.refresh_field"] == found["tokens.access_field"] == "token"
    assert (found["refresh_url"], found["tokens.rotates"]) == ("/auth/again", False)


def test_names_that_a_refresh_gives_to_tokens_are_added() -> None:
    """The first name that is there counts, so both may stand in the file."""
    again = refreshing(sent={"token": R1}, brought={"jwt": A2})
    whole = seen(SIGNED_IN, expired=(again, asked(bearer=A2)))
    found = {each.key: each.value for each in conclude(whole)}
    assert (found["tokens.refresh_field"], found["tokens.access_field"]) == ("refresh|token", "access|jwt")


@pytest.mark.parametrize(
    ("paths", "api"),
    [
        (["/api/items"], "/api/"),
        (["/api/v1/items", "/api/v1/me"], "/api/"),
        (["/app/data/a", "/app/data/b/c"], "/app/data/"),
        (["/v1/notes"], "/v1/"),
        (["/notes"], "/notes"),
        (["/notes", "/me"], "/"),
    ],
)
def test_api_is_the_folder_that_guarded_requests_share(paths: list[str], api: str) -> None:
    """Up to what is called an API."""
    whole = seen(SIGNED_IN, *map(asked, paths), refused=frozenset(HERE + path for path in paths))
    finding = api_of(whole, tokens_of(whole))
    assert (finding.value, finding.confidence) == (api, "likely" if api == "/" else "sure")


def test_api_on_another_origin_is_named_by_its_url() -> None:
    """As the file wants it."""
    whole = seen(SIGNED_IN, asked(url="http://127.0.0.1:9/api/x"))
    assert api_of(whole, tokens_of(whole)).value == "http://127.0.0.1:9/api/"


@pytest.mark.parametrize(
    ("minutes", "timers"),
    [([], []), ([4], []), ([4, 8], []), ([4, 8, 12], [(240,)]), ([2, 3, 5, 6], [(60,)]), ([*range(15)], [(60,)])],
)
def test_timer_is_what_asks_again_and_again_while_nothing_is_done(
    minutes: list[int], timers: list[tuple[int, ...]]
) -> None:
    """Never said to be longer than it may be; pictures, and what comes once or twice, are no timer's."""
    asset = Message(url=f"{HERE}/logo.png", kind="asset")
    idle = tuple((asset, refreshing()) if minute in minutes else (asset,) for minute in range(15))
    assert [each.value for each in timers_of(seen(SIGNED_IN, idle=idle))] == timers


def test_act_whose_answer_anybody_gets_is_no_poke() -> None:
    """The next one that needs a sign-in is; without one, nothing can be played."""
    free = Tried("#free", (asked("/api/news"),))
    whole = seen(SIGNED_IN, tried=(free, Tried(("link", "/desk"), (asked(),))), free=frozenset({f"{HERE}/api/news"}))
    found = {each.key: each for each in conclude(whole)}
    assert (found["poke"].value, found["poke"].confidence) == ({"link": "/desk"}, "likely")
    without = {each.key: each for each in conclude(replace(whole, tried=(free,)))}
    assert (without["poke"].is_found, without["poke"].needed) == (False, True)


def element(selector: str, **more: Any) -> Element:  # noqa: ANN401 - any of its fields
    """Return an element, its kind as its selector shows."""
    kind = "id" if selector.startswith("#") else "test" if selector.startswith("[") else "class"
    return Element(**{"selector": selector, "kind": kind, "tag": "div", **more})


DOOR = element("#door", tag="form", holds_password=True)
FIELD = Element(PASSWORD_FIELD, "tag", "input", holds_password=True)


@pytest.mark.parametrize(
    ("inside", "stranger", "marks"),
    [
        (["#head", "#desk"], ["#head", DOOR, FIELD], ["#desk sure", "#door sure"]),
        (["#head", ".desk"], ["#head", FIELD], ["div.desk guessed", f"{PASSWORD_FIELD} sure"]),
        ([".desk", "[data-test=menu]"], ["#hero"], ["[data-test=menu] sure", "#hero likely"]),
        (["#head"], ["#head", FIELD], [f"{LOOKS_SIGNED_IN} guessed", f"{PASSWORD_FIELD} sure"]),
        (["#head", DOOR, "#desk"], ["#head", DOOR], ["#desk sure", "None not found"]),
    ],
)
def test_mark_is_what_differs_between_signed_in_and_signed_out(
    inside: list[Any], stranger: list[Any], marks: list[str]
) -> None:
    """What both see is none; an id lasts longer than a class."""

    def elements(named: list[Any]) -> tuple[Element, ...]:
        return tuple(element(each.replace(".", "div.")) if isinstance(each, str) else each for each in named)

    found = marks_of(seen(SIGNED_IN, inside=elements(inside), stranger=elements(stranger)))
    assert [f"{each.value} {each.confidence}" for each in found] == marks


@pytest.mark.parametrize(
    ("words", "signs_out"),
    [
        ("Sign out", True),
        ("LOGOUT", True),
        ("Log off", True),
        ("Sign out everywhere", False),
        ("Log out of all devices", False),
        ("Delete account", False),
        ("Sign in", False),
    ],
)
def test_only_what_says_so_and_no_more_signs_out(words: str, signs_out: bool) -> None:  # noqa: FBT001 - a table
    """All devices are more than this session."""
    assert sign_out_button([element("#x", words=words)]) == ("#x" if signs_out else "")


def whole_app() -> Seen:
    """Return an app of which everything was found."""
    return seen(
        sent(brought={"access": jwt(7, token_type="access", iat=0, exp=300), "refresh": jwt(8, token_type="refresh")}),
        asked(bearer=jwt(7, token_type="access", iat=0, exp=300)),
        inside=(element("#desk"),),
        stranger=(DOOR, FIELD),
        refused=frozenset({f"{HERE}/api/items"}),
        tried=(Tried("#load", (asked(bearer=jwt(7, token_type="access", iat=0, exp=300)),)),),
        expired=(asked(status=401, spoiled=True), refreshing(sent={"refresh": jwt(8, token_type="refresh")})),
        rests=(Rest(jwt(8, token_type="refresh"), "localStorage", "auth"),),
        kept_by_new_tab=False,
        kept_by_opened_tab=True,
        sign_out="#leave",
        signed_out=True,
        signing_out=(Message(method="POST", url=f"{HERE}/auth/out"),),
    )


def test_proposal_is_a_file_that_says_how_sure_each_key_is(tmp_path: Path) -> None:
    """It reads as the configuration, the notes stand above their keys, and no token is in it."""
    proposal = propose(conclude(whole_app()), ("APP_USERNAME", "APP_PASSWORD"))
    text = proposal.text
    path = tmp_path / "nologout.toml"
    path.write_text(text, "utf-8")
    assert read_config(path) == proposal.config
    assert proposal.lacking == ()
    assert (tomllib.loads(text)["tabs"], tomllib.loads(text)["api"]) == ("window.open", "/api/")
    said = '# sure: POST /auth/again carried a refresh token and brought an access token\nrefresh_url = "/auth/again"'
    assert said in text
    assert "eyJ" not in text
    assert proposal.config.expire.access_lifetime_s == 300
    assert proposal.config.tokens.stored_in == ("localStorage",)


def test_what_nothing_can_be_played_without_is_lacking_and_told_in_the_file() -> None:
    """As comments, so that the file can be read."""
    proposal = propose(conclude(seen(SIGNED_IN)), ("A", "B"))
    text = proposal.text
    assert proposal.lacking == ("refresh_url", "api", "poke", "marks.signed_out")
    assert "\n# not found: no request brought a new access token\n# refresh_url = " in text
    signing_out = text.partition("\n# [sign_out]\n")[2]
    assert signing_out.startswith(
        '# not found: nothing says "sign out" or "log out" and no more\n# click = ""  # selector'
    )
    assert "sign_out" not in tomllib.loads(text)


def test_person_is_asked_for_what_was_not_found_until_it_can_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong answer is asked again, with what is wrong; Enter leaves it open; what was found is not asked."""
    answers = iter(["refresh", "/auth/again", ""])
    monkeypatch.setattr(typer, "prompt", lambda *_a, **_k: next(answers))
    told = list[str]()
    monkeypatch.setattr(typer, "echo", told.append)
    known = Finding("poke", "#load", "sure", "seen")
    found = asking.ask([known, not_found("refresh_url", "none"), not_found("sign_out.click", "none")])
    assert found[0] is known
    assert (found[1].value, found[1].is_found, found[2].is_found) == ("/auth/again", True, False)
    assert any("is neither a path nor a URL" in line for line in told)
    assert any("address of the refresh" in line for line in told)
    assert any("selector to click" in line for line in told)
