"""What a person reads on a terminal of 80 columns."""

from tests.test_client_side_only import shown
from tests.test_model import result

REPEAT = "nologout replay captive_portal_at_refresh --variant html_200 --client drops_rotated_token --profile stock"


def test_progress_names_the_variant_too() -> None:
    """What stands in brackets is no mark-up."""
    cell = result(scenario="two_tabs_expire_together", variant="loser_first", profile="family")
    lines = shown(cell, is_terminal=True)
    assert [line for line in lines if "1/1" in line and line.endswith("two_tabs_expire_together[family-loser_first]")]


def test_known_failure_names_its_cause() -> None:
    """Who knows that a cell fails wants to know whether it still fails for that reason."""
    known = result(verdict="fail", expected="mended in May", cause="ignored_401", evidence="it " * 50)
    lines = [line.rstrip() for line in shown(known, is_terminal=False)]
    at = lines.index("expected: lost_response[stock]: mended in May")
    assert lines[at + 1] == "  cause    ignored_401"
    assert lines[at + 2].startswith("  because  it it")
    assert lines[at + 3].startswith("           it it")
    assert "1 fails as known (lost_response: mended in May)" in " ".join(lines)


def test_command_that_repeats_a_failure_is_one_line() -> None:
    """It is there to be copied."""
    lines = shown(result(verdict="fail", cause="unexplained", repeat=REPEAT), is_terminal=False)
    assert f"  repeat    {REPEAT}" in lines


def test_app_that_fails_everything_is_not_said_to_keep_its_users() -> None:
    """One that keeps some is, but for what is known."""
    known, kept = result(verdict="fail", expected="mended in May", cause="ignored_401"), result(scenario="late_401")
    said = " ".join(shown(known, known, is_terminal=False))
    assert "All that was played is known to fail: 0 of 2 pass, 2 fail as known" in said
    assert "Nobody is logged out, but for what is known: 1 of 2 pass" in " ".join(shown(known, kept, is_terminal=False))


def test_what_was_skipped_is_told_together_after_what_was_played() -> None:
    """Else it stands among the findings, glued to one of another scenario."""
    skipped = [result(scenario=name, verdict="skipped", why="no clock") for name in ("laptop_sleep", "idle_two_hours")]
    known = result(verdict="fail", expected="mended in May", cause="ignored_401", evidence="it did")
    lines = [line.rstrip() for line in shown(skipped[0], known, skipped[1], is_terminal=False)]
    at = lines.index("  because  it did")
    told = ["", "skipped: laptop_sleep[stock]: no clock", "skipped: idle_two_hours[stock]: no clock", ""]
    assert lines[at + 1 : at + 5] == told
