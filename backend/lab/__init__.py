"""Controls for tests: a settable clock, users and their accounts, a look at sessions. Never mounted in production."""
