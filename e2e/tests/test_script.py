"""Scripts: scenarios as JSON files, with errors that say what is wrong and where."""

from pathlib import Path
from typing import get_args

import msgspec
import pytest

from nologout import scenarios, steps
from nologout.errors import UsageError
from nologout.model.scenario_info import ScenarioInfo
from nologout.steps import Scenario, Step
from nologout.steps.script import AnyStep, read_script, write_script

INFO = ScenarioInfo(group="tabs", guide_cause=2, links=("https://example.org",), id="made_up", summary="Made up.")
# Values for the fields that a step cannot do without.
NEEDED = {"tab": "b", "tabs": ("a", "b"), "status": 511, "minutes": -10, "hours": 8, "piece": "web_locks"}
STEPS: tuple[type[Step], ...] = get_args(AnyStep)
GOOD = {"info": msgspec.to_builtins(INFO), "steps": [{"step": "sign_in"}]}


def made(kind: type[Step]) -> Step:
    """Return a step of a kind, with a value for each field that it needs."""
    fields = msgspec.structs.fields(kind)
    return kind(**{field.name: NEEDED[field.name] for field in fields if field.required})


def written(folder: Path, **changed: object) -> Path:
    """Return a replay file, good except for what is changed."""
    path = folder / "mine.json"
    path.write_bytes(msgspec.json.encode({**GOOD, **changed}))
    return path


def test_every_step_of_the_vocabulary_has_a_json_form() -> None:
    """A step that scripts do not know could be played and not replayed."""
    vocabulary = [getattr(steps, name) for name in steps.__all__]
    assert {kind for kind in vocabulary if isinstance(kind, type) and issubclass(kind, Step)} - {Step} == set(STEPS)


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.__name__)
def test_step_survives_its_json(kind: type[Step], tmp_path: Path) -> None:
    """A step comes back as what it was, with its values."""
    path = tmp_path / "one.json"
    path.write_bytes(write_script(Scenario(INFO, {"": (made(kind),)}), ""))
    assert read_script(path).variants == {"": (made(kind),)}


@pytest.mark.parametrize("name", scenarios.names())
def test_scenario_survives_its_script(name: str, tmp_path: Path) -> None:
    """Every variant of every scenario can be written and read again."""
    scenario = scenarios.load(name)
    path = tmp_path / f"{name}.json"
    for variant, told in scenario.variants.items():
        path.write_bytes(write_script(scenario, variant))
        assert read_script(path) == Scenario(scenario.info, {variant: told})


def test_script_without_a_name_is_called_after_its_file(tmp_path: Path) -> None:
    """A counter-example that nobody named still has a name."""
    nameless = {**msgspec.to_builtins(INFO), "id": ""}
    assert read_script(written(tmp_path, info=nameless)).info.id == "mine"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"steps": [{"step": "sign_in"}, {"step": "jump"}]}, r"Invalid value 'jump' - at `\$\.steps\[1\]\.step`"),
        ({"steps": [{"step": "open_tab"}]}, r"missing required field `tab` - at `\$\.steps\[0\]`"),
        ({"steps": [{"step": "skew_browser", "minutes": "ten"}]}, r"Expected `int`.* at `\$\.steps\[0\]\.minutes`"),
        ({"steps": "sign in"}, r"Expected `array`.* at `\$\.steps`"),
        ({"stepz": []}, r"unknown field `stepz`"),
        ({"info": {"group": "tabs"}}, r"missing required field `guide_cause` - at `\$\.info`"),
    ],
)
def test_wrong_script_is_told_what_is_wrong_and_where(changed: dict[str, object], said: str, tmp_path: Path) -> None:
    """The message names the file, the fault and its place, and the hint says what to do."""
    with pytest.raises(UsageError, match=said) as caught:
        read_script(written(tmp_path, **changed))
    assert str(caught.value).startswith(f"{tmp_path / 'mine.json'} is no replay file: ")
    assert "replay --write" in caught.value.hint


def test_file_that_is_no_json_is_no_replay_file(tmp_path: Path) -> None:
    """Whatever else lies there is refused in the same words."""
    (tmp_path / "x.json").write_text("steps:\n- sign_in\n")
    with pytest.raises(UsageError, match="is no replay file"):
        read_script(tmp_path / "x.json")


def test_missing_script_is_named(tmp_path: Path) -> None:
    """The message says which file cannot be read, and why."""
    with pytest.raises(UsageError, match=r"absent\.json cannot be read: No such file"):
        read_script(tmp_path / "absent.json")


def test_misspelt_field_of_a_step_is_refused(tmp_path: Path) -> None:
    """A value that would silently be dropped would replay another scenario."""
    with pytest.raises(UsageError, match=r"unknown field `minute` - at `\$\.steps\[0\]`"):
        read_script(written(tmp_path, steps=[{"step": "pass_time", "minute": 1}]))


def test_script_whose_session_must_end_needs_a_step_that_ends_it(tmp_path: Path) -> None:
    """Without one an end would be a logout; the hint names the steps, and what to do about an end that time brings."""
    ends = {**msgspec.to_builtins(INFO), "ends": "always"}
    with pytest.raises(UsageError, match="none of its steps may end it") as caught:
        read_script(written(tmp_path, info=ends))
    assert "change_password, deactivate_user, replay_stolen, sign_out may" in (caught.value.hint or "")
    assert read_script(written(tmp_path, info=ends, steps=[{"step": "sign_in"}, {"step": "sign_out"}])).info.ends
