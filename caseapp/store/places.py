"""Places of calls: the spellings on record that may be one place, and notes on it."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from caseapp.domain.places import PlaceNote
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, PlaceRow

_MOST = 20_000


class PlaceStore(Repository):
    """Reads spellings from calls; reads and writes notes."""

    def spellings(self, ranges: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Place and city of calls whose place lies in one of some ranges, each pair once."""
        if not ranges:
            return []
        within = or_(*(and_(CallRow.place >= first, CallRow.place < last) for first, last in ranges))
        query = select(CallRow.place, CallRow.city).where(within).distinct().limit(_MOST)
        return [(row.place, row.city) for row in self._session.execute(query)]

    def note(self, key: str) -> PlaceNote | None:
        """What is noted of a place."""
        row = self._row(key)
        if row is None:
            return None
        return PlaceNote(row.kind, row.safety_note, row.safety_until, row.id, row.version)

    def put_note(self, key: str, label: str, city: str, note: PlaceNote) -> None:
        """Keep what is noted of a place, over what was."""
        row = self._row(key)
        if row is None:
            row = PlaceRow(
                id=self._new_id(),
                label=label,
                normalised=key,
                city=city,
                zip="",
                latitude=None,
                longitude=None,
                block="",
            )
            self._session.add(row)
        row.kind, row.safety_note, row.safety_until = note.kind, note.text, note.until

    def _row(self, key: str) -> PlaceRow | None:
        return self._session.scalars(select(PlaceRow).where(PlaceRow.normalised == key)).first()
