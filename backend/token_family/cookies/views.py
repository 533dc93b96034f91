"""SimpleJWT's views, with the refresh token in a cookie: each answers `{"access", "sid"}` where they answer a pair."""

import logging
from typing import Any

from django.db import router, transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework_simplejwt.views import (
    TokenBlacklistView,
    TokenObtainPairView,
    TokenRefreshView,
    TokenViewBase,
)

from token_family.attempts import Attempt
from token_family.cookies.errors import NotTriedError
from token_family.cookies.jar import forget, keep, presented, sids_in
from token_family.cookies.origins import refuse_cross_origin
from token_family.models import TokenFamily
from token_family.tokens import FamilyRefreshToken


class OwnPagesView(TokenViewBase):
    """Answers this server's own pages alone, in JSON alone, and nothing that a cache may keep."""

    # A page for people would show the token in a form, where any script could read it.
    renderer_classes = (JSONRenderer,)
    metadata_class = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - REST framework's signature
        """Refuse another site before anything else is looked at."""
        if request.method == "POST":
            refuse_cross_origin(request)
        super().initial(request, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Response:
        """Say how one signs in, as every 401 must."""
        if isinstance(exc, NotTriedError) and exc.status_code == 401:
            exc.auth_header = self.get_authenticate_header(self.request)
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401
        """Forbid caches to keep the answer."""
        response["Cache-Control"] = "no-store"
        return super().finalize_response(request, response, *args, **kwargs)


class CookieObtainView(OwnPagesView, TokenObtainPairView):
    """Sign-in: begins a session, whose cookie takes the place of the others in this browser."""

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401
        """Answer the access token and the session's id."""
        response = super().post(request, *args, **kwargs)
        refresh = response.data.pop("refresh", None)
        if refresh:  # a project may ask for a second factor first
            token = _read(refresh)
            keep(response, token)
            forget(response, *sids_in(request))
            response.data["sid"] = token.sid.hex
        return response


class PresentedTokenView(OwnPagesView):
    """Hands the cookie's token to SimpleJWT's serializer, as if the client had sent it."""

    token = ""

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401
        """Answer as SimpleJWT does; raise NotTriedError for a session that is not there."""
        self.token = presented(request)
        return super().post(request, *args, **kwargs)

    def get_serializer(self, *args: Any, **kwargs: Any) -> BaseSerializer[Any]:  # noqa: ANN401
        """Return the serializer that the project has chosen."""
        given = {"data": {"refresh": self.token}} if self.token else {}
        return super().get_serializer(*args, **{**kwargs, **given})


class CookieRefreshView(PresentedTokenView, TokenRefreshView):
    """Refresh: only a refresh that is granted sets the cookie."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:  # noqa: ANN401 - the type is a stub's own
        """Return the view, outside of a transaction: a refusal would undo what it has just revoked."""
        outside = transaction.non_atomic_requests(using=router.db_for_write(TokenFamily))
        return outside(super().as_view(**initkwargs))

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401
        """Answer a fresh access token and the session's id."""
        response = super().post(request, *args, **kwargs)
        successor = response.data.pop("refresh", None)
        token = _read(successor or self.token)
        # Without rotation the browser keeps what it has, unless that came in the body.
        if successor or token.sid.hex not in sids_in(request):
            keep(response, token)
        response.data["sid"] = token.sid.hex
        return response

    def handle_exception(self, exc: Exception) -> Response:
        """Tell of an attempt that the serializer, which tells of all others, has not seen."""
        if isinstance(exc, NotTriedError):
            Attempt(outcome=exc.reason).tell(logging.WARNING)
        return super().handle_exception(exc)


class CookieBlacklistView(PresentedTokenView, TokenBlacklistView):
    """Sign-out: ends the session, and only then takes its cookie away."""

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401
        """Answer an empty object."""
        response = super().post(request, *args, **kwargs)
        forget(response, _read(self.token).sid.hex)
        return response


def _read(token: str) -> FamilyRefreshToken:
    return FamilyRefreshToken(token, verify=False)  # type: ignore[arg-type] # a text
