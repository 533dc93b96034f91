"""The rule of rotation, over traces that nobody thought of."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from tests.family_model import FAR, NOON, after, fresh_family
from token_family.decide import Action, FamilyState, Limits, decide

seconds = st.sampled_from([0, 1, 10, 30]).map(lambda s: timedelta(seconds=s))
limits = st.tuples(seconds, seconds, st.integers(0, 4)).map(
    lambda drawn: Limits(grace=max(drawn[:2]), coalesce=min(drawn[:2]), strikes=drawn[2])
)
moments = st.integers(-3600, 8 * 86_400).map(lambda s: NOON + timedelta(seconds=s))
living_families = st.builds(
    FamilyState,
    generation=st.integers(0, 50),
    rotated_at=moments,
    expires_at=st.just(FAR),
    dirty=st.booleans(),
    strikes=st.integers(0, 5),
)
# How long the session rests before a step (a clock set back makes it negative), and what the step is.
steps = st.tuples(
    st.sampled_from([-31, -1, 0, 1, 9, 10, 11, 29, 30, 31, 3_600, 500_000]),
    st.sampled_from(["refresh", "lost reply", "racing tab"]),
)


@dataclass
class HonestSession:
    """A browser that keeps the newest token it was answered with, and the server's row beside it."""

    limits: Limits
    held: int = 0
    now: datetime = NOON
    family: FamilyState = field(default_factory=fresh_family)
    late_generations_in_a_row: int = 0
    late_in_this_generation: bool = False

    def play(self, rest_s: int, step: str) -> None:
        """Rest, then refresh; the reply may be lost, or another tab may still send what it read before."""
        self.now += timedelta(seconds=rest_s)
        if step == "racing tab":
            if not self.grace_is_over():
                self.send(max(0, self.family.generation - 1))
            return
        if self.grace_is_over() and not self.may_be_late():
            self.held = self.family.generation
        self.send(self.held)
        if step == "refresh":
            self.held = self.family.generation

    def send(self, sent: int) -> None:
        """Present a token of this generation, which must be granted."""
        before = self.family.generation
        late = sent < before and self.grace_is_over()
        decision = decide(self.family, sent, self.now, self.limits)
        assert decision.action not in {Action.REVOKE, Action.REFUSE}, (decision, self)
        self.family = after(self.family, decision, sent, self.now)
        self.count_lateness(late=late, advanced=self.family.generation > before)

    def grace_is_over(self) -> bool:
        """Tell whether a predecessor would come late."""
        return abs(self.now - self.family.rotated_at) > self.limits.grace

    def may_be_late(self) -> bool:
        """Tell whether the budget allows a late replay in this generation."""
        return self.late_in_this_generation or self.late_generations_in_a_row < self.limits.strikes

    def count_lateness(self, *, late: bool, advanced: bool) -> None:
        """Count late generations in a row, without looking at the row's own count."""
        if late and not self.late_in_this_generation:
            self.late_generations_in_a_row += 1
            self.late_in_this_generation = True
        if advanced:
            self.late_generations_in_a_row *= self.late_in_this_generation
            self.late_in_this_generation = False


@given(limits, st.lists(steps, min_size=20, max_size=60))
def test_honest_session_is_never_refused(drawn: Limits, trace: list[tuple[int, str]]) -> None:
    """No trace of races, lost replies and rests ends a session while its budget of late replays lasts."""
    session = HonestSession(drawn)
    for rest_s, step in trace:
        session.play(rest_s, step)


@given(living_families, st.integers(2, 60), moments, limits)
def test_old_generation_always_ends_the_family(family: FamilyState, d: int, now: datetime, drawn: Limits) -> None:
    """A token two or more generations behind revokes, whatever the clock and the settings say, with one exception.

    The generation between was given again late, and ended within the grace period: a sibling is on its way.
    """
    young = abs(now - family.rotated_at) <= drawn.grace
    is_sibling = d == 2 and family.strikes > 0 and not family.dirty and young
    wanted = Action.REISSUE if is_sibling else Action.REVOKE
    assert decide(family, family.generation - d, now, drawn).action is wanted


@given(living_families, st.integers(-5, 1), moments, limits, st.integers(0, 30))
def test_same_question_twice_gets_the_same_answer(
    family: FamilyState, d: int, now: datetime, drawn: Limits, later_s: int
) -> None:
    """Whoever is granted a token and asks again within the grace period is given that very token."""
    token_generation = family.generation - d
    first = decide(family, token_generation, now, drawn)
    if first.action is Action.REVOKE:
        return
    granted = after(family, first, token_generation, now)
    again = now + min(timedelta(seconds=later_s), drawn.grace)
    second = decide(granted, token_generation, again, drawn)
    twice = after(granted, second, token_generation, again)
    if first.action is Action.ROTATE or token_generation < granted.generation:
        assert (twice.generation, twice.rotated_at) == (granted.generation, granted.rotated_at)


@given(living_families, st.integers(0, 1), st.integers(-100, 100), limits)
def test_generation_does_not_move_while_it_is_young(family: FamilyState, d: int, age_s: int, drawn: Limits) -> None:
    """While a generation is coalesced, no token that was the newest a moment ago can fall two behind."""
    now = family.rotated_at + timedelta(seconds=age_s)
    token_generation = family.generation - d
    if family.generation == 0 or abs(timedelta(seconds=age_s)) >= drawn.coalesce:
        return
    decision = decide(family, token_generation, now, drawn)
    assert decision.action is Action.REISSUE
    assert after(family, decision, token_generation, now) == family


@given(living_families, st.integers(1, 60), moments, limits)
def test_token_ahead_of_the_row_is_never_refused(family: FamilyState, ahead: int, now: datetime, drawn: Limits) -> None:
    """A validly signed token from before a restore is granted, and the row catches up with it."""
    token_generation = family.generation + ahead
    decision = decide(family, token_generation, now, drawn)
    assert decision.action is Action.ROTATE
    assert after(family, decision, token_generation, now).generation == token_generation + 1


# What a client waits for a reply; nothing is under way for longer.
PATIENCE_S = 8
# Requests leave with the token that all tabs share, arrive in any order, and are answered or not.
OFTEN: list[str | int] = ["send", "oldest arrives", "newest arrives"]
SELDOM: list[str | int] = ["oldest arrives, unanswered", "newest arrives, unanswered", 1, 7, 31]
LOST_AND_AWAY: list[str | int] = ["send", "newest arrives, unanswered", 3_600]
scenes = st.lists(st.sampled_from([*OFTEN * 4, *SELDOM]), max_size=16)


@dataclass
class TabsWithoutLock:
    """Tabs that share a token and nothing else, on a network that reorders and loses what they send."""

    session: HonestSession
    under_way: list[tuple[datetime, int]] = field(default_factory=list)

    def play(self, step: str | int) -> None:
        """Rest for so many seconds, send what the tabs hold, or let one request reach the server."""
        if isinstance(step, int):
            self.rest(step)
        elif step == "send":
            self.send()
        elif self.under_way:
            self.arrive(-1 if step.startswith("newest") else 0, is_answered="unanswered" not in step)

    def rest(self, seconds: int) -> None:
        """Let time pass; a client gives up on what has been under way for too long."""
        self.session.now += timedelta(seconds=seconds)
        oldest = self.session.now - timedelta(seconds=PATIENCE_S)
        self.under_way = [(sent_at, held) for sent_at, held in self.under_way if sent_at > oldest]

    def send(self) -> None:
        """Send what the tabs hold; a reply was lost at most as often as the budget allows."""
        session = self.session
        behind = session.held < session.family.generation
        if behind and session.grace_is_over() and not session.may_be_late():
            session.held = session.family.generation
        self.under_way.append((session.now, session.held))

    def arrive(self, which: int, *, is_answered: bool) -> None:
        """Let a request be decided, and perhaps its answer be kept."""
        _, sent = self.under_way.pop(which)
        self.session.send(sent)
        if is_answered:
            self.session.held = self.session.family.generation


@given(st.lists(scenes, min_size=1, max_size=4))
@example([["send", "send", "oldest arrives", "send", "newest arrives", "oldest arrives"]])
def test_tabs_that_race_on_a_bad_network_are_never_refused(played: list[list[str | int]]) -> None:
    """Requests are reordered too, not only replies: also when tabs wake together after a lost reply."""
    tabs = TabsWithoutLock(HonestSession(Limits()))
    for scene in played:
        for step in [*LOST_AND_AWAY, *scene]:
            tabs.play(step)
