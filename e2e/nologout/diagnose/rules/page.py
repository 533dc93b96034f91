"""What the page does with its tokens: whether they outlive a reload, reach a second tab, are renewed, lie open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.diagnose.finding import Finding
from nologout.diagnose.observed import TOKENS

if TYPE_CHECKING:
    from nologout.diagnose.observed import Observed

_COOKIE = (
    "hand the refresh token out in a cookie (HttpOnly; Secure; SameSite=Strict or Lax) that lives as long as the token"
)


def reload_ends_session(observed: Observed) -> Finding | None:
    """The page asks for the password again after a reload."""
    page = observed.page
    if page is None or page.reload is not False:
        return None
    return Finding(
        name="reload_ends_session",
        cause=4,
        gravity="logs out",
        basis="measured",
        title="A reload of the page ends the session",
        evidence=f"after a reload {page.url} asked to sign in; {page.kept_in(*TOKENS)}",
        server=_COOKIE,
        front_end="keep the refresh token where a reload finds it, and refresh at the start before asking to sign in",
    )


def second_tab_is_signed_out(observed: Observed) -> Finding | None:
    """A second tab, opened by itself, asks for the password."""
    page = observed.page
    if page is None or page.second_tab is not False:
        return None
    copied = "; one that the first tab opened was signed in, with a copy" if page.opened_tab else ""
    return Finding(
        name="second_tab_is_signed_out",
        cause=4,
        gravity="logs out",
        basis="measured",
        title="A second tab finds no session",
        evidence=f"opened by itself, it asked to sign in{copied}; {page.kept_in(*TOKENS)}",
        server=_COOKIE,
        front_end="keep tokens where every tab finds them (IndexedDB, localStorage), and refresh in one tab at a time",
    )


def page_does_not_renew(observed: Observed) -> Finding | None:
    """An access token that is refused brings the sign-in form."""
    page = observed.page
    if page is None or page.renews is not False:
        return None
    return Finding(
        name="page_does_not_renew",
        cause=1,
        gravity="logs out",
        basis="measured",
        title="The page signs its user out when an access token is refused",
        evidence=f"its access token was made invalid on its way: {page.renewal}; then the page asked to sign in",
        server="nothing to do, if a refresh is answered at the path that the page asks",
        front_end="on a 401 refresh once, and repeat the request; sign out only if the refresh itself is refused",
    )


def scripts_read_token(observed: Observed) -> Finding | None:
    """A token lies where any script of the page reads it; what is cleared there ends the session."""
    page = observed.page
    readable = [each for each in page.kept if each.is_readable] if page else []
    if not readable:
        return None
    lasting = {each.token for each in readable} != {"access token"}
    return Finding(
        name="scripts_read_token",
        cause=4,
        gravity="risk",
        basis="measured",
        title=f"Scripts can read {'what renews the session' if lasting else 'the access token'}",
        evidence="; ".join(f"{each.token} in {each}" for each in readable)
        + f"; whoever gets a script into the page takes {'the session' if lasting else 'its access'} away",
        server=_ASIDE if lasting else "a short ACCESS_TOKEN_LIFETIME",
        front_end="keep the access token in memory; go on from memory where what is stored gets cleared",
    )


_ASIDE = f"{_COOKIE}. Its price: page and API on one site, and a defence against CSRF"
RULES = (reload_ends_session, second_tab_is_signed_out, page_does_not_renew, scripts_read_token)
