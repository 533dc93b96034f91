"""Controls for tests: a settable clock, fresh users, a look at sessions. Never mounted in production."""
