"""Two servers in one process: the page's, and the API's, which lets that page in by CORS."""

import sys
import threading
from pathlib import Path

from nologout.targets.samples.notes_server import App, Options

CLIENT = Path(__file__).with_name("client.js")

if __name__ == "__main__":
    page_port, api_port = map(int, sys.argv[1:])
    api = App(api_port, None, Options(rotates=False, pages_at=f"http://127.0.0.1:{page_port}"))
    threading.Thread(target=api.serve_forever, daemon=True).start()
    page = App(page_port, CLIENT, Options())
    page.page = page.page.replace(b"{api}", f"http://127.0.0.1:{api_port}".encode())
    page.serve_forever()
