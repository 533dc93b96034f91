"""The protected endpoints; each shows a user only what is theirs."""

from django.contrib.auth.models import User
from django.db.models import QuerySet
from rest_framework import generics
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from api.models import Item
from api.serializers import ItemSerializer, MeSerializer


def signed_in_user(request: Request) -> User:
    """Return the bearer of the access token; raise NotAuthenticated if there is none."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


class MeView(generics.RetrieveAPIView[User]):
    """GET answers who the bearer of the access token is."""

    serializer_class = MeSerializer

    def get_object(self) -> User:
        """Return the user of this request."""
        return signed_in_user(self.request)


class ItemsView(generics.ListCreateAPIView[Item]):
    """GET lists the user's items, POST adds one."""

    serializer_class = ItemSerializer

    def get_queryset(self) -> QuerySet[Item]:
        """Return the items of the user of this request."""
        return Item.objects.filter(user=signed_in_user(self.request))

    def perform_create(self, serializer: BaseSerializer[Item]) -> None:
        """Save the item as the user's own."""
        serializer.save(user=signed_in_user(self.request))
