"""Finds out why sessions end outside of the harness: by talking to an API, or from what a black box tells."""
