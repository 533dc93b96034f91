"""Causes of a session that was lost with what a page had stored, by hand."""

from tests.cause_case import Case
from tests.histories import effect, history, load, look, out, refresh, sign_in, told

CLEARED = effect("the browser cleared the app's storage", "storage_evicted")
TORN = effect("what the app had stored was torn", "storage_corrupted")
RELOADED_OUT = (look("a"), look("a", "signed_out", phase="reloaded"))

CASES = {
    "took_eviction_for_sign_out": [
        Case(
            "Storage was cleared and the server refused nothing, or it did.",
            "front end",
            4,
            shown=history(sign_in(1), CLEARED, *out()),
            not_shown=history(sign_in(1), refresh(2, status=401), CLEARED, *out()),
        ),
        Case(
            "Storage was seen to be torn, or nobody saw it.",
            "front end",
            4,
            shown=history(sign_in(1), TORN, *out()),
            not_shown=history(sign_in(1), effect("", "storage_corrupted"), *out()),
        ),
        Case(
            "The server refused what was left of a torn token, or a whole one.",
            "front end",
            4,
            shown=history(sign_in(1), TORN, refresh(2, used="R2", status=401), *out()),
            not_shown=history(sign_in(1), TORN, refresh(2, used="R1", status=401), *out()),
        ),
    ],
    "storage_write_failed": [
        Case(
            "A write was aborted, or it succeeded.",
            "front end",
            4,
            shown=history(told("idb_aborted", "QuotaExceededError"), refresh(1, issued="R2"), *out()),
            not_shown=history(told("idb_put", "session"), refresh(1, issued="R2"), *out()),
        ),
        Case(
            "A write threw at once, or the server refused a token that no write had to do with.",
            "front end",
            4,
            shown=history(told("storage_threw", "setItem"), *out()),
            not_shown=history(told("storage_threw", "setItem"), refresh(1, status=401), *out()),
        ),
        Case(
            "The browser has no storage, or lacks one of two.",
            "front end",
            4,
            shown=history(told("lacks", "indexedDB localStorage sessionStorage"), sign_in(1), *out()),
            not_shown=history(told("lacks", "indexedDB"), sign_in(1), *out()),
        ),
    ],
    "kept_in_memory": [
        Case(
            "A reload finds no session where no page wrote anything, or where one did.",
            "front end",
            4,
            shown=history(sign_in(1), load(2, document=2), *RELOADED_OUT),
            not_shown=history(sign_in(1), told("idb_put", "session"), load(2, document=2), *RELOADED_OUT),
        ),
        Case(
            "What was written ends with its tab, or does not.",
            "front end",
            4,
            shown=history(sign_in(1), told("session_storage_set", "access"), load(2, "b"), *out("b")),
            not_shown=history(sign_in(1), told("storage_set", "access"), load(2, "b"), *out("b")),
        ),
        Case(
            "The server refused a page before anybody signed in, or the session.",
            "front end",
            4,
            shown=history(refresh(1, used="", status=401), sign_in(2), load(3, document=2), *RELOADED_OUT),
            not_shown=history(sign_in(1), refresh(2, used="", status=401), load(3, document=2), *RELOADED_OUT),
        ),
        Case(
            "A new tab has no token to present, or brings one in a cookie.",
            "front end",
            4,
            shown=history(sign_in(1), load(2, "b"), *out("b")),
            not_shown=history(sign_in(1), load(2, "b", access_used="A1"), *out("b")),
        ),
        Case(
            "A page came after the sign-in, or for it.",
            "front end",
            4,
            shown=history(sign_in(1), load(2, document=2), *RELOADED_OUT),
            not_shown=history(load(1), sign_in(2), *RELOADED_OUT),
        ),
    ],
}
