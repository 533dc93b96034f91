"""What detection may have seen of an app, made by hand; tokens tell nothing of themselves unless it is said."""

import base64
import json
from typing import Any

from nologout.diagnose.detect.rules.seen import Form, Message, Seen

HERE = "http://127.0.0.1:8000"


def jwt(number: int, **claims: object) -> str:
    """Return a JWT with these claims; the number tells it from others."""
    parts = ({"alg": "HS256"}, {"jti": f"number {number}", **claims})
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + ".c2ln"
    )


A1, A2, R1, R2 = (jwt(number) for number in range(4))
OPAQUE = "0123456789abcdef0123"


def sent(**more: Any) -> Message:  # noqa: ANN401 - any of its fields
    """Return a sign-in."""
    return Message(method="POST", url=f"{HERE}/auth/in", has_password=True, **more)


def seen(*signing_in: Message, **more: Any) -> Seen:  # noqa: ANN401 - any of its fields
    """Return what was seen of an app whose form is at /login."""
    form = Form("/login", "#user", "#pass", "#enter", has_button=True)
    return Seen(base_url=HERE, page="/desk", form=form, signing_in=signing_in, **more)


def asked(path: str = "/api/items", **more: Any) -> Message:  # noqa: ANN401 - any of its fields
    """Return an answered request that carries the first access token."""
    return Message(**{"url": HERE + path, "bearer": A1, **more})


def refreshing(**more: Any) -> Message:  # noqa: ANN401 - any of its fields
    """Return a refresh."""
    known: dict[str, Any] = {"sent": {"refresh": R1}, "brought": {"access": A2, "refresh": R2}}
    return Message(**{"method": "POST", "url": f"{HERE}/auth/again", **known, **more})


SIGNED_IN = sent(brought={"access": A1, "refresh": R1})
