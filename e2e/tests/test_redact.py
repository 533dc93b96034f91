"""Secrets are cut out of text, by their shape or because they were learnt; the rest stays as it is."""

import json
import secrets
import threading
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nologout.redact import learn, redact, redact_bytes
from tests.planted import FORMS, jwt

TOKEN = jwt()
SHAPES = [
    f"Authorization: Bearer {TOKEN}",
    f'{{"refresh": "{TOKEN}", "access":"short"}}',
    "POST body: username=ada&password=hunter2hunter2&next=/",
    '{"username": "ada", "password": "hunter2hunter2"}',
    "{'password': 'hunter2hunter2'}",
    '"postData": "{\\"password\\":\\"hunter2hunter2\\"}"',
    "Cookie: sessionid=hunter2hunter2; renewal=hunter2hunter2",
    "HTTP/1.1 200 OK\r\nSet-Cookie: renewal=hunter2hunter2; HttpOnly\r\n",
    '{"name": "Authorization", "value": "Token hunter2hunter2"}',
    '{"name":"set-cookie","value":"renewal=\\"hunter2hunter2\\"; Path=/"}',
    f"https://example.org/#{TOKEN[:60]}",
    "csrfmiddlewaretoken=hunter2hunter2",
]
HARMLESS = [
    "tab a shows the sign-in form",
    "GET /api/items/ 200 in 12 ms",
    "the server rotated R1 (#4) and its reply was lost; the retry (#5) was refused with 401",
    '{"scenario": "lost_response", "verdict": "fail", "cause": "dropped_rotated_token", "side": "front end"}',
    "/usr/lib/python3.11/site-packages/playwright/driver/package/lib/server/trace/recorder/tracing.js:123",
    "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "100%25 of https://example.org/?q=a%20b&lang=en",
]


@pytest.mark.parametrize("text", SHAPES, ids=range(len(SHAPES)))
def test_value_of_a_known_shape_is_cut(text: str) -> None:
    """Nobody had to learn it first, and the words around it stay."""
    shown = redact(text)
    assert "hunter2" not in shown
    assert TOKEN[:20] not in shown
    assert "[cut]" in shown
    assert shown[:6] == text[:6]


@pytest.mark.parametrize("text", HARMLESS)
def test_text_without_secrets_stays_as_it_is(text: str) -> None:
    """Reports must stay readable."""
    assert redact(text) == text


@pytest.mark.parametrize("form", [name for name in FORMS if "zip" not in name or "base64 of" in name])
def test_learnt_token_is_cut_in_every_form_of_text(form: str) -> None:
    """A token that does not look like one is cut all the same, once it is known."""
    secret = secrets.token_hex(24)
    learn(secret)
    data = FORMS[form](secret)
    shown = redact_bytes(data)
    assert b"[cut]" in shown
    assert secret[-16:].encode() not in shown


@pytest.mark.parametrize("password", ["p4ss&word", 'say "friend"', "zürich-42", "<b>old</b>"])
def test_learnt_password_is_cut_however_it_is_escaped(password: str) -> None:
    """As JSON, and in a URL, it is the same password."""
    learn(password)
    written = json.dumps({"value": password, "url": f"/?p={quote(password, safe='')}"})
    assert json.loads(redact(written)) == {"value": "[cut]", "url": "/?p=[cut]"}


@pytest.mark.parametrize(
    "written", ["it%27s%20a%20%2Along%2A%20~one%21", "it's%20a%20*long*%20~one!", "it%27s+a+*long*+%7Eone%21"]
)
def test_learnt_password_is_cut_as_python_scripts_and_forms_write_it(written: str) -> None:
    """Each leaves other signs as they are; a form has a plus for a space."""
    learn("it's a *long* ~one!")
    assert redact(f"user=ada&word={written}&next=1") == "user=ada&word=[cut]&next=1"


def test_short_word_is_not_learnt() -> None:
    """A word of every text cannot be cut out without making nonsense of it."""
    learn("ada")
    assert redact("ada loves Canada") == "ada loves Canada"


def test_cutting_leaves_lines_of_json_readable() -> None:
    """A trace is JSON line by line, and stays so."""
    lines = [json.dumps({"method": "fill", "params": {"value": TOKEN}}), json.dumps({"refresh": TOKEN, "n": 1})]
    shown = [json.loads(line) for line in redact("\n".join(lines)).splitlines()]
    assert shown == [{"method": "fill", "params": {"value": "[cut]"}}, {"refresh": "[cut]", "n": 1}]


def test_picture_within_text_is_not_taken_for_a_token() -> None:
    """The beginning of a JWT occurs by chance in the middle of any long run of base64."""
    picture = f"data:image/png;base64,{'Ab3/' * 20}eyJ{'Ab3/' * 20}"
    assert redact(picture) == picture


def test_long_text_takes_linear_time() -> None:
    """A megabyte of anything is a matter of seconds, not of hours."""
    began = time.monotonic()
    for text in ("x" * 1_000_000, "%41" * 300_000, '"token":"' * 100_000, "a=" * 500_000, "eyJ" * 300_000):
        redact(text)
    assert time.monotonic() - began < 20


def test_threads_may_learn_while_others_cut() -> None:
    """The proxy's thread learns tokens while the recorder's texts are being cut."""
    many = [secrets.token_hex(20) for _ in range(40)]
    threads = [threading.Thread(target=learn, args=(secret,)) for secret in many]
    for thread in threads:
        thread.start()
        redact(" ".join(many))
    for thread in threads:
        thread.join()
    assert redact(" ".join(many)) == " ".join(["[cut]"] * len(many))


@given(st.text())
def test_what_is_cut_once_is_not_cut_again(text: str) -> None:
    """Text that has passed may pass again unchanged."""
    assert redact(redact(text)) == redact(text)


@given(st.binary())
def test_any_bytes_may_pass(data: bytes) -> None:
    """Nothing is too odd to be looked through."""
    assert isinstance(redact_bytes(data), bytes)
