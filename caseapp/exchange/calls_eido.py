"""Calls from EIDO documents: what the newest of an incident says is so, each adds what it tells."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from caseapp.domain.dispatch import IncomingCall, RowProblem
from caseapp.exchange.calls_sheet import Part
from caseapp.exchange.eido import Document
from caseapp.exchange.eido_incident import Said, incidents, joined, number_of
from caseapp.exchange.layouts import Layout, Source
from caseapp.exchange.sheet import Sheet, Table

NAME = "eido"
_HEADER = ("number", "received", "type", "place", "units", "people", "notes")
_SHOWN = {
    "number": "number",
    "received_at": "received",
    "type_text": "type",
    "place": "place",
    "unit": "units",
    "subject_name": "people",
    "narrative": "notes",
}


@dataclass(frozen=True, slots=True)
class EidoReading:
    """A file of documents understood and not yet brought in; a row is a document."""

    table: Table
    calls: tuple[IncomingCall, ...] = field(repr=False)
    rejected: tuple[RowProblem, ...] = field(repr=False)
    told: int
    centre: str
    layout: Layout = field(repr=False)
    warnings: Counter[str]
    missing: int = 0

    @property
    def rows(self) -> int:
        return self.table.count

    def parts(self) -> Iterator[Part]:
        """All of it at once."""
        problems = list(self.rejected)
        yield Part(list(self.calls), problems, self.told, Counter(), Counter(self.warnings), self.rows)

    def problems(self) -> Iterator[RowProblem]:
        """The documents that tell of no call."""
        yield from self.rejected


def layout() -> Layout:
    """How such a file is shown where the layout of a table would be."""
    fields = {name: Source((column,)) for name, column in _SHOWN.items()}
    return Layout(NAME, "EIDO, the dispatch world's JSON", fields, centre=NAME)


def read(documents: Sequence[Mapping[str, Any]], *, name: str, sha256: str) -> EidoReading:
    """Every incident once, from all its documents; what tells of no incident is rejected with the reason."""
    said: dict[str, list[Said]] = {}
    problems: list[RowProblem] = []
    told, issuer, warnings = 0, "", Counter[str]()
    for row, content in enumerate(documents, start=1):
        document = Document(content)
        issuer = issuer or document.issuer
        if document.issuer != issuer:
            problems.append(_problem(row, "from another dispatch centre, to be imported apart", document))
            continue
        found = list(incidents(document, row, warnings))
        if not found:
            problems.append(_problem(row, "no incident with a number and a time", document))
            continue
        told += 1
        for one in found:
            said.setdefault(one.call.number, []).append(one)
    calls = tuple(map(joined, said.values()))
    table = Table(name, sha256, _sheet(calls, len(documents)), len(documents), (), is_held=True)
    centre = f"{NAME}-{issuer}" if issuer else NAME
    return EidoReading(table, calls, tuple(problems), told, centre, layout(), +warnings)


def _problem(row: int, reason: str, document: Document) -> RowProblem:
    number = next((number_of(one) for one in document.parts("incidentComponent")), "")
    return RowProblem(row, reason, (number, *[""] * (len(_HEADER) - 1)))


def _sheet(calls: Sequence[IncomingCall], count: int) -> Sheet:
    rows = [
        [
            call.number,
            call.received_at.isoformat(),
            call.type_text,
            call.place,
            ", ".join(one.call_sign for one in call.responses),
            ", ".join(one.name for one in call.people),
            " / ".join(one.text for one in call.notes),
        ]
        for call in calls[:20]
    ]
    how = f"EIDO, {count} document{'' if count == 1 else 's'}"
    return Sheet(_HEADER, rows, 1, how)
