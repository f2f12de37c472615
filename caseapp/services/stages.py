"""One scale of progress for work that goes through something several times."""

from collections.abc import Callable
from itertools import accumulate

Progress = Callable[[str, int, int], bool]
"""Called with what is being done, how much is done and of how much; answers False to stop."""

SCALE = 1000
"""What the whole of such work counts as."""


def no_progress(_words: str, _done: int, _all: int) -> bool:
    """For what nobody watches."""
    return True


def in_stages(progress: Progress, *shares: float) -> tuple[Progress, ...]:
    """A progress for each stage, in order; `shares` say how much of the time each takes.

    What is told never goes back: each stage begins where the one before it ends, whatever it counts.
    """
    whole = sum(shares)
    starts = accumulate(shares, initial=0.0)
    return tuple(
        _stage(progress, start / whole, share / whole) for share, start in zip(shares, starts, strict=False)
    )


def _stage(progress: Progress, start: float, share: float) -> Progress:
    def tell(words: str, done: int, total: int) -> bool:
        part = min(1.0, done / total) if total else 1.0
        return progress(words, round(SCALE * (start + share * part)), SCALE)

    return tell
