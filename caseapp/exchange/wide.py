"""Text in two bytes a letter (UTF-16), told by its first bytes."""

import codecs

ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be")


def encoding_of(head: bytes) -> str:
    """Which of `ENCODINGS` bytes are that begin so; "" of other bytes.

    Without a byte-order mark it is plain where the upper byte of most letters is empty and no lower one is.
    """
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    for encoding, lower, upper in (
        ("utf-16-le", head[::2], head[1::2]),
        ("utf-16-be", head[1::2], head[::2]),
    ):
        if upper and 2 * upper.count(0) > len(upper) and not lower.count(0):
            return encoding
    return ""
