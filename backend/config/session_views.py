"""Which views sign in, refresh and sign out: by the way in which the profile keeps sessions alive."""

from typing import Any, NamedTuple

from config.profiles import Strategy


class SessionViews(NamedTuple):
    """Three classes of views."""

    obtain: Any
    refresh: Any
    blacklist: Any


def session_views(strategy: Strategy) -> SessionViews:
    """Return the views; the modules of those that are not served are not loaded, for their apps may be missing."""
    if strategy == "cookie":
        from token_family.cookies import views as cookies  # noqa: PLC0415

        return SessionViews(cookies.CookieObtainView, cookies.CookieRefreshView, cookies.CookieBlacklistView)
    from rest_framework_simplejwt import views as stock  # noqa: PLC0415

    if strategy == "sliding":
        return SessionViews(stock.TokenObtainSlidingView, stock.TokenRefreshSlidingView, stock.TokenBlacklistView)
    return SessionViews(stock.TokenObtainPairView, stock.TokenRefreshView, stock.TokenBlacklistView)
