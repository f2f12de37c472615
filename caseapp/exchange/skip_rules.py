"""Rules for rows to leave out, in plain words and as the patterns that a layout holds."""

import re

from caseapp.domain.errors import CaseAppError
from caseapp.exchange.code_lists import FileValues
from caseapp.exchange.layouts import Layout, Skip
from caseapp.exchange.spellings import column_key, value_key

IS_EMPTY = "is empty"
TESTS = ("is", "contains", "begins with", IS_EMPTY)
"""What a rule can ask of a column."""

_REASONS = {
    "cancelled": ("cancel",),
    "duplicate": ("duplicate", "dup call"),
    "test": ("test call", "test incident", "cad test", "training"),
    "void": ("void",),
}
"""Reason -> beginnings of values whose rows are no calls."""

_EDGE, _BLANKS = r"\s*", r"\s+"
_EMPTY = r"^\s*$"
_FRAMES = (
    ("is", f"^{_EDGE}", f"{_EDGE}$"),
    ("is", "^", "$"),
    ("begins with", f"^{_EDGE}", ""),
    ("begins with", "^", ""),
    ("contains", "", ""),
)
"""What stands before and after the words of each test."""


class TextMissing(CaseAppError):
    """A rule that asks for words has none."""

    code = "layout.rule-text-missing"


class ReasonMissing(CaseAppError):
    """Rows that are left out are counted under a word."""

    code = "layout.rule-reason-missing"


def skip(column: str, test: str, text: str, reason: str) -> Skip:
    """A rule in plain words: letters are taken as they are, blanks column_key, case does not count."""
    words = _BLANKS.join(re.escape(word) for word in text.split())
    pattern = {
        "is": f"^{_EDGE}{words}{_EDGE}$",
        "contains": words,
        "begins with": f"^{_EDGE}{words}",
        IS_EMPTY: _EMPTY,
    }[test]
    return Skip(column_key(column), re.compile(pattern, re.IGNORECASE), reason)


def typed(column: str, test: str, text: str, reason: str) -> Skip:
    """A rule as it is typed; raises TextMissing or ReasonMissing."""
    words, counted_as = text.strip(), " ".join(reason.split())
    if test != IS_EMPTY and not words:
        raise TextMissing()
    if not counted_as:
        raise ReasonMissing()
    return skip(column, test, words, counted_as)


def in_words(rule: Skip) -> tuple[str, str]:
    """The test and the text of a rule; "matches" and the pattern where plain words do not say it."""
    pattern = rule.pattern.pattern
    if pattern == _EMPTY:
        return IS_EMPTY, ""
    for test, start, end in _FRAMES:
        if pattern.startswith(start) and pattern.endswith(end):
            inside = pattern[len(start) : len(pattern) - len(end)]
            text = re.sub(r"\\(.)", r"\1", inside.replace(_BLANKS, " "))
            if text and _BLANKS.join(map(re.escape, text.split())) == inside:
                return test, text
    return "matches", pattern


def proposed(found: FileValues, layout: Layout) -> list[tuple[Skip, int]]:
    """Rules for values that name a cancelled, duplicate or test row, with the rows that each leaves out."""
    made: list[tuple[Skip, int]] = []
    there = {(rule.column, rule.pattern.pattern) for rule in layout.skips}
    for name in ("disposition", "type_text", "end_point"):
        source = layout.fields.get(name)
        if source is None or source.takes or name not in found.codes:
            continue
        for one in found.codes[name]:
            reason = _reason(one.value)
            rule = skip(source.columns[0], "is", one.value, reason)
            if reason and (rule.column, rule.pattern.pattern) not in there:
                made.append((rule, one.count))
    return made


def _reason(value: str) -> str:
    plain = value_key(value)
    found = (reason for reason, words in _REASONS.items() if plain.startswith(words))
    return next(found, "")
