"""Reads an operation from its view: drf-spectacular what it takes and answers, this module how it refuses."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme, TokenObtainPairSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter
from rest_framework.serializers import Serializer
from rest_framework_simplejwt.views import (
    TokenBlacklistView,
    TokenObtainPairView,
    TokenObtainSlidingView,
    TokenRefreshView,
    TokenVerifyView,
    TokenViewBase,
)

from config.openapi.parts import JSON
from config.openapi.refusals import has_families
from config.openapi.words import WORDS, Words
from monitoring.intake import ForcedLogoutView

Parameters = list[OpenApiParameter | Serializer[Any] | type[Serializer[Any]]]

OBTAIN = (TokenObtainPairView, TokenObtainSlidingView)
CLIENT_TIME = OpenApiParameter(
    "X-Client-Time",
    float,
    OpenApiParameter.HEADER,
    description="The client's clock in unix seconds. The server takes down how far it is off.",
)
NOTHING_TO_SAY = (TokenVerifyView, TokenBlacklistView)


class BearerScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call] # drf-spectacular registers it untyped
    """SimpleJWT's authentication and what is made from it, such as `FamilyJWTAuthentication`."""

    name = "bearer"
    match_subclasses = True
    priority = 1


class SignInExtension(TokenObtainPairSerializerExtension):  # type: ignore[no-untyped-call] # likewise
    """SimpleJWT's serializer for sign-in and what is made from it, which name no field of what they answer."""

    match_subclasses = True
    priority = 1


class DescribedSchema(AutoSchema):
    """Adds refusals and words to what drf-spectacular reads from a view."""

    def get_operation(self, *args: Any, **kwargs: Any) -> JSON | None:  # noqa: ANN401 - drf-spectacular's own business
        """Return the operation with every status that it answers."""
        operation = super().get_operation(*args, **kwargs)
        if operation:
            granted = {
                status: {**answer, "description": HTTPStatus(int(status)).phrase}
                for status, answer in operation["responses"].items()
            }
            named = {status: {"$ref": f"#/components/responses/{name}"} for status, name in self._named_answers()}
            operation["responses"] = dict(sorted({**granted, **named}.items()))
        return operation

    def get_operation_id(self) -> str:
        """Return the operation's id, in snake case."""
        return self._words.id

    def get_summary(self) -> str:
        """Return the operation's title."""
        return self._words.title

    # As drf-spectacular has it; REST framework passes path and method.
    def get_description(self) -> str:  # type: ignore[override]
        """Return what a reader must know."""
        return self._words.text

    def get_tags(self) -> list[str]:
        """Return the operation's group."""
        return [self._words.tag]

    def get_serializer_name(self, serializer: Serializer[Any], direction: Direction) -> str:
        """Return the component's name, which is the same on all profiles."""
        name: str = self._words.component or super().get_serializer_name(serializer, direction)
        return name

    def get_override_parameters(self) -> Parameters:
        """Return the headers that a client may send beside its token."""
        is_heeded = isinstance(self.view, TokenRefreshView) and has_families(settings.PROFILE)
        return [CLIENT_TIME] if is_heeded else []

    def get_response_serializers(self) -> Any:  # noqa: ANN401 - drf-spectacular's own business
        """Return what is answered where all is well; a report is answered with nothing."""
        return {204: None} if isinstance(self.view, ForcedLogoutView) else super().get_response_serializers()

    @property
    def _words(self) -> Words:
        return WORDS[self.method, self.path]

    def _named_answers(self) -> Iterator[tuple[str, str]]:
        yield from self._answers_of_a_report() if isinstance(self.view, ForcedLogoutView) else self._answers_of_tokens()
        if self.method == "POST":
            yield "415", "UnsupportedMediaType"
        yield "406", "NotAcceptable"
        if self.view.throttle_classes:
            yield "429", "TooManyRequests"

    def _answers_of_a_report(self) -> Iterator[tuple[str, str]]:
        yield from (("400", "NoReport"), ("413", "TooLong"))

    def _answers_of_tokens(self) -> Iterator[tuple[str, str]]:
        of_tokens = isinstance(self.view, TokenViewBase)
        if isinstance(self.view, NOTHING_TO_SAY):
            yield "200", "Done"
        if self.method == "POST":
            yield "400", "BadRequest"
        yield "401", self._unauthorized()
        if of_tokens and has_families(settings.PROFILE):
            yield "503", "TryAgain"

    def _unauthorized(self) -> str:
        if isinstance(self.view, OBTAIN):
            return "WrongCredentials"
        return "TokenRefused" if isinstance(self.view, TokenViewBase) else "AccessRefused"


def without_docstrings(result: JSON, **_rest: object) -> JSON:
    """Drop what serializers tell those who read the code; drf-spectacular calls this at the end."""
    for schema in result["components"]["schemas"].values():
        if "properties" in schema:
            schema.pop("description", None)
    return result
