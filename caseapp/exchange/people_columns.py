"""Which columns of a list of people hold what, by their names."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from caseapp.domain.errors import CaseAppError
from caseapp.exchange.spellings import column_key

_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_OR = re.compile(r"\s*/\s*|\s+or\s+", re.IGNORECASE)
_EACH = frozenset(("phone", "email"))
"""Fields of which every column counts, however it is called."""

_LONGEST = 100
"""Letters up to which words around a name are looked for; what is longer is no name of a column."""


class NotPeople(CaseAppError):
    """No column of the sheet holds a name."""

    code = "people.not-recognised"


def columns_of_people(header: Sequence[str], file: Path) -> tuple[dict[str, list[int]], dict[str, list[str]]]:
    """Places of the columns of each field, in the order in which the field names them, and the schemes.

    Schemes are those of numbers of other systems, each with the names of its columns.

    A column that is called as `file` has it goes first; "Subject_First", "Age (approx)" and "Home Address
    City" are read by what is left without the words around, where no other column holds that field.
    Raises NotPeople where no column holds a name.
    """
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    schemes, around = content.pop("identifiers"), content.pop("around")
    names = _Names({**content, **schemes}, around)
    found = names.of(header)
    if not {"full", "given", "family"} & set(found):
        raise NotPeople()
    return found, schemes


class _Names:
    """The names of every field, and the words that may stand around one."""

    def __init__(self, fields: Mapping[str, Sequence[str]], around: Mapping[str, Sequence[str]]) -> None:
        self._fields = fields
        self._known = {
            column_key(word): (field, order)
            for field, words in reversed(tuple(fields.items()))
            for order, word in enumerate(words)
        }
        self._before = [column_key(word) for word in around["before"]]
        self._behind = [column_key(word) for word in around["behind"]]

    def of(self, header: Sequence[str]) -> dict[str, list[int]]:
        """Places of the columns by field, fields in the order of the file."""
        plain = {place: self._known.get(_unnumbered(name)) for place, name in enumerate(header)}
        said = {place: one for place, one in plain.items() if one}
        called = {field for field, _order in said.values()}
        lead_of: dict[str, str] = {}
        for place, name in enumerate(header):
            found = None if place in said else self._within(name)
            if found is None:
                continue
            field, order, lead = found
            if field in _EACH or (field not in called and lead_of.setdefault(field, lead) == lead):
                said[place] = (field, order)
        by_order = sorted(said, key=lambda place: (said[place][1], place))
        return {
            field: places
            for field in self._fields
            if (places := [place for place in by_order if said[place][0] == field])
        }

    def _within(self, name: str) -> tuple[str, int, str] | None:
        """Field, order and the words before it; several names of one field may stand with "/" between."""
        parts = _OR.split(_ASIDE.sub(" ", name).strip())
        found = [self._heart(_unnumbered(part)) for part in parts]
        first = found[0]
        return first if first and all(one and one[0] == first[0] for one in found) else None

    def _heart(self, name: str) -> tuple[str, int, str] | None:
        """Field and order of what is left of a name without the words around, and the words before it."""
        left, seen = [(name, "")] if len(name) <= _LONGEST else [], set[str]()
        while left:
            rest, lead = left.pop()
            if rest in self._known:
                return (*self._known[rest], lead)
            if rest not in seen:
                seen.add(rest)
                begun = [(rest[len(word) :], lead + word) for word in self._before if rest.startswith(word)]
                ended = [(rest[: -len(word)], lead) for word in self._behind if rest.endswith(word)]
                left += reversed(begun + ended)
        return None


def _unnumbered(name: str) -> str:
    """Folded, without a number at the end: "Phone 2", "address_1", "Phone (2)"; "#" is said as number."""
    folded = column_key(name.replace("#", " number "))
    return folded.rstrip("0123456789") or folded
