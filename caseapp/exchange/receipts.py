"""Which of several times in an unknown export is when the call was received."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from statistics import median

from caseapp.exchange import times_written
from caseapp.exchange.clocks import Column, Proposal
from caseapp.exchange.spellings import column_key

_SOON = 30 * 60.0
"""Seconds that a call may stand between its receipt and the next step of the call-taker."""


def earliest_received(
    chosen: Sequence[Proposal], scored: Sequence[Proposal], columns: Sequence[Column]
) -> list[Proposal]:
    """The proposals with the call's receipt read from the first of several times that may be it.

    A call is received before it is entered, queued or sent; when something occurred is another matter.
    """
    received = next((one for one in chosen if one.field == "received_at"), None)
    if received is None:
        return list(chosen)
    by_name = {column.name: column for column in columns}
    used = {name for one in chosen if one.field not in ("received_at", "entered_at") for name in one.columns}
    others = [
        one
        for one in sorted(scored, key=lambda one: -one.confidence)
        if one.field == "received_at" and one.columns[0] not in used and not _tells_of(one)
    ]
    first = _first_of(received, others, by_name)
    if first is received:
        return list(chosen)
    kept = [one for one in chosen if one is not received and one.columns != first.columns]
    if not _tells_of(received) and all(one.field != "entered_at" for one in kept):
        kept.append(replace(received, field="entered_at"))
    return [first, *kept]


def _first_of(received: Proposal, others: Sequence[Proposal], by_name: Mapping[str, Column]) -> Proposal:
    """The column that is before every other in most rows; one of when it happened only where it is alone."""
    first = received
    if _tells_of(received) and others:
        reason = f"“{received.columns[0]}” is when it happened, not when somebody called"
        first = replace(others[0], reasons=(*others[0].reasons, reason))
    for other in others:
        share = _share_before(by_name[other.columns[0]], by_name[first.columns[0]])
        if share >= 0.5:
            reason = f"in {share:.0%} of the rows it is before “{first.columns[0]}”"
            first = replace(other, confidence=received.confidence, reasons=(*other.reasons, reason))
    return first


def _tells_of(one: Proposal) -> bool:
    """Whether a column's name says when something occurred, which may be long before the call."""
    return "occur" in column_key(one.columns[0])


def _share_before(one: Column, other: Column) -> float:
    """The share of rows in which one time is shortly before the other; 0 where it may be after it."""
    pairs = [
        (left, right)
        for before, after in zip(one.values, other.values, strict=True)
        if (left := _clocked(before)) is not None
        and (right := _clocked(after)) is not None
        and (left.tzinfo is None) is (right.tzinfo is None)
    ]
    if len(pairs) < 0.5 * len(one.values) or not pairs:
        return 0.0
    gaps = [(right - left).total_seconds() for left, right in pairs]
    if sum(gap < 0 for gap in gaps) > 0.02 * len(gaps) or median(gaps) > _SOON:
        return 0.0
    return sum(gap > 0 for gap in gaps) / len(gaps)


def _clocked(value: str) -> datetime | None:
    """The wall time of a value that has a time of day."""
    naive = times_written.parse(value)
    return naive.wall if naive is not None and naive.has_clock else None
