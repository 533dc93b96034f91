"""The judge's word on a history: what outweighs what, and that it has a word on every one."""

from hypothesis import given
from hypothesis import strategies as st

from nologout.judge import Brief, judge
from nologout.judge.checkers import OPTIONAL
from nologout.model.history import History
from nologout.model.scenario_info import ScenarioInfo
from tests.any_history import HISTORIES
from tests.histories import (
    barred,
    effect,
    ended,
    fine,
    history,
    look,
    out,
    refresh,
    said,
    sign_in,
    step,
    told,
    unserved,
)

WORDS = {"pass", "fail", "unknown", "skipped"}
UNSEEN = effect(seen="", fault="race")
SIGN_OUT = step("SignOut(a)", ends=True)
OUT_ALREADY = told("act_impossible", tab="b")
BRIEFS = st.builds(
    Brief,
    must_end=st.booleans(),
    also=st.sets(st.sampled_from(sorted(OPTIONAL))).map(tuple),
    rotation=st.booleans(),
    reuse_detection=st.booleans(),
)


def test_healthy_history_passes() -> None:
    """Signed in everywhere, before and after a reload, with every fault seen: nobody was logged out."""
    word = judge(history(sign_in(), effect(), *fine("a", "b")), Brief())
    assert (word.verdict, word.outcome, word.why) == ("pass", "ok", "nobody was logged out")


def test_session_that_must_end_passes_when_it_has() -> None:
    """The sentence says that the end was right."""
    word = judge(history(SIGN_OUT, *out("a", "b")), Brief(must_end=True))
    assert (word.verdict, word.why) == ("pass", "the session ended in every tab, as it must")


def test_tab_that_is_out_before_anything_ended_the_session_is_a_logout() -> None:
    """That it must end later is no excuse; the tabs that are still in are right."""
    word = judge(history(step("OpenTab(b)"), OUT_ALREADY, *fine("a"), *out("b")), Brief(must_end=True))
    assert (word.verdict, word.outcome) == ("fail", "fatal_logout")
    assert word.why == "once the network had healed tab b shows the sign-in form"


def test_session_that_nothing_ended_is_a_doubt_where_all_are_in_again() -> None:
    """Nobody is logged out, and whether an end would have come is not known."""
    word = judge(history(step("OpenTab(b)"), OUT_ALREADY, *fine("a", "b")), Brief(must_end=True))
    assert (word.verdict, word.why) == ("unknown", "the steps did not come to what was to end the session")


def test_tab_that_is_out_after_the_act_that_ends_the_session_is_right() -> None:
    """It heard of the end before its user could do anything more."""
    assert judge(history(SIGN_OUT, OUT_ALREADY, *out("a", "b")), Brief(must_end=True)).verdict == "pass"


def test_breach_fails_with_outcome_and_finding() -> None:
    """A failure always comes with a finding, be it that nothing explains it."""
    word = judge(history(*out()), Brief())
    assert (word.verdict, word.outcome) == ("fail", "fatal_logout")
    assert word.finding is not None


def test_fault_that_nobody_saw_outweighs_a_logout() -> None:
    """Whatever happened, it was not what the scenario is about."""
    word = judge(history(UNSEEN, *out()), Brief())
    assert (word.verdict, word.why) == ("unknown", "no witness saw an effect of: race")


def test_one_unseen_fault_among_seen_ones_is_named_alone() -> None:
    """The doubt names what was not seen, and nothing else."""
    assert judge(history(effect(), UNSEEN, *fine()), Brief()).why == "no witness saw an effect of: race"


def test_logout_before_the_fault_could_strike_is_a_logout() -> None:
    """A user who cannot act any more is logged out; the faults to come need no witness."""
    word = judge(history(told("act_impossible"), UNSEEN, *out()), Brief())
    assert (word.verdict, word.outcome) == ("fail", "fatal_logout")


def test_page_that_stays_empty_is_blank_though_its_fault_could_not_strike() -> None:
    """A person looks at nothing, in the middle of the steps and when all is well again."""
    word = judge(history(told("stayed_empty", "no text"), UNSEEN, look("a", "blank")), Brief())
    assert (word.verdict, word.outcome) == ("fail", "blank")
    assert word.why == "once the network had healed tab a is empty (no text)"


def test_page_that_was_empty_for_a_while_is_a_doubt() -> None:
    """The steps were given up, and nobody knows what they would have shown."""
    word = judge(history(told("stayed_empty", "no text"), *fine()), Brief())
    assert (word.verdict, "stayed empty" in word.why) == ("unknown", True)


def test_unasked_oracle_is_a_doubt() -> None:
    """Without a look at any tab nothing can be said."""
    assert judge(History(), Brief()).why == "the oracle saw no tab"


def test_storm_outweighs_the_logout_that_follows_it() -> None:
    """The gravest breach is told first."""
    storm = [refresh(n, at=1 + n / 10, status=401) for n in range(1, 8)]
    assert judge(history(*storm, *out()), Brief()).outcome == "refresh_storm"


def test_optional_invariant_holds_only_where_a_scenario_names_it() -> None:
    """A needless refresh is no failure elsewhere."""
    needless = history(sign_in(), refresh(2, issued="R2"), *fine())
    assert judge(needless, Brief()).verdict == "pass"
    assert judge(needless, Brief(also=("no_needless_refresh",))).outcome == "needless_refresh"


def test_logout_outweighs_the_click_that_was_lost_with_it() -> None:
    """Who is signed out has lost more than a click."""
    assert judge(history(unserved(), *out()), Brief()).outcome == "fatal_logout"


def test_click_that_nothing_came_of_fails_a_session_that_lives() -> None:
    """Being signed in is not enough; the finding says what stood in the way."""
    word = judge(history(sign_in(), barred(2), unserved(), *fine()), Brief())
    assert (word.outcome, word.finding and word.finding.cause) == ("lost_request", "gave_up_without_retry")


def test_end_that_did_not_come_fails_a_session_that_goes_on_rightly_later() -> None:
    """A step waited for an end before the user signed in again."""
    assert judge(history(ended("a", "signed_in"), *fine()), Brief()).outcome == "still_signed_in"


def test_brief_says_what_the_scenario_and_the_server_ask_for() -> None:
    """When it must end, what else must hold, and what kind of server it is."""
    info = ScenarioInfo(group="tabs", guide_cause=0, links=(), ends="reuse_detection", also=("tells_why",))
    detecting = Brief(must_end=True, also=("tells_why",), rotation=True, reuse_detection=True)
    assert Brief.of(info, frozenset({"rotation", "reuse_detection"})) == detecting
    assert Brief.of(info, frozenset()) == Brief(also=("tells_why",), rotation=False)


def test_thief_who_is_served_fails_a_session_that_ended_everywhere() -> None:
    """That the owner's tabs ended does not make up for a family that lives on."""
    brief = Brief(must_end=True, also=("thief_is_out",), reuse_detection=True)
    assert judge(history(step("ReplayStolen()", ends=True), *out(), said("alive")), brief).outcome == "thief_served"


@given(HISTORIES, BRIEFS)
def test_judge_has_a_word_on_every_history(any_history: History, brief: Brief) -> None:
    """No history is too odd; a failure has a finding, everything has a reason."""
    word = judge(any_history, brief)
    assert word.verdict in WORDS
    assert word.why
    assert (word.finding is not None) == (word.verdict == "fail")


@given(HISTORIES, st.sampled_from(["signed_out", "blank"]))
def test_tab_that_is_not_fine_never_passes(any_history: History, looks: str) -> None:
    """One bad look among any events keeps a session that need not end from passing."""
    assert judge(history(*any_history.events, look("a", looks)), Brief()).verdict != "pass"


@given(HISTORIES, BRIEFS)
def test_fault_without_effect_is_neither_pass_nor_fail(any_history: History, brief: Brief) -> None:
    """Unless the user was out before, an unseen fault leaves the verdict open."""
    able = [event for event in any_history.events if getattr(event, "name", "") != "act_impossible"]
    assert judge(history(*able, UNSEEN), brief).verdict == "unknown"
