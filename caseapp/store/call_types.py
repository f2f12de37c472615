"""Types of call as dispatch writes them, and the category that the agency gives to each."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, case, func, select, update

from caseapp.domain.call_types import CallType
from caseapp.store.bulk import table_of
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, CallTypeRow

_CALL = table_of(CallRow)
SHOWN: ColumnElement[str] = case(
    (_CALL.c.type_text != "", _CALL.c.type_text), else_=_CALL.c.type_initial_text
)
"""The type of a call: the final one in words, or else the first."""


class CallTypeStore(Repository):
    """Reads types with their calls, and writes categories to both."""

    def all(self) -> list[CallType]:
        """Every type that a call has, the most frequent first."""
        query = select(SHOWN, func.count()).where(SHOWN != "").group_by(SHOWN)
        given = self.categories()
        found = [CallType(text, count, given.get(text, "")) for text, count in self._session.execute(query)]
        return sorted(found, key=lambda one: (-one.calls, one.text))

    def categories(self) -> dict[str, str]:
        """Type -> the category that the agency gave to it."""
        rows = self._session.execute(select(CallTypeRow.text, CallTypeRow.category))
        return {row.text: row.category for row in rows}

    def give(self, categories: Mapping[str, str]) -> int:
        """Keep the category of each type, and write it to its calls; returns how many calls.

        A call whose category somebody chose on the call itself keeps it.
        """
        query = select(CallTypeRow).where(CallTypeRow.text.in_(categories))
        held = {row.text: row for row in self._session.scalars(query)}
        written = 0
        for text, category in categories.items():
            row = held.get(text)
            before = row.category if row else ""
            if row is None:
                self._session.add(CallTypeRow(id=self._new_id(), text=text, category=category))
            else:
                row.category = category
            done = self._session.execute(
                update(_CALL)
                .where(
                    SHOWN.in_((text,)),
                    _CALL.c.category.in_(("", before)),
                    _CALL.c.category.not_in((category,)),
                )
                .values(category=category, version=_CALL.c.version + 1)
            )
            written += done.rowcount  # type: ignore[attr-defined]
        return written
