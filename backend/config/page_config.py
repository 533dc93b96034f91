"""Tells the page, in a JavaScript module, how this server's sessions are kept alive."""

import json
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from config.frontend import add_cache_control


@require_safe
def page_config(_request: HttpRequest) -> HttpResponse:
    """Answer the module `config.js`: `strategy` is `rotating`, `cookie`, `no_rotation` or `sliding`.

    `report` is where the page tells of a forced logout.
    """
    session = json.dumps({"strategy": settings.SESSION_STRATEGY, "report": "/api/forced-logouts/"})
    headers = Headers()
    add_cache_control(headers, "", "")
    return HttpResponse(
        f"export const session = {session};",
        content_type="text/javascript; charset=utf-8",
        headers=dict(headers.items()),
    )
