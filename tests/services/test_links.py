"""A link makes one person of two records; taking it back makes two of them again, exactly."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseapp.domain.access import Role, Sealed
from caseapp.domain.contacts import Channel, NoteText, Outcome
from caseapp.domain.follow_ups import ATTEMPTS_BEFORE_SUPERVISOR
from caseapp.domain.matching.candidates import NEIGHBOURS
from caseapp.domain.people import LinkKind, Name, NameKind, PersonKind
from caseapp.domain.recurrence import Every, Recurrence
from caseapp.domain.referrals import Method
from caseapp.domain.relations import Relation
from caseapp.domain.shorthand import When
from caseapp.services.links import JudgedAnew, JudgedDifferent, JudgedOutOfSight, JudgedWhileLinked
from caseapp.services.parting import BelongsToNeither, NotLinked
from caseapp.system.messages import sentence_for
from tests import builders
from tests.builders import TODAY, a_call, a_consent, a_contact, a_person, an_encounter, services_as
from tests.services.linking import everything, james_and_jim, later, link, write


@pytest.fixture
def pair(worker):
    return james_and_jim(worker)


def often_written(worker, times, **details):
    """The record of somebody who was written so many times, all linked with it."""
    person = a_person("Walter", "Kowalski", **details)
    with worker.context.write("test") as work:
        written = work.people_in_bulk.add([person] * times, staff_id=worker.context.actor.staff_id)
        work.note_people(written)
        first, *others = (person_id for person_id, _rows in written)
        for one in others:
            work.links.add(first, one, kind=LinkKind.SAME, reason="test", evidence=[])
        work.commit()
    return first


class TestOneRecord:
    def test_is_shown_the_same_whichever_of_its_records_is_opened(self, worker, pair):
        for person_id in pair:
            worker.contacts.log(details=a_contact(person_id))
            worker.referrals.offer(person_id=person_id, need="bed", method=Method.SELF, place="Shelter")
            call = worker.calls.add(call=a_call(str(person_id)))
            worker.encounters.add(call_id=call, details=an_encounter(), person_id=person_id)
        worker.contacts.log(details=a_contact(*pair))
        link(worker, *pair)
        assert everything(worker, pair[0]) == everything(worker, pair[1])
        record = worker.people.open(person_id=pair[1])
        assert len(record.referrals) == 2 and record.calls.within(30) == 2
        kinds = [entry.kind.value for entry in record.timeline]
        assert kinds.count("contact") == 3 and kinds.count("call") == 2
        shared = [entry for entry in record.timeline if len(entry.origins) == 2]
        assert len(shared) == 1 and shared[0].with_people

    def test_keeps_the_origin_of_every_value_and_loses_none(self, worker, pair):
        link(worker, *pair)
        whole = worker.people.open(person_id=pair[0]).whole
        phones = {one.value.value[-4:]: whole.origin_words(one.origins) for one in whole.of("points")}
        assert sorted(phones.values()) == sorted(["records 1 and 2", whole.origin_words(_jim(whole))])
        assert {one.value.on for one in whole.of("birth")} == {date(1976, 3, 2), date(1976, 2, 3)}
        assert {one.full for one in whole.details.names} == {"James Okafor", "Jim Okafor"}
        assert whole.details.comes_with == "a dog" and whole.details.alerts[0].text == "dog bites"

    def test_takes_the_most_careful_word_on_a_phone_and_on_a_name(self, worker, pair):
        dead = Name(NameKind.FORMER, "Jim", "Okafor", do_not_use=True)
        third = worker.people.add(details=a_person(names=(Name(NameKind.CHOSEN, "Jay"), dead), points=()))
        link(worker, *pair)
        link(worker, pair[0], third)
        whole = worker.people.open(person_id=third).whole
        same = next(one for one in whole.details.points if one.value.endswith("0142"))
        assert same.do_not_mention_us and same.may_voicemail
        assert whole.display_name == "Jay"
        assert next(one for one in whole.details.names if one.full == "Jim Okafor").do_not_use

    def test_stands_once_in_lists_search_and_candidates(self, worker, pair):
        from caseapp.domain.matching.traits import Traits

        link(worker, *pair)
        people = worker.people.recent()
        assert len(people) == 1 and len(people[0].details.points) == 2
        for query in ("okafor", "jim", "james", "541 555 0177", "541 555 0142"):
            hits = worker.search.find(query=query)
            assert [hit.record_id for hit in hits] == [people[0].id]
        found = worker.people.candidates(traits=Traits(names=("Jim Okafor",), phones=("541 555 0177",)))
        assert [one.person_id for one in found] == [people[0].id]
        edited = worker.people.candidates(traits=Traits(names=("Jim Okafor",)), besides=pair[1])
        assert edited == []

    def test_leaves_room_in_search_and_candidates_for_others_however_many_records_it_has(self, worker):
        from caseapp.domain.matching.traits import Traits

        first = often_written(worker, 52, points=(), birth=None)
        other = worker.people.add(details=a_person("Walter", "Kowalski", points=(), birth=None))
        for query in ("kowalski", "walter kowalski"):
            for is_complete in (True, False):
                hits = worker.search.find(query=query, is_complete=is_complete)
                assert {hit.record_id for hit in hits} == {first, other}
        found = worker.people.candidates(traits=Traits(names=("Walter Kowalski",)))
        assert {one.person_id for one in found} == {first, other}

    def test_answers_under_one_name_on_every_list(self, worker, pair):
        unknown = worker.people.add(
            details=a_person(
                kind=PersonKind.UNKNOWN, names=(), description="red parka", points=(), birth=None
            )
        )
        worker.follow_ups.schedule(person_id=unknown, what="Day 7", channel=Channel.PHONE, when=When(TODAY))
        worker.referrals.offer(person_id=unknown, need="bed", method=Method.SELF, place="Shelter")
        worker.cases.open_case(person_id=unknown, opened_from="call")
        call = worker.calls.add(call=a_call(received_at=builders.NOW))
        worker.encounters.add(call_id=call, details=an_encounter(), person_id=unknown)
        link(worker, unknown, pair[0])
        name = worker.people.open(person_id=unknown).whole.display_name
        page = worker.today.page()
        assert "parka" not in name
        assert [page.due[0].follow_up.person_name, page.new[0].name] == [name, name]
        assert worker.follow_ups.planned()[0].person_name == name
        assert worker.referrals.open_ones()[0].person_name == name
        assert worker.cases.caseload()[0].case.person_name == name
        assert worker.calls.open(call_id=call).people[0].name == name

    def test_has_one_open_case(self, worker, pair):
        from caseapp.domain.cases import CaseAlreadyOpen

        worker.cases.open_case(person_id=pair[0], opened_from="call")
        link(worker, *pair)
        with pytest.raises(CaseAlreadyOpen):
            worker.cases.open_case(person_id=pair[1], opened_from="call")

    def test_is_journaled_on_every_record_that_was_shown(self, worker, pair):
        link(worker, *pair)
        worker.people.open(person_id=pair[0])
        for person_id in pair:
            told = [one.verb for one in builders.journaled(worker, person_id)]
            assert told[:2] == ["person.open", "person.link"]

    def test_is_told_whole_by_the_caseload_the_overview_and_the_field_sheet(self, worker, pair):
        from caseapp.services.contacts import NextStep

        case = worker.cases.open_case(person_id=pair[0], opened_from="call")
        link(worker, *pair)
        later(worker)
        offered = worker.referrals.offer(person_id=pair[1], need="bed", method=Method.SELF, place="Shelter")
        step = NextStep("call", Channel.PHONE, When(TODAY + timedelta(days=2)))
        worker.contacts.log(details=a_contact(pair[1]), next_step=step)
        row = worker.cases.caseload()[0]
        assert (row.last_contact_on, row.next_step, row.open_referrals) == (TODAY, "call", 1)
        assert offered.case_id == case.id

    def test_is_called_in_every_list_as_the_record_that_says_which_name_is_never_used(self, worker):
        """One record told the former name in lists of notes, consents, drafts, attempts and answers."""
        former = Name(NameKind.FORMER, "Zebediah", "Okafor", do_not_use=True)
        known = worker.people.add(
            details=a_person("Jo", "Okafor", names=(Name(NameKind.CHOSEN, "Jo", "Okafor"), former))
        )
        old = worker.people.add(details=a_person("Zebediah", "Okafor", points=()))
        planned = worker.follow_ups.schedule(
            person_id=old, what="Call", channel=Channel.PHONE, when=When(TODAY)
        )
        for _attempt in range(ATTEMPTS_BEFORE_SUPERVISOR):
            details = a_contact(
                old, outcome=Outcome.NO_ANSWER, follow_up_id=planned, note=NoteText(parts={"Note": "knocked"})
            )
            logged = worker.contacts.log(details=details)
        worker.consents.record(person_id=old, details=a_consent(expires_on=TODAY + timedelta(days=2)))
        sent = worker.referrals.offer(person_id=old, need="bed", method=Method.SELF, place="Harbor")
        worker.drafts.keep(form="contact", person_id=old, content={"notes": {"Note": "half a thought"}})
        assert "Zebediah" in repr(everything_listed(worker, logged))
        link(worker, known, old)
        assert "Zebediah" not in repr(everything_listed(worker, logged)) and sent.to_name == "Harbor"

    def test_repeats_what_was_last_done_on_either_record_with_the_one_that_is_open(self, worker, pair):
        link(worker, *pair)
        worker.contacts.log(details=a_contact(pair[1], minutes=15))
        last = worker.contacts.same_as_last(person_id=pair[0]).details
        assert (last.person_ids, last.minutes) == ((pair[0],), 15)

    def test_ends_every_step_of_its_case_with_the_case(self, worker, pair):
        from caseapp.services.contacts import NextStep

        case = worker.cases.open_case(person_id=pair[0], opened_from="call")
        link(worker, *pair)
        worker.contacts.log(
            details=a_contact(pair[1]), next_step=NextStep("call", Channel.PHONE, When(TODAY))
        )
        worker.cases.close(case_id=case.id, reason="moved", outcome="housed", version=case.version)
        assert worker.people.open(person_id=pair[0]).follow_ups == ()

    def test_leaves_the_step_of_somebody_met_together_when_a_case_ends(self, worker, pair):
        from caseapp.services.contacts import NextStep

        case = worker.cases.open_case(person_id=pair[0], opened_from="call")
        third = worker.people.add(details=a_person("Ana", "Vega"))
        step = NextStep("call", Channel.PHONE, When(TODAY))
        worker.contacts.log(details=a_contact(third, pair[0]), next_step=step)
        worker.cases.close(case_id=case.id, reason="moved", outcome="housed", version=case.version)
        left = [len(worker.people.open(person_id=one).follow_ups) for one in (third, pair[0])]
        assert left == [1, 0]

    def test_accounts_for_what_left_about_either_record(self, worker, pair):
        link(worker, *pair)
        worker.consents.record(person_id=pair[1], details=a_consent(recipients=("Harbor",)))
        for person_id in pair:
            referral = worker.referrals.offer(
                person_id=person_id, need="bed", method=Method.SELF, place="Harbor"
            )
            worker.handoff.print(referral_id=referral.id, recipient="Harbor")
        told = [[one.number for one in worker.papers.disclosures(person_id=one)] for one in pair]
        assert len(told[0]) == 2 and told[0] == told[1]


def everything_listed(worker, logged):
    """What lists say of people, each by its own verb."""
    return [
        worker.notes.find(words="knocked"),
        worker.notes.to_sign(),
        worker.notes.open(contact_id=logged.contact_id).names,
        worker.consents.ending(),
        worker.overview.tallies(),
        worker.today.page(),
        worker.follow_ups.planned(),
        worker.referrals.open_ones(),
        worker.cases.caseload(),
    ]


class TestParting:
    def test_is_a_look_at_every_record_that_is_shown(self, worker, pair):
        link(worker, *pair)
        worker.links.parting(left_id=pair[0], right_id=pair[1])
        for person_id in pair:
            newest = builders.journaled(worker, person_id)[0]
            assert (newest.kind, newest.verb) == ("opened", "person.parting")

    def test_asks_only_about_what_was_written_after_the_link(self, worker, pair):
        worker.contacts.log(details=a_contact(pair[0]))
        worker.follow_ups.schedule(person_id=pair[1], what="old", channel=Channel.PHONE, when=When(TODAY))
        early = worker.calls.add(call=a_call("1"))
        met = worker.encounters.add(call_id=early, details=an_encounter("Jim"))
        later(worker)
        link(worker, *pair)
        assert worker.links.parting(left_id=pair[0], right_id=pair[1]).added == ()
        later(worker)
        worker.follow_ups.schedule(person_id=pair[0], what="new", channel=Channel.PHONE, when=When(TODAY))
        worker.encounters.link(encounter_id=met, person_id=pair[0])
        worker.triage.decline(encounter_id=met, reason="x")
        added = worker.links.parting(left_id=pair[0], right_id=pair[1]).added
        assert {one.title for one in added} == {"new", "Call 1"}

    def test_asks_only_about_what_was_written_when_a_record_stood_for_both(self, worker, pair):
        third = worker.people.add(details=a_person("Jay", "Okafor"))
        link(worker, *pair)
        later(worker)
        worker.contacts.log(details=a_contact(third))
        later(worker)
        link(worker, pair[1], third)
        assert worker.links.parting(left_id=pair[0], right_id=pair[1]).added == ()
        later(worker)
        new = worker.contacts.log(details=a_contact(third)).contact_id
        for ends in (pair, (pair[1], third)):
            added = worker.links.parting(left_id=ends[0], right_id=ends[1]).added
            assert [one.record_id for one in added] == [new]

    def test_asks_about_a_contact_that_was_written_anew_for_the_other_record(self, worker, pair):
        ids = [worker.contacts.log(details=a_contact(pair[1])).contact_id for _each in "ab"]
        before = [met_in(worker, one) for one in pair]
        later(worker)
        link(worker, *pair)
        later(worker)
        for contact_id, named in zip(ids, pair, strict=True):
            written = worker.notes.open(contact_id=contact_id).contact
            told = replace(written.details, person_ids=(named,))
            worker.contacts.change(contact_id=contact_id, details=told, version=written.version)
        (added,) = worker.links.parting(left_id=pair[0], right_id=pair[1]).added
        assert (added.record_id, added.person_id) == (ids[0], pair[0])
        worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs={ids[0]: pair[1]})
        assert [met_in(worker, one) for one in pair] == before == [set(), set(ids)]

    def test_leaves_no_entry_under_the_case_of_the_other(self, worker, pair):
        worker.cases.open_case(person_id=pair[0], opened_from="call")
        third = worker.people.add(details=a_person("Ana", "Vega"))
        link(worker, *pair)
        later(worker)
        own = [worker.contacts.log(details=a_contact(one)).contact_id for one in pair]
        shared = worker.contacts.log(details=a_contact(pair[1], pair[0], third)).contact_id
        worker.referrals.offer(person_id=pair[1], need="bed", method=Method.SELF, place="Shelter")
        worker.links.unlink(left_id=pair[0], right_id=pair[1])
        cases = {
            (entry.record_id, one): entry.case_id
            for one in pair
            for entry in worker.people.open(person_id=one).timeline
        }
        assert cases[own[0], pair[0]] and cases[shared, pair[1]]
        rest = [case_id for (entry, one), case_id in cases.items() if one == pair[1] and entry != shared]
        assert rest == [None, None]

    def test_leaves_an_entry_in_the_case_of_somebody_met_with_them(self, worker, pair):
        third = worker.people.add(details=a_person("Ana", "Vega"))
        case = worker.cases.open_case(person_id=third, opened_from="call")
        before = worker.contacts.log(details=a_contact(pair[1], third)).contact_id
        link(worker, *pair)
        later(worker)
        since = worker.contacts.log(details=a_contact(pair[1], third)).contact_id
        worker.links.unlink(left_id=pair[0], right_id=pair[1])
        timeline = worker.people.open(person_id=third).timeline
        cases = {entry.record_id: entry.case_id for entry in timeline}
        assert cases[before] == cases[since] == case.id

    def test_gives_a_new_entry_to_whom_it_belongs(self, worker, pair):
        worker.cases.open_case(person_id=pair[0], opened_from="call")
        link(worker, *pair)
        later(worker)
        worker.contacts.log(details=a_contact(pair[0]))
        new = worker.links.parting(left_id=pair[0], right_id=pair[1]).added[0]
        stranger = worker.people.add(details=a_person("Ana", "Vega"))
        with pytest.raises(BelongsToNeither):
            worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs={new.record_id: stranger})
        assert worker.people.open(person_id=pair[0]).linked
        worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs={new.record_id: pair[1]})
        assert [len(worker.people.open(person_id=one).timeline) for one in pair] == [1, 1]
        moved = worker.people.open(person_id=pair[1]).timeline[0]
        assert moved.record_id == new.record_id

    def test_asks_once_about_a_series_and_gives_all_of_it(self, worker, pair):
        link(worker, *pair)
        later(worker)
        rule = Recurrence(Every.WEEK, count=8)
        plan = {"what": "Visit", "channel": Channel.PHONE, "when": When(TODAY), "recurrence": rule}
        worker.follow_ups.repeat(person_id=pair[0], **plan)
        (added,) = worker.links.parting(left_id=pair[0], right_id=pair[1]).added
        assert added.title == "Visit, and 7 more of its series"
        worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs={added.record_id: pair[1]})
        steps = [worker.people.open(person_id=one).follow_ups for one in pair]
        assert [len(one) for one in steps] == [0, 8]
        with worker.context.read("test") as work:
            assert work.follow_ups.series(steps[1][0].series_id).person_id == pair[1]

    def test_is_refused_where_nothing_is_linked(self, worker, pair):
        for ask in (worker.links.parting, worker.links.unlink):
            with pytest.raises(NotLinked):
                ask(left_id=pair[0], right_id=pair[1])

    def test_lets_the_pair_wait_for_a_judgement_again(self, worker, pair):
        worker.recognition.look(progress=lambda *_facts: True)
        assert worker.recognition.count() == 1
        link(worker, *pair)
        assert worker.recognition.count() == 0
        worker.links.unlink(left_id=pair[0], right_id=pair[1])
        assert [set(one.id) for one in worker.recognition.waiting()] == [set(pair)]

    def test_of_two_with_many_records_lets_no_more_pairs_wait_than_a_search_would(self, worker):
        times = 60
        both = [often_written(worker, times) for _side in range(2)]
        link(worker, *both)
        worker.links.unlink(left_id=both[0], right_id=both[1])
        with worker.context.read("test") as work:
            assert work.reviews.between(*sorted(both))
        assert worker.recognition.count() <= 2 * times * NEIGHBOURS < times * times


class TestUndo:
    """Nobody takes back by an undo what somebody else judged since."""

    def test_of_a_link_leaves_the_link_of_a_colleague(self, worker, signed_in, pair):
        ends = {"left_id": pair[0], "right_id": pair[1]}
        colleague = services_as(signed_in, Role.SUPERVISOR)
        link(worker, *pair)
        colleague.links.unlink(**ends)
        later(worker)
        colleague.links.link(**ends, reason="I asked him")
        with pytest.raises(JudgedAnew) as refused:
            worker.links.unlink(**ends, belongs={}, seen=LinkKind.SAME, is_undo=True)
        assert "Supervisor" in sentence_for(refused.value) and "I asked him" in sentence_for(refused.value)
        assert worker.people.open(person_id=pair[0]).linked

    @pytest.mark.parametrize("first", [LinkKind.SAME, LinkKind.DIFFERENT])
    def test_of_a_judgement_leaves_the_opposite_one(self, worker, signed_in, pair, first):
        ends = {"left_id": pair[0], "right_id": pair[1]}
        colleague = services_as(signed_in, Role.SUPERVISOR)
        judge = [worker.links.link, colleague.links.judge_different]
        if first is LinkKind.DIFFERENT:
            judge = [worker.links.judge_different, colleague.links.link]
        judge[0](**ends, reason="mine")
        colleague.links.unlink(**ends)
        judge[1](**ends, reason="theirs")
        before = worker.people.open(person_id=pair[0])
        for undo in ({"is_undo": True}, {}):
            with pytest.raises(JudgedAnew):
                worker.links.unlink(**ends, seen=first, **undo)
        after = worker.people.open(person_id=pair[0])
        assert (after.links, after.apart) == (before.links, before.apart)

    def test_of_a_judgement_of_ones_own_takes_it_back(self, worker, pair):
        link(worker, *pair)
        worker.links.unlink(left_id=pair[0], right_id=pair[1], seen=LinkKind.SAME, is_undo=True)
        assert not worker.people.open(person_id=pair[0]).linked


class TestJudgements:
    def test_are_refused_inside_a_group_with_the_reason(self, worker, pair):
        link(worker, *pair)
        with pytest.raises(JudgedWhileLinked) as refused:
            worker.links.judge_different(left_id=pair[0], right_id=pair[1], reason="no")
        assert "on 24 Nov 2026: same phone" in sentence_for(refused.value)

    def test_stand_against_a_link_through_a_third_with_the_reason(self, worker, pair):
        third = worker.people.add(details=a_person("Jay", "Okafor"))
        worker.links.judge_different(left_id=pair[0], right_id=third, reason="met both")
        link(worker, *pair)
        with pytest.raises(JudgedDifferent) as refused:
            link(worker, pair[1], third)
        assert "met both" in sentence_for(refused.value)
        assert not worker.people.open(person_id=third).linked

    def test_stand_against_the_undo_of_an_unlinking_by_whoever_judged_since(self, signed_in, worker, pair):
        link(worker, *pair)
        worker.links.unlink(left_id=pair[0], right_id=pair[1])
        judge = builders.services_as(signed_in, Role.SUPERVISOR).links.judge_different
        judge(left_id=pair[0], right_id=pair[1], reason="met both")
        with pytest.raises(JudgedDifferent) as refused:
            worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])
        assert "met both" in sentence_for(refused.value)
        assert not worker.people.open(person_id=pair[0]).linked

    @pytest.mark.parametrize("how", ["linked", "judged", "names", "is-named"])
    def test_on_a_sealed_record_refuse_without_a_word_of_them(self, signed_in, worker, pair, how):
        others = [worker.people.add(details=a_person("Jay", "Okafor", points=())) for _each in "ab"]
        sealed, third = others
        link(worker, pair[0], sealed)
        if how == "linked":
            link(worker, sealed, third)
        elif how == "judged":
            worker.links.judge_different(left_id=sealed, right_id=third, reason="met both")
        else:
            one, other = (sealed, third) if how == "names" else (third, sealed)
            write(worker, one, relations=(Relation("sister", "Kim", other_person_id=other),))
        write(worker, sealed, is_restricted=True)
        shut_out = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        verbs = [shut_out.links.link] + [shut_out.links.judge_different] * (how == "linked")
        for verb in verbs:
            with pytest.raises(JudgedOutOfSight) as refused:
                verb(left_id=pair[0], right_id=third, reason="x")
            assert not any(word in sentence_for(refused.value) for word in ("2026", "phone", "met", "Social"))


class TestUnknown:
    def test_becomes_somebody_new_without_losing_a_call_and_unknown_again(self, worker):
        unknown = worker.people.add(
            details=a_person(
                kind=PersonKind.UNKNOWN, names=(), description="red parka", points=(), birth=None
            )
        )
        call = worker.calls.add(call=a_call())
        worker.encounters.add(call_id=call, details=an_encounter(), person_id=unknown)
        worker.contacts.log(details=a_contact(unknown))
        before = everything(worker, unknown)
        new = worker.links.identify_as_new(person_id=unknown, details=a_person("Walter", "Reed"))
        record = worker.people.open(person_id=new)
        assert record.whole.display_name == "Walter Reed" and len(record.timeline) == 2
        assert [one.display_name for one in worker.people.recent()] == ["Walter Reed"]
        worker.links.unlink(left_id=unknown, right_id=new)
        assert everything(worker, unknown) == before
        assert worker.people.open(person_id=new).timeline == ()

    def test_stays_sealed_when_identified_and_open_to_the_same(self, signed_in, worker, admin):
        sealed = {"kind": PersonKind.UNKNOWN, "names": (), "description": "red parka", "is_restricted": True}
        unknown = worker.people.add(details=a_person(**sealed))
        keeper, other = (builders.services_as(signed_in, Role.SOCIAL_WORKER) for _each in "ab")
        with worker.context.write("test") as work:
            work.people.grant(unknown, keeper.context.actor.staff_id, reason="on the team")
            work.commit()
        new = worker.links.identify_as_new(person_id=unknown, details=a_person("Walter", "Reed"))
        assert worker.people.open(person_id=new).linked and keeper.people.open(person_id=new).linked
        assert other.search.find(query="walter reed") == [] and other.people.recent() == []

    def test_is_refused_for_a_sealed_one(self, signed_in, worker):
        person_id = worker.people.add(details=a_person(is_restricted=True))
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        with pytest.raises(Sealed):
            other.links.identify_as_new(person_id=person_id, details=a_person("Walter"))


def met_in(worker, person_id):
    return {entry.record_id for entry in worker.people.open(person_id=person_id).timeline}


def _jim(whole):
    return tuple(one.id for one in whole.members if one.details.comes_with)


def test_every_noun_that_belongs_to_a_person_is_asked_about_or_left_on_purpose():
    """A new table with a person must be parted with them, or stand here with its reason."""
    from caseapp.store.added import _OWNED
    from caseapp.store.tables import Base
    from caseapp.store.tables.base import Record

    left = {
        "encounter": "asked by itself, when the person was named after the link",
        "document": "the page of a disclosure, which is asked about",
        "follow_up_series": "only the rule behind its follow-ups",
        "access_grant": "who may open one record",
    }
    owned = {
        mapper.local_table.name
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Record) and "person_id" in mapper.columns
    }
    assert owned - {table.__tablename__ for _kind, table, _title in _OWNED} == owned & set(left)


def test_a_consent_on_either_record_lets_the_handoff_leave(worker, pair):
    link(worker, *pair)
    consent = a_consent(recipients=("Harbor",))
    worker.consents.record(person_id=pair[1], details=consent)
    referral = worker.referrals.offer(person_id=pair[0], need="bed", method=Method.SELF, place="Harbor")
    assert worker.handoff.preview(referral_id=referral.id).ruling.may_leave
    assert len(worker.consents.of_person(person_id=pair[0])) == 1
    worker.links.unlink(left_id=pair[0], right_id=pair[1])
    assert not worker.handoff.preview(referral_id=referral.id).ruling.may_leave
