"""People who stand twice are found, judged once, linked together and taken apart again."""

import json
from dataclasses import replace

import pytest

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.matching import saved
from caseapp.domain.matching.model import Model
from caseapp.domain.people import ContactPoint, PointKind
from caseapp.services.links import LinkedAlready
from caseapp.services.recognition import Stopped
from tests import builders


def look(worker):
    return worker.recognition.look(progress=lambda *_facts: True)


def pairs(worker):
    return [{one.left.id, one.right.id} for one in worker.recognition.waiting()]


class TestReview:
    def test_finds_who_stands_twice_and_says_why(self, worker, town):
        found = look(worker)
        assert all(set(pair) in pairs(worker) for pair in town)
        assert found.records == 46 and found.waiting == len(pairs(worker)) <= 5
        jim = next(one for one in worker.recognition.waiting() if one.left.id in town[0])
        assert {"same phone", "first name a known short form"} <= set(jim.reasons) and jim.percent == 99

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

    def test_links_the_certain_ones_and_takes_them_back(self, worker, town):
        look(worker)
        before = [worker.people.open(person_id=one).linked for pair in town for one in pair]
        waiting, count = pairs(worker), worker.recognition.certain()
        linked = worker.recognition.link_certain()
        assert linked.pairs == count and set(town[0]) in [set(pair) for pair in linked.links]
        assert worker.people.open(person_id=town[0][0]).linked[0].id == town[0][1]
        assert set(town[0]) not in pairs(worker)
        worker.recognition.unlink_all(linked=linked)
        assert [worker.people.open(person_id=one).linked for pair in town for one in pair] == before
        assert sorted(map(sorted, pairs(worker))) == sorted(map(sorted, waiting))

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
        with pytest.raises(LinkedAlready):
            worker.links.judge_different(left_id=left, right_id=right, reason="no")

    def test_stopping_leaves_all_as_it_was(self, worker, town):
        look(worker)
        before, head = pairs(worker), worker.context.database.head()
        with pytest.raises(Stopped):
            worker.recognition.look(progress=lambda _words, done, _total: done < 20)
        assert pairs(worker) == before and worker.context.database.head() == head

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
