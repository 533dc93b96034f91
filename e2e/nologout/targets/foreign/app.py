"""A configuration as the harness's own data: what to look at, what to click, what a request is for."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nologout.targets.app import App, FollowLink, FormStep, Marks, Navigate, Paths, SignInForm, TokenPlaces

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    from nologout.model.history import Role
    from nologout.targets.config import Config

_EXPIRY: dict[str, Literal["clock", "wait", "header"]] = {"server": "wait", "header": "header", "clock": "clock"}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# What most apps call the tokens in the JSON that brings them; looked for at any depth of two.
_REFRESH_NAMES = "refresh|refresh_token|refreshToken"
_ACCESS_NAMES = "access|access_token|accessToken|token"
_ANY_REFRESH = "*refresh*"


class ForeignApp(App, frozen=True, kw_only=True):
    """An app whose requests are told apart by patterns: paths or URLs, perhaps with `*`."""

    def role_of(self, method: str, url: str) -> Role:
        """Return what a request is for."""
        paths = self.paths
        if method != "OPTIONS":
            unsafe = method not in _SAFE
            if unsafe and fits(paths.sign_in, url):
                return "sign_in"
            if unsafe and fits(paths.sign_out, url):
                return "sign_out"
            # Some apps refresh by GET; a guess takes no picture of that name for one.
            if (unsafe or paths.refresh != _ANY_REFRESH) and fits(paths.refresh, url):
                return "refresh"
        if method != "OPTIONS" and begins(paths.api, url):
            return "api"
        return "page" if method == "GET" else "other"


def app_of(config: Config, folder: Path) -> App:
    """Return what a configuration says of the app; `folder` is where its file stands."""
    form, tokens, signing_out = config.sign_in, config.tokens, config.sign_out
    return ForeignApp(
        marks=Marks(config.marks.signed_in, config.marks.signed_out, config.marks.words),
        form=SignInForm(
            username=form.username,
            password=form.password,
            submit=form.submit,
            path=form.path,
            steps=tuple(FormStep(s.fill, s.value, s.click, s.wait, s.goto) for s in form.steps),
            script=str(folder / form.script) if form.script else "",
        ),
        poke=_poke(config),
        sign_out=signing_out.click if signing_out else "",
        paths=Paths(
            page=config.protected_path,
            sign_in=form.url,
            refresh=config.refresh_url,
            sign_out=signing_out.url if signing_out else "",
            api=config.api,
            deep=config.deep_link,
        ),
        places=TokenPlaces(
            refresh_field=tokens.refresh_field or ("" if tokens.refresh_cookie else _REFRESH_NAMES),
            access_field=tokens.access_field or ("" if tokens.access_cookie else _ACCESS_NAMES),
            refresh_cookie=tokens.refresh_cookie,
            access_cookie=tokens.access_cookie,
        ),
        access_lifetime_s=config.expire.access_lifetime_s,
        transport="cookie" if tokens.refresh_cookie else "body",
        expiry=_EXPIRY[config.expire.how],
        popups=config.tabs == "window.open",
        timers=config.timers,
    )


def fits(pattern: str, url: str) -> bool:
    """Tell whether a URL is what a pattern names; a pattern that begins with a path leaves the host open."""
    return pattern != "" and fnmatchcase(_compared(pattern, url), pattern)


def begins(pattern: str, url: str) -> bool:
    """Tell whether a URL begins with what a pattern names."""
    return pattern != "" and fnmatchcase(_compared(pattern, url), pattern.rstrip("*") + "*")


def _compared(pattern: str, url: str) -> str:
    split = urlsplit(url)
    path = split.path or "/"
    return f"{split.scheme}://{split.netloc}{path}" if pattern.startswith(("http:", "https:")) else path


def _poke(config: Config) -> str | Navigate | FollowLink:
    poke = config.poke
    if isinstance(poke, str):
        return poke
    return FollowLink(poke.link) if poke.link else Navigate(poke.navigate)
