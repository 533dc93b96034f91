"""Small JSON requests to the app's server, beside the browser and its proxy."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from nologout.errors import TargetError

_PATIENCE_S = 10
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def ask_json(method: str, url: str, body: object = None) -> Any:  # noqa: ANN401 - JSON of any shape
    """Return the JSON reply to a request.

    Raises:
        TargetError: The server did not answer, or answered with an error.
    """
    try:
        with _DIRECT.open(_request(method, url, body), timeout=_PATIENCE_S) as reply:
            return json.loads(reply.read())
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise TargetError(f"{method} {url} failed: {error}") from error


def ask_status(method: str, url: str, body: object = None) -> int:
    """Return the status of the reply to a request, also of a refusal.

    Raises:
        TargetError: The server did not answer.
    """
    try:
        with _DIRECT.open(_request(method, url, body), timeout=_PATIENCE_S) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (urllib.error.URLError, OSError) as error:
        raise TargetError(f"{method} {url} failed: {error}") from error


def _request(method: str, url: str, body: object) -> urllib.request.Request:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return urllib.request.Request(url, data=data, headers=headers, method=method)  # noqa: S310 - http of ours
