"""Places of calls: the spellings on record that may be one place, its name and notes on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from caseapp.domain.call_filters import Written
from caseapp.domain.named_places import NamedPlace, named_at
from caseapp.domain.place_notes import PlaceNote, together
from caseapp.domain.places import beginnings, place_key, read_place
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, PlaceRow

_MOST = 20_000


class PlaceStore(Repository):
    """Reads spellings from calls; reads and writes notes."""

    def spellings(self, ranges: Sequence[tuple[str, str]]) -> list[Written]:
        """Place and city of calls whose place lies in one of some ranges, each pair once."""
        if not ranges:
            return []
        within = or_(*(and_(CallRow.place >= first, CallRow.place < last) for first, last in ranges))
        query = select(CallRow.place, CallRow.city).where(within).distinct().limit(_MOST)
        return [Written(row.place, row.city) for row in self._session.execute(query)]

    def note(self, key: str) -> PlaceNote | None:
        """What is noted of a place."""
        row = self._row(key)
        return None if row is None else _note(row)

    def put_note(self, key: str, label: str, city: str, note: PlaceNote, *, today: date) -> None:
        """Keep what is noted of a place, over what was."""
        row = self._row(key)
        if row is None:
            row = self._add(key, label, city)
        _write_note(row, note, today)

    def named(self) -> list[NamedPlace]:
        """Every place with a name, by its name."""
        query = select(PlaceRow).where(PlaceRow.name != "").order_by(func.lower(PlaceRow.name), PlaceRow.id)
        return [_named(row) for row in self._session.scalars(query)]

    def add_named(self, place: NamedPlace, *, today: date) -> UUID:
        """Give a place a name; notes that stand at its address or one of its names go with it."""
        row = self._row(place.key) or self._add(place.key, place.where, place.city)
        self._write_named(row, place, today)
        return row.id

    def change_named(self, place: NamedPlace, *, version: int, today: date) -> None:
        """Write a named place anew, with the notes that stand where it is now; raises StaleRecord."""
        assert place.id is not None  # noqa: S101
        self._write_named(self._get(PlaceRow, place.id, version=version), place, today)

    def take_name(self, place_id: UUID, *, version: int) -> None:
        """A place is called by no name any more; raises StaleRecord.

        Its note stays at its address and at each of its names, in every city in which a call is there.
        """
        row = self._get(PlaceRow, place_id, version=version)
        place = _named(row)
        written = self._written_for(place) if row.safety_note else []
        self._session.delete(row)
        self._session.flush()
        for key, one in {place_key(one.place, one.city): one for one in written}.items():
            self._stay(key, one, place.note)

    def _written_for(self, place: NamedPlace) -> list[Written]:
        """What the place is called with its own city, and how each call that is there writes it."""
        own = [Written(text, place.city or place.said_city) for text in place.texts if read_place(text)]
        calls = self.spellings(sorted({one for text in place.texts for one in beginnings(text)}))
        places = self._beside(place)
        here = (one for one in calls if place.is_at(one.place, one.city))
        return own + [one for one in here if named_at(places, one.place, one.city) is place]

    def _stay(self, key: str, at: Written, note: PlaceNote) -> None:
        """Keep a note where one may stand already, unless another place with a name is kept there."""
        row = self._row(key) or self._add(key, at.place, at.city)
        if not row.name:
            _note_too(row, note)
            self._session.flush()

    def _add(self, key: str, label: str, city: str) -> PlaceRow:
        row = PlaceRow(
            id=self._new_id(),
            label=label,
            normalised=key,
            city=city,
            kind="",
            zip="",
            latitude=None,
            longitude=None,
            block="",
            safety_note="",
            safety_until=None,
            name="",
            other_names=[],
        )
        self._session.add(row)
        return row

    def key_again(self) -> None:
        """Give every place the key of this edition; of those that are one now no note is lost.

        A row whose key stays is not written, so that the order of the last changes is kept.
        """
        kept: dict[str, PlaceRow] = {}
        query = select(PlaceRow).order_by(PlaceRow.changed_at.desc(), PlaceRow.id.desc())
        for row in self._session.scalars(query).all():
            key = _named(row).key or row.normalised
            if (first := kept.setdefault(key, row)) is not row:
                _take_in(first, row)
                self._session.delete(row)
        self._session.flush()
        others = {key: row for key, row in kept.items() if row.normalised != key}
        for row in others.values():
            if row.normalised in others:
                row.normalised = row.id.hex  # its key is another's now, which may be written first
        self._session.flush()
        for key, row in others.items():
            row.normalised = key

    def _write_named(self, row: PlaceRow, place: NamedPlace, today: date) -> None:
        note = _dated(place.note, row, today)
        for other in self._unnamed_at(place):
            note = together(note, _note(other))
            if other is not row:
                self._session.delete(other)
        self._session.flush()
        row.normalised, row.label, row.city = place.key, place.where, place.city
        row.name, row.other_names = place.name, list(place.other_names)
        _write_note(row, note, today)

    def _unnamed_at(self, place: NamedPlace) -> list[PlaceRow]:
        """Places with a note and no name that calls by any name of this one, or by its address, are at.

        What may be said of another named place of that name as well stays where it is.
        """
        keys = or_(*(PlaceRow.normalised.startswith(f"{key}, ", autoescape=True) for key in place.keys))
        query = select(PlaceRow).where(PlaceRow.name == "", keys).order_by(PlaceRow.changed_at.desc())
        places = self._beside(place)
        return [row for row in self._session.scalars(query) if named_at(places, row.label, row.city) is place]

    def _beside(self, place: NamedPlace) -> list[NamedPlace]:
        """A named place before all others."""
        return [place, *(one for one in self.named() if one.id != place.id)]

    def _row(self, key: str) -> PlaceRow | None:
        return self._session.scalars(select(PlaceRow).where(PlaceRow.normalised == key)).first()


def _take_in(kept: PlaceRow, other: PlaceRow) -> None:
    """What was noted of the same place under another key, behind what was noted last."""
    _note_too(kept, _note(other))
    names = [one for one in (kept.name, *kept.other_names, other.name, *other.other_names) if one]
    kept.name, kept.other_names = (names[0], list(dict.fromkeys(names[1:]))) if names else ("", [])


def _note_too(row: PlaceRow, note: PlaceNote) -> None:
    made = together(_note(row), note)
    row.kind, row.safety_note, row.safety_until = made.kind, made.text, made.until
    row.noted_on = made.noted_on


def _note(row: PlaceRow) -> PlaceNote:
    return PlaceNote(row.kind, row.safety_note, row.safety_until, row.noted_on, row.id, row.version)


def _dated(note: PlaceNote, row: PlaceRow, today: date) -> PlaceNote:
    """A note with the day on which its words were written; that of the row where they stand there already."""
    if row.safety_note == note.text:
        return replace(note, noted_on=row.noted_on)
    return replace(note, noted_on=(note.noted_on or today) if note.text else None)


def _write_note(row: PlaceRow, note: PlaceNote, today: date) -> None:
    row.noted_on = _dated(note, row, today).noted_on
    row.kind, row.safety_note, row.safety_until = note.kind, note.text, note.until


def _named(row: PlaceRow) -> NamedPlace:
    others = tuple(row.other_names)
    return NamedPlace(row.name, others, row.label, row.city, _note(row), row.id, row.version)
