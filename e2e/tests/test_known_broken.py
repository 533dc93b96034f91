"""Each known-broken client fails exactly what its list names beyond our own client, no more and no fewer.

`make test` plays what the lists name (fifty tabs with one client). The rest of the matrix, which must pass, is
marked `soak`: `make soak` plays it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nologout import scenarios
from nologout.model.result import Result
from nologout.runner import Cell
from nologout.targets import Reference
from nologout.targets.reference import OURS, expectations

pytestmark = pytest.mark.browser
LISTS = expectations()
# A minute a cell: one client shows every day that the scenario is failed.
FIFTY = "fifty_tabs_expire_together"
# What a bug may be called: the cause that follows from it, in any scenario that shows it.
CAUSES = {
    "no_cross_tab_lock": {"reused_refresh_token"},
    "drops_rotated_token": {"dropped_rotated_token"},
    "signs_out_on_any_failed_refresh": {"cleared_on_transient_answer"},
    "trusts_client_clock": {"judged_by_client_clock"},
    "gives_up_when_storage_throws": {"storage_write_failed"},
    "refreshes_on_late_401": {"refreshed_on_late_401"},
    "ignores_sign_out_in_another_tab": {"sign_out_not_heard"},
    "sends_no_broadcast": {"sign_out_not_heard", "sign_in_not_heard"},
    "rejects_queued_requests": {"queued_requests_rejected"},
    "no_retry": {"gave_up_without_retry"},
    "no_expiry_buffer": {"renewed_too_late"},
    "signs_out_on_network_error": {"cleared_on_transient_answer"},
    "loser_wipes_winner": {"reused_refresh_token"},
    "keeps_tokens_in_memory_alone": {"kept_in_memory", "stale_token_in_tab", "sign_in_not_heard", "end_not_told"},
    "never_gives_up": {"refusal_ignored"},
    "takes_eviction_for_sign_out": {"took_eviction_for_sign_out"},
    "clock_outranks_401": {"judged_by_client_clock", "ignored_401"},
    "late_refresh_undoes_sign_out": {"sign_out_undone"},
    "sends_queued_requests_as_anyone": {"mixed_identity"},
    "ignores_retry_after": {"ignored_retry_after"},
    "relies_on_broadcast_channel": {"sign_out_not_heard"},
    "relies_on_web_locks": {"reused_refresh_token"},
    "relies_on_indexed_db": {"kept_in_memory"},
}
# Where a bug is seen from another side.
ALSO = {
    # The thief's copy of a token that its owner never left is honoured.
    ("drops_rotated_token", "family", "stolen_token_replayed"): {"theft_not_detected"},
    # It revokes the token that it kept, and the one that arrived after the sign-out lives on.
    ("drops_rotated_token", "stock", "sign_out_beats_refresh"): {"sign_out_undone"},
    # A new tab has nobody to ask, and that storage throws is what it shows.
    ("sends_no_broadcast", "stock", "storage_denied"): {"storage_write_failed"},
    ("sends_no_broadcast", "family", "storage_denied"): {"storage_write_failed"},
    ("sends_no_broadcast", "stock", "without_storage"): {"storage_write_failed"},
    ("sends_no_broadcast", "family", "without_storage"): {"storage_write_failed"},
    # Its lease is in a variable, too, so that both tabs refresh at once.
    ("keeps_tokens_in_memory_alone", "stock", "without_web_locks"): {"reused_refresh_token"},
}


def cells() -> Iterator[Any]:
    """Yield every cell of every broken client on the profiles that its list names."""
    for client, entry in LISTS.items():
        if client != OURS:
            for profile in entry["fails"]:
                yield from _of(client, profile)


def _of(client: str, profile: str) -> Iterator[Any]:
    excused = set(LISTS[OURS]["fails"][profile])
    groups = LISTS[client].get("judged", {}).get(profile)
    for scenario in map(scenarios.load, scenarios.names()):
        for variant in scenario.variants:
            if not _names(scenario.info.id, variant) & excused and (not groups or scenario.info.group in groups):
                yield _cell(Cell(scenario, variant, Reference(profile, client)))


def _cell(cell: Cell) -> Any:  # noqa: ANN401 - pytest's own parameter
    client, profile, variant = cell.target.client, cell.target.profile, cell.variant
    listed = expected(cell) != "pass" and (cell.scenario.info.id != FIFTY or client == "no_cross_tab_lock")
    name = f"{client}-{profile}-{cell.scenario.info.id}{variant and f'[{variant}]'}"
    return pytest.param(cell, id=name, marks=() if listed else pytest.mark.soak)


def _names(scenario: str, variant: str) -> set[str]:
    return {scenario, f"{scenario}[{variant}]"}


def expected(cell: Cell) -> str:
    """Return the verdict that the lists give a cell."""
    entry, profile = LISTS[cell.target.client], cell.target.profile
    names = _names(cell.scenario.info.id, cell.variant)
    if names & set(entry["fails"][profile]):
        return "fail"
    return "unknown" if names & set(entry.get("untold", {}).get(profile, ())) else "pass"


def test_every_broken_client_has_a_cause() -> None:
    """A new client needs a name for what it does wrong."""
    assert set(CAUSES) == set(LISTS) - {OURS}


@pytest.mark.parametrize("cell", list(cells()))
def test_broken_client_fails_what_its_list_names(cell: Cell, play_cell: Callable[[Cell], Result]) -> None:
    """A listed cell fails, and the bug is named; one that cannot be told is unknown; any other passes."""
    client, profile, scenario = cell.target.client, cell.target.profile, cell.scenario.info.id
    result = play_cell(cell)
    assert (result.verdict, result.why) == (expected(cell), result.why)
    if result.verdict == "fail":
        assert result.cause in CAUSES[client] | ALSO.get((client, profile, scenario), set())
