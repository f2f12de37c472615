"""What the agency says once for everybody: a value by its name."""

from typing import Any

from sqlalchemy import bindparam, select

from caseapp.store.bulk import table_of
from caseapp.store.repository import Repository
from caseapp.store.tables.staff import SettingRow

_SETTING = table_of(SettingRow)
_VALUE = select(_SETTING.c.value).where(_SETTING.c.name == bindparam("name"))
"""Put together once: it is asked at every save of a contact."""


class SettingStore(Repository):
    """Reads and writes settings; a value is whatever JSON holds."""

    def get(self, name: str) -> Any:
        """The value, or None where the agency has not said any."""
        return self._session.scalar(_VALUE, {"name": name})

    def put(self, name: str, value: Any) -> None:
        """Keep a value."""
        row = self._session.scalars(select(SettingRow).where(SettingRow.name == name)).first()
        if row is None:
            self._session.add(SettingRow(id=self._new_id(), name=name, value=value))
        else:
            row.value = value
