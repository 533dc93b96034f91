"""Shows results: on the terminal, as JSON, as a timeline."""

from nologout.report.files import write_report

__all__ = ["write_report"]
