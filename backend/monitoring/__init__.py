"""Watches refreshes, refusals and forced logouts: one log line for each, and a command that counts them.

Add `monitoring` to INSTALLED_APPS and `monitoring.middleware.MonitoringMiddleware` at the top of MIDDLEWARE.
`lines.py` says what a line holds, `options.py` what can be set, `intake.py` how clients report a forced logout. No
statement is sent to the database while a request is answered.

The app token_family writes a line of its own for each refresh: which rule it followed, for which session. A
line of this app says what any server can say: that a refresh was asked for, from where, and what was answered.
"""
