"""For each cause that a black box can show: one that shows it, and its nearest neighbours, which do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.boxes import DAY_S, SIGN_IN_MS, attempt, box, came, refused, rotated, signs_in, silent, unwritten

if TYPE_CHECKING:
    from nologout.diagnose.forensics import BlackBox

SKEWED: dict[str, Any] = {"expiresAt": SIGN_IN_MS + 7_200_000, "serverOffset": -4_200_000}


class Case(NamedTuple):
    """What a box shows, on which side, and what is said of the neighbours, by what differs in them."""

    side: str
    shown: BlackBox
    neighbours: dict[str, tuple[BlackBox, str]]


LOST = silent(3540)
CAUSES = {
    "no_grace_for_lost_reply": Case(
        "server",
        box(signs_in(), LOST, refused(3543)),
        {
            "the device was offline": (box(signs_in(), silent(3540, online=False), refused(3543)), "unknown"),
            "a gateway answered": (box(signs_in(), silent(3540, status=503), refused(3543)), "unknown"),
            "the token may have expired meanwhile": (box(signs_in(), LOST, refused(8 * DAY_S)), "unknown"),
            "nobody knows how old the token was": (box(came(3000, tab="a"), LOST, refused(3543)), "unknown"),
            "the server says otherwise": (box(signs_in(), LOST, refused(3543, reason="password_changed")), "ended"),
            "the server calls it expired": (box(signs_in(), LOST, refused(3543, reason="expired")), "ended"),
            "it had ended before": (box(signs_in(), LOST, refused(3543, reason="revoked_reuse")), "unknown"),
            "the server does not know it": (box(signs_in(), LOST, refused(3543, reason="family_unknown")), "unknown"),
            "another generation was refused": (box(signs_in(), LOST, rotated(3543), refused(7000, 2)), "unknown"),
            "a page that left may still have been served": (
                box(signs_in(), attempt(3540), came(3541), refused(3542, tab="b")),
                "unknown",
            ),
            "the token renews itself": (box(signs_in(), LOST, refused(3543), strategy="sliding"), "unknown"),
            "the token is not rotated": (box(signs_in(), LOST, refused(3543), strategy="no_rotation"), "unknown"),
        },
    ),
    "reused_refresh_token": Case(
        "front end",
        box(signs_in(), came(9), rotated(3540, took=1), refused(3540.1, tab="b")),
        {
            "both were refused": (box(signs_in(), came(9), refused(3540.05), refused(3540.1, tab="b")), "unknown"),
            "the server says otherwise": (
                box(signs_in(), came(9), rotated(3540), refused(3540.1, tab="b", reason="logged_out")),
                "ended",
            ),
        },
    ),
    "stale_token_in_tab": Case(
        "front end",
        box(signs_in(), came(9), rotated(3540), refused(3600, tab="b")),
        {
            "the tab found it in storage later": (
                box(signs_in(), rotated(3540), came(3600), refused(3601, tab="b")),
                "unknown",
            ),
            "the other tab got no tokens": (
                box(signs_in(), came(9), silent(3540, status=503), refused(3600, tab="b")),
                "unknown",
            ),
            "the server finds another key": (
                box(signs_in(), came(9), rotated(3540), refused(3600, tab="b", reason="bad_signature")),
                "unknown",
            ),
            "the browser sends the newest cookie": (
                box(signs_in(), came(9), rotated(3540), refused(3600, tab="b"), strategy="cookie"),
                "unknown",
            ),
        },
    ),
    "dropped_rotated_token": Case(
        "front end",
        box(signs_in(), rotated(3540), refused(7100)),
        {"it presents what it was handed": (box(signs_in(), rotated(3540), refused(7100, 2)), "unknown")},
    ),
    "storage_write_failed": Case(
        "front end",
        box(signs_in(), rotated(3540), unwritten(3540.2), came(3600), refused(3601, tab="b")),
        {
            "nothing tells of a failed write": (
                box(signs_in(), rotated(3540), came(3600), refused(3601, tab="b")),
                "unknown",
            ),
            "a later write mended it": (
                box(signs_in(), rotated(3540), unwritten(3540.2), rotated(7000, 2), came(7010), refused(7011, tab="b")),
                "unknown",
            ),
        },
    ),
    "cleared_on_transient_answer": Case(
        "front end",
        box(signs_in(), refused(3540, reason="refresh_failed", status=503)),
        {
            "the server may have refused": (box(signs_in(), refused(3540, reason="refresh_failed")), "unknown"),
            "it went on": (box(signs_in(), silent(3540, status=503), rotated(3545)), "lives"),
        },
    ),
    "refresh_token_aged_out": Case(
        "configuration",
        box(signs_in(), rotated(3 * DAY_S), refused(8 * DAY_S, 2), strategy="no_rotation"),
        {
            "nobody was there meanwhile": (box(signs_in(), refused(8 * DAY_S), strategy="no_rotation"), "unknown"),
            "refreshes renew it": (box(signs_in(), rotated(3 * DAY_S), refused(8 * DAY_S, 2)), "unknown"),
        },
    ),
    "renewed_too_late": Case(
        "front end",
        box(signs_in(), refused(4000), strategy="sliding"),
        {
            "it had not expired": (box(signs_in(), refused(3000), strategy="sliding"), "unknown"),
            "it is no access token": (box(signs_in(), refused(4000)), "unknown"),
        },
    ),
    "judged_by_client_clock": Case(
        "front end",
        box(signs_in(**SKEWED, at=7800), rotated(7801, **SKEWED), rotated(7802, 2, **SKEWED)),
        {
            "its tokens are good on arrival": (
                box(signs_in(serverOffset=-4_200_000), rotated(10, serverOffset=-4_200_000)),
                "lives",
            ),
            "it renews nothing": (box(signs_in(**SKEWED, at=7800)), "lives"),
            "the clock is right": (
                box(signs_in(at=7800, expiresAt=SKEWED["expiresAt"]), rotated(7801, expiresAt=SKEWED["expiresAt"])),
                "lives",
            ),
        },
    ),
}
