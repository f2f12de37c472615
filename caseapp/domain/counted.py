"""A count with its noun, so that one is never "1 calls" on one screen and "1 call" on the next."""


def counted(count: int, noun: str, many: str = "") -> str:
    """Such as "1 call", "1,200 calls" and, where the plural has a form of its own, "2 people"."""
    return f"{count:,} {noun if count == 1 else many or f'{noun}s'}"
