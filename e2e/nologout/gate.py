"""The scenarios of `nologout prove --gate`: few enough for each merge, chosen by hand.

Together they meet every cause of the troubleshooting guide and every group, by what is most often got wrong; the
others are for the night. A test holds the coverage.
"""

from __future__ import annotations

GATE = (
    "captive_portal_at_refresh",
    "client_clock_70_minutes_fast",
    "idle_six_days_23_hours",
    "laptop_sleep",
    "lost_response",
    "offline_at_refresh",
    "parallel_401s",
    "refresh_answers_503",
    "reload_with_expired_access",
    "server_restarts_mid_refresh",
    "sign_out_reaches_every_tab",
    "stolen_token_replayed",
    "storage_quota_exceeded",
    "tab_opens_mid_refresh",
    "two_tabs_expire_together",
)
