"""A secret is found in whatever form it lies in a folder of artefacts."""

import base64
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nologout.redact.artefacts import cleaned
from nologout.redact.search import find_secrets
from nologout.redact.veils import unveiled
from tests.planted import FORMS, jwt, zipped

PASSWORD = 'k3"ep<out>'


@pytest.mark.parametrize("form", FORMS)
def test_planted_token_is_found(form: str, tmp_path: Path) -> None:
    """Each form of a JWT is seen through, in a folder of a folder."""
    token = jwt()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "artefact").write_bytes(FORMS[form](token))
    assert {leak.path for leak in find_secrets(tmp_path, [jwt(), token])} == {tmp_path / "deep" / "artefact"}


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"a piece of 16"}))
def test_short_password_is_found_as_a_whole(form: str, tmp_path: Path) -> None:
    """A secret under 16 characters has no pieces, and is found in every form all the same."""
    (tmp_path / "artefact").write_bytes(FORMS[form](PASSWORD))
    assert find_secrets(tmp_path, [PASSWORD])


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_short_password_is_found_alone_in_base64(before: str, tmp_path: Path) -> None:
    """Such base64 is shorter than what is worth decoding, and its letters depend on what stands before."""
    (tmp_path / "artefact").write_bytes(base64.b64encode(f"{before}{PASSWORD}".encode()))
    assert find_secrets(tmp_path, [PASSWORD])


def test_every_piece_of_16_is_found_and_none_of_15(tmp_path: Path) -> None:
    """It does not matter where in the token the piece begins, nor where in the file it stands."""
    token = jwt()
    for start in range(len(token) - 15):
        (tmp_path / "artefact").write_text("\n" * (start % 9) + token[start : start + 16])
        assert find_secrets(tmp_path, [token]), f"the piece from {start}"
        (tmp_path / "artefact").write_text("\n" * (start % 9) + token[start : start + 15] + "!")
        assert not find_secrets(tmp_path, [token])


def test_folder_without_secrets_is_clean(tmp_path: Path) -> None:
    """Another token, in every form, is nobody's secret."""
    for number, form in enumerate(FORMS.values()):
        (tmp_path / str(number)).write_bytes(form("0123456789-nobody's-secret-9876543210"))
    assert find_secrets(tmp_path, [jwt(), PASSWORD]) == []


def test_leak_says_under_which_veils_it_lies(tmp_path: Path) -> None:
    """Whoever has to mend the leak learns where it is, and the secret is not repeated."""
    token = jwt()
    (tmp_path / "trace.zip").write_bytes(zipped("0.network", base64.b64encode(token.encode())))
    leaks = find_secrets(tmp_path, [token])
    assert (tmp_path / "trace.zip", ("0.network", "base64")) in leaks
    assert token not in repr(leaks)


def test_name_of_a_file_may_betray_too(tmp_path: Path) -> None:
    """A token in a file's name is found."""
    token = jwt()
    (tmp_path / f"page-{token[40:70]}.png").write_bytes(b"")
    assert [leak.veils for leak in find_secrets(tmp_path, [token])] == [("its name",)]


@pytest.mark.parametrize("whole", [gzip.compress(b"x" * 5000), zipped("x", b"y" * 5000)], ids=["gzip", "zip"])
def test_broken_archive_does_not_end_the_search(whole: bytes, tmp_path: Path) -> None:
    """What can be read of it is read, and the next file is looked at."""
    (tmp_path / "a").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "b").write_text("the-secret-of-the-second-file")
    assert [leak.path.name for leak in find_secrets(tmp_path, ["the-secret-of-the-second-file"])] == ["b"]


@given(st.data())
def test_damaged_archive_is_looked_through_as_far_as_it_goes(data: st.DataObject) -> None:
    """Whatever bytes of an archive were changed, opening it raises nothing."""
    damaged = bytearray(zipped("inner.zip", zipped("x", b"y" * 50)))
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    assert list(unveiled(bytes(damaged))) is not None
    assert cleaned(bytes(damaged)) is not None
