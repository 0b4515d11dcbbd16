"""How long work that a shop holds up rests before it is tried again."""

MOST_TRIES = 5
MOST_WAITS = 300
"""In a row, for a shop that is busy or away: about a day."""

LONGEST_PAUSE_SECONDS = 300


def pause_after(attempts: int, retry_after: float | None) -> float | None:
    """Return the seconds to rest after so many attempts in a row; None is to give up.

    ``retry_after`` is what the shop asked for, None where it is not merely busy.
    """
    if attempts >= (MOST_TRIES if retry_after is None else MOST_WAITS):
        return None
    doubled = min(2.0 ** min(attempts - 1, 10), LONGEST_PAUSE_SECONDS)
    return max(doubled, retry_after or 0)
