"""What the operations are called, and what each is for."""

from typing import NamedTuple


class Words(NamedTuple):
    """An operation's id, its group, its title, what a reader must know, and the name of what it takes and answers."""

    id: str
    tag: str
    title: str
    text: str
    component: str = ""


WORDS = {
    ("POST", "/api/token/"): Words("sign_in", "session", "Sign in", "Starts a session.", "SignIn"),
    ("POST", "/api/token/refresh/"): Words(
        "refresh",
        "session",
        "Refresh",
        "Renews the session. Where refresh tokens rotate, the answer brings the next one: keep it, present the old "
        "one no more. Only 401 ends a session; 429, 503 and a lost answer mean to try again with the same token.",
        "Refresh",
    ),
    ("POST", "/api/token/verify/"): Words(
        "verify", "session", "Verify", "Tells whether a token still holds.", "Verify"
    ),
    ("POST", "/api/token/blacklist/"): Words(
        "sign_out", "session", "Sign out", "Ends the session of the token.", "SignOut"
    ),
    ("POST", "/api/forced-logouts/"): Words(
        "report_forced_logout",
        "monitoring",
        "Report a forced logout",
        "Counts that somebody was signed out against their will. It needs no session, and takes what "
        "`navigator.sendBeacon` sends: JSON, also under the type of a text.",
        "ForcedLogout",
    ),
    ("GET", "/api/me/"): Words("me", "api", "Who am I", "Tells who the bearer of the token is."),
    ("GET", "/api/items/"): Words("list_items", "api", "List items", "Lists the user's items, oldest first."),
    ("POST", "/api/items/"): Words("add_item", "api", "Add an item", "Adds an item that only this user sees."),
}

# Where the refresh token is in a cookie, another text.
IN_COOKIE = {
    "sign_in": "Starts a session, whose refresh token comes in a cookie. The cookies of the sessions that this browser "
    "had before are deleted. Keep `sid`, and send it as `X-Session-Id`.",
    "refresh": "Renews the session that `X-Session-Id` names, or without the header the newest in this browser, and "
    "sets its cookie anew. Only 401 ends a session, and no refusal touches a cookie; 429, 503 and a lost answer mean "
    "to try again. The body is for a client of before, which has its token in no cookie yet.",
    "sign_out": "Ends the session that `X-Session-Id` names, or without the header the newest in this browser, and "
    "deletes its cookie. The body is for a client of before, which has its token in no cookie yet.",
}
