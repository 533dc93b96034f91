"""Rotates the refresh token, which is in the JSON of requests and replies; a used one is worth nothing."""

from pathlib import Path

from nologout.targets.samples.notes_server import Options, serve

if __name__ == "__main__":
    serve(Path(__file__).with_name("client.js"), Options())
