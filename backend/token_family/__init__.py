"""Refresh-token rotation for SimpleJWT that detects theft and never ends a session that was not stolen.

Read `decide.py` first: the whole rule is there. `refreshing.py` carries it out, `families.py` holds every
statement sent to the database, `serializers.py` plugs all this into SimpleJWT's views.
"""
