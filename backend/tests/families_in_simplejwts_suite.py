"""A plugin of pytest: plays SimpleJWT's own tests with token_family. For test_simplejwts_own_suite.py.

It is loaded before SimpleJWT's conftest.py, and adds to the settings that are configured there what our README tells
a project to add. With --in-place our serializers also take the place of SimpleJWT's in tests that name those.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import pytest
from django.conf import LazySettings

# The setting, SimpleJWT's class, ours.
SERIALIZERS = (
    ("TOKEN_OBTAIN_SERIALIZER", "TokenObtainPairSerializer", "FamilyObtainSerializer"),
    ("TOKEN_REFRESH_SERIALIZER", "TokenRefreshSerializer", "FamilyRefreshSerializer"),
    ("TOKEN_VERIFY_SERIALIZER", "TokenVerifySerializer", "FamilyVerifySerializer"),
    ("TOKEN_BLACKLIST_SERIALIZER", "TokenBlacklistSerializer", "FamilyBlacklistSerializer"),
)

configure = LazySettings.configure
calls: dict[str, Mock] = {}


def configure_with_families(settings: LazySettings, **options: Any) -> None:  # noqa: ANN401 - as Django takes them
    """Configure Django as is asked, and add token_family."""
    options["INSTALLED_APPS"] = (*options["INSTALLED_APPS"], "token_family")
    ours = {setting: f"token_family.serializers.{name}" for setting, _, name in SERIALIZERS}
    configure(settings, **options | {"SIMPLE_JWT": options["SIMPLE_JWT"] | ours})


# Now, for conftest.py calls it before any hook of ours.
patch.object(LazySettings, "configure", configure_with_families).start()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of this plugin."""
    parser.addoption("--in-place", action="store_true", help="put ours where the tests name SimpleJWT's")
    parser.addoption("--used", type=Path, required=True, help="the file to write how often each of ours was used")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """Count what our serializers are given, and put them in place if that is asked for."""
    ours = import_module("token_family.serializers")
    modules = {item.module for item in items}
    for _, theirs, name in SERIALIZERS:
        serializer = getattr(ours, name)
        validate = serializer.run_validation
        calls[name] = patch.object(serializer, "run_validation", autospec=True, side_effect=validate).start()
        for module in modules if config.getoption("--in-place") else ():
            if hasattr(module, theirs):
                setattr(module, theirs, serializer)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Write how often each was used."""
    config.getoption("--used").write_text(json.dumps({name: call.call_count for name, call in calls.items()}))
