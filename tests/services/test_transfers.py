from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.cases import (
    CaseAlreadyOpen,
    CaseStatus,
    Goal,
    GoalEmpty,
    NotClosed,
    ReopenReasonMissing,
)
from caseapp.domain.contacts import Channel
from caseapp.domain.errors import WorkedOnSince
from caseapp.domain.follow_ups import DueInPast
from caseapp.domain.overview import Listed
from caseapp.domain.shorthand import When
from caseapp.domain.transfers import (
    Absence,
    CoverIsSelf,
    DaysOutOfOrder,
    NothingChosen,
    ReceiverCannotHold,
    SameWorker,
    covered_by,
)
from caseapp.services.cases import NewCase
from caseapp.services.contacts import NextStep
from tests.builders import TODAY, a_call, a_contact, a_person, an_encounter, services_as


def listed(services, kind, *, only_mine=True):
    found = services.overview.tallies(only_mine=only_mine)
    return next(one.rows for one in found if one.listed is kind)


SOON = When(TODAY + timedelta(days=2))


@pytest.fixture
def lead(signed_in):
    return services_as(signed_in, Role.SUPERVISOR)


@pytest.fixture
def other(signed_in):
    return services_as(signed_in, Role.CLINICIAN)


def an_episode(services, name="Okafor", *, step=True):
    person_id = services.people.add(details=a_person("James", name, points=()))
    new = NewCase(
        person_id=person_id,
        opened_from="self",
        primary_id=services.context.actor.staff_id,
        goals=(Goal("housing", "a door that locks"),),
        first_step=NextStep("Call about the room", Channel.PHONE, SOON) if step else None,
    )
    return services.cases.open_episode(new=new)


class TestEpisode:
    def test_opens_with_its_first_dated_step_or_stands_as_an_exception(self, worker):
        with_step, without = an_episode(worker), an_episode(worker, "Reyes", step=False)
        found = {one.case.id: one for one in worker.cases.caseload(only_mine=True)}
        assert found[with_step.id].next_step_on == SOON.on and found[without.id].lacks_next_step
        assert [one.subject for one in listed(worker, Listed.NO_STEP)] == [without.id]

    def test_is_opened_whole_or_not_at_all(self, worker):
        person_id = worker.people.add(details=a_person())
        yesterday = NextStep("Call", Channel.PHONE, When(TODAY - timedelta(days=1)))
        me = worker.context.actor.staff_id
        with pytest.raises(DueInPast):
            worker.cases.open_episode(new=NewCase(person_id, "self", me, first_step=yesterday))
        with pytest.raises(GoalEmpty):
            worker.cases.open_episode(new=NewCase(person_id, "self", me, goals=(Goal("housing", " "),)))
        assert worker.cases.caseload() == []

    def test_ends_with_its_steps_goes_on_and_remembers_both(self, worker):
        case = an_episode(worker)
        with pytest.raises(NotClosed):
            worker.cases.reopen(case_id=case.id, reason="x", version=case.version)
        worker.cases.close(case_id=case.id, reason="moved", outcome="housed", version=case.version)
        assert worker.follow_ups.planned() == [] and worker.cases.caseload() == []
        assert [one.case.id for one in worker.cases.caseload(is_open=False)] == [case.id]
        ended = worker.cases.open(case_id=case.id).case
        with pytest.raises(ReopenReasonMissing):
            worker.cases.reopen(case_id=case.id, reason=" ", version=ended.version)
        worker.cases.reopen(case_id=case.id, reason="back in town", version=ended.version)
        file = worker.cases.open(case_id=case.id)
        assert file.case.status is CaseStatus.OPEN
        assert [(one.reason, one.close_reason) for one in file.reopenings] == [("back in town", "moved")]

    def test_of_a_person_are_told_apart_and_one_is_open_at_a_time(self, worker):
        first = an_episode(worker)
        worker.cases.close(case_id=first.id, reason="moved", outcome="housed", version=first.version)
        new = NewCase(first.person_id, "agency", worker.context.actor.staff_id)
        second = worker.cases.open_episode(new=new)
        file = worker.cases.open(case_id=second.id)
        assert (file.episode, file.episodes) == (2, 2)
        version = worker.cases.open(case_id=first.id).case.version
        with pytest.raises(CaseAlreadyOpen):
            worker.cases.reopen(case_id=first.id, reason="x", version=version)

    def test_keeps_needs_with_how_far_they_are_and_the_team_over_time(self, worker, other):
        case = an_episode(worker)
        worker.cases.add_goal(case_id=case.id, goal=Goal("income", "my own money ", " a job "))
        goals = worker.cases.open(case_id=case.id).case.goals
        assert [(one.statement, one.target) for one in goals][1] == ("my own money", "a job")
        worker.cases.change_goal(goal_id=goals[0].id, status="met")
        staff_id = other.context.actor.staff_id
        worker.cases.assign(case_id=case.id, staff_id=staff_id, is_primary=False)
        worker.cases.leave_team(case_id=case.id, staff_id=staff_id)
        file = worker.cases.open(case_id=case.id)
        assert file.case.goals[0].status == "met"
        assert [(one.is_primary, one.to_on) for one in file.periods] == [(True, None), (False, TODAY)]


class TestTransfer:
    def test_moves_cases_with_their_steps_and_takes_both_back(self, worker, lead, other):
        first, second = an_episode(worker), an_episode(worker, "Reyes")
        mine, theirs = worker.context.actor.staff_id, other.context.actor.staff_id
        left = lead.transfers.preview(staff_id=mine)
        assert [(one.case_id, one.follow_ups) for one in left.cases] == [(first.id, 1), (second.id, 1)]
        with pytest.raises(NotAllowed):
            worker.transfers.transfer(case_ids=(first.id,), to_id=theirs)
        done = lead.transfers.transfer(case_ids=(first.id,), to_id=theirs, reason="balance")
        assert [one.case.id for one in other.cases.caseload(only_mine=True)] == [first.id]
        assert [one.person_id for one in other.follow_ups.planned(only_mine=True)] == [first.person_id]
        assert len(worker.cases.caseload(only_mine=True)) == 1
        lead.transfers.take_back(transferred=done)
        assert len(worker.cases.caseload(only_mine=True)) == 2
        assert len(worker.follow_ups.planned(only_mine=True)) == 2

    def test_moves_what_is_planned_on_another_record_of_the_same_person(self, worker, lead, other):
        """It stayed with the worker who had left the case, and nobody kept it."""
        case, mine = an_episode(worker), worker.context.actor.staff_id
        jim = worker.people.add(details=a_person("Jim", "Okafor", points=()))
        worker.follow_ups.schedule(person_id=jim, what="Bring the letter", channel=Channel.VISIT, when=SOON)
        worker.links.link(left_id=case.person_id, right_id=jim, reason="one and the same")
        left = lead.transfers.preview(staff_id=mine)
        assert [one.follow_ups for one in left.cases] == [2] and left.other_follow_ups == 0
        done = lead.transfers.transfer(case_ids=(case.id,), to_id=other.context.actor.staff_id)
        assert len(other.follow_ups.planned(only_mine=True)) == 2 and not worker.follow_ups.planned(
            only_mine=True
        )
        lead.transfers.take_back(transferred=done)
        assert len(worker.follow_ups.planned(only_mine=True)) == 2

    @pytest.mark.parametrize("work", ["handed on", "closed", "step done"])
    def test_is_not_taken_back_over_what_was_done_since(self, worker, lead, other, work):
        first, second = an_episode(worker), an_episode(worker, "Reyes")
        mine, theirs = worker.context.actor.staff_id, other.context.actor.staff_id
        done = lead.transfers.transfer(case_ids=(first.id, second.id), to_id=theirs)
        step = other.follow_ups.planned(person_id=first.person_id)[0]
        {
            "handed on": lambda: lead.transfers.transfer(
                case_ids=(first.id,), to_id=lead.context.actor.staff_id
            ),
            "closed": lambda: other.cases.close(
                case_id=first.id, reason="moved", outcome="unknown", version=first.version
            ),
            "step done": lambda: other.contacts.log(details=a_contact(first.person_id, follow_up_id=step.id)),
        }[work]()
        with pytest.raises(WorkedOnSince):
            lead.transfers.take_back(transferred=done)
        assert [one.case.id for one in other.cases.caseload(only_mine=True)][-1:] == [second.id]
        assert worker.cases.caseload(only_mine=True) == [] and mine != theirs

    def test_of_everything_gives_the_places_on_teams_back_too(self, worker, lead, other):
        case = an_episode(other)
        mine, theirs = worker.context.actor.staff_id, other.context.actor.staff_id
        lead.cases.assign(case_id=case.id, staff_id=mine, is_primary=False)
        done = lead.transfers.transfer_everything(from_id=mine, to_id=theirs, reason="left")
        assert lead.cases.open(case_id=case.id).periods[-1].to_on == TODAY
        lead.transfers.take_back(transferred=done)
        assert [one.to_on for one in lead.cases.open(case_id=case.id).periods] == [None, None]

    def test_that_is_taken_back_leaves_nobody_twice_on_a_team_they_joined_again(self, worker, lead, other):
        case = an_episode(other)
        mine, theirs = worker.context.actor.staff_id, other.context.actor.staff_id
        lead.cases.assign(case_id=case.id, staff_id=mine, is_primary=False)
        done = lead.transfers.transfer_everything(from_id=mine, to_id=theirs, reason="left")
        lead.cases.assign(case_id=case.id, staff_id=mine, is_primary=False)
        lead.transfers.take_back(transferred=done)
        periods = lead.cases.open(case_id=case.id).periods
        assert len(periods) == 3
        assert [one.is_primary for one in periods if one.to_on is None] == [True, False]

    def test_refuses_what_makes_no_sense_and_then_moves_nothing(self, worker, lead, admin):
        case = an_episode(worker)
        mine = worker.context.actor.staff_id
        with pytest.raises(NothingChosen):
            lead.transfers.transfer(case_ids=(), to_id=mine)
        with pytest.raises(SameWorker):
            lead.transfers.transfer(case_ids=(case.id,), to_id=mine)
        with pytest.raises(ReceiverCannotHold):
            lead.transfers.transfer(case_ids=(case.id,), to_id=admin.context.actor.staff_id)
        assert len(worker.cases.caseload(only_mine=True)) == 1

    def test_leaves_the_credit_for_contacts_with_whoever_made_them(self, worker, lead, other):
        case = an_episode(worker)
        made = worker.contacts.log(details=a_contact(case.person_id)).contact_id
        lead.transfers.transfer(case_ids=(case.id,), to_id=other.context.actor.staff_id, reason="left")
        later = other.contacts.log(details=a_contact(case.person_id)).contact_id
        by = [other.notes.open(contact_id=one).contact.staff_id for one in (made, later)]
        assert by == [worker.context.actor.staff_id, other.context.actor.staff_id]

    def test_of_everything_leaves_nothing_behind_but_notes_to_sign(self, worker, lead, other):
        an_episode(worker)
        lonely = worker.people.add(details=a_person("Minh", "Nguyen"))
        worker.follow_ups.schedule(person_id=lonely, what="Call", channel=Channel.PHONE, when=SOON)
        worker.contacts.log(details=a_contact(lonely))
        call_id = worker.calls.add(call=a_call())
        met = worker.encounters.add(call_id=call_id, details=an_encounter("Jim"))
        worker.triage.take(encounter_id=met)
        mine, theirs = worker.context.actor.staff_id, other.context.actor.staff_id
        left = lead.transfers.preview(staff_id=mine)
        counts = (len(left.cases), left.other_follow_ups, left.taken_from_calls, left.unsigned_notes)
        assert counts == (1, 1, 1, 1)
        lead.transfers.transfer_everything(from_id=mine, to_id=theirs, reason="left")
        after = lead.transfers.preview(staff_id=mine)
        assert (after.cases, after.other_follow_ups, after.taken_from_calls) == ((), 0, 0)
        assert len(other.cases.caseload(only_mine=True)) == 1
        assert len(other.follow_ups.planned(only_mine=True)) == 2


class TestCover:
    def test_is_written_by_leaders_in_order(self, worker, lead, other):
        who, cover = worker.context.actor.staff_id, other.context.actor.staff_id
        days = {"from_on": TODAY, "to_on": TODAY + timedelta(days=3)}
        with pytest.raises(NotAllowed):
            worker.transfers.add_absence(staff_id=who, cover_id=cover, **days)
        with pytest.raises(CoverIsSelf):
            lead.transfers.add_absence(staff_id=who, cover_id=who, **days)
        with pytest.raises(DaysOutOfOrder):
            lead.transfers.add_absence(
                staff_id=who, cover_id=cover, from_on=TODAY, to_on=TODAY - timedelta(days=1)
            )
        lead.transfers.add_absence(staff_id=who, cover_id=cover, **days)
        assert [one.cover_name for one in worker.transfers.absences()] == [other.context.actor.name]
        assert next(one for one in lead.triage.loads() if one.staff_id == who).is_away
        lead.transfers.remove_absence(absence_id=worker.transfers.absences()[0].id)
        assert worker.transfers.absences() == []

    def test_brings_what_falls_due_to_the_cover_while_somebody_is_away(self, worker, lead, other):
        case = an_episode(worker)
        who, cover = worker.context.actor.staff_id, other.context.actor.staff_id
        assert other.today.page().due == ()
        lead.transfers.add_absence(staff_id=who, cover_id=cover, from_on=TODAY, to_on=TODAY)
        page = other.today.page()
        assert [one.follow_up.person_id for one in page.due] == [case.person_id]


PEOPLE = [UUID(int=number) for number in range(5)]
absences = st.builds(
    Absence,
    id=st.just(UUID(int=99)),
    staff_id=st.sampled_from(PEOPLE),
    name=st.just(""),
    from_on=st.dates(date(2026, 1, 1), date(2026, 1, 5)),
    to_on=st.dates(date(2026, 1, 6), date(2026, 1, 9)),
    cover_id=st.sampled_from([None, *PEOPLE]),
)


@given(st.lists(absences, max_size=8), st.sampled_from(PEOPLE), st.dates(date(2026, 1, 1), date(2026, 1, 10)))
def test_cover_reaches_whoever_is_away_also_in_a_circle(found, cover_id, day):
    covered = covered_by(found, cover_id=cover_id, day=day)
    away = {one.staff_id: one for one in found if one.holds(day)}
    assert cover_id not in covered and covered <= set(away)
    for one in found:
        if one.holds(day) and one.cover_id in covered | {cover_id} and one.staff_id != cover_id:
            assert one.staff_id in covered
