"""The cookie transport: the refresh token in a cookie that no script can read, one cookie for each session.

A reply can be late, or come twice. As each session's cookie has a name of its own, no reply of one session can
replace or delete the cookie of another; and within a session an older cookie is honoured once more and answered
with the newest (the rule's R4 and R5). A refusal sends no Set-Cookie at all.
"""
