"""The journal is read by those who answer for it, and tells nobody more than their role may see."""

from dataclasses import replace

import pytest

from caseapp.domain.access import SEALED_NAME, NotAllowed, Role, Sealed
from caseapp.domain.contacts import NoteText
from caseapp.domain.journal import KINDS, PAGE, JournalFilter, Told
from caseapp.domain.referrals import Method
from tests.builders import a_contact, a_person, services_as

EVERYTHING = JournalFilter()


@pytest.fixture
def person_id(worker):
    made = worker.people.add(details=a_person())
    worker.contacts.log(details=a_contact(made, note=NoteText(parts={"Note": "He spoke of his brother"})))
    return made


def of(services, person_id, told=None):
    return services.journal.read(where=JournalFilter(person_id=person_id, told=told))


class TestReading:
    def test_tells_who_changed_and_who_looked(self, signed_in, worker, person_id):
        worker.people.open(person_id=person_id)
        lead = services_as(signed_in, Role.SUPERVISOR)
        found = of(lead, person_id)
        assert [one.verb for one in found] == ["person.open", "contact.log", "person.add"]
        assert {one.by for one in found} == {worker.context.actor.name}
        assert all(one.about == ("James Okafor",) for one in found)
        assert [one.verb for one in of(lead, person_id, Told.CHANGES)] == ["contact.log", "person.add"]
        added = {one.name: one.after for one in found[-1].fields if one.noun == "person_name"}
        assert added["family"] == "Okafor" and not found[-1].is_withheld

    def test_tells_who_looked_at_more_than_the_record_itself(self, signed_in, worker, person_id):
        referral_id = worker.referrals.offer(
            person_id=person_id, need="a bed", method=Method.SELF, place="Harbor House"
        ).id
        worker.referrals.get(referral_id=referral_id)
        worker.assessments.of_person(person_id=person_id)
        worker.consents.of_person(person_id=person_id)
        worker.papers.disclosures(person_id=person_id)
        looks = of(services_as(signed_in, Role.SUPERVISOR), person_id, Told.LOOKS)
        assert [one.verb for one in looks] == [
            "paper.disclosures",
            "consent.list",
            "assessment.list",
            "referral.get",
        ]

    def test_is_itself_an_entry(self, signed_in, person_id):
        lead = services_as(signed_in, Role.SUPERVISOR)
        of(lead, person_id)
        newest = of(lead, person_id)[0]
        assert (newest.verb, newest.by) == ("journal.read", lead.context.actor.name)

    def test_goes_on_where_it_stopped(self, admin, worker):
        for number in range(PAGE + 10):
            worker.people.add(details=a_person(f"Number {number}"))
        first = admin.journal.read(where=EVERYTHING)
        rest = admin.journal.read(where=EVERYTHING, before=first[-1].id)
        assert len(first) == PAGE and [one.id for one in rest] == list(range(first[-1].id - 1, 0, -1))

    def test_of_one_member_of_staff(self, admin, worker, person_id):
        mine = admin.journal.read(where=JournalFilter(by_id=worker.context.actor.staff_id))
        assert {one.by for one in mine} == {worker.context.actor.name} and len(mine) == 2

    def test_is_refused_to_field_roles(self, signed_in, worker):
        for services in (worker, services_as(signed_in, Role.PEER_SPECIALIST)):
            with pytest.raises(NotAllowed):
                services.journal.read(where=EVERYTHING)


class TestWithheld:
    def test_words_from_a_role_that_may_not_read_them_but_not_which_fields(self, signed_in, admin, person_id):
        for services, is_withheld in ((admin, True), (services_as(signed_in, Role.SUPERVISOR), False)):
            logged = of(services, person_id, Told.CHANGES)[0]
            assert "parts" in {one.name for one in logged.fields if one.noun == "note"}
            told = " ".join(one.after for one in logged.fields)
            assert logged.is_withheld is is_withheld and ("brother" in told) is not is_withheld

    def test_a_sealed_person_is_an_entry_without_name_or_words(self, admin, worker, person_id):
        seen = worker.people.open(person_id=person_id).person
        worker.people.change(
            person_id=person_id, details=replace(seen.details, is_restricted=True), version=seen.version
        )
        with pytest.raises(Sealed):
            of(admin, person_id)
        told = [one for one in admin.journal.read(where=EVERYTHING) if SEALED_NAME in one.about]
        assert len(told) >= 3 and all(not one.fields for one in told)
        assert "Okafor" not in repr(told)


def test_every_kind_of_entry_stands_under_what_a_reader_asks_for(source_of_services):
    known = {kind for kinds in KINDS.values() for kind in kinds}
    assert source_of_services <= known


@pytest.fixture
def source_of_services():
    """The kinds that the services note, read from their source."""
    import re
    from pathlib import Path

    import caseapp.services

    folder = Path(caseapp.services.__file__).parent
    text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    return set(re.findall(r"\.note\(\s*\"([a-z-]+)\"", text))
