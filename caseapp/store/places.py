"""Places of calls: the spellings on record that may be one place, and notes on it."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select, update

from caseapp.domain.places import PlaceNote, place_key
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, PlaceRow, PlaceSpellingRow
from caseapp.store.tables.people import PersonPlaceRow

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

    def key_again(self) -> None:
        """Give every place the key of this edition; of those that are one now no note is lost."""
        kept: dict[str, PlaceRow] = {}
        query = select(PlaceRow).order_by(PlaceRow.changed_at.desc(), PlaceRow.id.desc())
        for row in self._session.scalars(query).all():
            key = place_key(row.label, row.city) or row.normalised
            if (first := kept.setdefault(key, row)) is not row:
                _take_in(first, row)
                self._move(row, first)
                self._session.delete(row)
        self._session.flush()
        for row in kept.values():
            row.normalised = f"{row.id.hex}"  # two may change places with each other
        self._session.flush()
        for key, row in kept.items():
            row.normalised = key

    def _move(self, row: PlaceRow, to: PlaceRow) -> None:
        for table in (CallRow, PersonPlaceRow, PlaceSpellingRow):
            self._session.execute(update(table).where(table.place_id == row.id).values(place_id=to.id))

    def _row(self, key: str) -> PlaceRow | None:
        return self._session.scalars(select(PlaceRow).where(PlaceRow.normalised == key)).first()


def _take_in(kept: PlaceRow, other: PlaceRow) -> None:
    """What was noted of the same place under another key, behind what was noted last."""
    if other.safety_note and other.safety_note not in kept.safety_note:
        ends = [one.safety_until for one in (kept, other) if one.safety_note]
        last = [end for end in ends if end is not None]
        kept.safety_until = max(last) if len(last) == len(ends) else None
        kept.safety_note = "\n".join(filter(None, (kept.safety_note, other.safety_note)))
    kept.kind = kept.kind or other.kind
