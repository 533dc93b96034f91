"""`nologout.toml`: an app under test as a file that anybody can write."""

from __future__ import annotations

from nologout.targets.config.model import Config
from nologout.targets.config.read import read_config
from nologout.targets.config.write import write_config

__all__ = ["Config", "read_config", "write_config"]
