"""Pieces of the sentences in which steps tell a person what to do in a browser of their own."""

from __future__ import annotations

_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))

# Pasted into the console, it does its harm to the next reply of a path, and is gone.
_ONCE = (
    "`const real = fetch; fetch = async (...given) => {{ const reply = await real(...given); "
    "if (!reply.url.includes('{path}')) return reply; fetch = real; await reply.clone().text(); %s }}`"
)
LOST_ONCE = _ONCE % "throw new TypeError('the reply is lost');"
CUT_ONCE = _ONCE % "return new Response((await reply.text()).slice(0, 40), reply);"


def spoken(seconds: float) -> str:
    """Return a span of time in words, e.g. `1 hour 5 minutes`."""
    rest, parts = round(abs(seconds)), []
    for size, unit in _UNITS:
        count, rest = divmod(rest, size)
        parts += [f"{count} {unit}{'s' if count > 1 else ''}"] if count else []
    return " ".join(parts) or "no time"
