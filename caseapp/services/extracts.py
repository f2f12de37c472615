"""Extracts for other systems: HMIS by consent alone, and the one without identifiers."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from caseapp.domain import deidentified, fhir, hmis
from caseapp.domain.access import Right
from caseapp.domain.consents import (
    Consent,
    InformationKind,
    is_in_force,
    names_recipient,
    scope_words,
)
from caseapp.domain.disclosures import Law, covered
from caseapp.domain.errors import CaseAppError
from caseapp.domain.fhir import Told
from caseapp.domain.hmis import Consented, Row
from caseapp.domain.measures.scope import Scope, check
from caseapp.domain.one_person import OnePerson
from caseapp.exchange import hmis_csv
from caseapp.services.context import Service, verb
from caseapp.services.groups import as_listed, open_groups
from caseapp.services.paper_words import part2_notice
from caseapp.services.report_making import Making
from caseapp.services.row_files import export_rows, watched
from caseapp.services.stages import Progress, no_progress
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import files

NOTICE = "42-CFR-part-2-notice.txt"
"""The file beside the tables in which the notice stands."""

RECIPIENT = "HMIS"
"""Who a consent must name so that records go into HMIS."""


class ConsentChanged(CaseAppError):
    """A consent was revoked while the files were written that rest on it."""

    code = "hmis.consent-changed"


@dataclass(frozen=True, slots=True)
class HmisSummary:
    """Rows by file, and people who stayed out with the reason."""

    rows: dict[str, int]
    people: int
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True)
class ReferralsOut:
    """A bundle as JSON, whom and what it holds, and who and what stayed out with the reason."""

    content: bytes
    people: int
    referrals: int
    left_out: Mapping[str, int]


class ExtractService(Service):
    """Takes records out for others."""

    @verb(Right.EXPORT)
    def hmis(
        self, *, folder: Path, scope: Scope, recipient: str = RECIPIENT, version: str = hmis_csv.VERSIONS[0]
    ) -> HmisSummary:
        """HUD HMIS CSV into a new folder, of people whose consent in force names the recipient.

        Everybody else stays out and is counted. Each person's disclosure is recorded. Raises
        PeriodBackwards, PeriodTooLong, FolderNotEmpty, UnknownVersion, CannotWrite or ConsentChanged; then no
        table of it remains, and no disclosure. Nobody else waits while the folder is filled.
        """
        check(scope)
        hmis_csv.columns(version)
        with files.filling(folder):
            with self._context.read("extract.hmis") as work:
                chosen, left = self._consented(work, scope, recipient)
                export_id = work.new_id().hex
                tables = self._tables(work, [one for one, _consent in chosen], scope, export_id, version)
                notice = self._notice(work, chosen)
            for name, rows in tables.items():
                files.write_atomically(folder / f"{name}.csv", hmis_csv.write(name, rows, version))
            if notice:
                files.write_atomically(folder / NOTICE, notice.encode())
            counts = {name: len(rows) for name, rows in tables.items()}
            what = f"HMIS CSV FY{version}, {scope.from_on} to {scope.to_on}"
            self._account(chosen, recipient, what, {"format": f"HMIS {version}", **counts})
        return HmisSummary(counts, len(chosen), left)

    def _account(
        self,
        chosen: list[tuple[Consented, Consent]],
        recipient: str,
        what: str,
        detail: Mapping[str, object],
    ) -> None:
        """Write that records of these people went; raises ConsentChanged where one may not any more."""
        with self._context.write("extract.hmis") as work:
            for one, consent in chosen:
                if work.consents.get(consent.id) != consent:
                    raise ConsentChanged()
                work.extracts.add_disclosure(one.person.id, consent.id, recipient=recipient, what=what)
            people = tuple(one.person.id for one, _consent in chosen)
            work.note("exported", detail=detail, subjects=people)
            work.commit()

    @verb(Right.EXPORT)
    def referrals(self, *, scope: Scope, recipient: str) -> ReferralsOut:
        """Referrals offered in the period as a FHIR bundle, of people whose consent names the recipient.

        Everybody else stays out and is counted. Each person's disclosure is recorded. Raises
        PeriodBackwards or PeriodTooLong.
        """
        check(scope)
        with self._context.write("extract.referrals") as work:
            people = work.extracts.people_referred(scope.from_on, scope.to_on)
            allowed, left = self._allowed(work, people, recipient)
            agency, told, count = work.agency.get(), [], 0
            for whole, consent, kinds in allowed:
                offered = [
                    replace(one, person_id=whole.id)
                    for record in whole.members
                    for one in work.referrals.of_person(record.id)
                    if one.created_on and scope.from_on <= one.created_on <= scope.to_on
                ]
                goes = [one for one in offered if fhir.may_go(kinds, one)]
                left["not covered by the consent"] += len(offered) - len(goes)
                if goes:
                    noun = "referral" if len(goes) == 1 else "referrals"
                    what = f"{len(goes)} {noun} in FHIR, {scope.from_on} to {scope.to_on}"
                    purpose = consent.details.purpose
                    work.extracts.add_disclosure(
                        whole.id, consent.id, recipient=recipient, what=what, purpose=purpose
                    )
                    told.append(Told(as_listed(whole), consent, goes))
                    count += len(goes)
            made = fhir.bundle(
                told,
                requester=agency.name,
                notice=part2_notice(agency),
                law=agency.law,
                at=self._context.now(),
                said=work.agency.code_words(),
            )
            subjects = tuple(one.person.id for one in told)
            work.note("exported", detail={"format": "FHIR R4", "referrals": count}, subjects=subjects)
            work.commit()
        content = json.dumps(made, ensure_ascii=False, indent=1).encode()
        return ReferralsOut(content, len(told), count, left)

    @verb(Right.EXPORT)
    def deidentified(self, *, out: Path, scope: Scope, progress: Progress = no_progress) -> int:
        """One row a person met, by the safe-harbor list, into a CSV file; journaled. Returns how many.

        Raises what `check` of a scope raises, ReportStopped, ExportStopped or what `write_rows` raises; then
        nothing of it was written.
        """
        records = Making(self._context, None, scope, progress).records(scope)
        rows = watched(deidentified.rows(records), progress, "Writing rows", len(records.encounters))
        verb = "extract.deidentified"
        return export_rows(self._context, out, deidentified.header(), rows, verb=verb, what="de-identified")

    def _notice(self, work: UnitOfWork, chosen: list[tuple[Consented, Consent]]) -> str:
        """What 42 CFR 2.32 lets go only with a notice has it beside it, with the scope of the consents."""
        agency, said = work.agency.get(), work.agency.code_words()
        covers = [
            scope_words(consent.details, said)
            for one, consent in chosen
            if agency.law is Law.PART_2 or one.says_substance_use
        ]
        if not covers:
            return ""
        return "\r\n".join((part2_notice(agency), *dict.fromkeys(covers), ""))

    def _consented(
        self, work: UnitOfWork, scope: Scope, recipient: str
    ) -> tuple[list[tuple[Consented, Consent]], dict[str, int]]:
        people = work.extracts.people_enrolled(scope.from_on, scope.to_on)
        allowed, left = self._allowed(work, people, recipient)
        return [(_records(work, one, kinds, scope), consent) for one, consent, kinds in allowed], dict(left)

    def _allowed(
        self, work: UnitOfWork, people: Sequence[UUID], recipient: str
    ) -> tuple[list[tuple[OnePerson, Consent, frozenset[InformationKind]]], Counter[str]]:
        """People whose records may go to the recipient, by which consent, and which kinds it covers.

        Linked records are one person. The others are counted by why they stay.
        """
        law, joined = work.agency.get().law, open_groups(self._context, work, people)
        found, left = [], Counter({"restricted": len(set(people) - joined.keys()), "no consent": 0})
        for whole in {one.id: one for one in map(joined.get, people) if one is not None}.values():
            consent = self._consent(work, whole, recipient, law)
            if consent is None:
                left["no consent"] += 1
            else:
                found.append((whole, consent, covered(consent, law)))
        return found, left

    def _consent(self, work: UnitOfWork, whole: OnePerson, recipient: str, law: Law) -> Consent | None:
        """The consent in force that covers most, if one says who the person is."""
        today = self._context.today()
        usable = [
            consent
            for record in whole.members
            for consent in work.consents.of_person(record.id)
            if names_recipient(consent.details, recipient)
            and is_in_force(consent, today=today)
            and InformationKind.IDENTITY in covered(consent, law)
        ]
        return max(usable, key=lambda consent: len(covered(consent, law)), default=None)

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


def _records(
    work: UnitOfWork, whole: OnePerson, kinds: frozenset[InformationKind], scope: Scope
) -> Consented:
    people = [one.id for one in whole.members]
    cases = tuple(
        case
        for each in people
        for case in work.cases.of_person(each)
        if case.opened_on <= scope.to_on and (case.closed_on is None or case.closed_on >= scope.from_on)
    )
    contacts = {one.id: one for each in people for one in work.contacts.of_person(each)}
    return Consented(
        person=as_listed(whole),
        information=kinds,
        cases=cases,
        contacts=tuple(contacts.values()),
        referrals=tuple(one for each in people for one in work.referrals.of_person(each)),
        categories={key: kind for each in people for key, kind in work.extracts.categories(each).items()},
    )
