"""A year's calls and contacts for measuring, written column by column as an import writes them."""

import gc
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.domain.calls import Model, UnitRole
from caseapp.domain.contacts import Channel, Outcome
from caseapp.domain.encounters import Certainty, Part
from caseapp.domain.units import UnitDetails
from caseapp.services.context import Context
from caseapp.store.bulk import insert_columns
from caseapp.store.ids import ids_in_order
from caseapp.store.tables.calls import CallRow, EncounterRow, ResponseRow
from caseapp.store.tables.cases import ContactPersonRow, ContactRow
from caseapp.store.tables.people import PersonRow
from db.demo import words

STEP = 20_000
_END_POINTS = ("Engaged client", "Engaged client", "Unable to locate", "Refused", "")
_DISPOSITIONS = ("Remained in community", "Remained in community", "Emergency Department", "Arrest", "")
_MODELS = (Model.ALTERNATIVE, Model.MOBILE_CRISIS, Model.CO_RESPONSE, Model.POLICE)
_CALL_SIGNS = {
    Model.ALTERNATIVE: "A1",
    Model.MOBILE_CRISIS: "M1",
    Model.CO_RESPONSE: "CR1",
    Model.POLICE: "P12",
}
_SOURCES = ("911", "911", "911", "non-emergency", "988", "officer", "walk-up")
_HOUSES = 120
"""House numbers of each street, so that places come back as they do."""

_TRIAGE = ("seen",) * 40 + ("new", "handed")
_YEAR_MINUTES = 365 * 24 * 60


def add_year(
    context: Context,
    *,
    calls: int,
    contacts: int,
    seed: int = 7,
    progress: Callable[[int], None] = lambda _done: None,
) -> None:
    """Add a year of calls, each with a unit and mostly a person, and contacts; people must be there."""
    random, was_collecting = Random(seed), gc.isenabled()
    gc.disable()
    try:
        with context.write("sample.year") as work:
            session: Session = work.session_of_bulk()
            people = list(session.scalars(select(PersonRow.id)))
            for model, sign in _CALL_SIGNS.items():
                if sign not in work.calls.unit_ids():
                    ours = model is not Model.POLICE
                    work.units.add_unit(UnitDetails(sign, sign, model, is_ours=ours))
            session.flush()
            maker = _Maker(session, context, people, random)
            maker.units = work.calls.unit_ids()
            for start in range(0, calls, STEP):
                maker.add_calls(start, min(STEP, calls - start))
                progress(start)
            for start in range(0, contacts, STEP):
                maker.add_contacts(min(STEP, contacts - start))
                progress(calls + start)
            work.commit(summary={"calls": calls, "contacts": contacts})
    finally:
        if was_collecting:
            gc.enable()


class _Maker:
    """Writes chunks of rows with random values."""

    def __init__(self, session: Session, context: Context, people: Sequence[UUID], random: Random) -> None:
        self._session, self._people, self._random = session, people, random
        self._now, self._staff = context.now(), context.actor.staff_id
        self.units: dict[str, UUID] = {}
        self._stamp = {
            "created_at": self._now,
            "changed_at": self._now,
            "created_by": self._staff,
            "changed_by": self._staff,
            "version": 1,
        }

    def add_calls(self, first: int, count: int) -> None:
        """Calls of the last year with a response each, and an encounter for nine of ten."""
        pick, ids = self._random.choice, list(ids_in_order(self._now, count))
        received = [self._now - timedelta(minutes=self._random.randrange(_YEAR_MINUTES)) for _ in ids]
        arrived = [at + timedelta(minutes=self._random.randrange(4, 90)) for at in received]
        left = [at + timedelta(minutes=self._random.randrange(8, 90)) for at in arrived]
        columns: dict[str, Sequence[Any]] = {
            "id": ids,
            "number": [f"B-{first + place:07d}" for place in range(count)],
            "received_at": received,
            "dispatched_at": received,
            "on_scene_at": arrived,
            "cleared_at": left,
            "end_point": [pick(_END_POINTS) for _ in ids],
            "disposition": [pick(_DISPOSITIONS) for _ in ids],
            "eligible": [pick(("yes", "yes", "no")) for _ in ids],
            "source": [pick(_SOURCES) for _ in ids],
            "type_text": self._random.choices(
                [text for _weight, _code, text in words.TYPES],
                [weight for weight, _code, _text in words.TYPES],
                k=count,
            ),
            "place": [self._place() for _ in ids],
        }
        insert_columns(self._session, CallRow, columns, {**_CALL, **self._stamp}, count)
        self._add_responses(ids)
        self._add_encounters([one for one in ids if self._random.random() < 0.9])

    def _place(self) -> str:
        """A named place, or a house in one of the streets."""
        if self._random.random() < 0.2:
            return self._random.choice(words.PLACES)
        return f"{100 + 10 * self._random.randrange(_HOUSES)} {self._random.choice(words.STREETS)} St"

    def _add_responses(self, calls: Sequence[UUID]) -> None:
        models = [self._random.choice(_MODELS) for _ in calls]
        columns: dict[str, Sequence[Any]] = {
            "id": list(ids_in_order(self._now, len(calls))),
            "call_id": calls,
            "model": models,
            "call_sign": [_CALL_SIGNS[one] for one in models],
            "unit_id": [self.units[_CALL_SIGNS[one]] for one in models],
        }
        insert_columns(self._session, ResponseRow, columns, _RESPONSE, len(calls))

    def _add_encounters(self, calls: Sequence[UUID]) -> None:
        pick = self._random.choice
        columns: dict[str, Sequence[Any]] = {
            "id": list(ids_in_order(self._now, len(calls))),
            "call_id": calls,
            "person_id": [pick(self._people) if self._random.random() < 0.8 else None for _ in calls],
            "follow_up_wished": [pick(("yes", "yes", "no", "unknown")) for _ in calls],
            "triage": [pick(_TRIAGE) for _ in calls],
        }
        insert_columns(self._session, EncounterRow, columns, {**_ENCOUNTER, **self._stamp}, len(calls))

    def add_contacts(self, count: int) -> None:
        """Contacts of the last year with one person each."""
        pick, ids = self._random.choice, list(ids_in_order(self._now, count))
        columns: dict[str, Sequence[Any]] = {
            "id": ids,
            "at": [self._now - timedelta(minutes=self._random.randrange(_YEAR_MINUTES)) for _ in ids],
            "outcome": [pick(tuple(Outcome)) for _ in ids],
            "channel": [pick(tuple(Channel)) for _ in ids],
        }
        same = {**_CONTACT, "staff_id": self._staff, **self._stamp}
        insert_columns(self._session, ContactRow, columns, same, count)
        pairs: dict[str, Sequence[Any]] = {
            "contact_id": ids,
            "person_id": [pick(self._people) for _ in ids],
        }
        insert_columns(self._session, ContactPersonRow, pairs, {}, count)


_CALL_TEXTS = (
    "centre type_initial_code type_initial_text type_code category priority disposition_code "
    "agency cross_street city zip district call_taker dispatcher not_served_reason duplicate_of"
)
_CALL: dict[str, Any] = {
    **dict.fromkeys(_CALL_TEXTS.split(), ""),
    **dict.fromkeys(("received_until", "entered_at", "enroute_at", "engaged_at", "place_id", "batch_id")),
    "received_is_day": False,
    "reasons": [],
    "latitude": None,
    "longitude": None,
    "source_row": None,
}
_RESPONSE: dict[str, Any] = {
    **dict.fromkeys(["led_by", "arrived_as", "backup_asked_by", "backup_reason", "video_outcome"], ""),
    **dict.fromkeys(("dispatched_at", "enroute_at", "on_scene_at", "cleared_at", "backup_arrived")),
    "video_started_at": None,
    "video_ended_at": None,
    "position": 0,
    "role": UnitRole.PRIMARY,
}
_ENCOUNTER_TEXTS = (
    "stated_name stated_phone stated_description what_was_done outcome transported_to injuries use_of_force "
    "arrest how_to_find"
)
_ENCOUNTER: dict[str, Any] = {
    **dict.fromkeys(_ENCOUNTER_TEXTS.split(), ""),
    **dict.fromkeys(("stated_age", "stated_birth_date", "is_voluntary")),
    "part": Part.SUBJECT,
    "certainty": Certainty.CONFIRMED,
    "needs": [],
    "offers": [],
}
_CONTACT: dict[str, Any] = {
    **dict.fromkeys(("minutes", "case_id", "follow_up_id")),
    "is_incoming": False,
    "with_whom": "",
    "place": "",
    "items": [],
    "is_late_entry": False,
    "is_substance_use": False,
}
