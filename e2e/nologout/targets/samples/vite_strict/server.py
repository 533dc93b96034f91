"""The API of a page that Vite's development server serves; a used refresh cookie is worth nothing.

Vite and React are packages of npm's, in the development dependencies of a checkout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from nologout.targets.samples.notes_server import App, Options

VITE = Path("vite", "bin", "vite.js")


def main(port: str) -> int:
    """Serve the page of this folder and its API until the process is ended; return Vite's exit code."""
    command = (*_vite(), "--host", "127.0.0.1", "--port", port, "--strictPort")
    api = App(0, None, Options(cookies=frozenset({"refresh"})))
    threading.Thread(target=api.serve_forever, daemon=True).start()
    environment = {**os.environ, "API_PORT": str(api.server_address[1])}
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - the checkout's own Vite


def _vite() -> tuple[str, str]:
    """Return how Vite is run: by the Node beside this Python, or else by the system's."""
    node = shutil.which("node", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))))
    folders = (folder / "node_modules" / VITE for folder in Path.cwd().parents)
    vite = next((path for path in folders if path.is_file()), None)
    if node is None or vite is None:
        sys.exit("this sample needs Node, and Vite and React: run `npm ci` in a checkout")
    return node, str(vite)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
