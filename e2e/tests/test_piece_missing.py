"""A missing piece is seen where every page of every tab found it missing, and nowhere else."""

import pytest

from nologout.model.history import PageEvent
from nologout.stage.faults.page.piece_missing import PieceMissing
from tests.histories import history, told

NO_LOCKS = told("lacks", "locks")
NO_STORAGE = told("lacks", "indexedDB localStorage sessionStorage")
SHOWN = told("pageshow", "fresh")
OTHER_SHOWN = told("pageshow", "fresh", "b")
OTHER_LACKS = told("lacks", "BroadcastChannel locks", "b")


@pytest.mark.parametrize(
    ("events", "seen"),
    [
        pytest.param([NO_LOCKS, SHOWN], "every page of tab a is without locks", id="the one page is without it"),
        pytest.param(
            [NO_LOCKS, SHOWN, OTHER_LACKS, OTHER_SHOWN],
            "every page of tab a, tab b is without locks",
            id="both tabs are",
        ),
        pytest.param([], "", id="no page was shown"),
        pytest.param([SHOWN], "", id="the page has it"),
        pytest.param([NO_LOCKS, SHOWN, OTHER_SHOWN], "", id="another tab has it"),
        pytest.param([NO_LOCKS, SHOWN, SHOWN], "", id="the page has it after a reload"),
        pytest.param([NO_STORAGE, SHOWN], "", id="another piece is missing"),
    ],
)
def test_piece_is_missing_where_every_page_lacks_it(events: list[PageEvent], seen: str) -> None:
    """One page that has it would show the app as it always is."""
    assert PieceMissing("web_locks").effect(history(*events)) == seen


def test_storage_is_missing_where_no_kind_of_it_is_left() -> None:
    """IndexedDB alone is not all."""
    missing = PieceMissing("storage")
    assert missing.effect(history(NO_STORAGE, SHOWN)).endswith("without indexedDB, localStorage, sessionStorage")
    assert missing.effect(history(told("lacks", "indexedDB"), SHOWN)) == ""
