"""Whoever is asked for is found by what is known of them, as much or as little as that is."""

from datetime import date

import pytest

from caseapp.domain.births import Birth
from caseapp.domain.matching.intake import AT_MOST_ASKED
from caseapp.domain.matching.traits import Traits
from caseapp.domain.people import Name, NameKind, PersonPlace
from caseapp.store import search
from tests import builders
from tests.town import a_town, named


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    signed_in = builders.open_as_administrator(
        builders.make_agency(tmp_path_factory.mktemp("agency") / "agency.caseapp")
    )
    services = builders.services_of(signed_in)
    a_town(services)
    services.people.add(details=named("Antonio", "Zavaleta Prieto", phone="541 555 0123"))
    yield services
    signed_in.close()


def offered(worker, *names, **traits):
    found = worker.people.candidates(traits=Traits(names=names, **traits))
    return [one.name for one in found]


def titles(worker, query, **options):
    return [hit.title for hit in worker.search.find(query=query, **options)]


@pytest.mark.parametrize("name", ["Toño Zavaleta", "Zavaleta, Tony", "Antonio Prieto", "antonio zavaletta"])
def test_finds_somebody_under_another_spelling(worker, name):
    assert offered(worker, name)[0] == "Antonio Zavaleta Prieto"
    assert titles(worker, name)[0] == "Antonio Zavaleta Prieto"


def test_finds_a_lone_first_name_with_a_slip(worker):
    assert offered(worker, "Antonip")[:1] == ["Antonio Zavaleta Prieto"]


def test_shows_who_comes_nearest_to_whoever_asks_for_more(worker):
    wanted = Traits(names=("Zavaleta, Smokey",))
    named = [one.name for one in worker.people.candidates(traits=wanted, at_most=AT_MOST_ASKED)]
    assert named[0] == "Antonio Zavaleta Prieto" and len(named) <= AT_MOST_ASKED
    nobody = Traits(names=("Qwijibo, Xerxes",))
    assert worker.people.candidates(traits=nobody, at_most=AT_MOST_ASKED) == []


def test_is_told_apart_alike_by_whoever_finds_them(worker):
    details = builders.a_person(
        "Thaddeus", "Umbridge", pronouns="he/him", places=(PersonPlace("stays", "Oak St Shelter"),)
    )
    worker.people.add(details=details)
    (hit,) = worker.search.find(query="Thaddeus Umbridge")
    (offered, *_others) = worker.people.candidates(traits=Traits(names=("Thaddeus Umbridge",)))
    assert hit.second_line == offered.second_line and "Oak St Shelter" in hit.second_line


def test_a_change_is_compared_at_once_and_checked(worker):
    person_id = worker.people.add(details=named("Bertrand", "Quillfeather", phone="541 555 0177"))
    person = worker.people.open(person_id=person_id).person
    details = builders.a_person("Bertrand", "Ostrander", points=person.details.points)
    worker.people.change(person_id=person_id, details=details, version=person.version)
    (found,) = worker.people.candidates(traits=Traits(names=("Ostrander, Bertrand",)))
    assert found.name == "Bertrand Ostrander" and "same last name" in found.reasons
    assert worker.maintenance.verify().ok


def test_finds_somebody_by_a_phone_under_another_name(worker):
    assert "Antonio Zavaleta Prieto" in offered(worker, "Smokey Prieto", phones=("5415550123",))


def test_offers_nobody_who_shares_only_a_first_name(worker):
    assert offered(worker, "James Hollingsworth", birth_date=date(2001, 7, 9)) == []


@pytest.mark.parametrize("query", ["zav", "ant zav", "anto pri"])
def test_the_first_answer_finds_beginnings_of_words(worker, query):
    assert titles(worker, query, is_complete=False) == ["Antonio Zavaleta Prieto"]


def test_a_first_answer_looks_at_some_only_of_the_thousands_who_sound_alike(worker):
    for number in range(9):
        worker.people.add(details=named(f"Given{number}", "Smith"))
    with worker.context.read("test") as work:
        assert len(work.search.by_sound("smyth", limit=20)) == 9
        assert len(work.search.by_sound("smyth", limit=20, most_read=5)) == 5
        assert len(work.search.by_sound("smyth", limit=3, most_read=5)) == 3


def test_a_name_never_to_be_said_finds_and_is_not_shown(worker):
    former = Name(NameKind.FORMER, "Leopold", "Quarrington", do_not_use=True)
    chosen = Name(NameKind.CHOSEN, "Leonora", "Quarrington")
    worker.people.add(details=builders.a_person(names=(former, chosen)))
    (hit,) = worker.search.find(query="Leopold Quarrington")
    assert hit.title == "Leonora Quarrington" and "Leopold" not in hit.second_line


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "\u202eatelavaZ\u202c \u200f", "😀😀 😀", "!!! ---", "\x00\x01", "a b " * 400, "%_'\";--"],
)
def test_hostile_words_find_nobody_and_do_no_harm(worker, text):
    assert worker.search.find(query=text) == []
    assert offered(worker, text, birth_date=date(2999, 1, 1), phones=(text,)) == []


def test_an_invisible_mark_does_not_hide_a_name(worker):
    assert titles(worker, "\u200fAntonio\u200e Zavaleta")[0] == "Antonio Zavaleta Prieto"


def named_all(work, query):
    return [one.name for one in work.search.by_words(query, limit=200)]


def test_finds_all_words_of_a_name_however_many_people_have_one_of_them(tmp_path):
    desk = builders.open_as_administrator(builders.make_agency(tmp_path / "many.caseapp"))
    many = [named("Wilhelmina", f"Q{number:04d}x") for number in range(search.COUNTED_TO + 10)]
    some = [named("Wilhelmina Ottoline", f"Fennimore{number:03d}") for number in range(120)]
    with desk.context.write("test.many") as work:
        work.people_in_bulk.add(many + some, staff_id=desk.context.actor.staff_id)
        work.commit()
    with desk.context.read("test.many") as work:
        assert named_all(work, "ottoline wilhelmina fennimore007") == ["Wilhelmina Ottoline Fennimore007"]
        assert len(named_all(work, "wilhelmina ottoline")) == len(some)
        assert len(named_all(work, "w ottoline")) == len(some)
        assert named_all(work, "Q0012x w") == ["Wilhelmina Q0012x"]
    desk.close()


def test_a_record_that_stands_twice_takes_nothing_from_itself(worker):
    details = named("Leocadia", "Montecillo", phone="541 555 0191", birth=Birth(date(1971, 4, 9)))
    first, second = (worker.people.add(details=details) for _twice in range(2))
    traits = Traits(names=("Leocadia Montecillo",), birth_date=date(1971, 4, 9))
    found = worker.people.candidates(traits=traits)
    assert {one.person_id for one in found} == {first, second}
    assert [one.same_as for one in found] == ["", "Leocadia Montecillo"]
    assert all(one.percent > 90 for one in found)
    worker.links.judge_different(left_id=first, right_id=second, reason="two sisters")
    assert [(one.same_as, one.percent) for one in worker.people.candidates(traits=traits)] == [("", 50)] * 2


def test_a_first_name_in_one_word_or_in_two_is_asked_for_where_nobody_has_the_whole_name(tmp_path):
    desk = builders.open_as_administrator(builders.make_agency(tmp_path / "kims.caseapp"))
    kims = [named(f"Q{number:03d}x", "Kim") for number in range(2 * search.AT_MOST_BY)]
    with desk.context.write("test.kims") as work:
        work.people_in_bulk.add([*kims, named("Hye-Jin", "Kim")], staff_id=desk.context.actor.staff_id)
        work.commit()
    worker = builders.services_of(desk)
    assert offered(worker, "Hyejin Kim")[:1] == ["Hye-Jin Kim"]
    desk.close()


def test_a_square_where_many_are_met_says_little_and_a_house_much(worker):
    """Somebody else of the first name was at the square too; whoever was met at the house is meant."""
    other = worker.people.add(details=named("Jun", "Wang"))
    worker.people.add(details=named("Jun", "Santos"))
    crowd = [worker.people.add(details=named("Pat", family)) for family in ("Lund", "Moss", "Reyes", "Vega")]
    for place, people in (("Fountain Square", (other, *crowd, *crowd)), ("12 Elm St", (other,))):
        for number, person_id in enumerate(people):
            call_id = worker.calls.add(call=builders.a_call(f"26-{place}-{number}", place=place))
            worker.encounters.add(call_id=call_id, details=builders.an_encounter(), person_id=person_id)
    with worker.context.read("test") as work:
        assert [work.search.met_at(place) for place in ("Fountain Square", "12 Elm St", "")] == [5, 1, 0]

    def chances(name, place):
        found = worker.people.candidates(traits=Traits(names=(name,), place=place))
        return {one.name: one.probability for one in found}

    at_square, at_house = chances("Jun Wang", "Fountain Square"), chances("Jun Wang", "12 Elm St")
    assert at_square["Jun Wang"] < at_house["Jun Wang"]
    told = chances("Jun Santos", "Fountain Square")
    assert next(iter(told)) == "Jun Santos"
