"""Takes clients' reports that somebody was signed out against their will: the server does not see all of these."""

from typing import Any

from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import CharField, Serializer

from monitoring.forced_logouts import REASONS, forced_logout_reported, kept
from monitoring.options import current_options
from monitoring.small_json import NoReportError, SmallJSONParser, SmallTextParser
from monitoring.writing import write

NO_CONTENT = 204


class ReportSerializer(Serializer[Any]):
    """What a report holds."""

    reason = CharField(help_text=f"One of {', '.join(REASONS)}; whatever else it is counts as `other`.")


class ForcedLogoutView(GenericAPIView[Any]):
    """POST `{"reason"}` is counted, and answered 204; nothing else that a client sends is kept.

    Anybody may report, since whoever does has just lost the session: a count is a hint, not a proof. Let a throttle
    limit each address.
    """

    authentication_classes = ()
    permission_classes = ()
    parser_classes = (SmallJSONParser, SmallTextParser)
    serializer_class = ReportSerializer  # for who describes the API

    def post(self, request: Request) -> Response:
        """Write one line, and tell who listens; raise NoReportError or NotShortError."""
        # No body, or one of unknown length, reads as an empty object.
        report: dict[str, Any] = request.data  # type: ignore[assignment] # it is what the parsers return
        if "reason" not in report:
            raise NoReportError
        reason = kept(report["reason"])
        write("forced_logout", reason, NO_CONTENT, request, current_options().trusted_proxies)
        forced_logout_reported.send_robust(sender=type(self), reason=reason)
        return Response(status=NO_CONTENT)
