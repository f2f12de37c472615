"""EIDO, the dispatch world's own JSON (NENA-STA-021.1): its parts found by reference, its words read.

Read as tolerantly as it is written: an array may come as one object, a reference as an object or as text,
a key in any case; what is not known is left alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from caseapp.exchange import times_written
from caseapp.exchange.cells import without_controls
from caseapp.exchange.spellings import column_key

_INCIDENT = "incidentcomponent"
_REFERENCES = ("$ref", "ref", "@ref")
_XML_LIMIT = 200_000


def documents_of(value: Any) -> list[Mapping[str, Any]]:
    """The documents of a file; none where it is something else."""
    held = value if isinstance(value, list) else [value]
    found: list[Mapping[str, Any]] = [one for one in held if isinstance(one, dict)]
    return found if any(_INCIDENT in map(column_key, one) for one in found) else []


class Document:
    """One document, its components by their kind and by their id."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._parts = {column_key(key): _listed(value) for key, value in content.items()}
        self._content = content
        self._by_id = {
            text(one, "$id", "id"): one
            for parts in self._parts.values()
            for one in parts
            if isinstance(one, dict) and text(one, "$id", "id")
        }

    def parts(self, kind: str) -> list[Mapping[str, Any]]:
        """The components of a kind, such as callComponent."""
        return [one for one in self._parts.get(column_key(kind), ()) if isinstance(one, dict)]

    @property
    def issuer(self) -> str:
        """Who issued the document."""
        return text(self._content, "issuingElementIdentification")

    def referred(self, part: Mapping[str, Any], *names: str) -> Iterator[Mapping[str, Any]]:
        """The components that a component refers to under keys that begin with one of some names."""
        wanted = tuple(map(column_key, names))
        for key, value in part.items():
            if column_key(key).startswith(wanted):
                for one in _listed(value):
                    target = self._by_id.get(_reference(one))
                    if target is not None:
                        yield target

    def updated_by(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        """The agent who wrote a component; nothing where none is named."""
        return next(self.referred(part, "author", "updatedByAgent", "agent"), {})


def text(part: Any, *names: str) -> str:
    """The first filled text under one of some keys of a component itself."""
    if not isinstance(part, dict):
        return ""
    by_key = {column_key(key): value for key, value in part.items()}
    for name in names:
        for one in _listed(by_key.get(column_key(name))):
            if isinstance(one, (str, int, float)) and str(one).strip():
                return " ".join(without_controls(str(one)).split())
    return ""


def texts(part: Mapping[str, Any], name: str) -> list[str]:
    """Every text under a key."""
    by_key = {column_key(key): value for key, value in part.items()}
    return [str(one) for one in _listed(by_key.get(column_key(name))) if isinstance(one, str)]


def deep(part: Any, *names: str, depth: int = 8) -> str:
    """The first filled text under one of some keys, however deep it lies."""
    if depth == 0:
        return ""
    if isinstance(part, dict):
        if found := text(part, *names):
            return found
        inner: Iterable[Any] = part.values()
    elif isinstance(part, list):
        inner = part
    else:
        return ""
    return next(filter(None, (deep(one, *names, depth=depth - 1) for one in inner)), "")


def instant(part: Mapping[str, Any], *names: str) -> datetime | None:
    """The first instant under one of some keys; only one with an offset is an instant."""
    for name in names:
        naive = times_written.parse(text(part, name))
        if naive is not None and naive.wall.tzinfo is not None:
            return naive.wall
    return None


def updated_at(part: Mapping[str, Any]) -> datetime | None:
    """When a component was written."""
    return instant(part, "lastUpdateTimeStamp", "lastUpdateTimestamp")


def card_name(card: Any) -> str:
    """The full name of a jCard (RFC 7095), or its organization."""
    properties = card[1] if isinstance(card, list) and len(card) > 1 and isinstance(card[1], list) else []
    named = {
        str(one[0]).casefold(): one[3]
        for one in reversed(properties)
        if isinstance(one, list) and len(one) > 3 and isinstance(one[3], str)
    }
    return " ".join(without_controls(named.get("fn") or named.get("org") or "").split())


def name_of(agent: Mapping[str, Any]) -> str:
    """An agent's or an agency's name, or the position where it works."""
    by_key = {column_key(key): value for key, value in agent.items()}
    card = card_name(by_key.get("agentjcard") or by_key.get("agencyjcard"))
    return card or text(agent, "agentWorkstationPositionIdentification", "agencyIdentification", "$id")


def birth_date(person: Mapping[str, Any]) -> date | None:
    """The birth date of a NIEM person."""
    by_key = {column_key(key): value for key, value in person.items()}
    inside = by_key.get("ncpersoncomponent", person)
    birth = deep(inside, "personBirthDate", "nc:PersonBirthDate", "birthDate")
    naive = times_written.parse(birth or deep(_under(person, "personbirthdate"), "date", "nc:Date"))
    return naive.wall.date() if naive else None


def _under(part: Any, key: str, depth: int = 8) -> Any:
    """What lies under a key, however deep."""
    if depth and isinstance(part, dict):
        for name, inside in part.items():
            if column_key(name).endswith(key):
                return inside
        return next(filter(None, (_under(one, key, depth - 1) for one in part.values())), None)
    if depth and isinstance(part, list):
        return next(filter(None, (_under(one, key, depth - 1) for one in part)), None)
    return None


class Place:
    """A civic address and a point from PIDF-LO (RFC 4119, 5139), read without entities."""

    def __init__(self, xml: str) -> None:
        self._found: dict[str, str] = {}
        self._open: list[str] = []
        if xml and len(xml) <= _XML_LIMIT:
            self._read(xml)

    @property
    def address(self) -> str:
        """House number and street, or a name of the place."""
        order = ("HNO", "HNS", "PRD", "RD", "STS", "POD")
        parts = [self._found.get(name, "") for name in order]
        street = " ".join(filter(None, parts)) if self._found.get("RD") or self._found.get("A6") else ""
        return street or next(filter(None, map(self._found.get, ("LMK", "NAM", "LOC"))), "")

    @property
    def city(self) -> str:
        return self._found.get("A3", "") or self._found.get("PCN", "")

    @property
    def zip(self) -> str:
        return self._found.get("PC", "")

    @property
    def point(self) -> tuple[str, str] | None:
        """Latitude and longitude as they are written (WGS 84)."""
        parts = self._found.get("pos", "").split()
        return (parts[0], parts[1]) if len(parts) >= 2 else None

    def _read(self, xml: str) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, _attributes: self._open.append(name.rpartition(":")[2])
        parser.EndElementHandler = lambda _name: self._open.pop()
        parser.CharacterDataHandler = self._take
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(xml, True)
        except (expat.ExpatError, ValueError):
            self._found.clear()

    def _take(self, data: str) -> None:
        name, said = self._open[-1], " ".join(without_controls(data).split())
        if said:
            self._found[name] = f"{self._found.get(name, '')} {said}".strip()


def _refuse(*_declaration: object) -> None:
    raise ValueError


def _listed(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _reference(value: Any) -> str:
    return text(value, *_REFERENCES) if isinstance(value, dict) else str(value)
