"""Settings: `production` and `lab` both build on `base`."""
