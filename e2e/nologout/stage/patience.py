"""How long to wait for something: seconds of a machine that keeps up."""

# A turn of waiting asks the browser and takes far less; one that takes longer was not given the processor.
ORDINARY_TURN_S = 0.25
STRETCH = 3


class Patience:
    """Runs out after so many seconds; where turns take long, only a quarter of a second of each counts.

    On a machine that is too slow for what it is asked, the app under test is slow too, and that is not its fault.
    After three times the seconds it is over in any case.
    """

    def __init__(self, seconds: float, now: float) -> None:
        self._left = seconds
        self._turned_at = now
        self._over_at = now + STRETCH * seconds

    def is_over(self, now: float) -> bool:
        """Count the turn that ends now, and tell whether to go on waiting is in vain."""
        self._left -= min(now - self._turned_at, ORDINARY_TURN_S)
        self._turned_at = now
        return self._left < 0 or now > self._over_at
