"""Writes a line for every attempt to refresh, and for every other answer 401 or 403 of the API.

It looks at answers, since SimpleJWT raises where it refuses: a view around it would never see a refusal.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from monitoring.answers import reason_in
from monitoring.options import current_options
from monitoring.writing import write

REFUSALS = {401, 403}


class MonitoringMiddleware:
    """Tells a refresh from another refusal, and passes over everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.options = current_options()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, and write down what came of it."""
        response = self.get_response(request)
        event = self._event(request, response)
        if event:
            write(event, reason_in(response), response.status_code, request, self.options.trusted_proxies)
        return response

    def _event(self, request: HttpRequest, response: HttpResponseBase) -> str:
        if request.method == "POST" and request.path in self.options.refresh_paths:
            return "refresh"
        refused = response.status_code in REFUSALS and request.path.startswith(self.options.api_prefix)
        return "refusal" if refused else ""
