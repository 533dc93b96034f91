"""A development server's hot updates pass nologout's proxy, and leave page and session as they are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from nologout.stage.stage import set_stage
from nologout.stage.standing import Standing
from nologout.steps import SignIn, Use
from nologout.targets.samples.described import Sample, folder_of
from tests.test_samples import with_free_ports

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from nologout.targets.target import Launch

NAME = "vite_strict"
MODULES = Path(__file__).parents[2] / "node_modules"

pytestmark = pytest.mark.browser


class Copied(Sample):
    """The sample that Vite serves, in a folder of its own, whose files may be changed."""

    def __init__(self, folder: Path) -> None:
        self.copy = Path(shutil.copytree(folder_of(NAME), folder / NAME))
        (folder / "node_modules").symlink_to(MODULES)
        super().__init__(NAME, with_free_ports(NAME, folder))

    def launch(self, state: Path) -> Launch:
        """Return how to start it there."""
        return msgspec.structs.replace(super().launch(state), folder=str(self.copy))


def test_hot_update_reaches_the_page_and_signs_nobody_out(
    tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    """Vite tells the page of a changed style by its WebSocket; the page takes it without a reload, and works on."""
    target = Copied(tmp_path)
    with Standing(target) as running, set_stage(target, running, new_context) as stage:
        tab = stage.add_tab("a")
        with tab.page.expect_websocket() as opened:
            tab.open()
        SignIn("a").perform(stage)
        assert stage.settle(), "a socket that stays open is nothing under way"
        (target.copy / "app.css").write_text("body { color: rgb(1, 2, 3) }", "utf-8")
        tab.page.wait_for_function("getComputedStyle(document.body).color === 'rgb(1, 2, 3)'")
        Use("a").perform(stage)
        assert tab.looks() == "signed_in"
        assert [e.path for e in stage.tape.history().exchanges if e.role == "page"] == ["/"]
        assert not opened.value.is_closed()
        stage.proxy.stop()
        assert stage.wait_until(opened.value.is_closed, 5), "the socket went past the proxy"
