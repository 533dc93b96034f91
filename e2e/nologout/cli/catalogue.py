"""The table of scenarios as a page of Markdown: what happens, where it was seen, who fails it on which profile."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import jinja2

from nologout import scenarios
from nologout.targets.reference import OURS, expectations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.model.scenario_info import ScenarioInfo

_PAGE = """\
# The scenarios

Written by `make docs` from the scenarios and from `frontend_static/known_broken/expected.json`; a test fails when
this page is not current. Each scenario is one file in `e2e/nologout/scenarios/`, named like it. *Who fails it*
names known-broken clients (one bug each) and, as **reference**, our own client: there the *server* or its settings
are the price, and the reason stands in `expected.json`. A variant in brackets fails alone; else all variants do.
{% for group, infos in groups %}
## {{ group }}

| scenario | what happens | guide | source | who fails it |
|---|---|---|---|---|
{% for info in infos -%}
| `{{ info.id }}` | {{ info.summary }} | {{ info.guide_cause or "beyond" }} | {{ sources(info) }} | {{ failed(info) }} |
{% endfor -%}
{% endfor %}
The number under *guide* is the cause in the [troubleshooting guide](guide.md).
"""


def markdown() -> str:
    """Return the page."""
    by_group: dict[str, list[ScenarioInfo]] = defaultdict(list)
    for name in scenarios.names():
        info = scenarios.load(name).info
        by_group[info.group].append(info)
    page = jinja2.Environment(autoescape=False, keep_trailing_newline=True).from_string(_PAGE)  # noqa: S701 - Markdown
    return page.render(groups=sorted(by_group.items()), sources=_sources, failed=_failed)


def _sources(info: ScenarioInfo) -> str:
    return ", ".join(f"[{number}]({link})" for number, link in enumerate(info.links, 1))


def _failed(info: ScenarioInfo) -> str:
    by_profile: dict[str, list[str]] = defaultdict(list)
    for client, profile, variant in _failures(info.id):
        shown = "**reference**" if client == OURS else f"`{client}`"
        by_profile[profile].append(f"{shown}{variant}")
    return "; ".join(f"*{profile}*: {', '.join(clients)}" for profile, clients in by_profile.items())


def _failures(scenario: str) -> Iterator[tuple[str, str, str]]:
    for client, entry in expectations().items():
        for profile, listed in entry["fails"].items():
            for cell in listed:
                name, _, variant = cell.partition("[")
                if name == scenario:
                    yield client, profile, f" [{variant}" if variant else ""
