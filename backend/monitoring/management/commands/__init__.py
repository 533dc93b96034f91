"""refresh_report."""
