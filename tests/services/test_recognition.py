"""People who stand twice are found, judged once, linked together and taken apart again."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.births import Birth
from caseapp.domain.contacts import Outcome
from caseapp.domain.matching import lists, saved
from caseapp.domain.matching.model import CERTAIN, Model
from caseapp.domain.people import ContactPoint, PersonKind, PersonPlace, PointKind
from caseapp.domain.relations import Relation
from caseapp.services.certain_links import LinkingStopped
from caseapp.services.links import JudgedDifferent, JudgedWhileLinked
from caseapp.services.recognition import SearchStopped
from caseapp.services.weights import ASKED_EVERY
from caseapp.system.messages import sentence_for
from tests import builders
from tests.builders import TODAY, a_call, a_contact, a_person, an_encounter
from tests.services.linking import later, write
from tests.town import named


def look(worker):
    return worker.recognition.look(progress=lambda *_facts: True)


def statements(do):
    """How many statements something sends to the file."""
    seen = []

    def note(*asked):
        seen.append(asked[2])

    event.listen(Engine, "before_cursor_execute", note)
    do()
    event.remove(Engine, "before_cursor_execute", note)
    return len(seen)


def pair_of(worker, ids):
    return next(one for one in worker.recognition.waiting() if set(one.id) == set(ids))


def part(worker, ids):
    """Judge a pair as the screen does."""
    look(worker)
    shown = pair_of(worker, ids)
    worker.links.judge_different(left_id=ids[0], right_id=ids[1], reason="x", evidence=shown.reasons)
    return shown


def give_one_phone(worker, ids):
    for person_id in ids:
        person = worker.people.open(person_id=person_id).person
        details = replace(person.details, points=(ContactPoint(PointKind.PHONE, "541 555 0199"),))
        worker.people.change(person_id=person_id, details=details, version=person.version)


def pairs(worker):
    return [{one.left.id, one.right.id} for one in worker.recognition.waiting()]


def begun(worker):
    """What a search that was stopped had compared."""
    with worker.context.read("test") as work:
        return work.reviews.begun()


class TestReview:
    def test_finds_who_stands_twice_and_says_why(self, worker, town):
        found = look(worker)
        assert all(set(pair) in pairs(worker) for pair in town)
        assert found.records == 46 and found.waiting == len(pairs(worker)) <= 5
        jim = next(one for one in worker.recognition.waiting() if one.left.id in town[0])
        assert {"same phone", "first name a known short form"} <= set(jim.reasons) and jim.percent == 99

    def test_shows_first_whom_a_link_would_bring_most_calls_together(self, worker, town):
        look(worker)
        *_likelier, seldom = worker.recognition.waiting()
        for number in range(3):
            call = worker.calls.add(call=a_call(f"26-77{number}"))
            worker.encounters.add(call_id=call, details=an_encounter(), person_id=seldom.id[number % 2])
        look(worker)
        first = worker.recognition.waiting()[0]
        assert first.id == seldom.id and sum(first.calls) == first.calls_together == 3
        worker.recognition.put_off(left_id=first.left.id, right_id=first.right.id)
        assert worker.recognition.waiting()[-1].id == seldom.id

    def test_tells_a_call_on_which_both_were_met_once_as_the_person_does_once_linked(self, worker, town):
        look(worker)
        left, right = worker.recognition.waiting()[0].id
        call = worker.calls.add(call=a_call("26-7799"))
        for one in (left, right):
            worker.encounters.add(call_id=call, details=an_encounter(), person_id=one)
        (pair,) = [one for one in worker.recognition.waiting() if one.id == (left, right)]
        assert pair.calls == (1, 1) and pair.calls_together == 1
        worker.links.link(left_id=left, right_id=right, reason="x")
        assert worker.people.open(person_id=left).calls.within(30) == pair.calls_together

    def test_a_pair_judged_apart_returns_only_with_new_evidence(self, worker, town):
        look(worker)
        left, right = town[1]
        shown = next(
            one for one in worker.recognition.waiting() if {one.left.id, one.right.id} == {left, right}
        )
        worker.links.judge_different(left_id=left, right_id=right, reason="met both", evidence=shown.reasons)
        assert {left, right} not in pairs(worker)
        look(worker)
        assert {left, right} not in pairs(worker)
        for person_id in (left, right):
            person = worker.people.open(person_id=person_id).person
            phone = ContactPoint(PointKind.PHONE, "541 555 0199")
            details = replace(person.details, points=(phone,))
            worker.people.change(person_id=person_id, details=details, version=person.version)
        look(worker)
        assert {left, right} in pairs(worker)

    def test_a_pair_judged_again_stands_by_the_new_evidence(self, worker, town):
        part(worker, town[1])
        give_one_phone(worker, town[1])
        look(worker)
        assert pair_of(worker, town[1]).apart.by == "Social-Worker"
        part(worker, town[1])
        look(worker)
        assert set(town[1]) not in pairs(worker)

    def test_a_pair_that_returned_is_linked_at_once_and_no_other(self, worker, town):
        left, right = town[1]
        part(worker, town[1])
        with pytest.raises(JudgedDifferent):
            worker.links.link(left_id=left, right_id=right, reason="slip")
        give_one_phone(worker, town[1])
        look(worker)
        worker.links.link(left_id=left, right_id=right, reason="same after all")
        assert worker.people.open(person_id=left).linked
        worker.links.unlink(left_id=left, right_id=right)
        assert set(town[1]) in pairs(worker)

    @pytest.mark.parametrize("judged", ["linked", "parted"])
    def test_a_judgement_taken_back_leaves_the_one_that_stood_before(self, worker, town, judged):
        left, right = town[1]
        part(worker, town[1])
        give_one_phone(worker, town[1])
        look(worker)
        certain = worker.certain_links.count()
        worker.context.now.at += timedelta(seconds=1)
        if judged == "linked":
            worker.links.link(left_id=left, right_id=right, reason="slip")
        else:
            part(worker, town[1])
        worker.context.now.at += timedelta(seconds=1)
        worker.links.unlink(left_id=left, right_id=right)
        assert pair_of(worker, town[1]).apart.why.endswith("; x")
        assert worker.certain_links.count() == certain
        if judged == "linked":
            worker.links.undo_unlink(left_id=left, right_id=right)
            assert worker.people.open(person_id=left).linked and not worker.people.open(person_id=left).apart

    def test_a_judgement_keeps_what_was_not_worth_a_word_too(self, worker):
        """Weights learned anew may make a word of it, and bring nobody back by that."""
        births = (Birth(date(1976, 3, 2)), Birth(date(1976, 11, 25)))
        pair = [
            worker.people.add(details=a_person("Wilhelmina", "Starkweather", birth=one)) for one in births
        ]
        shown = part(worker, pair).reasons
        with worker.context.read("test") as work:
            kept = work.links.apart(pair)[0].evidence
        assert set(kept) - set(shown) == {"same birth year"}

    def test_a_pair_somebody_unlinked_is_not_linked_with_many(self, worker, town):
        look(worker)
        certain = worker.certain_links.count()
        left, right = town[0]
        worker.links.link(left_id=left, right_id=right, reason="same phone")
        worker.links.unlink(left_id=left, right_id=right, is_put_off=True)
        look(worker)
        assert pair_of(worker, town[0]).is_put_off and worker.certain_links.count() == certain - 1

    def test_taking_a_link_back_makes_nobody_unknown_or_undated_certain(self, worker):
        told = {"birth": None, "places": (PersonPlace("home", "120 Oak Street, Eugene OR 97401"),)}
        one, other = (worker.people.add(details=a_person("Wilhelmina", "Starkweather", **told)) for _ in "ab")
        unknown = worker.people.add(
            details=a_person(
                "Wilhelmina", "Starkweather", kind=PersonKind.UNKNOWN, description="red parka", **told
            )
        )
        for left, right in ((one, other), (one, unknown)):
            worker.links.link(left_id=left, right_id=right, reason="x")
            worker.links.unlink(left_id=left, right_id=right)
        likely = {frozenset(one.id): one.probability for one in worker.recognition.waiting()}
        assert 0.9 < likely[frozenset((one, other))] < CERTAIN and likely[frozenset((one, unknown))] <= 0.9

    def test_links_the_certain_ones_and_takes_them_back(self, worker, town):
        look(worker)
        before = [worker.people.open(person_id=one).linked for pair in town for one in pair]
        waiting, count = pairs(worker), worker.certain_links.count()
        linked = worker.certain_links.link()
        assert linked.pairs == count and set(town[0]) in [set(pair) for pair in linked.links]
        assert worker.people.open(person_id=town[0][0]).linked[0].id == town[0][1]
        assert set(town[0]) not in pairs(worker)
        worker.certain_links.take_back(linked=linked)
        assert [worker.people.open(person_id=one).linked for pair in town for one in pair] == before
        assert sorted(map(sorted, pairs(worker))) == sorted(map(sorted, waiting))

    @pytest.mark.parametrize("what", ["contact", "met together", "phone", "no phone", "call", "a look"])
    @pytest.mark.parametrize("back", [0, 2])
    def test_leaves_the_links_of_people_about_whom_something_was_written_since(
        self, worker, town, what, back
    ):
        look(worker)
        linked = worker.certain_links.link()
        one, other = sorted(town[0])
        early = worker.calls.add(call=a_call())
        met = worker.encounters.add(call_id=early, details=an_encounter("Jim"))
        later(worker, days=-back, seconds=1)
        at = worker.context.now()
        do = {
            "contact": lambda: worker.contacts.log(details=a_contact(one, at=at)),
            "met together": lambda: worker.contacts.log(details=a_contact(one, *town[1], at=at)),
            "phone": lambda: write(worker, other, points=(ContactPoint(PointKind.PHONE, "541 555 0199"),)),
            "no phone": lambda: write(worker, one, points=()),
            "call": lambda: worker.encounters.link(encounter_id=met, person_id=one),
            "a look": lambda: worker.people.open(person_id=one),
        }
        do[what]()
        later(worker)
        done = worker.certain_links.take_back(linked=linked)
        asked = [] if what == "a look" else [{one, other}]
        assert list(map(set, done.asked)) == asked
        assert done.links == len(linked.links) - len(asked)
        for pair in linked.links:
            assert worker.people.open(person_id=pair[0]).whole.is_linked is (set(pair) in asked)
            assert (set(pair) in pairs(worker)) is (set(pair) not in asked)
        for pair in done.asked:
            parting = worker.links.parting(left_id=pair[0], right_id=pair[1])
            assert parting.as_written
            worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs=parting.as_written)

    def test_stopping_the_links_of_many_leaves_all_as_it_was(self, worker, town):
        look(worker)
        before, head = pairs(worker), worker.context.database.head()
        with pytest.raises(LinkingStopped) as stopped:
            worker.certain_links.link(progress=lambda _words, done, _total: done < 1)
        assert "None of these pairs was linked" in sentence_for(stopped.value)
        assert pairs(worker) == before and worker.context.database.head() == head

    def test_are_taken_back_where_a_record_made_since_was_linked_too(self, worker, town):
        look(worker)
        linked = worker.certain_links.link()
        later(worker)
        third = worker.people.add(details=a_person("Jay", "Okafor"))
        later(worker)
        worker.links.link(left_id=town[0][0], right_id=third, reason="same phone")
        done = worker.certain_links.take_back(linked=linked)
        assert done.asked == () and done.links == len(linked.links)
        assert [one.id for one in worker.people.open(person_id=third).linked] == [town[0][0]]

    def test_takes_back_no_link_that_somebody_made_anew_since(self, worker, town):
        look(worker)
        linked = worker.certain_links.link()
        again, *others = linked.links
        worker.context.now.at += timedelta(seconds=1)
        worker.links.unlink(left_id=again[0], right_id=again[1])
        worker.links.link(left_id=again[0], right_id=again[1], reason="I asked him")
        assert worker.certain_links.take_back(linked=linked).links == len(others)
        assert worker.people.open(person_id=again[0]).links[0].reason == "I asked him"

    def test_takes_back_no_link_of_somebody_shut_since(self, worker, admin, town):
        look(worker)
        linked = worker.certain_links.link()
        person = worker.people.open(person_id=town[0][0]).person
        sealed = replace(person.details, is_restricted=True)
        worker.people.change(person_id=person.id, details=sealed, version=person.version)
        admin.certain_links.take_back(linked=linked)
        assert [worker.people.open(person_id=one[0]).whole.is_linked for one in linked.links].count(True) == 1

    def test_links_certain_ones_one_after_another_and_never_over_a_judgement(self, worker, town):
        chain = [worker.people.add(details=a_person("Wilhelmina", "Starkweather")) for _each in "abc"]
        look(worker)
        part(worker, (chain[0], chain[2]))
        count = worker.certain_links.count()
        linked = worker.certain_links.link()
        assert linked.pairs == count and worker.certain_links.count() == 0
        groups = [{one.id for one in worker.people.open(person_id=each).whole.members} for each in chain]
        assert groups in ([{*chain[:2]}, {*chain[:2]}, {chain[2]}], [{chain[0]}, {*chain[1:]}, {*chain[1:]}])

    @pytest.mark.parametrize("are_called", [True, False])
    def test_links_nobody_met_after_the_death_of_the_other_without_anybody_looking(
        self, worker, town, are_called
    ):
        look(worker)
        count = worker.certain_links.count()
        for number, one in enumerate(town[0]):
            person = worker.people.open(person_id=one).person
            details = replace(person.details, deceased_on=None if number else TODAY - timedelta(days=9))
            worker.people.change(person_id=one, details=details, version=person.version)
        assert worker.certain_links.count() == count and not pair_of(worker, town[0]).is_at_odds
        if are_called:
            call = worker.calls.add(call=builders.a_call())
            worker.encounters.add(call_id=call, details=builders.an_encounter(), person_id=town[0][1])
        else:
            missed = builders.a_contact(town[0][1], outcome=Outcome.NO_ANSWER)
            worker.contacts.log(details=missed)
            assert worker.certain_links.count() == count
            worker.contacts.log(details=builders.a_contact(town[0][1]))
        assert worker.certain_links.count() == count - 1 and pair_of(worker, town[0]).is_at_odds
        assert look(worker).certain == count - 1
        worker.certain_links.link()
        assert not worker.people.open(person_id=town[0][0]).linked
        assert pair_of(worker, town[0]).is_at_odds

    def test_joins_no_chain_by_links_of_many_over_a_death(self, worker, town):
        chain = [worker.people.add(details=a_person("Wilhelmina", "Starkweather")) for _each in "abc"]
        for number, one in enumerate(chain[::2]):
            person = worker.people.open(person_id=one).person
            details = replace(person.details, deceased_on=TODAY - timedelta(days=9 + number))
            worker.people.change(person_id=one, details=details, version=person.version)
        look(worker)
        count = worker.certain_links.count()
        assert worker.certain_links.link().pairs == count
        groups = [{one.id for one in worker.people.open(person_id=each).whole.members} for each in chain]
        assert sorted(map(len, groups)) == [1, 2, 2] and groups[0] != groups[2]

    def test_links_nobody_with_somebody_close_to_them_without_anybody_looking(self, worker, town):
        chain = [worker.people.add(details=a_person("Wilhelmina", "Starkweather")) for _each in "abc"]
        write(worker, chain[2], relations=(Relation("mother", "Mina", other_person_id=chain[0]),))
        look(worker)
        assert pair_of(worker, chain[::2]).are_close and not pair_of(worker, chain[:2]).are_close
        count = worker.certain_links.count()
        assert worker.certain_links.link().pairs == count
        groups = [{one.id for one in worker.people.open(person_id=each).whole.members} for each in chain]
        assert sorted(map(len, groups)) == [1, 2, 2] and groups[0] != groups[2]

    def test_asks_as_little_of_the_file_for_many_certain_pairs_as_for_few(self, worker, town):
        look(worker)
        few = statements(worker.certain_links.count)
        for number in range(20):
            family = f"Thornbury{'abcdefghijklmnopqrst'[number] * 3}"
            birth, phone = Birth(date(1950 + number, 3, 2)), f"(541) 555-02{number:02d}"
            for _twice in "ab":
                worker.people.add(details=named("Amos", family, birth=birth, phone=phone))
        look(worker)
        assert worker.certain_links.count() > 20 and statements(worker.certain_links.count) == few

    def test_leaves_nothing_of_somebody_restricted_in_the_case_of_another(self, signed_in, worker, town):
        one, other = town[0]
        shut = worker.people.add(details=a_person("Sam", "Zell", is_restricted=True))
        worker.links.link(left_id=other, right_id=shut, reason="same phone")
        case = worker.cases.open_case(person_id=one, opened_from="call")
        look(worker)
        linked = worker.certain_links.link()
        later(worker)
        worker.contacts.log(details=a_contact(shut))
        written = [entry.case_id for entry in worker.people.open(person_id=shut).timeline]
        assert case.id in written
        colleague = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        assert colleague.certain_links.take_back(linked=linked).asked == ()
        left = [entry.case_id for entry in worker.people.open(person_id=shut).timeline]
        assert left and case.id not in left

    def test_later_moves_a_pair_to_the_end_and_keeps_it_there(self, worker, town):
        look(worker)
        first = worker.recognition.waiting()[0]
        worker.recognition.put_off(left_id=first.left.id, right_id=first.right.id)
        assert pairs(worker)[-1] == {first.left.id, first.right.id}
        look(worker)
        assert pairs(worker)[-1] == {first.left.id, first.right.id}

    def test_a_judgement_inside_a_group_is_refused(self, worker, town):
        left, right = town[0]
        worker.links.link(left_id=left, right_id=right, reason="same phone")
        with pytest.raises(JudgedWhileLinked):
            worker.links.judge_different(left_id=left, right_id=right, reason="no")

    def test_stopping_leaves_all_as_it_was(self, worker, town):
        look(worker)
        before, head = pairs(worker), worker.context.database.head()
        with pytest.raises(SearchStopped):
            worker.recognition.look(progress=lambda _words, done, _total: done < 20)
        assert pairs(worker) == before and worker.context.database.head() == head

    def test_goes_on_with_what_it_compared_before_it_was_stopped(self, worker, town, monkeypatch):
        """What was compared is kept for the same records, and gone once a search came to its end."""
        monkeypatch.setattr(lists, "_TICK_EVERY", 1)
        with pytest.raises(SearchStopped):
            worker.recognition.look(progress=lambda _words, done, _total: done < 75)
        kept, told = begun(worker), []
        assert kept and pairs(worker) == []
        worker.recognition.look(progress=lambda _words, done, _total: told.append(done) or True)
        assert [done for done in dict.fromkeys(told) if done >= 20][:2] == [20, 75]
        found = pairs(worker)
        assert not begun(worker) and set(town[0]) in found
        look(worker)
        assert pairs(worker) == found

    def test_what_was_kept_of_other_facts_is_not_gone_on_with(self, worker, town):
        with pytest.raises(SearchStopped):
            worker.recognition.look(progress=lambda _words, done, _total: done < 75)
        others = [worker.people.add(details=a_person("Orlando", "Vesely")) for _twice in range(2)]
        give_one_phone(worker, others)
        look(worker)
        assert set(others) in pairs(worker)

    def test_sealed_people_are_not_compared(self, worker, town):
        person = worker.people.open(person_id=town[0][0]).person
        details = replace(person.details, is_restricted=True)
        worker.people.change(person_id=person.id, details=details, version=person.version)
        look(worker)
        assert set(town[0]) not in pairs(worker)

    def test_is_refused_without_the_right(self, signed_in):
        with pytest.raises(NotAllowed):
            look(builders.services_as(signed_in, Role.AUDITOR))

    def test_learns_weights_that_intake_uses_and_says_them_in_words(self, worker, town):
        count, before = worker.recognition.weights_in_words()
        assert count == 0 and any(line.startswith("Same phone") for line in before)
        look(worker)
        look(worker)
        count, after = worker.recognition.weights_in_words()
        assert count == 2 and after != before

    def test_another_desk_knows_what_was_learned_a_few_seconds_later(self, signed_in, worker, town):
        elsewhere = builders.services_of(signed_in)
        _count, before = elsewhere.recognition.weights_in_words()
        look(worker)
        worker.context.now.at += ASKED_EVERY
        _count, after = elsewhere.recognition.weights_in_words()
        assert after == worker.recognition.weights_in_words()[1] != before

    def test_the_journal_says_that_it_was_done_and_not_the_weights(self, worker, town):
        look(worker)
        with worker.context.read("test") as work:
            last = work.journal.newest(limit=1)[0]
        assert last.verb == "recognition.look" and last.detail["records"] == 46
        assert len(str(last.detail)) < 400


def test_weights_come_back_as_they_were_kept(worker, town):
    look(worker)
    with worker.context.read("test") as work:
        _version, content = work.reviews.weights()
    model = saved.from_plain(content)
    assert json.loads(json.dumps(saved.to_plain(model))) == content
    assert saved.from_plain({**content, "m": {"given": [1.0]}}) == Model()
