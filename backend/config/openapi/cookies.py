"""Reads the views of the profile `cookie`: the refresh token in a cookie, the session's id in a header.

Only that profile asks for this module, since the views need the app token_family.
"""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from config.openapi.cookie_answers import SID
from config.openapi.parts import JSON
from config.openapi.schema import DescribedSchema, Parameters
from config.openapi.words import IN_COOKIE, Words
from token_family.cookies.jar import SID_HEADER
from token_family.cookies.views import CookieBlacklistView, OwnPagesView, PresentedTokenView

SESSION_ID = OpenApiParameter(
    SID_HEADER,
    str,
    OpenApiParameter.HEADER,
    pattern=f"^{SID}$",
    description="The session that the page goes on with. Without it the newest in this browser is meant.",
)


class ClientOfBefore(serializers.Serializer[Any]):
    """What a request may hold that comes without a cookie."""

    refresh = serializers.CharField(required=False)


class CookieSchema(DescribedSchema):
    """Describes sign-in, refresh and sign-out anew; the other views are those of every profile."""

    def get_override_parameters(self) -> Parameters:
        """Return the headers that a client may send, with the one that names its session."""
        named = [SESSION_ID] if self._takes_a_cookie else []
        return [*super().get_override_parameters(), *named]

    def get_request_serializer(self) -> Any:  # noqa: ANN401 - drf-spectacular's own business
        """Return what is sent; the view's own serializer takes what is in the cookie."""
        return ClientOfBefore() if self._takes_a_cookie else super().get_request_serializer()

    def get_response_serializers(self) -> Any:  # noqa: ANN401 - drf-spectacular's own business
        """Return what is answered where all is well, unless it has a name."""
        return {200: None} if self._is_of_cookies else super().get_response_serializers()

    def get_auth(self) -> list[JSON]:
        """Return what opens the operation; without a cookie the body may."""
        own: list[JSON] = super().get_auth()
        return [{"cookie": []}, {}] if self._takes_a_cookie else own

    @property
    def _words(self) -> Words:
        words = super()._words
        return words._replace(text=IN_COOKIE.get(words.id, words.text))

    @property
    def _is_of_cookies(self) -> bool:
        return isinstance(self.view, OwnPagesView)

    @property
    def _takes_a_cookie(self) -> bool:
        return isinstance(self.view, PresentedTokenView)

    def _named_answers(self) -> Iterator[tuple[str, str]]:
        yield from super()._named_answers()
        if self._is_of_cookies:
            yield "200", "SignedOut" if isinstance(self.view, CookieBlacklistView) else "Session"
            yield "403", "CrossOrigin"
        if self._takes_a_cookie:
            yield "409", "OtherSession"

    def _unauthorized(self) -> str:
        return "SessionOver" if self._takes_a_cookie else super()._unauthorized()
