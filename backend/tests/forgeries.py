"""What somebody hostile sends in the place of a token, as tables: for test_server_hostile.py."""

import secrets
from typing import NamedTuple

import pytest

from tests.forging import ANOTHER_KEY, HEADER, Forgery, base64url, headed, payload_of, sign, unsigned

MEGABYTE = 1_000_000
BOTTOMLESS = b"[" * 100_000

NO_ALGORITHM: tuple[object, ...] = ("none", "None", "NONE", "nOnE", "", None)
OTHER_ALGORITHMS: tuple[object, ...] = (
    *("RS256", "ES256", "PS256", "EdDSA", "HS384", "HS512"),
    *("hs256", "HS256 ", None, 5, ["HS256"], {}),
)

# A token, but with the signature of somebody else or of nobody.
FORGED: dict[str, Forgery] = {
    "signature cut": lambda token: token[:-3],
    "signature missing": lambda token: f"{token.rpartition('.')[0]}.",
    "signature of something else": lambda token: f"{token.rpartition('.')[0]}.{base64url(secrets.token_bytes(32))}",
    "signature a megabyte long": lambda token: token + "A" * MEGABYTE,
    "another key": headed(ANOTHER_KEY),
    "another key and a megabyte": lambda token: sign(HEADER, payload_of(token, x=f'"{"x" * MEGABYTE}"'), ANOTHER_KEY),
    "another key, a claim twice": lambda token: sign(HEADER, payload_of(token, x='0, "gen": 0'), ANOTHER_KEY),
    **{f"alg is {name!r}": unsigned(name) for name in NO_ALGORITHM},
    "alg is none, signed": unsigned("none", base64url(bytes(32))),
    **{f"alg is {name!r}, signed as HS256": headed(alg=name) for name in OTHER_ALGORITHMS},
    "kid names a file": headed(ANOTHER_KEY, kid="../../../../dev/null"),
    "kid is SQL": headed(ANOTHER_KEY, kid="' UNION SELECT 'x"),
    "brings its key": headed(ANOTHER_KEY, jwk={"kty": "oct", "k": base64url(ANOTHER_KEY.encode())}),
    "names its keys' address": headed(ANOTHER_KEY, jku="http://127.0.0.1:9/", x5u="http://127.0.0.1:9/"),
}

# No token at all, also where it is validly signed.
GARBLED: dict[str, Forgery] = {
    "half": lambda token: token[: len(token) // 2],
    "signature of impossible length": lambda token: token[:-2],
    "two parts": lambda token: token.rpartition(".")[0],
    "four parts": lambda token: f"{token}.x",
    "a megabyte of x": lambda _: "x" * MEGABYTE,
    "a megabyte of dots": lambda _: "." * MEGABYTE,
    "padded": lambda token: f"{token}==",
    "accents": lambda _: "é.é.é",
    "pictures": lambda _: "\U0001f511" * 20,
    "wide letters": lambda token: "".join(chr(ord(letter) + 0xFEE0) for letter in token),
    "from right to left": lambda token: f"\u202e{token}",
    "a space of no width": lambda token: f"{token[:9]}\u200b{token[9:]}",
    "kid is no text": headed(kid=5),
    "crit": headed(crit=["exp"]),
    "crit is empty": headed(crit=[]),
    "b64": headed(b64=False, crit=["b64"]),
    "header is null": lambda token: sign(None, payload_of(token)),
    "header is bottomless": lambda token: f"{base64url(BOTTOMLESS)}.{token.partition('.')[2]}",
    "claims are bottomless": lambda _: sign(HEADER, BOTTOMLESS),
    "claims are null": lambda _: sign(HEADER, b"null"),
    "claims are a number": lambda _: sign(HEADER, b"5"),
    "claims are a list": lambda _: sign(HEADER, b"[]"),
    "claims are a text": lambda _: sign(HEADER, b'"x"'),
    "claims are nothing": lambda _: sign(HEADER, b""),
    "claims are none": lambda _: sign(HEADER, b"{}"),
    "claims are no JSON": lambda _: sign(HEADER, b"{"),
    "claims are no UTF-8": lambda _: sign(HEADER, b"\xff\xfe{}"),
}

# JSON texts of claims.
NO_TEXT = ("null", "5", "true", "[]", "{}")
NO_NUMBER = ("null", '"x"', "[]", "{}", "NaN", "Infinity", "-Infinity", "1e400", "9" * 5000)
# Beyond what a clock can show, or a text that Python reads as a number.
NO_MOMENT = ('"9999999999"', "253402300800", "1e30", str(10**22))
NO_DATABASE_TAKES = ('"a\\u0000b"', '"\\ud800"')

# What no user of the lab has for an id, and for the most part cannot have.
NOBODYS_ID = ("true", "0.5", "1e400", "[]", "{}", '"x"', '""', '"-1"', f'"{"9" * 40}"', *NO_DATABASE_TAKES)

# A claim, its JSON text, and the reason to refuse a refresh token that is validly signed with it.
ODD = [
    *(("exp", text, "malformed") for text in (*NO_NUMBER, *NO_MOMENT)),
    *(("exp", text, "expired") for text in ("-1", "0.5", "true", "-1e30", str(-(10**22)))),
    *(("iat", text, "malformed") for text in NO_NUMBER),
    *(("nbf", text, "malformed") for text in (*NO_NUMBER, "9999999999")),
    *(("gen", text, "malformed") for text in (*NO_NUMBER, "true", "false", "0.0", "0.5", '"0"', '"\\u0660"')),
    *(("gen", str(number), "malformed") for number in (-1, -(2**63) - 1, 2**63 - 1, 2**63, 10**30)),
    *(("jti", text, "malformed") for text in (*NO_TEXT, *NO_DATABASE_TAKES, f'"{"x" * MEGABYTE}"')),
    *(("sid", text, "malformed") for text in (*NO_TEXT, *NO_DATABASE_TAKES, '"x"', '""')),
    *(("adopted", text, "malformed") for text in (*NO_TEXT, *NO_DATABASE_TAKES, '["x"]')),
    *(("user_id", text, "no_active_account") for text in ("true", "0.5", "1e400", "[]", "{}", *NO_DATABASE_TAKES)),
    *((name, "5", "malformed") for name in ("iss", "sub")),
]

SPELLINGS = ("{sid}", "{{{sid}}}", "urn:uuid:{sid}", "{sid:.8}-{sid}", " {sid}", "{sid}\n", "{sid}\0", "{sid}\ud800")


class Body(NamedTuple):
    """A type of content (none if empty), what is sent, and the status that answers it."""

    kind: str
    text: bytes
    status: int


JSON = "application/json"
IN_JSON = b'{"FIELD": "TOKEN"}'

BODIES = [
    *(
        pytest.param(Body(JSON, text, 400), id=f"JSON {name}")
        for name, text in {
            "of nothing": b"",
            "cut": IN_JSON[:-1],
            "list": b"[%b]" % IN_JSON,
            "number": b"5",
            "text": b'"TOKEN"',
            "null": b"null",
            "true": b"true",
            "NaN": b"NaN",
            "without the field": b"{}",
            "no UTF-8": b'{"FIELD": "\xff"}',
            "UTF-16": IN_JSON.decode().encode("utf-16"),
            "mark of byte order": b"\xef\xbb\xbf%b" % IN_JSON,
        }.items()
    ),
    *(
        pytest.param(Body(JSON, b'{"FIELD": %b}' % text, 400), id=f"field {name}")
        for name, text in {
            "null": b"null",
            "empty": b'""',
            "blank": b'"  "',
            "true": b"true",
            "NaN": b"NaN",
            "list": b'["TOKEN"]',
            "object": b'{"FIELD": "TOKEN"}',
            "NUL": b'"TOKEN\\u0000"',
            "half of a surrogate pair": b'"TOKEN\\ud800"',
            "number of 5000 digits": b"9" * 5000,
            "900 lists deep": b"[" * 900 + b"]" * 900,
        }.items()
    ),
    # To the framework a number is a text.
    pytest.param(Body(JSON, b'{"FIELD": 5}', 401), id="field number"),
    pytest.param(Body(JSON, b'{"FIELD": 1e400}', 401), id="field infinite"),
    pytest.param(Body(JSON, b'{"FIELD": "TOKEN", "FIELD": "x"}', 401), id="field twice"),
    *(pytest.param(Body(kind, IN_JSON, 415), id=f"type {kind}") for kind in ("", "text/plain", "application/xml")),
    *(pytest.param(Body(f"{JSON}; charset={name}", IN_JSON, 400), id=name) for name in ("hex", "rot13", "utf-16")),
    pytest.param(Body("multipart/form-data", IN_JSON, 400), id="multipart without a boundary"),
    pytest.param(Body("multipart/form-data; boundary=x", IN_JSON, 400), id="multipart without a part"),
    pytest.param(Body("application/x-www-form-urlencoded", b"FIELD=TOKEN%00", 400), id="form with a NUL"),
    pytest.param(
        Body(JSON, BOTTOMLESS, 400),
        id="JSON bottomless",
    ),
]
