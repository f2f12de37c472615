"""A link makes one person of two records; taking it back makes two of them again, exactly."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.access import Role, Sealed
from caseapp.domain.added_facts import NothingLeft
from caseapp.domain.contacts import Channel
from caseapp.domain.people import (
    Alert,
    Birth,
    ContactPoint,
    Name,
    NameKind,
    PersonKind,
    PersonPlace,
    PointKind,
    Relation,
)
from caseapp.domain.person_keys import keys_of
from caseapp.domain.recurrence import Every, Recurrence
from caseapp.domain.referrals import Method
from caseapp.domain.shorthand import When
from caseapp.services.links import (
    BelongsToNeither,
    JudgedAlready,
    JudgedDifferent,
    LinkedAlready,
    NotLinked,
    OneAlready,
)
from caseapp.store.person_facts import content_of
from caseapp.store.put_back import WrittenSince
from caseapp.system.messages import sentence_for
from tests import builders
from tests.builders import TODAY, a_call, a_contact, a_person, an_encounter


@pytest.fixture
def pair(worker):
    """James, and what another team wrote of him as Jim with a dog."""
    james = worker.people.add(details=a_person())
    phones = (
        ContactPoint(PointKind.PHONE, "541-555-0142", may_voicemail=True, do_not_mention_us=True),
        ContactPoint(PointKind.PHONE, "541 555 0177"),
    )
    jim = worker.people.add(
        details=a_person(
            "Jim",
            "Okafor",
            birth=Birth(date(1976, 2, 3)),
            points=phones,
            alerts=(Alert("safety", "dog bites"),),
            comes_with="a dog",
        )
    )
    return sorted((james, jim))


def link(worker, left, right):
    worker.links.link(left_id=left, right_id=right, reason="same phone", evidence=("same phone",))


def later(services, **time):
    services.context.now.at += timedelta(**(time or {"seconds": 1}))


def everything(worker, person_id):
    """What the screen shows of a person, whoever it was opened by."""
    one = worker.people.open(person_id=person_id)
    return (
        one.whole,
        one.timeline,
        one.cases,
        one.referrals,
        one.consents,
        one.follow_ups,
        one.calls,
        one.alerts,
    )


class TestOneRecord:
    def test_is_shown_the_same_whichever_of_its_records_is_opened(self, worker, pair):
        for person_id in pair:
            worker.contacts.log(details=a_contact(person_id))
            worker.referrals.offer(person_id=person_id, need="bed", method=Method.SELF, place="Shelter")
            call = worker.calls.add(call=a_call(str(person_id)))
            worker.calls.add_encounter(call_id=call, details=an_encounter(), person_id=person_id)
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
        worker.calls.add_encounter(call_id=call, details=an_encounter(), person_id=unknown)
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
        with worker.context.read("test") as work:
            for person_id in pair:
                assert [one.verb for one in work.journal.of_record(person_id)][:2] == [
                    "person.open",
                    "person.link",
                ]

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
        from tests.services.test_sealed import a_consent

        link(worker, *pair)
        worker.consents.record(person_id=pair[1], details=replace(a_consent(), recipients=("Harbor",)))
        for person_id in pair:
            referral = worker.referrals.offer(
                person_id=person_id, need="bed", method=Method.SELF, place="Harbor"
            )
            worker.handoff.print(referral_id=referral.id, recipient="Harbor")
        told = [[one.number for one in worker.papers.disclosures(person_id=one)] for one in pair]
        assert len(told[0]) == 2 and told[0] == told[1]


class TestParting:
    def test_asks_only_about_what_was_written_after_the_link(self, worker, pair):
        worker.contacts.log(details=a_contact(pair[0]))
        worker.follow_ups.schedule(person_id=pair[1], what="old", channel=Channel.PHONE, when=When(TODAY))
        early = worker.calls.add(call=a_call("1"))
        met = worker.calls.add_encounter(call_id=early, details=an_encounter("Jim"))
        later(worker)
        link(worker, *pair)
        assert worker.links.parting(left_id=pair[0], right_id=pair[1]).added == ()
        later(worker)
        worker.follow_ups.schedule(person_id=pair[0], what="new", channel=Channel.PHONE, when=When(TODAY))
        worker.calls.link(encounter_id=met, person_id=pair[0])
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

    @pytest.mark.parametrize("are_many", [False, True])
    def test_leaves_no_entry_under_the_case_of_the_other(self, worker, pair, are_many):
        from caseapp.services.recognition import Linked

        worker.cases.open_case(person_id=pair[0], opened_from="call")
        third = worker.people.add(details=a_person("Ana", "Vega"))
        link(worker, *pair)
        later(worker)
        own = [worker.contacts.log(details=a_contact(one)).contact_id for one in pair]
        shared = worker.contacts.log(details=a_contact(pair[1], pair[0], third)).contact_id
        worker.referrals.offer(person_id=pair[1], need="bed", method=Method.SELF, place="Shelter")
        if are_many:
            worker.recognition.unlink_all(linked=Linked(1, (tuple(pair),)))
        else:
            worker.links.unlink(left_id=pair[0], right_id=pair[1])
        cases = {
            (entry.record_id, one): entry.case_id
            for one in pair
            for entry in worker.people.open(person_id=one).timeline
        }
        assert cases[own[0], pair[0]] and cases[shared, pair[1]]
        rest = [case_id for (entry, one), case_id in cases.items() if one == pair[1] and entry != shared]
        assert rest == [None, None]

    @pytest.mark.parametrize("are_many", [False, True])
    def test_leaves_an_entry_in_the_case_of_somebody_met_with_them(self, worker, pair, are_many):
        from caseapp.services.recognition import Linked

        third = worker.people.add(details=a_person("Ana", "Vega"))
        case = worker.cases.open_case(person_id=third, opened_from="call")
        before = worker.contacts.log(details=a_contact(pair[1], third)).contact_id
        link(worker, *pair)
        later(worker)
        since = worker.contacts.log(details=a_contact(pair[1], third)).contact_id
        if are_many:
            worker.recognition.unlink_all(linked=Linked(1, (tuple(pair),)))
        else:
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


def write(worker, person_id, **said):
    """Type something on a record."""
    later(worker)
    person = worker.people.open(person_id=person_id).person
    worker.people.change(person_id=person_id, details=replace(person.details, **said), version=person.version)


def details(worker, person_id):
    return worker.people.open(person_id=person_id).person.details


def asked(worker, pair):
    parting = worker.links.parting(left_id=pair[0], right_id=pair[1])
    return {(one.field, getattr(one.value, "value", one.value)): one for one in parting.facts}


def unlink(worker, pair, *given):
    later(worker)
    belongs = {one.key: next(each for each in pair if each != one.person_id) for one in given}
    worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs=belongs)


class TestFacts:
    def test_typed_since_the_link_are_asked_about_and_stay_unless_they_are_given_away(self, worker, pair):
        before = [details(worker, one) for one in pair]
        write(worker, pair[0], gender="man")
        later(worker)
        link(worker, *pair)
        assert asked(worker, pair) == {}
        write(worker, pair[0], pronouns="he", gender="")
        write(worker, pair[0], gender="man")
        (fact,) = asked(worker, pair).values()
        assert (fact.value, fact.by) == ("he", worker.context.actor.name)
        assert fact.at == worker.context.now() - timedelta(seconds=1)
        unlink(worker, pair)
        assert details(worker, pair[0]) == replace(before[0], pronouns="he", gender="man")
        assert details(worker, pair[1]) == before[1]

    def test_are_moved_with_the_keys_by_which_people_are_found(self, worker, pair):
        link(worker, *pair)
        before = [details(worker, one) for one in pair]
        phone = ContactPoint(PointKind.PHONE, "541 555 0190")
        write(
            worker,
            pair[0],
            points=(*before[0].points, phone),
            names=(*before[0].names, Name(NameKind.ALIAS, "Rooster")),
            places=(PersonPlace("usually-found", "Rescue Mission"),),
            birth=Birth(date(1990, 1, 2)),
        )
        unlink(worker, pair, *asked(worker, pair).values())
        assert details(worker, pair[0]) == before[0]
        now = details(worker, pair[1])
        assert now.birth == Birth(date(1990, 1, 2)) and "541 555 0190" in [one.value for one in now.points]
        assert [hit.record_id for hit in worker.search.find(query="rooster")] == [pair[1]]
        with worker.context.read("test") as work:
            stored, facts = work.people.stored_keys(pair), work.people.stored_facts(pair)
            for person_id, person in work.people.many(pair).items():
                assert stored[person_id] == keys_of(person.details)
                assert facts[person_id] == content_of(person.details)

    def test_leave_what_they_were_written_over(self, worker, pair):
        link(worker, *pair)
        before = details(worker, pair[0])
        for number in ("541 555 0190", "541 555 0191"):
            phone = replace(before.points[0], value=number)
            write(worker, pair[0], points=(phone, *before.points[1:]), description=number)
        facts = asked(worker, pair)
        assert set(facts) == {("points", "541 555 0191"), ("description", "541 555 0191")}
        unlink(worker, pair, *facts.values())
        assert _bare(details(worker, pair[0])) == _bare(before)

    def test_of_a_phone_that_is_there_already_keep_the_careful_word(self, worker, pair):
        for one in pair:
            write(worker, one, points=(ContactPoint(PointKind.PHONE, "5415550142", do_not_mention_us=True),))
        link(worker, *pair)
        write(worker, pair[0], points=(ContactPoint(PointKind.PHONE, "541 555 0142", may_text=True),))
        unlink(worker, pair, *asked(worker, pair).values())
        (phone,) = details(worker, pair[1]).points
        assert phone.do_not_mention_us and not phone.may_text

    def test_make_an_unknown_person_of_whose_name_goes_away_and_leave_nobody_without_any(self, worker, pair):
        unknown = worker.people.add(
            details=a_person(
                kind=PersonKind.UNKNOWN, names=(), description="red parka", points=(), birth=None
            )
        )
        link(worker, unknown, pair[0])
        before = details(worker, unknown)
        write(worker, unknown, kind=PersonKind.KNOWN, names=(Name(NameKind.LEGAL, "Walter"),))
        ends = (unknown, pair[0])
        unlink(worker, ends, *asked(worker, ends).values())
        assert details(worker, unknown) == before
        assert "Walter" in [one.full for one in details(worker, pair[0]).names]
        link(worker, unknown, pair[0])
        write(worker, unknown, kind=PersonKind.KNOWN, names=(Name(NameKind.LEGAL, "Al"),), description="")
        with pytest.raises(NothingLeft) as refused:
            unlink(worker, ends, *asked(worker, ends).values())
        assert "Leave it a name" in sentence_for(refused.value)
        assert worker.people.open(person_id=unknown).linked

    def test_are_put_back_with_the_entries_and_the_link_by_the_undo(self, worker, pair):
        worker.cases.open_case(person_id=pair[0], opened_from="call")
        link(worker, *pair)
        later(worker)
        added = worker.contacts.log(details=a_contact(pair[1])).contact_id
        worker.referrals.offer(person_id=pair[1], need="bed", method=Method.SELF, place="Shelter")
        write(worker, pair[1], points=(ContactPoint(PointKind.PHONE, "541 555 0190"),), pronouns="he")
        before, linked = everything(worker, pair[0]), worker.people.open(person_id=pair[0]).links
        facts = {one.key: pair[0] for one in asked(worker, pair).values()}
        later(worker)
        worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs={**facts, added: pair[0]})
        assert not worker.people.open(person_id=pair[0]).linked
        worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])
        assert _without_versions(everything(worker, pair[0])) == _without_versions(before)
        assert worker.people.open(person_id=pair[1]).links == linked
        assert {one.key for one in asked(worker, pair).values()} == set(facts)
        assert worker.recognition.count() == 0
        with worker.context.read("test") as work:
            newest = [one.verb for one in work.journal.of_record(pair[1]) if one.kind == "change"]
            assert newest[:2] == ["person.undo-unlink", "person.unlink"]

    def test_are_left_by_the_undo_where_somebody_went_on_or_somebody_else_unlinked(
        self, signed_in, worker, pair
    ):
        link(worker, *pair)
        write(worker, pair[0], pronouns="he")
        unlink(worker, pair, *asked(worker, pair).values())
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        with pytest.raises(NotLinked):
            other.links.undo_unlink(left_id=pair[0], right_id=pair[1])
        write(worker, pair[1], gender="man")
        with pytest.raises(WrittenSince) as refused:
            worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])
        assert "Link the two records again" in sentence_for(refused.value)
        assert details(worker, pair[1]).pronouns == "he"
        link(worker, *pair)
        with pytest.raises(WrittenSince):
            worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])

    def test_that_a_list_brought_since_are_asked_about_with_who_brought_it(self, admin, worker, pair):
        from tests.services.test_people_lists import bring

        listed = (
            "Client ID,First Name,Last Name,DOB,Phone,City\r\nC-1,Wade,Brooks,1976-03-02,{},Riverside\r\n"
        )
        bring(admin, listed.format("541 555 0150"))
        (wade,) = [hit.record_id for hit in worker.search.find(query="wade brooks")]
        before, ends = details(worker, wade), (wade, pair[0])
        later(worker)
        link(worker, *ends)
        later(worker)
        bring(admin, listed.format("541 555 0151"), name="later.csv")
        (fact,) = asked(worker, ends).values()
        assert (fact.person_id, fact.by) == (wade, admin.context.actor.name)
        assert [fact.value.value, fact.former.value] == ["541 555 0151", "541 555 0150"]
        unlink(worker, ends, fact)
        assert _bare(details(worker, wade)) == _bare(before)
        assert "541 555 0151" in [one.value for one in details(worker, pair[0]).points]

    def test_name_no_relative_whose_record_is_sealed(self, signed_in, worker, pair):
        sealed = worker.people.add(details=a_person("Ana", is_restricted=True))
        link(worker, *pair)
        write(worker, pair[0], relations=(Relation("sister", "Ana", other_person_id=sealed),))
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        assert len(asked(worker, pair)) == 1 and asked(other, pair) == {}
        assert "Ana" not in repr(other.links.parting(left_id=pair[0], right_id=pair[1]))
        third = worker.people.add(details=a_person("Jay", "Okafor"))
        later(worker)
        link(worker, pair[0], third)
        write(worker, pair[0], relations=(Relation("friend", "Bo"),))
        assert [one.former.name for one in asked(worker, (pair[0], third)).values()] == ["Ana"]
        assert asked(other, (pair[0], third)) == {}


def _bare(said):
    return replace(said, points=tuple(replace(one, id=None) for one in said.points))


def _without_versions(seen):
    whole = seen[0]
    members = tuple((one.id, _bare(one.details)) for one in whole.members)
    return members, *seen[1:3], [replace(one, version=0) for one in seen[3]]


class TestJudgements:
    def test_are_refused_inside_a_group_with_the_reason(self, worker, pair):
        link(worker, *pair)
        with pytest.raises(LinkedAlready) as refused:
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


class TestUnknown:
    def test_becomes_somebody_new_without_losing_a_call_and_unknown_again(self, worker):
        unknown = worker.people.add(
            details=a_person(
                kind=PersonKind.UNKNOWN, names=(), description="red parka", points=(), birth=None
            )
        )
        call = worker.calls.add(call=a_call())
        worker.calls.add_encounter(call_id=call, details=an_encounter(), person_id=unknown)
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


PEOPLE = 4
_two = st.lists(st.integers(0, PEOPLE - 1), min_size=2, max_size=2, unique=True).map(sorted)
_step = st.one_of(
    st.tuples(st.sampled_from(["link", "unlink", "apart"]), _two, st.booleans()),
    st.tuples(st.sampled_from(["contact", "follow-up", "phone", "pronouns"]), _two, st.booleans()),
)


class Model:
    """What should be true, kept beside the file: whose each entry is, and who is linked with whom."""

    def __init__(self, worker):
        self.worker = worker
        self.ids = [worker.people.add(details=a_person(f"Person{n}", points=())) for n in range(PEOPLE)]
        self.links, self.apart = set(), set()
        self.entries = {}
        self.numbers = 0
        self.pronouns = {one: [""] for one in self.ids}
        self.details = {one: worker.people.open(person_id=one).person.details for one in self.ids}

    def group(self, one):
        found = {one}
        while more := {end for pair in self.links if set(pair) & found for end in pair if end not in found}:
            found |= more
        return found

    def do(self, what, pair, flag):
        later(self.worker)
        left, right = (self.ids[number] for number in pair)
        getattr(self, f"do_{what.replace('-', '_')}")(left, right, flag)

    def do_link(self, left, right, _flag):
        groups = self.group(left), self.group(right)
        if any({a, b} in map(set, self.apart) for a in groups[0] for b in groups[1]):
            with pytest.raises(JudgedDifferent):
                link(self.worker, left, right)
            return
        if right in groups[0]:
            with pytest.raises(OneAlready):
                link(self.worker, left, right)
            return
        link(self.worker, left, right)
        self.links.add((left, right))

    def do_unlink(self, left, right, gives_away):
        if (left, right) not in self.links:
            return
        self.links.discard((left, right))
        belongs, facts = {}, {}
        if gives_away:
            parting = self.worker.links.parting(left_id=left, right_id=right)
            belongs = {one.record_id: right for one in parting.added}
            facts = {one.key: one for one in parting.facts}
        before = self.told()
        whose = belongs | dict.fromkeys(facts, right)
        self.worker.links.unlink(left_id=left, right_id=right, belongs=whose)
        self.worker.links.undo_unlink(left_id=left, right_id=right)
        assert self.told() == before
        later(self.worker)
        self.worker.links.unlink(left_id=left, right_id=right, belongs=whose)
        self.entries |= belongs
        for fact in facts.values():
            self.give(fact, right)

    def give(self, fact, to):
        """The value goes from the one to the other, and what it was written over comes back."""
        if fact.person_id == to:
            return
        giver, taker = self.details[fact.person_id], self.details[to]
        if fact.field == "points":
            self.details[fact.person_id] = replace(
                giver, points=tuple(one for one in giver.points if one != fact.value)
            )
            self.details[to] = replace(taker, points=(*taker.points, fact.value))
        else:
            assert fact.former in self.pronouns[fact.person_id]
            self.details[fact.person_id] = replace(giver, pronouns=fact.former)
            self.details[to] = replace(taker, pronouns=fact.value)
            self.pronouns[to].append(fact.value)

    def told(self):
        """Everything that is on record of everybody."""
        records = [self.worker.people.open(person_id=one) for one in self.ids]
        return [(_bare(one.person.details), one.timeline, one.links) for one in records]

    def do_apart(self, left, right, _flag):
        judge = self.worker.links.judge_different
        if right in self.group(left):
            with pytest.raises(LinkedAlready):
                judge(left_id=left, right_id=right, reason="no")
            return
        if (left, right) in self.apart:
            with pytest.raises(JudgedAlready):
                judge(left_id=left, right_id=right, reason="no")
            return
        judge(left_id=left, right_id=right, reason="no")
        self.apart.add((left, right))

    def do_contact(self, left, _right, _flag):
        details = a_contact(left, at=self.worker.context.now())
        self.entries[self.worker.contacts.log(details=details).contact_id] = left

    def do_follow_up(self, left, _right, _flag):
        plan = self.worker.follow_ups.schedule
        planned = plan(person_id=left, what="Day 7", channel=Channel.PHONE, when=When(TODAY))
        self.entries[planned] = left

    def do_phone(self, left, _right, _flag):
        person = self.worker.people.open(person_id=left).person
        self.numbers += 1
        number = f"541 555 {self.numbers + 1000:04d}"
        points = (*person.details.points, ContactPoint(PointKind.PHONE, number))
        self.worker.people.change(
            person_id=left, details=replace(person.details, points=points), version=person.version
        )
        self.details[left] = _bare(self.worker.people.open(person_id=left).person.details)

    def do_pronouns(self, left, _right, _flag):
        write(self.worker, left, pronouns=f"word {len(self.pronouns[left])} of {left}")
        self.details[left] = _bare(details(self.worker, left))
        self.pronouns[left].append(self.details[left].pronouns)

    def check(self):
        for one in self.ids:
            record, group = self.worker.people.open(person_id=one), self.group(one)
            assert {member.id for member in record.whole.members} == group
            assert _bare(record.person.details) == self.details[one]
            wanted = {entry for entry, owner in self.entries.items() if owner in group}
            assert {entry.record_id for entry in record.timeline} == wanted
            by_origin = {entry.record_id: entry.origins for entry in record.timeline}
            assert all(by_origin[entry] == (self.entries[entry],) for entry in wanted)


@settings(max_examples=12)
@given(st.lists(_step, min_size=3, max_size=14))
def test_random_links_unlinks_and_entries_leave_every_record_exactly_its_own(worker, steps):
    model = Model(worker)
    for step in steps:
        model.do(*step)
    model.check()
    for left, right in combinations(range(PEOPLE), 2):
        pair = tuple(sorted((model.ids[left], model.ids[right])))
        if pair in model.links or pair[::-1] in model.links:
            model.links -= {pair, pair[::-1]}
            worker.links.unlink(left_id=pair[0], right_id=pair[1])
    model.check()
    assert not any(worker.people.open(person_id=one).linked for one in model.ids)


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
    from tests.services.test_sealed import a_consent

    link(worker, *pair)
    consent = replace(a_consent(), recipients=("Harbor",))
    worker.consents.record(person_id=pair[1], details=consent)
    referral = worker.referrals.offer(person_id=pair[0], need="bed", method=Method.SELF, place="Harbor")
    assert worker.handoff.preview(referral_id=referral.id).ruling.may_leave
    assert len(worker.consents.of_person(person_id=pair[0])) == 1
    worker.links.unlink(left_id=pair[0], right_id=pair[1])
    assert not worker.handoff.preview(referral_id=referral.id).ruling.may_leave
