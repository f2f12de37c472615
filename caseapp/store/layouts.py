"""Dispatch layouts that the agency taught the program."""

from typing import Any

from sqlalchemy import select

from caseapp.store.repository import Repository
from caseapp.store.tables.journal import LayoutRow


class LayoutStore(Repository):
    """Reads and writes layouts as the content of their files."""

    def all(self) -> dict[str, dict[str, Any]]:
        """Name -> content, by name."""
        rows = self._session.scalars(select(LayoutRow).order_by(LayoutRow.name))
        return {row.name: dict(row.definition) for row in rows}

    def put(self, name: str, content: dict[str, Any]) -> None:
        """Keep a layout, over the one of this name."""
        row = self._row(name)
        if row is None:
            self._session.add(LayoutRow(id=self._new_id(), name=name, definition=content))
        else:
            row.definition = content

    def remove(self, name: str) -> None:
        """Take a layout away; calls that came in by it stay."""
        row = self._row(name)
        if row is not None:
            self._session.delete(row)

    def _row(self, name: str) -> LayoutRow | None:
        return self._session.scalars(select(LayoutRow).where(LayoutRow.name == name)).first()
