"""Asks an API one thing after another, the harmless first, and writes down what it saw."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import urlsplit

from nologout.diagnose import facts
from nologout.diagnose.api import Api
from nologout.diagnose.endpoints import find_api, find_paths
from nologout.diagnose.observed import Attempt, Observed, Paths, Race, Reply
from nologout.diagnose.tokens import forged
from nologout.errors import Unwelcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from nologout.diagnose.metrics import Meter
    from nologout.diagnose.tokens import Tokens
    from nologout.diagnose.wire import Answer, Wire
    from nologout.targets.target import Credentials

T = TypeVar("T")
_ROUNDS = 3
# A token's times are whole seconds: a refresh within the second of its issue would not show that an end moves. It is
# issued at the end of a sign-in, which takes long where hashing the password does.
_SECOND_S = 1.1


class Plan(NamedTuple):
    """How to ask: for how long used tokens are tried again, whether at all, and which origin's pages are meant.

    `meter` reads the API's metrics before and after what they should count.
    """

    given: Paths = Paths("", "")
    username_field: str = ""
    origin: str = ""
    wait_s: float = 12
    gentle: bool = False
    meter: Meter | None = None
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic


def probe(wire: Wire, user: Credentials, plan: Plan) -> Observed:
    """Return what was seen; where the API breaks off, what was seen until then, and why in `stopped`.

    Every session that was begun is signed out at the end.

    Raises:
        Unwelcome: There is no API, it refuses the account, or it brings no tokens: nothing was seen.
    """
    paths = find_paths(wire, plan.given)
    api = Api(wire, paths, user, plan.username_field or "username")
    observed = Observed(url=wire.url, paths=paths, gentle=plan.gentle)
    try:
        first, answer = api.sign_in()
        try:
            _look(api, observed, plan, first, answer)
        except Unwelcome as error:
            observed.stopped = str(error)
    finally:
        observed.left_signed_in = api.sign_out_all()
    observed.sign_ins, observed.requests = api.sign_ins, wire.requests
    observed.refused_at, observed.throttling = tuple(api.refused_at), tuple(sorted(wire.throttling))
    return observed


def _look(api: Api, observed: Observed, plan: Plan, first: Tokens, answer: Answer) -> None:
    facts.of_sign_in(observed, first, answer)
    observed.bad_refresh = _metered(plan, "refused", lambda: api.refuse(first)).reply
    _ask_api(api, observed, first)
    if plan.origin:
        _ask_from(api, observed, first, plan.origin)
    plan.sleep(max(0.0, _SECOND_S - (time.time() - answer.at - answer.took_s)))
    bystander, renewed = _metered(plan, "granted", lambda: api.refresh(first))
    if bystander is None:
        raise Unwelcome(f"{api.paths.refresh} refused a fresh refresh token: {renewed.reply}")
    facts.of_refresh(observed, first, bystander, renewed)
    if observed.rotates and plan.gentle:
        return
    _replay_and_race(api, observed, plan, bystander)


def _metered(plan: Plan, what: str, act: Callable[[], T]) -> T:
    return plan.meter.over(what, act) if plan.meter else act()


def _replay_and_race(api: Api, observed: Observed, plan: Plan, bystander: Tokens) -> None:
    """Present used tokens again: first what costs one session at most, and last what might cost all."""
    lost = api.sign_in()[0]
    if not observed.rotates:
        _lose_a_reply(api, observed, plan, lost)
        # The bystander's token was used before: where that is refused, it says nothing of the sign-in.
        if observed.replays[0].granted:
            observed.sign_in_ended_others = _renewed(api, bystander)[1]
        _race(api, observed)
        return
    still, observed.sign_in_ended_others = _renewed(api, bystander)
    newest = _lose_a_reply(api, observed, plan, lost)
    _race(api, observed)
    if newest is not None:
        _present_old(api, observed, lost, newest)
    if still is not None:
        observed.others_ended = _renewed(api, still)[1]


def _renewed(api: Api, tokens: Tokens) -> tuple[Tokens | None, bool | None]:
    """Refresh properly; return the tokens, and whether the session has ended (None: trouble, nobody can tell)."""
    after, answer = api.refresh(tokens)
    if after is not None:
        return after, False
    return None, True if answer.reply.refuses else None


def _ask_api(api: Api, observed: Observed, tokens: Tokens) -> None:
    api.paths, api.scheme = find_api(api.wire, api.paths, tokens.access)
    observed.paths = api.paths
    if not observed.paths.api:
        return

    def ask(access: str) -> Reply:
        headers = {"Authorization": f"{api.scheme} {access}"} if access else {}
        return api.wire.ask("GET", observed.paths.api, headers=headers).reply

    observed.no_access, observed.good_access = ask(""), ask(tokens.access)
    observed.bad_access = ask(forged(tokens.access))


def _ask_from(api: Api, observed: Observed, tokens: Tokens, origin: str) -> None:
    wants = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    preflight = api.wire.ask("OPTIONS", api.paths.refresh, headers={"Origin": origin, **wants})
    reply = api.refuse(tokens, origin=origin)
    split = urlsplit(api.wire.url)
    observed.cors = facts.cors(preflight, reply, origin, is_own=origin == f"{split.scheme}://{split.netloc}")


def _lose_a_reply(api: Api, observed: Observed, plan: Plan, used: Tokens) -> Tokens | None:
    """Use a token, forget the answer, and ask again, at once and later; return the newest token if it lives."""
    newest, answer = api.refresh(used)
    if newest is None:
        raise Unwelcome(f"{api.paths.refresh} refused a fresh refresh token: {answer.reply}")
    since = plan.now()
    ages = (0.0, plan.wait_s / 2, plan.wait_s) if observed.rotates and plan.wait_s else (0.0,)
    for age in ages:
        plan.sleep(max(0.0, age - (plan.now() - since)))
        again, answer = api.refresh(used)
        same = again.refresh == newest.refresh if again else None
        attempt = Attempt(answer.reply, again is not None, round(plan.now() - since, 1), same)
        observed.replays += (attempt,)
        if again is None:
            break
    if not observed.rotates or observed.replays[-1].granted:
        return newest
    after, ended = _renewed(api, newest)
    observed.newest_lives = None if ended is None else not ended
    return after


def _race(api: Api, observed: Observed) -> None:
    held = api.sign_in()[0]
    for _ in range(_ROUNDS):
        done = api.race(held)
        winners = [after for after, _ in done if after]
        observed.races += (_race_of([answer for _, answer in done], {after.refresh for after in winners}),)
        if not winners:
            return
        held = winners[0]


def _race_of(answers: list[Answer], successors: set[str]) -> Race:
    starts, ends = [each.at for each in answers], [each.at + each.took_s for each in answers]
    return Race(tuple(sorted(each.status for each in answers)), len(successors), max(starts) < min(ends))


def _present_old(api: Api, observed: Observed, old: Tokens, newest: Tokens) -> None:
    """Present a token that is two generations old, if the server lets one be made in this time."""
    after = api.refresh(newest)[0]
    if after is None or after.refresh == newest.refresh:
        return
    again, answer = api.refresh(old)
    observed.old = Attempt(answer.reply, again is not None)
    observed.old_ended_session = _renewed(api, after)[1]
