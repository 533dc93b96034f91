"""Both tokens are in cookies; a used refresh token is answered with the same successor for half a minute."""

from pathlib import Path

from nologout.targets.samples.notes_server import Options, serve

if __name__ == "__main__":
    serve(Path(__file__).with_name("client.js"), Options(cookies=frozenset({"access", "refresh"}), grace_s=30))
