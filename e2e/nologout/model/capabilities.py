"""What a target may lack, in words for people who do not know the harness: why, and what would give it."""

from __future__ import annotations

WORDS = {
    "server_clock": "its server's clock cannot be set",
    "idle": 'hours cannot pass for it; `expire.how = "clock"` lets them',
    "script_storage": "no script keeps tokens; if one does, `tokens.stored_in` says where",
    "replay": "a stolen token cannot be presented",
    "accounts": "its accounts cannot be changed",
    "notes": "its users write nothing that shows whose it is",
    "restart": "nologout does not start it; `[server]` says how",
    "rotation": "its refresh tokens stay the same",
    "reuse_detection": "a used refresh token ends no session there",
    "late_renewal": "an expired token cannot be renewed there",
    "sign_out": "nothing says how to sign out; `[sign_out]` does",
    "poke_by_click": "its act is no click; `poke` may be a selector",
    "second account": "`[[accounts]]` may hold two",
    "further account": "`[[accounts]]` may hold more",
}


def lacking(what: str) -> str:
    """Return why a scenario is skipped on a target that lacks something, by its name and in words."""
    return f"the target has no {what} ({WORDS[what]})"
