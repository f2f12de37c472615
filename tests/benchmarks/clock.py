"""Time and memory of a piece of work in this process."""

import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class Spent:
    """Seconds on the wall and on the processor."""

    wall = 0.0
    cpu = 0.0


@contextmanager
def spent() -> Iterator[Spent]:
    """Times what is done inside."""
    found = Spent()
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        yield found
    finally:
        found.wall, found.cpu = time.perf_counter() - wall, time.process_time() - cpu


def peak_megabytes() -> float:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which such a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
