"""Extracts for other systems: HMIS by consent alone, and the one without identifiers."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from caseapp.domain import deidentified, hmis
from caseapp.domain.access import Right
from caseapp.domain.consents import Consent, InformationKind, is_in_force, names_recipient
from caseapp.domain.hmis import Consented, Row
from caseapp.domain.measures.scope import Scope, check
from caseapp.exchange import cells, hmis_csv
from caseapp.services.context import Service, verb
from caseapp.services.maintenance import FolderNotEmpty
from caseapp.services.reports import Making, silent
from caseapp.store.measures import Progress
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import files

RECIPIENT = "HMIS"
"""Who a consent must name so that records go into HMIS."""


@dataclass(frozen=True, slots=True)
class HmisSummary:
    """Rows by file, and people who stayed out with the reason."""

    rows: dict[str, int]
    people: int
    left_out: dict[str, int]


class ExtractService(Service):
    """Takes records out for others."""

    @verb(Right.EXPORT)
    def hmis(
        self, *, folder: Path, scope: Scope, recipient: str = RECIPIENT, version: str = hmis_csv.VERSIONS[0]
    ) -> HmisSummary:
        """HUD HMIS CSV into a new folder, of people whose consent in force names the recipient.

        Everybody else stays out and is counted. Each person's disclosure is recorded. Raises
        PeriodBackwards, PeriodTooLong, FolderNotEmpty or UnknownVersion.
        """
        check(scope)
        hmis_csv.columns(version)
        if folder.exists() and any(folder.iterdir()):
            raise FolderNotEmpty(folder=folder.name)
        with self._context.write("extract.hmis") as work:
            chosen, left = self._consented(work, scope, recipient)
            export_id = work.new_id().hex
            tables = self._tables(work, [one for one, _consent in chosen], scope, export_id, version)
            for one, consent in chosen:
                what = f"HMIS CSV FY{version}, {scope.from_on} to {scope.to_on}"
                work.extracts.add_disclosure(one.person.id, consent.id, recipient=recipient, what=what)
            counts = {name: len(rows) for name, rows in tables.items()}
            people = tuple(one.person.id for one, _consent in chosen)
            work.note("exported", detail={"format": f"HMIS {version}", **counts}, subjects=people)
            files.private_folder(folder)
            for name, rows in tables.items():
                files.write_atomically(folder / f"{name}.csv", hmis_csv.write(name, rows, version))
            work.commit()
        return HmisSummary(counts, len(people), left)

    @verb(Right.EXPORT)
    def deidentified(self, *, scope: Scope, progress: Progress = silent) -> bytes:
        """One row a person met, by the safe-harbor list, as CSV; journaled."""
        records = Making(self._context, None, scope, progress).records(scope)
        rows = deidentified.rows(records)
        with self._context.write("extract.deidentified") as work:
            work.note("exported", detail={"format": "de-identified", "rows": len(rows)})
            work.commit()
        return cells.write_csv(deidentified.header(), rows)

    def _consented(
        self, work: UnitOfWork, scope: Scope, recipient: str
    ) -> tuple[list[tuple[Consented, Consent]], dict[str, int]]:
        people = work.extracts.people_enrolled(scope.from_on, scope.to_on)
        closed = self._context.closed(work, people)
        found, left = [], {"restricted": 0, "no consent": 0}
        for person_id in people:
            consent = None if person_id in closed else self._consent(work, person_id, recipient)
            if consent is None:
                left["restricted" if person_id in closed else "no consent"] += 1
            else:
                found.append((_records(work, person_id, consent, scope), consent))
        return found, left

    def _consent(self, work: UnitOfWork, person_id: UUID, recipient: str) -> Consent | None:
        today = self._context.today()
        for consent in work.consents.of_person(person_id):
            details = consent.details
            names_it = names_recipient(details, recipient) and InformationKind.IDENTITY in details.information
            if names_it and is_in_force(consent, today=today):
                return consent
        return None

    def _tables(
        self, work: UnitOfWork, chosen: list[Consented], scope: Scope, export_id: str, version: str
    ) -> dict[str, list[Row]]:
        zone, now = self._context.zone, self._context.now().astimezone(self._context.zone)
        user = self._context.actor.staff_id.hex
        pairs = [(one, case) for one in chosen for case in one.cases]
        endings = (hmis.ending(one, case) for one, case in pairs)
        tables: dict[str, Iterable[Row]] = {
            "Client": (hmis.client(one) for one in chosen),
            "Enrollment": (hmis.enrolment(one, case, zone) for one, case in pairs),
            "CurrentLivingSituation": (
                row for one, case in pairs for row in hmis.situations(one, case, zone)
            ),
            "Services": (row for one, case in pairs for row in hmis.services(one, case, zone)),
            "Event": (row for one, case in pairs for row in hmis.events(one, case)),
            "Exit": (row for row in endings if row is not None),
        }
        made = {
            name: [hmis.audited(row, at=now, user=user, export=export_id) for row in rows]
            for name, rows in tables.items()
        }
        agency = work.agency.get()
        return {
            **made,
            "Export": [
                {
                    "ExportID": export_id,
                    "SourceType": "4",
                    "SourceName": agency.name[:50],
                    "ExportDate": hmis_csv.moment(now),
                    "ExportStartDate": hmis_csv.day(scope.from_on),
                    "ExportEndDate": hmis_csv.day(scope.to_on),
                    "SoftwareName": "caseapp",
                    "CSVVersion": f"{version} v1",
                    "ExportPeriodType": "3",
                    "ExportDirective": "2",
                    "HashStatus": "1",
                    "ImplementationID": export_id,
                }
            ],
        }


def _records(work: UnitOfWork, person_id: UUID, consent: Consent, scope: Scope) -> Consented:
    cases = tuple(
        case
        for case in work.cases.of_person(person_id)
        if case.opened_on <= scope.to_on and (case.closed_on is None or case.closed_on >= scope.from_on)
    )
    return Consented(
        person=work.people.get(person_id),
        information=consent.details.information,
        cases=cases,
        contacts=tuple(work.contacts.of_person(person_id)),
        referrals=tuple(work.referrals.of_person(person_id)),
        categories=work.extracts.categories(person_id),
    )
