"""What is typed on linked records belongs to one of the two once they are unlinked; the undo puts all back."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from caseapp.domain.access import Role
from caseapp.domain.births import Birth
from caseapp.domain.given_facts import NothingLeft
from caseapp.domain.people import ContactPoint, Name, NameKind, PersonKind, PersonPlace, PointKind
from caseapp.domain.person_keys import keys_of
from caseapp.domain.referrals import Method
from caseapp.domain.relations import RelatedToSelf, Relation
from caseapp.services.links import NamedAsClose, NothingToLink
from caseapp.services.parting import BelongsToNeither, NotLinked, WrittenMeanwhile
from caseapp.store.person_facts import content_of
from caseapp.store.put_back import WrittenSince
from caseapp.system.messages import sentence_for
from tests import builders
from tests.builders import a_contact, a_person
from tests.services.exports import bring_people
from tests.services.linking import bare, details, everything, james_and_jim, later, link, write


@pytest.fixture
def pair(worker):
    return james_and_jim(worker)


def asked(worker, pair):
    parting = worker.links.parting(left_id=pair[0], right_id=pair[1])
    return {(one.field, getattr(one.value, "value", one.value)): one for one in parting.facts}


def unlink(worker, pair, *given):
    later(worker)
    stays = worker.links.parting(left_id=pair[0], right_id=pair[1]).as_written
    goes = {one.key: next(each for each in pair if each != one.person_id) for one in given}
    worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs={**stays, **goes})


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

    def test_of_a_record_made_by_a_clock_that_goes_ahead_are_asked_about(self, worker, pair):
        later(worker, hours=1)
        third = worker.people.add(details=a_person("Jay", "Okafor"))
        later(worker, hours=-1)
        ends = pair[0], third
        link(worker, *ends)
        later(worker, hours=2)
        write(worker, third, pronouns="he")
        assert set(asked(worker, ends)) == {("pronouns", "he")}
        unlink(worker, ends)
        assert not worker.people.open(person_id=third).linked

    def test_written_after_the_clock_was_set_back_are_asked_about_and_nothing_older_is(self, worker, pair):
        """The clock of a desk was two days ahead when it linked; what was written since was asked of nobody."""
        james, jim = pair
        write(worker, james, gender="man")
        logged = partial(worker.contacts.log, details=a_contact(james))
        logged()
        later(worker, days=2)
        link(worker, james, jim)
        later(worker, days=-2, minutes=5)
        new = logged().contact_id
        write(worker, jim, pronouns="he")
        parting = worker.links.parting(left_id=james, right_id=jim)
        assert [one.record_id for one in parting.added] == [new]
        assert set(asked(worker, pair)) == {("pronouns", "he")} and parting.taken == ()
        worker.links.unlink(left_id=james, right_id=jim, belongs={**parting.as_written, new: jim})
        ours = [worker.people.open(person_id=one).timeline for one in pair]
        assert [sum(one.record_id == new for one in some) for some in ours] == [0, 1]

    def test_leave_what_they_were_written_over(self, worker, pair):
        link(worker, *pair)
        before = details(worker, pair[0])
        for number in ("541 555 0190", "541 555 0191"):
            phone = replace(before.points[0], value=number)
            write(worker, pair[0], points=(phone, *before.points[1:]), description=number)
        facts = asked(worker, pair)
        assert set(facts) == {("points", "541 555 0191"), ("description", "541 555 0191")}
        unlink(worker, pair, *facts.values())
        assert bare(details(worker, pair[0])) == bare(before)

    def test_leave_one_language_of_two_in_its_place(self, worker, pair):
        write(worker, pair[0], languages=("en",), races=("white",))
        link(worker, *pair)
        write(worker, pair[0], languages=("ar", "en"), races=("asian", "white"))
        both = bare(details(worker, pair[0]))
        unlink(worker, pair, *asked(worker, pair).values())
        now = [details(worker, one) for one in pair]
        assert [one.languages for one in now] == [("en",), ("ar",)]
        assert [one.races for one in now] == [("white",), ("asian",)]
        worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])
        assert bare(details(worker, pair[0])) == both

    def test_are_where_they_were_after_the_undo_of_the_last_unlinking_though_the_clock_was_set_back(
        self, worker, pair
    ):
        for back in (timedelta(0), timedelta(days=-2)):
            later(worker, days=back.days, seconds=1)
            link(worker, *pair)
            write(worker, pair[0], pronouns="they")
            both = bare(details(worker, pair[0]))
            facts = asked(worker, pair)
            unlink(worker, pair, *facts.values())
            assert details(worker, pair[1]).pronouns == "they"
            if back:
                worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])
                assert bare(details(worker, pair[0])) == both
                assert details(worker, pair[1]).pronouns == ""
            else:
                write(worker, pair[1], pronouns="")

    def test_that_were_taken_away_since_stand_there_again_unless_they_are_to_stay_away(self, worker, pair):
        write(worker, pair[1], languages=("ar", "en"), gender="man")
        before = [details(worker, one) for one in pair]
        later(worker)
        link(worker, *pair)
        left = {"points": before[1].points[1:], "languages": ("en",), "comes_with": "", "alerts": ()}
        write(worker, pair[1], **left, gender="")
        linked = bare(details(worker, pair[1]))
        parting = worker.links.parting(left_id=pair[0], right_id=pair[1])
        assert parting.facts == () and {one.by for one in parting.taken} == {worker.context.actor.name}
        assert {one.field for one in parting.taken} == {*left, "gender"}
        later(worker)
        worker.links.unlink(left_id=pair[0], right_id=pair[1])
        assert [bare(details(worker, one)) for one in pair] == [bare(one) for one in before]
        with worker.context.read("test") as work:
            assert work.people.stored_keys(pair)[pair[1]] == keys_of(details(worker, pair[1]))
        worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])
        assert bare(details(worker, pair[1])) == linked
        away = {one.key: None for one in parting.taken if one.field != "comes_with"}
        worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs={**parting.as_written, **away})
        assert bare(details(worker, pair[1])) == replace(linked, comes_with="a dog")

    def test_that_were_taken_away_are_asked_about_and_go_to_no_other_record(self, worker, pair):
        link(worker, *pair)
        write(worker, pair[1], comes_with="", pronouns="he")
        parting = worker.links.parting(left_id=pair[0], right_id=pair[1])
        (taken,), (added,) = parting.taken, parting.facts
        for belongs, refusal in (
            ({added.key: pair[1]}, WrittenMeanwhile),
            ({added.key: pair[1], taken.key: pair[0]}, BelongsToNeither),
            ({added.key: None, taken.key: pair[1]}, BelongsToNeither),
        ):
            with pytest.raises(refusal):
                worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs=belongs)
        assert worker.people.open(person_id=pair[0]).linked

    def test_that_an_unlinking_gave_away_are_not_put_back_by_the_next_one(self, worker, pair):
        third = worker.people.add(details=a_person("Jay", "Okafor"))
        link(worker, pair[0], third)
        write(worker, pair[0], pronouns="they")
        later(worker)
        link(worker, *pair)
        unlink(worker, (pair[0], third), *asked(worker, (pair[0], third)).values())
        assert details(worker, third).pronouns == "they"
        later(worker)
        assert worker.links.parting(left_id=pair[0], right_id=pair[1]).taken == ()
        worker.links.unlink(left_id=pair[0], right_id=pair[1])
        assert details(worker, pair[0]).pronouns == ""

    def test_that_were_the_last_name_can_go_where_the_name_taken_away_comes_back(self, worker, pair):
        link(worker, *pair)
        write(worker, pair[1], names=(*details(worker, pair[1]).names, Name(NameKind.ALIAS, "Rooster")))
        write(worker, pair[1], names=(Name(NameKind.ALIAS, "Rooster"),))
        (rooster,) = asked(worker, pair).values()
        unlink(worker, pair, rooster)
        assert [[name.full for name in details(worker, one).names] for one in pair] == [
            ["James Okafor", "Rooster"],
            ["Jim Okafor"],
        ]

    def test_of_which_somebody_wrote_more_meanwhile_are_asked_about_again(self, worker, pair):
        link(worker, *pair)
        phone = ContactPoint(PointKind.PHONE, "541 555 0190")
        write(worker, pair[0], points=(phone,))
        answer = {one.key: pair[1] for one in asked(worker, pair).values()}
        for said in ({"points": (replace(phone, do_not_mention_us=True),)}, {"points": (), "pronouns": "he"}):
            write(worker, pair[0], **said)
            with pytest.raises(WrittenMeanwhile) as refused:
                worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs=answer)
            assert "is in the list now" in sentence_for(refused.value)
        assert worker.people.open(person_id=pair[0]).linked
        unlink(worker, pair)

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
        parting = worker.links.parting(left_id=unknown, right_id=pair[0])
        (parka,) = parting.taken
        belongs = {**dict.fromkeys((one.key for one in parting.facts), pair[0]), parka.key: None}
        with pytest.raises(NothingLeft) as refused:
            worker.links.unlink(left_id=unknown, right_id=pair[0], belongs=belongs)
        assert "Leave it a name" in sentence_for(refused.value)
        assert worker.people.open(person_id=unknown).linked
        worker.links.unlink(left_id=unknown, right_id=pair[0], belongs={**belongs, parka.key: unknown})
        assert details(worker, unknown) == before

    def test_are_put_back_with_the_entries_and_the_link_by_the_undo(self, worker, pair):
        worker.cases.open_case(person_id=pair[0], opened_from="call")
        link(worker, *pair)
        later(worker)
        added = worker.contacts.log(details=a_contact(pair[1])).contact_id
        worker.referrals.offer(person_id=pair[1], need="bed", method=Method.SELF, place="Shelter")
        write(worker, pair[1], points=(ContactPoint(PointKind.PHONE, "541 555 0190"),), pronouns="he")
        before, linked = everything(worker, pair[0]), worker.people.open(person_id=pair[0]).links
        facts = {one.key: pair[0] for one in asked(worker, pair).values()}
        stays = worker.links.parting(left_id=pair[0], right_id=pair[1]).as_written
        later(worker)
        worker.links.unlink(left_id=pair[0], right_id=pair[1], belongs={**stays, **facts, added: pair[0]})
        assert not worker.people.open(person_id=pair[0]).linked
        worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])
        assert _without_versions(everything(worker, pair[0])) == _without_versions(before)
        assert worker.people.open(person_id=pair[1]).links == linked
        assert {one.key for one in asked(worker, pair).values()} == set(facts)
        assert worker.recognition.count() == 0
        newest = [one.verb for one in builders.journaled(worker, pair[1]) if one.kind == "change"]
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
        with pytest.raises(NothingToLink):
            worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])

    def test_that_a_list_brought_since_are_asked_about_with_who_brought_it(self, admin, worker, pair):
        listed = (
            "Client ID,First Name,Last Name,DOB,Phone,City\r\nC-1,Wade,Brooks,1976-03-02,{},Riverside\r\n"
        )
        bring_people(admin, listed.format("541 555 0150"))
        (wade,) = [hit.record_id for hit in worker.search.find(query="wade brooks")]
        before, ends = details(worker, wade), (wade, pair[0])
        later(worker)
        link(worker, *ends)
        later(worker)
        bring_people(admin, listed.format("541 555 0151"), name="later.csv")
        (fact,) = asked(worker, ends).values()
        assert (fact.person_id, fact.by) == (wade, admin.context.actor.name)
        assert [fact.value.value, fact.former.value] == ["541 555 0151", "541 555 0150"]
        unlink(worker, ends, fact)
        assert bare(details(worker, wade)) == bare(before)
        assert "541 555 0151" in [one.value for one in details(worker, pair[0]).points]

    def test_that_were_taken_away_name_no_relative_whose_record_is_sealed_and_stay_as_they_are(
        self, signed_in, worker, pair
    ):
        sealed = worker.people.add(details=a_person("Ana", is_restricted=True))
        write(worker, pair[0], relations=(Relation("sister", "Ana", other_person_id=sealed),))
        later(worker)
        link(worker, *pair)
        write(worker, pair[0], relations=())
        other = builders.services_as(signed_in, Role.SOCIAL_WORKER)
        ends = {"left_id": pair[0], "right_id": pair[1]}
        assert len(worker.links.parting(**ends).taken) == 1 and other.links.parting(**ends).taken == ()
        other.links.unlink(**ends)
        assert details(worker, pair[0]).relations == ()

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


class TestRelations:
    def test_to_another_record_of_the_same_person_are_refused(self, worker, pair):
        mother = (Relation("mother", "Jim", other_person_id=pair[1]),)
        link(worker, *pair)
        for one in pair:
            with pytest.raises(RelatedToSelf) as refused:
                write(worker, pair[0], relations=(replace(mother[0], other_person_id=one),))
        assert "another record of the same person" in sentence_for(refused.value)
        assert details(worker, pair[0]).relations == ()
        unknown = worker.people.add(
            details=a_person(kind=PersonKind.UNKNOWN, names=(), description="red parka", points=())
        )
        own = (Relation("friend", "in a parka", other_person_id=unknown),)
        with pytest.raises(RelatedToSelf):
            worker.links.identify_as_new(person_id=unknown, details=a_person(relations=own))

    def test_that_name_the_other_record_leave_no_link_between_the_two(self, worker, pair):
        third = worker.people.add(details=a_person("Jay", "Okafor"))
        link(worker, *pair)
        write(worker, pair[0], relations=(Relation("father", "Jay", other_person_id=third),))
        for ends in ((pair[1], third), (third, pair[0])):
            with pytest.raises(NamedAsClose) as refused:
                link(worker, *ends)
        assert "names the other as somebody close" in sentence_for(refused.value)
        assert not worker.people.open(person_id=third).linked
        write(worker, pair[0], relations=())
        link(worker, pair[1], third)

    def test_that_were_written_since_an_unlinking_leave_no_undo_of_it(self, worker, pair):
        link(worker, *pair)
        worker.links.unlink(left_id=pair[0], right_id=pair[1])
        write(worker, pair[1], relations=(Relation("father", "James", other_person_id=pair[0]),))
        with pytest.raises(NamedAsClose):
            worker.links.undo_unlink(left_id=pair[0], right_id=pair[1])
        assert not worker.people.open(person_id=pair[0]).linked

    def test_of_an_older_edition_that_name_the_same_person_do_not_hold_up_what_else_is_written(
        self, worker, pair
    ):
        link(worker, *pair)
        own = (Relation("mother", "Jim", other_person_id=pair[1]),)
        write_as_an_older_edition(worker, pair[0], relations=own)
        write(worker, pair[0], relations=(replace(own[0], note="said so once"),), pronouns="he")
        assert details(worker, pair[0]).pronouns == "he"

    def test_go_at_unlinking_to_no_record_of_whom_they_name(self, worker, pair):
        mary = worker.people.add(details=a_person("Mary", "Okafor"))
        link(worker, *pair)
        link(worker, pair[1], mary)
        mother = (Relation("mother", "Mary", other_person_id=mary),)
        write_as_an_older_edition(worker, pair[0], relations=mother)
        with pytest.raises(RelatedToSelf):
            unlink(worker, pair, *asked(worker, pair).values())
        assert worker.people.open(person_id=pair[0]).linked
        unlink(worker, pair)
        assert details(worker, pair[0]).relations[0].other_person_id == mary


def write_as_an_older_edition(worker, person_id, **said):
    """Write on a record what an edition before the rule of relations let through."""
    later(worker)
    with worker.context.write("person.change") as work:
        person = work.people.get(person_id)
        work.people.change(person_id, replace(person.details, **said), version=person.version)
        work.commit()


def _without_versions(seen):
    whole = seen[0]
    members = tuple((one.id, bare(one.details)) for one in whole.members)
    return members, *seen[1:3], [replace(one, version=0) for one in seen[3]]
