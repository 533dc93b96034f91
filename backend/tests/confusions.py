"""Tokens that a server with a public key might take for its own, as a table: for test_server_keys.py.

Whoever knows the public key can sign by HMAC with it; a server that believes a token's `alg` verifies with that key.
"""

from collections.abc import Callable

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.forging import HEADER, Forgery, base64url, headed, payload_of, sign, unsigned
from tests.key_pairs import KeyPair, key_pair
from tests.people import claims

NOWHERE = "http://127.0.0.1:9/"


def modulus(pair: KeyPair) -> bytes:
    """Return the number that makes up most of an RSA public key."""
    assert isinstance(pair.key, rsa.RSAPrivateKey)
    number = pair.key.public_key().public_numbers().n
    return number.to_bytes(pair.key.key_size // 8, "big")


def pem(pair: KeyPair) -> bytes:
    """Return the public key as it is published, and configured."""
    return pair.public_as(Encoding.PEM)


# What somebody may have copied, all of it public.
COPIED: dict[str, Callable[[KeyPair], bytes]] = {
    "PEM": pem,
    "PEM without its last line's end": lambda pair: pem(pair).strip(),
    "PEM with the line ends of Windows": lambda pair: pem(pair).replace(b"\n", b"\r\n"),
    "PEM in one line": lambda pair: pem(pair).replace(b"\n", b""),
    "PEM of PKCS 1": lambda pair: pair.public_as(Encoding.PEM, PublicFormat.PKCS1),
    "DER": lambda pair: pair.public_as(Encoding.DER),
    "DER of PKCS 1": lambda pair: pair.public_as(Encoding.DER, PublicFormat.PKCS1),
    "DER in base64": lambda pair: base64url(pair.public_as(Encoding.DER)).encode(),
    "modulus": modulus,
    "modulus in base64": lambda pair: base64url(modulus(pair)).encode(),
}


def by_hmac(copied: Callable[[KeyPair], bytes] = pem, whose: str = "ours", **header: object) -> Forgery:
    """Sign as HS256 with what was copied."""
    return lambda token: sign(HEADER | header, payload_of(token), copied(key_pair("RS256", whose)))


def with_key(whose: str, algorithm: str = "RS256", signed_as: str = "", **header: object) -> Forgery:
    """Sign with somebody's private key."""
    return lambda token: jwt.encode(
        claims(token), key_pair(algorithm, whose).private, signed_as or algorithm, header or None
    )


def with_the_thiefs_jwk(token: str) -> str:
    """Sign with a thief's private key, and bring the public one."""
    public = jwt.get_algorithm_by_name("RS256").to_jwk(key_pair("RS256", "a thief's").key.public_key(), as_dict=True)
    return with_key("a thief's", jwk=public)(token)


CONFUSIONS: dict[str, Forgery] = {
    **{f"HS256 with the {name}": by_hmac(copied) for name, copied in COPIED.items()},
    "HS256 with the former PEM": by_hmac(whose="former"),
    "HS256 with the PEM, said to be RS256": by_hmac(alg="RS256"),
    "HS256 with the PEM, said to be HS512": by_hmac(alg="HS512"),
    "HS256 with the PEM, its kid a file": by_hmac(kid="../../../dev/null"),
    "HS256 with the PEM, in a jwk": by_hmac(jwk={"kty": "oct", "k": base64url(b"k")}),
    "HS256 with the PEM, its key at an address": by_hmac(jku=NOWHERE, x5u=NOWHERE),
    "HS256 with the secret key": headed(),
    **{f"alg is {name!r}": unsigned(name) for name in ("none", "None", "NONE", "", None)},
    "alg is none, with a signature": unsigned("none", base64url(bytes(256))),
    "RS256 without a signature": unsigned("RS256"),
    "RS256 signed with zeros": unsigned("RS256", base64url(bytes(256))),
    "RS256 of a thief": with_key("a thief's"),
    "RS256 of a thief, the key brought along": with_the_thiefs_jwk,
    "RS256 of a thief, the key named": with_key("a thief's", kid="ours"),
    "RS256 of a thief, the key at an address": with_key("a thief's", jku=NOWHERE, x5u=NOWHERE),
    "RS256 of a thief, with a certificate": with_key("a thief's", x5c=[base64url(b"none")]),
    "RS512 of ours": with_key("ours", signed_as="RS512"),
    "PS256 of ours": with_key("ours", signed_as="PS256"),
    "ES256 of a thief": with_key("a thief's", "ES256"),
    "EdDSA of a thief": with_key("a thief's", "EdDSA"),
}
