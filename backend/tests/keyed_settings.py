"""The lab with other keys: LAB_KEYS names a file of JSON, `{"SIMPLE_JWT": {...}, "PREVIOUS_KEYS": [...]}`."""

import json
import os
from pathlib import Path

from config.settings.lab import *  # noqa: F403 - Django reads settings as a module's globals
from config.settings.lab import SIMPLE_JWT as LAB_SIMPLE_JWT
from config.settings.lab import TOKEN_FAMILY as LAB_TOKEN_FAMILY

keys = json.loads(Path(os.environ["LAB_KEYS"]).read_text())
SIMPLE_JWT = {**LAB_SIMPLE_JWT, **keys["SIMPLE_JWT"]}
TOKEN_FAMILY = {**LAB_TOKEN_FAMILY, "PREVIOUS_KEYS": keys["PREVIOUS_KEYS"]}
