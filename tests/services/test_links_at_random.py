"""Links, unlinks and entries in any order leave every record exactly its own."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.contacts import Channel
from caseapp.domain.people import (
    ContactPoint,
    PointKind,
)
from caseapp.domain.shorthand import When
from caseapp.services.links import (
    JudgedAlready,
    JudgedDifferent,
    JudgedWhileLinked,
    NothingToLink,
)
from tests.builders import TODAY, a_contact, a_person
from tests.services.linking import bare, details, later, link, write

PEOPLE = 4
_two = st.lists(st.integers(0, PEOPLE - 1), min_size=2, max_size=2, unique=True).map(sorted)
_step = st.one_of(
    st.tuples(st.sampled_from(["link", "unlink", "apart"]), _two, st.booleans()),
    st.tuples(
        st.sampled_from(["contact", "follow-up", "phone", "no-phone", "pronouns"]), _two, st.booleans()
    ),
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
            with pytest.raises(NothingToLink):
                link(self.worker, left, right)
            return
        link(self.worker, left, right)
        self.links.add((left, right))

    def do_unlink(self, left, right, gives_away):
        if (left, right) not in self.links:
            return
        self.links.discard((left, right))
        parting = self.worker.links.parting(left_id=left, right_id=right)
        belongs, facts = {}, {}
        if gives_away:
            belongs = {one.record_id: right for one in parting.added}
            facts = {one.key: one for one in parting.facts}
        stays_away = {one.key: None for one in parting.taken} if gives_away else {}
        before = self.told()
        whose = {**parting.as_written, **belongs, **dict.fromkeys(facts, right), **stays_away}
        self.worker.links.unlink(left_id=left, right_id=right, belongs=whose)
        self.worker.links.undo_unlink(left_id=left, right_id=right)
        assert self.told() == before
        later(self.worker)
        self.worker.links.unlink(left_id=left, right_id=right, belongs=whose)
        self.entries |= belongs
        for fact in facts.values():
            self.give(fact, right)
        self.put_back(parting, stays_away)

    def put_back(self, parting, stays_away=()):
        """What was taken from a record stands on it again."""
        for one in parting.taken:
            if one.key not in stays_away:
                said = self.details[one.person_id]
                self.details[one.person_id] = in_order(replace(said, points=(*said.points, one.value)))

    def give(self, fact, to):
        """The value goes from the one to the other, and what it was written over comes back."""
        if fact.person_id == to:
            return
        giver, taker = self.details[fact.person_id], self.details[to]
        if fact.field == "points":
            self.details[fact.person_id] = replace(
                giver, points=tuple(one for one in giver.points if one != fact.value)
            )
            self.details[to] = in_order(replace(taker, points=(*taker.points, fact.value)))
        else:
            assert fact.former in self.pronouns[fact.person_id]
            self.details[fact.person_id] = replace(giver, pronouns=fact.former)
            self.details[to] = replace(taker, pronouns=fact.value)
            self.pronouns[to].append(fact.value)

    def told(self):
        """Everything that is on record of everybody."""
        records = [self.worker.people.open(person_id=one) for one in self.ids]
        return [(bare(one.person.details), one.timeline, one.links) for one in records]

    def do_apart(self, left, right, _flag):
        judge = self.worker.links.judge_different
        if right in self.group(left):
            with pytest.raises(JudgedWhileLinked):
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
        self.numbers += 1
        phone = ContactPoint(PointKind.PHONE, f"541 555 {self.numbers + 1000:04d}")
        self.write(left, points=(*details(self.worker, left).points, phone))

    def do_no_phone(self, left, _right, is_first):
        points = details(self.worker, left).points
        self.write(left, points=points[1:] if is_first else points[:-1])

    def write(self, person_id, **said):
        write(self.worker, person_id, **said)
        self.details[person_id] = in_order(bare(details(self.worker, person_id)))

    def do_pronouns(self, left, _right, _flag):
        self.write(left, pronouns=f"word {len(self.pronouns[left])} of {left}")
        self.pronouns[left].append(self.details[left].pronouns)

    def check(self):
        for one in self.ids:
            record, group = self.worker.people.open(person_id=one), self.group(one)
            assert {member.id for member in record.whole.members} == group
            assert in_order(bare(record.person.details)) == self.details[one]
            wanted = {entry for entry, owner in self.entries.items() if owner in group}
            assert {entry.record_id for entry in record.timeline} == wanted
            by_origin = {entry.record_id: entry.origins for entry in record.timeline}
            assert all(by_origin[entry] == (self.entries[entry],) for entry in wanted)


def in_order(said):
    """A phone that went and came stands where it may."""
    return replace(said, points=tuple(sorted(said.points, key=lambda one: one.value)))


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
            model.put_back(worker.links.parting(left_id=pair[0], right_id=pair[1]))
            worker.links.unlink(left_id=pair[0], right_id=pair[1])
    model.check()
    assert not any(worker.people.open(person_id=one).linked for one in model.ids)
