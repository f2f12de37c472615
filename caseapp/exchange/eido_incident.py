"""Incidents of EIDO as calls: what one document tells, and all documents of an incident together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from caseapp.domain.births import Birth
from caseapp.domain.calls import NarrativePart
from caseapp.domain.dispatch import IncomingCall, IncomingNote, IncomingPerson, IncomingResponse
from caseapp.exchange import eido
from caseapp.exchange.eido import Document, Place, deep, instant, name_of, text, texts, updated_at
from caseapp.exchange.spellings import column_key
from caseapp.exchange.zips import five_digits

_STATUS = (
    ("cleared_at", ("clear", "available", "complete", "closed", "returning", "in service")),
    ("on_scene_at", ("scene", "arriv", "with patient")),
    ("enroute_at", ("enroute", "en route", "responding", "rolling")),
    ("dispatched_at", ("dispatch", "assign", "alert", "notified")),
)
"""What a unit's status says of its times; the first that fits."""
_SOURCES = {"emergency": "911", "nonemergency": "non-emergency", "nonemergencycall": "non-emergency"}
_PHONES = ("telephoneNumberFullID", "fullTelephoneNumber", "telephoneNumber", "callbackNumber")
_NOTES = ("noteText", "notesText", "notesActionComments", "commentText", "text", "notes", "comments")
_NOTED_AT = ("noteTimestamp", "notesTimestamp", "timestamp", "dateTime", "notesDateTime")
_ROLES = (
    ("caller", ("caller", "reporting", "complain")),
    ("family", ("family", "parent", "spouse", "relative")),
    ("bystander", ("witness", "bystander")),
    ("subject", ("subject", "victim", "patient", "person of concern", "involved", "suspect")),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One incident as one document tells of it."""

    row: int
    at: datetime
    call: IncomingCall


def incidents(document: Document, row: int, warnings: Counter[str]) -> Iterator[Said]:
    """The incidents of a document that have a number and a time; `warnings` counts what is not sure."""
    for incident in document.parts("incidentComponent"):
        number, at = number_of(incident), updated_at(incident)
        calls = document.parts("callComponent")
        starts = [one for call in calls if (one := instant(call, "callStartTimestamp"))]
        received = min(starts, default=None) or at
        if not number or received is None:
            continue
        warnings["received-from-a-later-time"] += not starts
        call = _call(document, incident, number, received, is_day=not starts, row=row)
        call = call._replace(told_at=at.astimezone(UTC) if at else None)
        yield Said(row, at or received, call)


def number_of(incident: Mapping[str, Any]) -> str:
    return text(incident, "internalIncidentId", "incidentTrackingIdentifier", "$id")


def _call(
    document: Document,
    incident: Mapping[str, Any],
    number: str,
    received: datetime,
    *,
    is_day: bool,
    row: int,
) -> IncomingCall:
    common = text(incident, "incidentTypeCommonRegistryText")
    ended = _disposition(incident)
    located = _location(document, incident)
    units = tuple(_units(document))
    calls = document.parts("callComponent")
    first = calls[0] if calls else {}
    agency = next((name_of(one) for one in document.parts("agencyComponent")), "")
    return IncomingCall(
        number=number,
        received_at=received.astimezone(UTC),
        received_is_day=is_day,
        source=_source(first),
        type_code=text(incident, "incidentTypeInternalCode"),
        type_text=text(incident, "incidentTypeInternalText") or common,
        type_initial_text=common,
        priority=text(incident, "incidentPriorityInternalText", "incidentCommonPriorityNumber"),
        disposition_code=text(ended, "dispositionCommonRegistryCode"),
        disposition=text(ended, "dispositionDescriptionText", "dispositionCategoryText"),
        district=text(incident, "beatOrDispatchGroupText"),
        agency=agency,
        call_taker=_agent(document, ("call", "taker", "telecommunicator")),
        dispatcher=_agent(document, ("dispatch",)),
        source_row=row,
        responses=units,
        people=tuple(_people(document)),
        notes=tuple(_notes(document)),
        **_times(units),
        **located,
    )


def _source(call: Mapping[str, Any]) -> str:
    said = text(call, "standardPrimaryCallType")
    plain = "".join(one for one in said.casefold() if one.isalnum())
    return _SOURCES.get(plain, text(call, "localCallType") or said)


def _disposition(incident: Mapping[str, Any]) -> Mapping[str, Any]:
    """The primary disposition, or else the first."""
    found = Document(incident).parts("dispositionComponent")
    primary = (one for one in found if text(one, "dispositionPrimaryIndicator").casefold() in ("true", "1"))
    is_primary = (one for one in found if one.get("dispositionPrimaryIndicator") is True)
    return next(is_primary, None) or next(primary, None) or (found[0] if found else {})


def _location(document: Document, incident: Mapping[str, Any]) -> dict[str, Any]:
    """Where it is: what the incident refers to, or else the first place of the document."""
    located = next(document.referred(incident, "location", "incidentLocation"), None)
    parts = document.parts("locationComponent")
    found = located if located is not None else parts[0] if parts else {}
    place = Place("".join(texts(found, "locationByValue")))
    crosses = [
        deep(value, "crossStreetText", "name") or text(found, key)
        for key, value in found.items()
        if "crossstreet" in column_key(key)
    ]
    said: dict[str, Any] = {
        "place": place.address or text(found, "locationDescriptionText"),
        "city": place.city,
        "zip": five_digits(place.zip),
        "cross_street": " / ".join(filter(None, crosses)),
    }
    if place.point is not None:
        said |= _degrees(*place.point)
    return said


def _degrees(north: str, east: str) -> dict[str, float]:
    try:
        latitude, longitude = float(north), float(east)
    except ValueError:
        return {}
    if not (0 < abs(latitude) <= 90 and 0 < abs(longitude) <= 180):
        return {}
    return {"latitude": latitude, "longitude": longitude}


def _agent(document: Document, words: tuple[str, ...]) -> str:
    """The first agent with a role of these words."""
    for agent in document.parts("agentComponent"):
        roles = " ".join(texts(agent, "agentRoleRegistryText")).casefold()
        if any(word in roles for word in words):
            return name_of(agent)
    return ""


def _units(document: Document) -> Iterator[IncomingResponse]:
    for unit in document.parts("emergencyResourceComponent"):
        sign = text(unit, "emergencyResourceName", "$id")
        status = text(unit, "primaryUnitStatusRegistryText")
        said = " ".join([status, *texts(unit, "secondaryUnitStatusRegistryText")])
        plain = said.casefold().replace("_", " ")
        name = next((name for name, words in _STATUS if any(word in plain for word in words)), "")
        at = updated_at(unit)
        if sign:
            moments: dict[str, Any] = {name: at.astimezone(UTC)} if name and at else {}
            yield IncomingResponse(sign, **moments)


def _times(units: Sequence[IncomingResponse]) -> dict[str, Any]:
    """The call's times from its units: the first of each, and the last that was free again."""
    found: dict[str, Any] = {}
    for name in ("dispatched_at", "enroute_at", "on_scene_at", "cleared_at"):
        moments = [at for unit in units if (at := getattr(unit, name))]
        if moments:
            found[name] = max(moments) if name == "cleared_at" else min(moments)
    return found


def _people(document: Document) -> Iterator[IncomingPerson]:
    for person in document.parts("personComponent"):
        roles = " ".join(texts(person, "personIncidentRoleRegistryText")).casefold()
        part = next((part for part, words in _ROLES if any(word in roles for word in words)), "unknown")
        given = deep(person, "personGivenName", "nc:PersonGivenName")
        family = deep(person, "personSurName", "nc:PersonSurName", "personSurname")
        name = deep(person, "personFullName", "nc:PersonFullName") or f"{given} {family}".strip()
        phone = deep(person, *_PHONES)
        if name or phone:
            born = eido.birth_date(person)
            yield IncomingPerson(part, name, Birth(born) if born else None, phone)


def _notes(document: Document) -> Iterator[IncomingNote]:
    for note in document.parts("notesComponent"):
        said, at = deep(note, *_NOTES), instant(note, *_NOTED_AT)
        agent = document.updated_by(note)
        if said:
            moment = at or updated_at(note)
            written = moment.astimezone(UTC) if moment else None
            yield IncomingNote(said, written, _part(agent), name_of(agent) if agent else "")


def _part(agent: Mapping[str, Any]) -> NarrativePart:
    roles = " ".join(texts(agent, "agentRoleRegistryText")).casefold()
    words = (
        (NarrativePart.CALL_TAKER, ("call", "taker", "telecommunicator")),
        (NarrativePart.DISPATCHER, ("dispatch",)),
        (NarrativePart.OFFICER, ("officer", "police", "deputy")),
        (NarrativePart.RESPONDER, ("respond", "field", "medic", "clinician")),
    )
    return next((part for part, some in words if any(one in roles for one in some)), NarrativePart.UNKNOWN)


def joined(said: list[Said]) -> IncomingCall:
    """What the newest document says, with the units, people and notes of all, and the first of each time."""
    in_order = sorted(said, key=lambda one: (one.at, one.row))
    call = in_order[-1].call
    for older in (one.call for one in reversed(in_order[:-1])):
        call = call._replace(**_filled(call, older))
    calls = [one.call for one in in_order]
    units = tuple(_joined_units(calls))
    return call._replace(
        received_at=min(one.received_at for one in calls if one.received_is_day == call.received_is_day),
        responses=units,
        people=tuple(dict.fromkeys(person for one in calls for person in one.people)),
        notes=tuple(dict.fromkeys(note for one in calls for note in one.notes)),
        **_times(units),
    )


def _filled(call: IncomingCall, older: IncomingCall) -> dict[str, Any]:
    """What the newer document leaves open and the older one tells."""
    apart = ("responses", "people", "notes", "received_at", "received_is_day", "source_row")
    values = {name: getattr(older, name) for name in call._fields if name not in apart}
    found = {name: value for name, value in values.items() if value and not getattr(call, name)}
    if call.received_is_day and not older.received_is_day:
        found |= {"received_at": older.received_at, "received_is_day": False}
    return found


def _joined_units(calls: Sequence[IncomingCall]) -> Iterator[IncomingResponse]:
    by_sign: dict[str, list[IncomingResponse]] = {}
    for call in calls:
        for unit in call.responses:
            by_sign.setdefault(unit.call_sign, []).append(unit)
    for sign, units in by_sign.items():
        yield IncomingResponse(sign, **_times(units))
