"""A case of others shows that it is there; what is written in it opens for those within reach alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.domain.access import BeyondScope, NotAllowed, Role, Scope
from caseapp.domain.cases import Goal
from caseapp.domain.contacts import Channel, NoteText
from caseapp.domain.recurrence import Every, Recurrence
from caseapp.domain.shorthand import When
from caseapp.domain.staff import ProgramNameMissing, ProgramStands
from caseapp.services.cases import NewCase
from caseapp.services.notes import BEYOND
from caseapp.store.tables.cases import FollowUpRow
from caseapp.store.tables.journal import JournalRow, JournalSubjectRow
from tests.builders import TODAY, a_contact, a_person, services_as, services_of_staff

WORDS = "He spoke of his brother"


@pytest.fixture
def programs(admin):
    for name in ("Street", "Housing"):
        admin.staff.add_program(name=name)


@pytest.fixture
def street(signed_in, programs):
    return services_as(signed_in, Role.PEER_SPECIALIST, programs=("Street",))


@pytest.fixture
def housing(signed_in, programs):
    return services_as(signed_in, Role.SOCIAL_WORKER, programs=("Housing",))


@pytest.fixture
def case(street):
    """A case of the street program with a need, a note and an assessment."""
    person_id = street.people.add(details=a_person())
    case = street.cases.open_episode(
        new=NewCase(person_id, "self", street.context.actor.staff_id, "Street", (Goal("housing", "A door"),))
    )
    street.contacts.log(details=a_contact(person_id, note=NoteText(parts={"Note": WORDS})))
    answers = dict.fromkeys(("rest", "company", "say", "forward"), "2")
    street.assessments.record(person_id=person_id, instrument="well-being", answers=answers)
    return case


def contact_of(services, case):
    return next(
        one for one in services.people.open(person_id=case.person_id).timeline if one.kind.value == "contact"
    )


class TestBeyond:
    def test_the_case_is_there_but_not_its_words(self, housing, case):
        record = housing.people.open(person_id=case.person_id)
        assert [(one.number, one.goals, one.is_beyond) for one in record.cases] == [(case.number, (), True)]
        assert record.cases[0].primary_name == case.primary_name
        assert contact_of(housing, case).text == BEYOND
        assert housing.assessments.of_person(person_id=case.person_id) == []
        assert housing.notes.find(words="brother") == []
        shown = housing.notes.open(contact_id=contact_of(housing, case).record_id)
        assert shown.is_withheld and WORDS not in shown.contact.details.note.text
        assert housing.cases.caseload() == []

    def test_opening_and_changing_are_refused_and_journaled(self, housing, admin, case):
        goal = Goal("housing", "Another door")
        for verb in (
            lambda: housing.cases.open(case_id=case.id),
            lambda: housing.cases.add_goal(case_id=case.id, goal=goal),
            lambda: housing.cases.close(case_id=case.id, reason="moved", outcome="", version=case.version),
        ):
            with pytest.raises(BeyondScope) as refused:
                verb()
            assert refused.value.values == {"number": case.number, "primary": case.primary_name}
        with Session(admin.context.database.engine) as session:
            query = (
                select(JournalRow.verb)
                .join(JournalSubjectRow, JournalSubjectRow.seq == JournalRow.seq)
                .where(JournalRow.kind == "refused", JournalSubjectRow.record_id == case.id)
            )
            assert list(session.scalars(query)) == ["case.read", "case.add-goal", "case.close"]

    def test_what_one_wrote_oneself_stays_readable(self, housing, case):
        note = NoteText(parts={"Note": "Met by chance"})
        housing.contacts.log(details=a_contact(case.person_id, note=note))
        assert [one.excerpt for one in housing.notes.find(words="chance")] == ["Met by chance"]

    def test_the_team_reaches_it(self, street, housing, case):
        street.cases.assign(case_id=case.id, staff_id=housing.context.actor.staff_id, is_primary=False)
        assert housing.cases.open(case_id=case.id).case.goals[0].statement == "A door"
        assert contact_of(housing, case).text.startswith(WORDS)


def test_who_has_no_program_and_who_leads_read_everything(signed_in, case):
    for role in (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.PROGRAM_MANAGER, Role.AUDITOR):
        services = services_as(signed_in, role)
        assert services.cases.open(case_id=case.id).case.number == case.number


def test_an_agency_narrows_the_scope_and_a_supervisor_makes_a_team(signed_in, admin, street, case):
    boss = admin.context.actor.staff_id
    other = services_as(signed_in, Role.PEER_SPECIALIST, supervisor_id=boss)
    assert other.cases.open(case_id=case.id)
    with pytest.raises(NotAllowed):
        other.staff.change_scopes(scopes={Role.PEER_SPECIALIST: Scope.ALL})
    for scope, is_open in ((Scope.OWN, False), (Scope.TEAM, False), (Scope.ALL, True)):
        admin.staff.change_scopes(scopes={Role.PEER_SPECIALIST: scope, Role.AUDITOR: Scope.OWN})
        assert Role.AUDITOR not in admin.staff.scopes()
        again = services_of_staff(signed_in, other.context.actor.staff_id)
        assert bool(again.cases.caseload()) is is_open
    member = next(one for one in admin.staff.list_staff() if one.id == street.context.actor.staff_id)

    admin.staff.change(
        staff_id=member.id, details=replace(member.details, supervisor_id=boss), version=member.version
    )
    admin.staff.change_scopes(scopes={Role.PEER_SPECIALIST: Scope.TEAM})
    assert services_of_staff(signed_in, other.context.actor.staff_id).cases.caseload()


def test_a_program_is_named_once(admin, programs):
    with pytest.raises(ProgramNameMissing):
        admin.staff.add_program(name="  ")
    with pytest.raises(ProgramStands):
        admin.staff.add_program(name="street")
    assert admin.staff.agency().programs == ("Housing", "Street")


class TestAround:
    """Ways around: what is closed does not open by another door."""

    def test_an_addendum_is_not_written_to_a_note_that_one_may_not_read(self, street, housing, case):
        contact_id = contact_of(street, case).record_id
        with pytest.raises(BeyondScope):
            housing.notes.add_addendum(contact_id=contact_id, text="More")
        street.notes.add_addendum(contact_id=contact_id, text="More")

    def test_a_note_with_several_stands_in_the_case_of_whoever_has_one(self, street, housing, case):
        friend = street.people.add(details=a_person("Ana", "Without"))
        note = NoteText(parts={"Note": "They share a room"})
        street.contacts.log(details=a_contact(friend, case.person_id, note=note))
        assert housing.notes.find(words="room") == [] and street.notes.find(words="room")

    def test_a_case_is_of_the_only_program_of_its_worker(self, street, housing):
        person_id = street.people.add(details=a_person("Ana", "Met"))
        case = street.cases.open_case(person_id=person_id, opened_from="call")
        assert case.program == "Street" and housing.cases.caseload() == []

    def test_unlinking_gives_nothing_away_that_one_may_not_read(self, signed_in, street, case):
        other = services_as(signed_in, Role.SOCIAL_WORKER, programs=("Housing",))
        own = other.people.add(details=a_person("James", "Okafor"))
        other.links.link(left_id=own, right_id=case.person_id, reason="same name")
        signed_in.context.now.at += timedelta(minutes=5)
        note = NoteText(parts={"Note": "After the link"})
        street.contacts.log(details=a_contact(case.person_id, note=note))
        parting = other.links.parting(left_id=own, right_id=case.person_id)
        belongs = {one.record_id: own for one in parting.added}
        assert belongs
        with pytest.raises(BeyondScope):
            other.links.unlink(left_id=own, right_id=case.person_id, belongs=belongs)
        assert other.notes.find(words="after link") == [] and street.notes.find(words="after link")

    def test_unlinking_gives_no_series_away_of_which_one_may_not_read_all(self, signed_in, street, case):
        other = services_as(signed_in, Role.SOCIAL_WORKER, programs=("Housing",))
        own = other.people.add(details=a_person("James", "Okafor"))
        other.links.link(left_id=own, right_id=case.person_id, reason="same name")
        signed_in.context.now.at += timedelta(minutes=5)
        plan = {"what": "Visit", "channel": Channel.PHONE, "when": When(TODAY)}
        street.follow_ups.repeat(person_id=case.person_id, recurrence=Recurrence(Every.WEEK, count=3), **plan)
        with street.context.write("test") as work:
            first = work.follow_ups.planned(person_id=case.person_id)[0]
            work.session_of_bulk().get_one(FollowUpRow, first.id).case_id = None
            work.commit()
        parting = other.links.parting(left_id=own, right_id=case.person_id)
        belongs = {one.record_id: own for one in parting.added}
        assert first.id in belongs
        with pytest.raises(BeyondScope):
            other.links.unlink(left_id=own, right_id=case.person_id, belongs=belongs)

    def test_unlinking_gives_no_case_away_that_one_may_not_read(self, signed_in, street):
        other = services_as(signed_in, Role.SOCIAL_WORKER, programs=("Housing",))
        met, own = street.people.add(details=a_person()), other.people.add(details=a_person())
        other.links.link(left_id=own, right_id=met, reason="same name")
        signed_in.context.now.at += timedelta(minutes=5)
        case = street.cases.open_case(person_id=met, opened_from="call")
        with pytest.raises(BeyondScope):
            other.links.unlink(left_id=own, right_id=met, belongs={case.id: own})
        street.links.unlink(left_id=own, right_id=met, belongs={case.id: own})

    @pytest.mark.parametrize("what", ["contact", "follow-up", "case"])
    def test_the_undo_of_an_unlinking_gives_nothing_back_that_one_may_not_read(
        self, signed_in, admin, street, what
    ):
        other = services_as(signed_in, Role.SOCIAL_WORKER, programs=("Housing",))
        met, own = street.people.add(details=a_person()), other.people.add(details=a_person())
        case = street.cases.open_case(person_id=met, opened_from="call") if what != "case" else None
        other.links.link(left_id=own, right_id=met, reason="same name")
        signed_in.context.now.at += timedelta(minutes=5)
        plan = {"what": "Visit", "channel": Channel.PHONE, "when": When(TODAY)}
        if what == "contact":
            street.contacts.log(details=a_contact(met))
        elif what == "follow-up":
            street.follow_ups.schedule(person_id=met, **plan)
        case = case or street.cases.open_case(person_id=met, opened_from="call")
        street.cases.assign(case_id=case.id, staff_id=other.context.actor.staff_id, is_primary=False)
        parting = other.links.parting(left_id=own, right_id=met)
        signed_in.context.now.at += timedelta(minutes=5)
        belongs = {one.record_id: own for one in parting.added}
        assert len(belongs) == 1
        other.links.unlink(left_id=own, right_id=met, belongs=belongs)
        street.cases.leave_team(case_id=case.id, staff_id=other.context.actor.staff_id)
        with pytest.raises(BeyondScope):
            other.links.undo_unlink(left_id=own, right_id=met)
        assert not other.people.open(person_id=own).linked
        street.cases.assign(case_id=case.id, staff_id=other.context.actor.staff_id, is_primary=False)
        other.links.undo_unlink(left_id=own, right_id=met)
        assert other.people.open(person_id=own).linked
