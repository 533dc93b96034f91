"""Families in Django's admin: to look at, and to end. Django imports this only where the admin is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth import get_permission_codename, get_user_model
from django.db.models import Q

from token_family import families
from token_family.models import TokenFamily
from token_family.reasons import Reason
from token_family.telling import last_refresh, log_name, state_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest

NOT_ENDED = "-"


class EndFilter(admin.SimpleListFilter):
    """Chooses families by the reason for which they ended."""

    title = "end"
    parameter_name = "end"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[TokenFamily]) -> list[tuple[str, str]]:  # noqa: ARG002 - Django's signature
        """Return each reason there is, and first that there is none."""
        reasons = sorted({*families.reasons_of_ends(), Reason.LOGGED_OUT.value})
        return [(NOT_ENDED, "not ended"), *((reason, reason) for reason in reasons)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[TokenFamily]) -> QuerySet[TokenFamily]:  # noqa: ARG002 - Django's signature
        """Return the chosen families."""
        reason = self.value()
        if reason is None:
            return queryset
        return queryset.filter(families.ended_for("" if reason == NOT_ENDED else reason))


@admin.register(TokenFamily)
class TokenFamilyAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic for mypy alone
    """Shows families and changes nothing, but that whoever may change one may end it."""

    list_display = ("user", "family", "generation", "last_refresh", "strikes", "state")
    list_filter = (EndFilter,)
    list_select_related = ("outstanding__user",)
    # To count all rows beside those found takes long where there are millions.
    show_full_result_count = False
    # In the order of sign-ins, by a column that has an index.
    ordering = ("-outstanding_id",)
    fields = (*list_display, "dirty", "signed_in", "ends_at_the_latest", "revoked_at", "revoked_reason")
    readonly_fields = fields
    actions = ("end_sessions",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TokenFamily]:
        """Return all families with what their state is told from."""
        return families.listed().order_by(*self.get_ordering(request))

    def get_search_fields(self, request: HttpRequest) -> list[str]:  # noqa: ARG002 - Django's signature
        """Search by what users sign in with."""
        return [f"outstanding__user__{get_user_model().USERNAME_FIELD}"]

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody adds one: a family begins with a sign-in."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: TokenFamily | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody edits one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TokenFamily | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody deletes one: its row refuses a thief by name."""
        return False

    def has_end_permission(self, request: HttpRequest) -> bool:
        """Whoever has the permission to change families may end them."""
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename('change', self.opts)}")

    @admin.action(description="End the chosen sessions", permissions=["end"])
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[TokenFamily]) -> None:
        """Sign the chosen families out; what has ended keeps its reason."""
        chosen = [family.pk for family in queryset]
        families.end(Q(pk__in=chosen), Reason.LOGGED_OUT, families.now_in_whole_seconds())
        self.message_user(request, "The chosen sessions have ended.")

    @admin.display(description="user", ordering="outstanding__user")
    def user(self, family: TokenFamily) -> str:
        """Whose it is."""
        return str(family.outstanding.user or "")

    @admin.display(description="family")
    def family(self, family: TokenFamily) -> str:
        """Name it as the log does."""
        return log_name(family.sid)

    @admin.display(description="last refresh", ordering="rotated_at")
    def last_refresh(self, family: TokenFamily) -> datetime | None:
        """When it was last rotated."""
        return last_refresh(family)

    @admin.display(description="state")
    def state(self, family: TokenFamily) -> str:
        """Whether it lives, or why not."""
        return state_of(family, families.now_in_whole_seconds())

    @admin.display(description="signed in")
    def signed_in(self, family: TokenFamily) -> datetime | None:
        """When it began."""
        return family.outstanding.created_at

    @admin.display(description="ends at the latest")
    def ends_at_the_latest(self, family: TokenFamily) -> datetime:
        """When it ends however active it is."""
        return family.expires_at
