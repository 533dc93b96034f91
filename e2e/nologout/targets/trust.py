"""Whom TLS trusts beyond the system's authorities, and in plain words why a server is not trusted."""

from __future__ import annotations

import ssl

from nologout.errors import UsageError

UNKNOWN_ISSUER = "nobody whom this machine trusts has signed its certificate"
IN_THE_FILE = "a private authority's certificate goes into `ca_file`"
# OpenSSL's codes: X509_V_ERR_* of x509_vfy.h.
_SAID = {
    9: "its certificate is not valid yet: is a clock wrong?",
    10: "its certificate has expired, and browsers would not go on either",
    **dict.fromkeys((18, 19, 20, 21), UNKNOWN_ISSUER),
    **dict.fromkeys((62, 64), "its certificate is for another name: is the address right?"),
}
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG"})


def trusting(ca_file: str) -> ssl.SSLContext:
    """Return what verifies a server's certificate: the system's authorities, and those in a file (PEM).

    Raises:
        UsageError: The file holds none.
    """
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:
            hint = "an authority's certificate is a file in PEM: -----BEGIN CERTIFICATE-----"
            raise UsageError(f"{ca_file} holds no certificate", hint=hint) from error
    return context


def distrust(error: object) -> str:
    """Return why TLS does not trust a server; nothing for an error of another kind."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _SAID.get(error.verify_code, f"its certificate does not hold: {error.verify_message}")
    if isinstance(error, ssl.SSLError) and error.reason in _NO_TLS:
        return "it speaks no TLS: is it http://?"
    return ""
