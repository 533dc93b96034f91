"""Files that others wrote are rewritten without their secrets, archives among them."""

import gzip
import json
import secrets
import stat
import zipfile
from pathlib import Path

import pytest

from nologout.redact import learn, scrub
from nologout.redact.search import find_secrets
from tests.planted import FORMS, jwt, zipped


def learnt() -> str:
    """Return a secret that looks like nothing, and is known."""
    secret = secrets.token_hex(24)
    learn(secret)
    return secret


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_found_after_scrubbing(form: str, tmp_path: Path) -> None:
    """Whatever form the search can see through, scrubbing leaves no piece of 16 in it."""
    secret = learnt()
    path = tmp_path / "artefact"
    path.write_bytes(FORMS[form](secret))
    assert scrub(tmp_path) == [path]
    assert find_secrets(tmp_path, [secret]) == []


def test_token_of_a_known_shape_need_not_be_learnt(tmp_path: Path) -> None:
    """A trace holds bearer tokens that no target told about."""
    token = jwt()
    (tmp_path / "trace.zip").write_bytes(zipped("trace.network", f'{{"value":"Bearer {token}"}}\n'.encode()))
    scrub(tmp_path)
    assert find_secrets(tmp_path, [token]) == []


def test_archive_stays_an_archive(tmp_path: Path) -> None:
    """Members keep names, order and what is no secret; the file keeps its permissions."""
    secret = learnt()
    path = tmp_path / "trace.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("resources/page.jpeg", b"\xff\xd8\xff picture")
        archive.writestr("trace.trace", json.dumps({"params": {"value": secret}}))
    path.chmod(0o640)
    scrub(tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["resources/page.jpeg", "trace.trace"]
        assert archive.read("resources/page.jpeg") == b"\xff\xd8\xff picture"
        assert json.loads(archive.read("trace.trace")) == {"params": {"value": "[cut]"}}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_gzip_stays_gzip(tmp_path: Path) -> None:
    """Its content is what changes."""
    path = tmp_path / "log.gz"
    path.write_bytes(gzip.compress(f"got {learnt()}".encode()))
    scrub(tmp_path)
    assert gzip.decompress(path.read_bytes()) == b"got [cut]"


def test_file_without_secrets_is_not_touched(tmp_path: Path) -> None:
    """It keeps its bytes and its time, and is not among those that are returned."""
    paths = [tmp_path / "a.zip", tmp_path / "b.gz", tmp_path / "c.txt"]
    for path, data in zip(paths, (zipped("x", b"y"), gzip.compress(b"z"), b"plain"), strict=True):
        path.write_bytes(data)
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]
    assert scrub(tmp_path) == []
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == before


def test_archive_that_cannot_be_opened_is_not_kept(tmp_path: Path) -> None:
    """A trace that broke off may hold anything."""
    whole = zipped("x", secrets.token_bytes(4000))
    (tmp_path / "broken.zip").write_bytes(whole[:2000])
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8bnonsense")
    assert len(scrub(tmp_path)) == 2
    assert (tmp_path / "broken.zip").read_text().startswith("[cut]")


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    """Files are replaced at once, and no other file appears."""
    (tmp_path / "a.txt").write_text(learnt())
    scrub(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    """What lies elsewhere is not ours to rewrite."""
    (tmp_path / "inside").mkdir()
    outside = tmp_path / "outside.txt"
    outside.write_text(learnt())
    (tmp_path / "inside" / "link").symlink_to(outside)
    assert scrub(tmp_path / "inside") == []


def test_missing_folder_has_nothing_to_scrub(tmp_path: Path) -> None:
    """A run without artefacts made no folder for them."""
    assert scrub(tmp_path / "absent") == []
