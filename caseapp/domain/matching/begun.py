"""What was compared of a list before somebody stopped, so that the next search of it goes on from there."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain

from caseapp.domain.matching.comparison import FIELDS, LEVELS, Pattern
from caseapp.domain.matching.judging import Compared
from caseapp.domain.matching.profile import Profile

EDITION = 9
"""Counted up when a comparison comes to other levels than before: what was kept is then compared anew."""

_MARK = 32
"""Bytes of the mark of a list."""


class Begun:
    """A comparison that may be kept and taken up: `kept` is what `to_bytes` gave, or nothing.

    It is taken up for the very same records alone, compared by the same fields and levels, and only as far as
    it can be read; else the comparison begins anew.
    """

    def __init__(self, kept: bytes = b"") -> None:
        self._kept = kept
        self._mark = b""
        self._compared: Compared | None = None

    def take_up(self, compared: Compared, pairs: Sequence[tuple[int, int]]) -> int:
        """Put in what was compared of these pairs before; returns how many of them, from the first on."""
        self._compared = compared
        self._mark = _mark_of(compared.profiles, pairs)
        known, self._kept = self._kept, b""
        if known[:_MARK] != self._mark:
            return 0
        try:
            patterns, of, surprise = _read(known[_MARK:])
        except (ValueError, zlib.error):
            return 0
        for pair, number, bits in zip(pairs, of, surprise, strict=False):
            compared.put(pair, patterns[number], bits)
        return len(of)

    def to_bytes(self) -> bytes:
        """What was compared so far, to be kept; nothing before the first pair."""
        if self._compared is None:
            return b""
        patterns, of, surprise = self._compared.found()
        head = json.dumps([len(of), patterns]).encode()
        whole = len(head).to_bytes(8, "big") + head + of.tobytes() + surprise.tobytes()
        return self._mark + zlib.compress(whole, 1)


def _read(content: bytes) -> tuple[list[Pattern], array[int], array[float]]:
    """Raises ValueError or zlib.error for anything else than `to_bytes` gives."""
    whole = zlib.decompress(content)
    start = 8 + int.from_bytes(whole[:8], "big")
    count, levels = json.loads(whole[8:start])
    of, surprise = array("l"), array("d")
    of.frombytes(whole[start : start + count * of.itemsize])
    surprise.frombytes(whole[start + count * of.itemsize :])
    patterns = [_pattern(row) for row in levels]
    if not len(of) == len(surprise) == count or any(not 0 <= number < len(patterns) for number in of):
        raise ValueError("cut off")
    return patterns, of, surprise


def _pattern(levels: Sequence[int]) -> Pattern:
    return Pattern._make(LEVELS[name](level) for name, level in zip(FIELDS, levels, strict=True))


def _mark_of(profiles: Sequence[Profile], pairs: Sequence[tuple[int, int]]) -> bytes:
    """Equal for the same records and pairs in the same order, compared by the same edition."""
    levels = [(name, [level.name for level in kind]) for name, kind in LEVELS.items()]
    mark = blake2b(repr((EDITION, levels, len(profiles))).encode(), digest_size=_MARK)
    mark.update(array("q", chain.from_iterable(pairs)).tobytes())
    for one in profiles:
        told = (one.names, one.births, one.phones, one.streets, one.localities, one.numbers, one.sex)
        mark.update(repr((told, one.is_unknown)).encode())
    return mark.digest()
