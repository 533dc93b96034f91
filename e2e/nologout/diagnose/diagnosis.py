"""The diagnosis: what was observed, what is wrong with it, and what could not be told."""

from __future__ import annotations

from typing import Literal

import msgspec

from nologout.diagnose.checklist import Item, checklist
from nologout.diagnose.finding import CAUSES, Finding
from nologout.diagnose.observed import Observed, Page  # noqa: TC001 - likewise
from nologout.diagnose.played import Played  # noqa: TC001 - likewise
from nologout.diagnose.rules import findings
from nologout.stage.network.route import origin_of


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """A probe's result: `logs out` where a finding does; `cannot tell` where what matters most was not seen.

    `causes` names the guide's numbers that findings have.
    """

    verdict: Literal["logs out", "nothing found", "cannot tell"]
    findings: tuple[Finding, ...]
    untold: tuple[str, ...]
    checklist: tuple[Item, ...]
    causes: dict[int, str] = msgspec.field(default_factory=CAUSES.copy)
    observed: Observed


def diagnosed(observed: Observed, played: Played | None = None) -> Diagnosis:
    """Return what is to be said of an API; `played` is what a run of scenarios shows."""
    found = findings(observed)
    logs_out = any(finding.gravity == "logs out" for finding in found)
    told = observed.reuse_is_told and not observed.stopped
    return Diagnosis(
        verdict="logs out" if logs_out else "nothing found" if told else "cannot tell",
        findings=found,
        untold=tuple(_untold(observed)),
        checklist=checklist(observed, found, played),
        observed=observed,
    )


def _untold(observed: Observed) -> list[str]:
    """Return what was not seen, each with why."""
    said = [f"the probe broke off: {observed.stopped}"] if observed.stopped else []
    if observed.gentle and observed.rotates:
        said.append("what a lost reply, a race or a replay does: left out by --gentle")
    elif not observed.reuse_is_told:
        said.append("what a lost reply, a race or a replay does")
    if not observed.paths.api:
        said.append("what the API answers to a bad access token: no protected path is known (--api-path PATH)")
    elif not observed.api_is_protected:
        with_one, without = observed.good_access or "not asked", observed.no_access or "not asked"
        path = observed.paths.api
        said.append(f"what {path} answers to a bad access token: with a good one {with_one}, without one {without}")
    if observed.access_s is None or observed.refresh_s is None:
        said.append("lifetimes: a token is no JWT with `iat` and `exp`")
    if observed.cors is None:
        said.append("what pages of another origin may do (--origin URL)")
    if not observed.throttling:
        said.append("limits on requests: no header tells of any, and none was provoked")
    return [*said, *_page_untold(observed)]


def _page_untold(observed: Observed) -> list[str]:
    page = observed.page
    if page is None:
        why = observed.page_untold or "how it refreshes and where it stores tokens (--page URL; causes 1, 2 and 4)"
        return [f"the page: {why}"]
    said = [f"the page: {each}" for each in page.left_out]
    if page.signs_in_at not in {origin_of(observed.url), origin_of(page.url)}:
        said.append(f"whether the page is one of this API: it signs in at {page.signs_in_at}")
    if page.reload is None:
        said.append("the page: whether a reload is still signed in")
    if page.second_tab is None:
        after = ", as the reload was not" if page.reload is False else ""
        said.append(f"the page: whether a second tab is signed in{after}")
    if page.renews is None:
        said.append(f"the page: whether it renews an access token that is refused{_refusal(page)}")
    return said


def _refusal(page: Page) -> str:
    return f" ({page.renewal})" if page.renewal else " (none of its requests was)"
