"""An encrypted file of up to a million people, written table by table and key by key in their order.

It is kept in the folder `CASEAPP_BENCHMARK_FILES`, if there is one, for the next run of the same edition.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO
from uuid import UUID
from zlib import crc32

from sqlalchemy.orm import Session

from caseapp.domain.access import Role
from caseapp.domain.births import Birth
from caseapp.domain.ids import uuid7
from caseapp.domain.people import ContactPoint, Name, NameKind, PersonDetails, PersonPlace, PointKind
from caseapp.domain.person_keys import keys_of
from caseapp.domain.staff import Agency, StaffDetails
from caseapp.services import creation, session
from caseapp.services.session import SignedIn
from caseapp.store.bulk import insert_columns
from caseapp.store.ids import ids_in_order
from caseapp.store.person_facts import content_of
from caseapp.store.person_rows import values_of
from caseapp.store.tables.people import (
    ContactPointRow,
    PersonFactsRow,
    PersonNameRow,
    PersonPlaceRow,
    PersonRow,
)
from caseapp.system import keys
from db.demo.agency import MAKER, PASSWORD, TIME_ZONE
from db.demo.corrupt import Human

NOW = datetime(2026, 6, 1, 17, tzinfo=UTC)
_MILLISECONDS = int(NOW.timestamp() * 1000)
STEP = 20_000
_ADD_KEY = "INSERT INTO person_key (kind, key, person_id) VALUES (?, ?, ?)"
_INDEX = "ix_person_key_person_id"


def details_of(one: Human) -> PersonDetails:
    """Somebody as an agency that knows them has them on file."""
    number, road, city, code = one.home
    given = f"{one.given} {one.middle}".strip()
    return PersonDetails(
        names=(Name(NameKind.LEGAL, given, " ".join(one.surnames)),),
        birth=Birth(one.birth),
        points=(ContactPoint(PointKind.PHONE, one.phone),),
        places=(PersonPlace("home", f"{number} {road}, {city} OR {code}"),),
    )


@contextmanager
def opened(people: Sequence[Human]) -> Iterator[tuple[SignedIn, list[UUID]]]:
    """The file of these people, signed in, and their ids in the same order."""
    ids = [uuid7(milliseconds=_MILLISECONDS, entropy=n.to_bytes(10, "big")) for n in range(len(people))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(os.environ.get("CASEAPP_BENCHMARK_FILES", folder)) / _name_of(people)
        if not path.exists():
            _create(path)
            with _signed_in(path) as desk:
                _fill(desk, people, ids, Path(folder))
        with _signed_in(path) as desk:
            yield desk, ids


def _name_of(people: Sequence[Human]) -> str:
    """A name that differs for other people, so that a kept file is never taken for theirs."""
    return f"people-{len(people)}-{crc32(repr(people[:100]).encode()):08x}.caseapp"


def _create(path: Path) -> None:
    creation.create(
        path,
        agency=Agency(name="Measuring Agency", time_zone=TIME_ZONE, is_sample=True),
        administrator=StaffDetails(MAKER[1], MAKER[0], Role.ADMINISTRATOR),
        password=PASSWORD,
        cost=keys.LOWEST_COST,
        now=lambda: NOW,
    )


@contextmanager
def _signed_in(path: Path) -> Iterator[SignedIn]:
    desk = session.sign_in(path, login=MAKER[0], password=PASSWORD, cost=keys.LOWEST_COST, now=lambda: NOW)
    try:
        yield desk
    finally:
        desk.close()


def _fill(desk: SignedIn, people: Sequence[Human], ids: Sequence[UUID], folder: Path) -> None:
    with desk.context.write("measuring.people") as work:
        bulk = work.session_of_bulk()
        bulk.connection().exec_driver_sql(f"DROP INDEX {_INDEX}")
        work.commit()
    parts = _Parts(folder)
    for start in range(0, len(people), STEP):
        some = [details_of(one) for one in people[start : start + STEP]]
        owned = list(zip(ids[start : start + STEP], some, strict=True))
        with desk.context.write("measuring.people") as work:
            _insert(work.session_of_bulk(), owned, desk.context.actor.staff_id)
            work.commit()
        for person_id, details in owned:
            parts.add(person_id, keys_of(details))
    for rows in parts.in_order():
        with desk.context.write("measuring.people") as work:
            work.session_of_bulk().connection().exec_driver_sql(_ADD_KEY, rows)
            work.commit()
    with desk.context.write("measuring.people") as work:
        bulk = work.session_of_bulk()
        bulk.connection().exec_driver_sql(f"CREATE INDEX {_INDEX} ON person_key (person_id)")
        work.commit()


def _insert(bulk: Session, owned: Sequence[tuple[UUID, PersonDetails]], staff_id: UUID) -> None:
    ids = [one for one, _details in owned]
    by = {"created_at": NOW, "changed_at": NOW, "created_by": staff_id, "changed_by": staff_id}
    facts = {"person_id": ids, "content": [content_of(details) for _id, details in owned]}
    insert_columns(bulk, PersonFactsRow, facts, {}, len(ids))
    own = [values_of(details) for _id, details in owned]
    columns = {name: [row[name] for row in own] for name in own[0]}
    same = {**by, "version": 1, "batch_id": None}
    insert_columns(bulk, PersonRow, {"id": ids, **columns}, same, len(ids))
    names = [details.names[0] for _id, details in owned]
    named = {"given": [one.given for one in names], "family": [one.family for one in names]}
    _add_parts(bulk, PersonNameRow, ids, named, {"kind": NameKind.LEGAL, "do_not_use": False})
    phones = {"value": [details.points[0].value for _id, details in owned]}
    plain = {"kind": PointKind.PHONE, "owner": "", "may_voicemail": False, "may_text": False}
    _add_parts(bulk, ContactPointRow, ids, phones, plain | {"do_not_mention_us": False})
    places = {"text": [details.places[0].text for _id, details in owned]}
    nothing = {"from_on": None, "to_on": None, "note": "", "place_id": None}
    _add_parts(bulk, PersonPlaceRow, ids, places, {"kind": "home", **nothing})


def _add_parts(
    bulk: Session, row: type, people: list[UUID], columns: dict[str, list[str]], same: dict[str, object]
) -> None:
    ids = list(ids_in_order(NOW, len(people)))
    insert_columns(bulk, row, {"id": ids, "person_id": people, **columns}, {"position": 0, **same}, len(ids))


class _Parts:
    """Keys on the disk by their first letters, so that a million people's are sorted a part at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[tuple[str, str], TextIO] = {}

    def add(self, person_id: UUID, found: frozenset[tuple[str, str]]) -> None:
        for kind, key in found:
            part = kind, key[:1]
            file = self._open.get(part)
            if file is None:
                name = f"{kind}-{ord(key[:1] or ' '):x}.keys"
                file = self._open[part] = (self._folder / name).open("w+", encoding="utf-8")
            file.write(f"{key}\t{person_id.hex}\n")

    def in_order(self) -> Iterator[list[tuple[str, str, bytes]]]:
        for kind, head in sorted(self._open):
            file = self._open[kind, head]
            file.seek(0)
            lines = sorted(file)
            file.close()
            for start in range(0, len(lines), 10 * STEP):
                cut = (line.rstrip("\n").split("\t") for line in lines[start : start + 10 * STEP])
                yield [(kind, key, bytes.fromhex(person)) for key, person in cut]
