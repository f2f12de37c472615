"""Extracts: HMIS by consent alone, in the version's own columns; and the one without identifiers."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain import fhir
from caseapp.domain.access import Role
from caseapp.domain.code_words import CodeWords
from caseapp.domain.consents import Consent, ConsentKind, InformationKind
from caseapp.domain.disclosures import Law
from caseapp.domain.errors import CaseAppError
from caseapp.domain.fhir import Told
from caseapp.domain.measures.scope import Scope
from caseapp.domain.people import LivingSituation, Person
from caseapp.domain.referrals import NEXT, EndedBy, LadderStep, Method, Proof, Step
from caseapp.exchange import hmis_csv
from caseapp.services.extracts import NOTICE, ConsentChanged
from caseapp.store import engine
from caseapp.system import files
from tests import builders, random_agency
from tests.builders import HOSTILE, NOW, TODAY, a_consent, a_contact, a_person, services_as
from tests.domain.referral_values import a_referral

LONGEST_PATH = 4096
"""Characters of a path that Linux takes, the last one an end that nobody sees."""

SCOPE = Scope(TODAY - timedelta(days=90), TODAY)


def read(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def enrol(worker, *names, recipient="HMIS", kind=ConsentKind.PART_2, **changes):
    person_id = worker.people.add(details=a_person(*names, living=(LivingSituation("116"),), **changes))
    worker.cases.open_case(person_id=person_id, opened_from="call")
    if recipient:
        consent = a_consent(recipients=(recipient,), kind=kind)
        worker.consents.record(person_id=person_id, details=consent)
    worker.contacts.log(details=a_contact(person_id))
    return person_id


class TestReferrals:
    """FHIR Tasks of those whose consent names the recipient."""

    def tasks(self, admin, recipient="HMIS"):
        done = admin.extracts.referrals(scope=SCOPE, recipient=recipient)
        found = [one["resource"] for one in json.loads(done.content)["entry"]]
        return done, {one["id"]: one for one in found if one["resourceType"] == "Task"}, found

    def test_hold_those_alone_whose_consent_names_it(self, admin, worker):
        yes, no = enrol(worker, "Ada", HOSTILE), enrol(worker, "Ben", "Moss", recipient="")
        ids = [
            worker.referrals.offer(person_id=one, need="housing", method=Method.PACKET, place="Harbor").id
            for one in (yes, no)
        ]
        done, tasks, found = self.tasks(admin)
        assert (done.people, done.referrals, done.left_out["no consent"]) == (1, 1, 1)
        assert list(tasks) == [str(ids[0])] and "Moss" not in done.content.decode()
        by_id = {f"urn:uuid:{one['id']}": one for one in found}
        task = tasks[str(ids[0])]
        assert by_id[task["for"]["reference"]]["name"] == [{"text": f"Ada {HOSTILE}"}]
        request = by_id[task["focus"]["reference"]]
        assert (task["status"], request["status"], request["code"]["text"]) == ("draft", "draft", "housing")
        with admin.context.read("test") as work:
            (one,) = work.disclosures.of_person(yes)
            assert one.recipient == "HMIS" and "1 referral in FHIR" in one.what
            assert work.disclosures.of_person(no) == []

    def test_are_those_of_all_linked_records_under_one_patient(self, admin, worker):
        first, second = enrol(worker, "Ada", "Lind", recipient=""), enrol(worker, "Adda", "Lind")
        worker.links.link(left_id=first, right_id=second, reason="same birth date")
        for person_id in (first, second):
            worker.referrals.offer(person_id=person_id, need="bed", method=Method.SELF, place="Shelter")
        done, tasks, found = self.tasks(admin)
        patients = [one["id"] for one in found if one["resourceType"] == "Patient"]
        assert patients == [str(first)] and (done.people, done.referrals) == (1, 2)
        assert {one["for"]["reference"] for one in tasks.values()} == {f"urn:uuid:{first}"}

    def test_about_substance_use_carry_the_notice_and_the_consent_or_stay(self, admin, worker):
        with_it = enrol(worker, "Ada", "Lind")
        without = worker.people.add(details=a_person("Ben", "Moss"))
        kinds = frozenset(InformationKind) - {InformationKind.SUBSTANCE_USE}
        consent = a_consent(kind=ConsentKind.RELEASE, recipients=("HMIS",), information=kinds)
        worker.consents.record(person_id=without, details=consent)
        for one in (with_it, without):
            worker.referrals.offer(
                person_id=one, need="detox", method=Method.SELF, place="Zeta", is_substance_use=True
            )
        done, tasks, _found = self.tasks(admin)
        assert done.left_out["not covered by the consent"] == 1
        (task,) = tasks.values()
        assert [one["text"][:15] for one in task["note"]] == ["42 CFR part 2 p", "Consent to HMIS"]

    def test_about_substance_use_stay_on_a_plain_release(self, admin, worker):
        person_id = enrol(worker, "Ada", "Lind", kind=ConsentKind.RELEASE)
        worker.referrals.offer(
            person_id=person_id, need="detox", method=Method.SELF, place="Zeta", is_substance_use=True
        )
        done, tasks, _found = self.tasks(admin)
        assert not tasks and done.left_out["not covered by the consent"] == 1


@given(st.lists(st.sampled_from(list(Step)), max_size=9), st.sampled_from(list(EndedBy)))
def test_every_referral_has_a_task_with_its_reason_and_its_request(path, ended_by):
    steps = [LadderStep(Step.OFFERED, TODAY, Proof.PERSON_SAID)]
    for one in path:
        if one in NEXT[steps[-1].step]:
            taken = LadderStep(one, TODAY, Proof.PERSON_SAID, reason="no-contact", ended_by=ended_by)
            steps.append(taken)
    referral = a_referral(steps)
    person = Person(referral.person_id, 1, a_person())
    told = Told(person, Consent(referral.id, 1, person.id, a_consent(kind=ConsentKind.RELEASE)), [referral])
    said = CodeWords("en", {"referral_barrier": {"no-contact": "Could not be reached"}})
    made = fhir.bundle([told], requester="R", notice="N", law=Law.HIPAA, at=NOW, said=said)["entry"]
    _patient, request, task = (one["resource"] for one in made)
    has_ended = task["status"] in ("rejected", "cancelled", "failed")
    assert task.get("statusReason", {}).get("text") in (None, "Could not be reached")
    assert ("statusReason" in task) is has_ended is (request["status"] == "revoked")
    assert (task["status"] == "completed") is (steps[-1].step is Step.COMPLETED) and "note" not in task


class TestHmis:
    def test_holds_those_alone_whose_consent_names_it_and_counts_the_others(self, admin, worker, tmp_path):
        yes = enrol(worker, "Ada", "Lind", races=("white", "hispanic"), veteran="no")
        enrol(worker, "Ben", "Moss", recipient="")
        enrol(worker, "Cay", "Noor", recipient="Harbor Detox")
        sealed = enrol(worker, "Dee", "Orr", is_restricted=True)
        done = admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE)
        assert (done.people, done.left_out) == (1, {"restricted": 1, "no consent": 2})
        (client,) = read(tmp_path / "out", "Client")
        assert (client["PersonalID"], client["FirstName"], client["LastName"]) == (yes.hex, "Ada", "Lind")
        assert (client["White"], client["HispanicLatinao"], client["Asian"], client["VeteranStatus"]) == (
            "1",
            "1",
            "0",
            "0",
        )
        everything = "".join((tmp_path / "out" / f"{name}.csv").read_text() for name in done.rows)
        assert sealed.hex not in everything and "Moss" not in everything
        (left,) = worker.people.open(person_id=yes).timeline[:1] or (None,)
        assert left is not None

    def test_leaves_whole_or_not_at_all(self, admin, worker, tmp_path):
        """So deep a folder takes the short names of the first tables, and not the long one of a later."""
        person_id = enrol(worker, "Ada", "Lind")
        folder = tmp_path
        while len(str(folder)) < LONGEST_PATH - 200:
            folder /= "d" * 100
        folder /= "d" * (LONGEST_PATH - len("/.CurrentLivingSituation.csv.12345678") - len(str(folder)))
        with pytest.raises(files.CannotWrite):
            admin.extracts.hmis(folder=folder, scope=SCOPE)
        assert list(folder.iterdir()) == [] and not worker.papers.disclosures(person_id=person_id)

    def test_locks_nobody_out_and_leaves_nothing_by_a_consent_that_is_revoked_meanwhile(
        self, database_file, tmp_path, monkeypatch
    ):
        """Its folder was filled under the lock of the file, also where it lies on a drive of others."""
        monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 200)
        signed_in = builders.open_as_administrator(database_file)
        admin, worker = builders.services_of(signed_in), services_as(signed_in, Role.SOCIAL_WORKER)
        person_id = enrol(worker, "Ada", "Lind")
        (consent,) = worker.consents.of_person(person_id=person_id)
        write, folder = files.write_atomically, tmp_path / "hmis"

        def as_somebody_revokes(path, content):
            if path.name == "Client.csv":
                worker.consents.revoke(consent_id=consent.id, reason="changed their mind")
            write(path, content)

        monkeypatch.setattr(files, "write_atomically", as_somebody_revokes)
        with pytest.raises(ConsentChanged):
            admin.extracts.hmis(folder=folder, scope=SCOPE)
        assert list(folder.iterdir()) == [] and not worker.papers.disclosures(person_id=person_id)
        signed_in.close()

    def test_holds_linked_records_as_one_client_by_the_consent_on_either(self, admin, worker, tmp_path):
        first, second = enrol(worker, "Ada", "Lind", recipient=""), enrol(worker, "Adda", "Lind")
        worker.links.link(left_id=first, right_id=second, reason="same birth date")
        done = admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE)
        assert (done.people, done.left_out["no consent"]) == (1, 0)
        (client,) = read(tmp_path / "out", "Client")
        enrolled = read(tmp_path / "out", "Enrollment")
        assert client["PersonalID"] == first.hex and {one["PersonalID"] for one in enrolled} == {first.hex}
        assert len(enrolled) == 2 and done.rows["Services"] == 2

    def test_records_a_disclosure_for_each(self, admin, worker, tmp_path):
        person_id = enrol(worker)
        admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE)
        with admin.context.read("test") as work:
            (one,) = work.disclosures.of_person(person_id)
        assert one.recipient == "HMIS" and one.what.startswith("HMIS CSV FY2026")

    def test_joins_its_files_by_their_ids(self, admin, worker, tmp_path):
        person_id = enrol(worker)
        admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE)
        (enrolment,), (service,), (place,), (export,) = (
            read(tmp_path / "out", name)
            for name in ("Enrollment", "Services", "CurrentLivingSituation", "Export")
        )
        assert service["EnrollmentID"] == place["EnrollmentID"] == enrolment["EnrollmentID"]
        assert (enrolment["LivingSituation"], place["CurrentLivingSituation"]) == ("116", "116")
        assert (service["RecordType"], service["TypeProvided"]) == ("141", "6")
        assert enrolment["DateOfEngagement"] == TODAY.isoformat() and enrolment["PersonalID"] == person_id.hex
        assert export["ExportID"] == enrolment["ExportID"] and len(export["ExportID"]) == 32

    def test_an_ended_case_has_an_exit_with_a_destination(self, admin, worker, tmp_path):
        person_id = enrol(worker)
        (case,) = worker.people.open(person_id=person_id).cases
        worker.cases.close(case_id=case.id, reason="moved", outcome="housed", version=case.version)
        admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE)
        (ending,) = read(tmp_path / "out", "Exit")
        assert (ending["ExitDate"], ending["Destination"]) == (TODAY.isoformat(), "116")

    def test_keeps_substance_use_in_unless_the_consent_names_it(self, admin, worker, tmp_path):
        person_id = worker.people.add(details=a_person())
        worker.cases.open_case(person_id=person_id, opened_from="call")
        kinds = frozenset(InformationKind) - {InformationKind.SUBSTANCE_USE}
        consent = a_consent(kind=ConsentKind.RELEASE, recipients=("HMIS",), information=kinds)
        worker.consents.record(person_id=person_id, details=consent)
        worker.contacts.log(details=a_contact(person_id, is_substance_use=True))
        assert admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE).rows["Services"] == 0
        assert not (tmp_path / "out" / NOTICE).exists()

    def test_lets_substance_use_out_by_a_consent_of_part_2_alone_and_with_the_notice(
        self, admin, worker, tmp_path
    ):
        for name, kind in (("Ada", ConsentKind.PART_2), ("Ben", ConsentKind.RELEASE)):
            person_id = enrol(worker, name, "Lind", kind=kind)
            worker.contacts.log(details=a_contact(person_id, is_substance_use=True))
        assert admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE).rows["Services"] == 3
        told = (tmp_path / "out" / NOTICE).read_text()
        assert told.startswith("42 CFR part 2 prohibits") and "Consent to HMIS" in told

    def test_guards_names_that_a_spreadsheet_would_run(self, admin, worker, tmp_path):
        enrol(worker, "=cmd()", HOSTILE)
        admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE)
        assert read(tmp_path / "out", "Client")[0]["FirstName"] == "'=cmd()"

    @pytest.mark.parametrize(
        ("version", "has", "lacks"), [("2026", "Sex", "Woman"), ("2024", "Woman", "Sex")]
    )
    def test_writes_the_columns_of_its_version(self, admin, worker, tmp_path, version, has, lacks):
        enrol(worker, gender="woman")
        admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE, version=version)
        (client,) = read(tmp_path / "out", "Client")
        assert has in client and lacks not in client
        counts = {name: len(found) for name, found in hmis_csv.columns(version).items()}
        assert counts["Enrollment"] == {"2026": 67, "2024": 71}[version]
        assert counts["Exit"] == 44 and counts["Client"] == {"2026": 38, "2024": 46}[version]

    def test_refuses_a_version_it_does_not_know_and_a_folder_that_is_not_empty(self, admin, tmp_path):
        with pytest.raises(CaseAppError) as refused:
            admin.extracts.hmis(folder=tmp_path / "out", scope=SCOPE, version="1999")
        assert refused.value.code == "hmis.unknown-version" and not (tmp_path / "out").exists()
        with pytest.raises(CaseAppError):
            admin.extracts.hmis(folder=tmp_path, scope=SCOPE)


class TestDeidentified:
    def test_holds_nothing_of_the_safe_harbor_list(self, admin, tmp_path):
        random_agency.fill(admin, 2)
        out, scope = tmp_path / "out.csv", Scope(random_agency.FIRST, random_agency.LAST)
        count = admin.extracts.deidentified(out=out, scope=scope)
        content = out.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content)))
        assert len(rows) == count
        assert len(rows) > 20 and list(rows[0])[:3] == ["year", "age", "gender"]
        assert "Person" not in content and "Eugene" not in content and "Agency" not in content
        assert {row["year"] for row in rows} == {"2026"}
        assert all(row["age"] in ("unknown", "90+") or int(row["age"]) < 90 for row in rows)
        assert [tuple(row.values()) for row in rows] == sorted(tuple(row.values()) for row in rows)

    def test_counts_the_oldest_as_one(self, admin, worker, tmp_path):
        from caseapp.domain.births import Birth
        from tests.builders import NOW, a_call, an_encounter

        person = worker.people.add(details=a_person(birth=Birth(date(1930, 1, 1))))
        call = worker.calls.add(call=a_call(received_at=NOW))
        worker.encounters.add(call_id=call, details=an_encounter(), person_id=person)
        admin.extracts.deidentified(out=tmp_path / "out.csv", scope=Scope(TODAY, TODAY))
        _header, line = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
        assert ",90+," in line and "96" not in line
