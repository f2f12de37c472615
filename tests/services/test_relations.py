"""Who is close to a person: named, corrected, taken off and put back, on linked and on restricted records."""

import csv
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from caseapp.domain.access import SEALED_NAME, NotAllowed, Role, Sealed
from caseapp.domain.journal import JournalFilter
from caseapp.domain.person_edits import NamedAlready
from caseapp.domain.relations import (
    EMERGENCY_CONTACT,
    HELPERS,
    RelatedToSelf,
    Relation,
    RelationChanged,
    RelativeGone,
    RelativeNameMissing,
)
from caseapp.services.links import NamedAsClose
from caseapp.system.messages import sentence_for
from tests import builders
from tests.builders import a_person
from tests.services.linking import details, james_and_jim, link, write

ANA = Relation("family", "Ana Okafor", "(541) 555-0143", note="after five")
GONE = UUID(int=77)


@pytest.fixture
def pair(worker):
    return james_and_jim(worker)


@pytest.fixture
def james(worker):
    return worker.people.add(details=a_person())


@pytest.fixture
def mary(worker):
    return worker.people.add(details=a_person("Mary", "Okafor"))


@pytest.fixture
def sealed(worker):
    return worker.people.add(details=a_person("Zed", "Quill", is_restricted=True))


def add(services, person_id, one=ANA, **said):
    return services.relations.add(person_id=person_id, relation=replace(one, **said))


def named(services, person_id):
    return details(services, person_id).relations


class TestOneRecord:
    def test_names_several_of_all_kinds_corrects_one_and_takes_another_off(self, worker, james):
        add(worker, james)
        add(worker, james, kind=EMERGENCY_CONTACT, note="")
        add(worker, james, name=" Bo ", kind="friend", phone="")
        assert [one.name for one in named(worker, james)] == ["Ana Okafor", "Ana Okafor", "Bo"]
        later = replace(ANA, phone="(541) 555-0199")
        worker.relations.change(person_id=james, before=ANA, after=later)
        worker.relations.remove(person_id=james, relation=named(worker, james)[1])
        assert named(worker, james) == (later, Relation("friend", "Bo", note="after five"))

    @pytest.mark.parametrize("verb", ["add", "change", "remove"])
    def test_each_verb_is_taken_back_exactly(self, worker, james, verb):
        for name in ("Bo", "Cy", "Di"):
            add(worker, james, name=name)
        before = named(worker, james)
        done = {
            "add": lambda: add(worker, james),
            "change": lambda: worker.relations.change(person_id=james, before=before[1], after=ANA),
            "remove": lambda: worker.relations.remove(person_id=james, relation=before[1]),
        }[verb]()
        assert named(worker, james) != before
        worker.relations.take_back(person_id=james, done=done)
        assert named(worker, james) == before
        with pytest.raises(RelationChanged if verb != "remove" else NamedAlready):
            worker.relations.take_back(person_id=james, done=done)
        assert named(worker, james) == before

    def test_what_somebody_else_changed_meanwhile_is_neither_overwritten_nor_taken_off(self, worker, james):
        add(worker, james)
        write(worker, james, relations=(replace(ANA, phone="(541) 555-0199"),), pronouns="he")
        for refused in (
            lambda: worker.relations.change(person_id=james, before=ANA, after=replace(ANA, name="Eve")),
            lambda: worker.relations.remove(person_id=james, relation=ANA),
        ):
            with pytest.raises(RelationChanged):
                refused()
        assert [one.phone for one in named(worker, james)] == ["(541) 555-0199"]

    def test_another_change_of_the_record_holds_up_nothing(self, worker, james):
        add(worker, james)
        write(worker, james, pronouns="he")
        worker.relations.remove(person_id=james, relation=ANA)
        assert named(worker, james) == () and details(worker, james).pronouns == "he"

    def test_nobody_is_named_without_a_name_or_twice_alike(self, worker, james):
        add(worker, james)
        add(worker, james, name="Bo")
        with pytest.raises(RelativeNameMissing) as nameless:
            add(worker, james, name=" ")
        with pytest.raises(NamedAlready) as twice:
            add(worker, james, phone="541 555 0143")
        with pytest.raises(NamedAlready):
            worker.relations.change(person_id=james, before=named(worker, james)[1], after=ANA)
        assert "whose phone" in sentence_for(nameless.value) and "already" in sentence_for(twice.value)
        assert len(named(worker, james)) == 2

    def test_is_journaled_under_the_verb_with_whom_it_is_about(self, worker, admin, james):
        done = add(worker, james)
        worker.relations.change(person_id=james, before=ANA, after=replace(ANA, note=""))
        worker.relations.remove(person_id=james, relation=replace(ANA, note=""))
        done = add(worker, james)
        worker.relations.take_back(person_id=james, done=done)
        lines = admin.journal.read(where=JournalFilter(person_id=james))
        verbs = [one.verb for one in lines if "relation" in one.verb]
        assert verbs == [
            "person.undo-relation",
            "person.add-relation",
            "person.remove-relation",
            "person.change-relation",
            "person.add-relation",
        ]


class TestRecordsOfTheirOwn:
    def test_somebody_with_a_record_is_pointed_at_and_called_as_there(self, worker, james, mary):
        add(worker, james, name="his mother", other_person_id=mary)
        assert worker.people.open(person_id=james).close == {mary: "Mary Okafor"}
        with pytest.raises(NamedAsClose) as refused:
            link(worker, james, mary)
        assert "“People close to them”" in sentence_for(refused.value)
        worker.relations.remove(person_id=james, relation=named(worker, james)[0])
        link(worker, james, mary)

    def test_a_record_that_is_not_there_is_refused_in_a_sentence_by_every_way_in(self, worker, james):
        gone = replace(ANA, other_person_id=GONE)
        add(worker, james)
        for refused in (
            lambda: add(worker, james, name="Mary", other_person_id=GONE),
            lambda: worker.relations.change(person_id=james, before=ANA, after=gone),
            lambda: write(worker, james, relations=(gone,)),
            lambda: worker.people.add(details=a_person("Jo", relations=(gone,))),
        ):
            with pytest.raises(RelativeGone) as error:
                refused()
            assert "not in the database any more" in sentence_for(error.value)
        assert named(worker, james) == (ANA,)

    def test_nobody_is_close_to_themselves(self, worker, pair):
        link(worker, *pair)
        add(worker, pair[0])
        for one in pair:
            with pytest.raises(RelatedToSelf):
                add(worker, pair[0], other_person_id=one)
            with pytest.raises(RelatedToSelf):
                worker.relations.change(
                    person_id=pair[0], before=ANA, after=replace(ANA, other_person_id=one)
                )

    def test_whoever_became_the_same_person_since_is_not_put_back(self, worker, james, mary):
        add(worker, james, name="Mary", other_person_id=mary)
        done = worker.relations.remove(person_id=james, relation=named(worker, james)[0])
        link(worker, james, mary)
        with pytest.raises(RelatedToSelf):
            worker.relations.take_back(person_id=james, done=done)


class TestLinkedRecords:
    def test_what_both_say_is_corrected_and_taken_off_on_both_and_put_back_on_both(self, worker, pair):
        write(worker, pair[0], relations=(Relation("friend", "Bo"), ANA))
        write(worker, pair[1], relations=(replace(ANA, name="ana okafor"),))
        link(worker, *pair)
        before = [named(worker, one) for one in pair]
        (both,) = [
            one for one in worker.people.open(person_id=pair[1]).whole.of("relations") if one.value == ANA
        ]
        assert set(both.origins) == set(pair)
        later = replace(ANA, phone="(541) 555-0199")
        changed = worker.relations.change(person_id=pair[1], before=ANA, after=later)
        assert [named(worker, one)[-1] for one in pair] == [later, later]
        worker.relations.take_back(person_id=pair[1], done=changed)
        assert [named(worker, one) for one in pair] == before
        removed = worker.relations.remove(person_id=pair[1], relation=ANA)
        assert [named(worker, one) for one in pair] == [(Relation("friend", "Bo"),), ()]
        worker.relations.take_back(person_id=pair[0], done=removed)
        assert [named(worker, one) for one in pair] == before

    def test_a_phone_that_differs_is_shown_too(self, worker, pair):
        write(worker, pair[0], relations=(ANA,))
        write(worker, pair[1], relations=(replace(ANA, phone="(541) 555-0199"),))
        link(worker, *pair)
        whole = worker.people.open(person_id=pair[0]).whole
        assert [(one.value.phone, whole.origin_words(one.origins)) for one in whole.of("relations")] == [
            ("(541) 555-0143", "record 1"),
            ("(541) 555-0199", "record 2"),
        ]
        worker.relations.remove(person_id=pair[0], relation=ANA)
        assert [len(named(worker, one)) for one in pair] == [0, 1]

    def test_a_name_goes_to_the_record_that_is_open(self, worker, pair):
        link(worker, *pair)
        add(worker, pair[1])
        assert [len(named(worker, one)) for one in pair] == [0, 1]
        with pytest.raises(NamedAlready):
            add(worker, pair[0])


class TestRightAndSeal:
    def test_an_auditor_reads_who_is_close_and_changes_nothing(self, worker, signed_in, james):
        done = add(worker, james)
        auditor = builders.services_as(signed_in, Role.AUDITOR)
        assert auditor.people.open(person_id=james).whole.details.relations == (ANA,)
        for refused in (
            lambda: add(auditor, james, name="Bo"),
            lambda: auditor.relations.change(person_id=james, before=ANA, after=ANA),
            lambda: auditor.relations.remove(person_id=james, relation=ANA),
            lambda: auditor.relations.take_back(person_id=james, done=done),
        ):
            with pytest.raises(NotAllowed):
                refused()

    def test_a_restricted_relative_is_neither_named_nor_changed_by_who_may_not_open_them(
        self, worker, signed_in, james, sealed
    ):
        add(worker, james, name="Zed Quill", other_person_id=sealed)
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        record = other.people.open(person_id=james)
        (seen,) = record.whole.details.relations
        assert seen == Relation("family", SEALED_NAME, other_person_id=sealed) and record.close == {}
        for refused in (
            lambda: other.relations.change(person_id=james, before=seen, after=replace(seen, note="x")),
            lambda: other.relations.remove(person_id=james, relation=seen),
            lambda: add(other, james, kind="friend", name="Zed", other_person_id=sealed),
        ):
            with pytest.raises(Sealed):
                refused()
        assert len(named(worker, james)) == 1

    def test_a_restricted_record_is_changed_by_those_alone_who_may_open_it(self, worker, signed_in, sealed):
        done = add(worker, sealed)
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        for refused in (
            lambda: add(other, sealed, name="Bo"),
            lambda: other.relations.remove(person_id=sealed, relation=ANA),
            lambda: other.relations.take_back(person_id=sealed, done=done),
        ):
            with pytest.raises(Sealed):
                refused()


def test_every_kind_that_the_program_knows_stands_in_the_list():
    seed = Path(__file__).parents[2] / "db" / "seed" / "relation.csv"
    with seed.open(encoding="utf-8") as lines:
        codes = {line["code"] for line in csv.DictReader(lines)}
    assert set(HELPERS) <= codes
