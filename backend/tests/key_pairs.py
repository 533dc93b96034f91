"""Pairs of keys, for tokens that one key signs and the other verifies; each is made when it is first asked for."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True)
class KeyPair:
    """Somebody's two keys for an algorithm."""

    algorithm: str
    whose: str
    key: PrivateKey

    @property
    def private(self) -> str:
        """The key that signs, as PEM."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    @property
    def public(self) -> str:
        """The key that verifies, as PEM."""
        return self.public_as(Encoding.PEM).decode()

    @property
    def simple_jwt(self) -> dict[str, Any]:
        """What SIMPLE_JWT says of them."""
        return {"ALGORITHM": self.algorithm, "SIGNING_KEY": self.private, "VERIFYING_KEY": self.public}

    def public_as(self, encoding: Encoding, form: PublicFormat = PublicFormat.SubjectPublicKeyInfo) -> bytes:
        """Return the key that verifies, written otherwise."""
        return self.key.public_key().public_bytes(encoding, form)


@cache
def key_pair(algorithm: str, whose: str) -> KeyPair:
    """Return a pair of somebody's, the same whenever it is asked for; RS256, PS256, ES256 or EdDSA."""
    return KeyPair(algorithm, whose, _new_key(algorithm))


def _new_key(algorithm: str) -> PrivateKey:
    if algorithm == "EdDSA":
        return ed25519.Ed25519PrivateKey.generate()
    if algorithm == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, 2048)
