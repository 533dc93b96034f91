"""Pages of Markdown: templates, and text that stays text in them, whatever a page under test has said."""

from __future__ import annotations

import re

import jinja2

from nologout.redact import redact

# A backslash before ASCII punctuation is the character itself, in tables too (GitHub Flavored Markdown, 2.4).
_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|#~&])")
# Trackers take `#5` for a ticket of theirs, with a backslash before it too.
_NUMBERED = re.compile(r"#(?=\d)")


def plain(text: str) -> str:
    """Return a text on one line, without secrets, so that Markdown shows it as it is."""
    printable = "".join(char if char.isprintable() else " " for char in redact(text))
    return _MEANS_SOMETHING.sub(r"\\\1", _NUMBERED.sub("request ", " ".join(printable.split())))


def rendered(template: str, **values: object) -> str:
    """Return a page from `report/templates/`; what it takes from a run goes through the filter `plain`."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("nologout.report"),
        autoescape=False,  # noqa: S701 - Markdown has escapes of its own: the filter
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    return environment.get_template(template).render(**values)
