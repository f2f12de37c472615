"""One line of words finds whoever is meant, also when an age stands beside the name."""

import pytest

from caseapp.domain.ages import name_and_age
from caseapp.domain.births import Birth, birth_by_age
from caseapp.domain.matching.traits import Traits
from caseapp.domain.names import tokens
from caseapp.domain.people import ContactPoint, PersonPlace, PointKind
from tests.builders import TODAY, a_call, a_person, an_encounter


@pytest.fixture
def three(worker):
    """Of one last name: about 60, age not known, about 24."""
    births = (birth_by_age(60, TODAY), None, Birth(TODAY.replace(year=TODAY.year - 24)))
    names = ("Carmen", "Beatriz", "Verónica")
    return [
        worker.people.add(details=a_person(given, "Hernández Ortiz", birth=birth, points=()))
        for given, birth in zip(names, births, strict=True)
    ]


@pytest.mark.parametrize("query", ["hernandes 24", "hernandez, about 24", "24 hernandez", "hernandez 24 yo"])
@pytest.mark.parametrize("is_complete", [True, False])
def test_puts_those_of_the_age_first_and_those_of_another_last(worker, three, query, is_complete):
    found = [hit.record_id for hit in worker.search.find(query=query, is_complete=is_complete)]
    assert found == list(reversed(three))


def test_finds_by_another_spelling_and_an_age(worker, three):
    found = worker.search.find(query="Vonnie Hernandes about 25")
    assert found[0].record_id == three[2]


@pytest.mark.parametrize(
    ("given", "family", "queries"),
    [
        (
            "Людмила",
            "Коваленко",
            ("Lyudmila Kovalenko", "Ludmila Kovalenko", "kovalenko", "людмила", "ковал"),
        ),
        ("Алексей", "Жуков", ("Aleksei Zhukov", "zhukov", "Жуков")),
        ("Галина", "Kuznetsov", ("galina", "Galina Kuznetsova", "галина")),
        ("Dimitris", "Γεωργίου", ("georgiou", "Dimitri Georgiou", "Γεωργιου")),
        ("国强", "李", ("Guo Qiang Li", "Guoqiang Li", "li guo", "李国强", "李 国强")),
        ("محمد", "Hussein", ("Mohamed Hussein", "mohammed hussein", "محمد")),
        ("አበበ", "በቀለ", ("Abebe Bekele", "bekele", "አበበ")),
        ("अमित", "कुमार", ("Amit Kumar", "kumar", "अमित")),
        ("Նարեկ", "Պետրոսյան", ("Narek Petrosyan", "Petrossian", "պետրոսյան")),
    ],
)
def test_finds_a_name_in_another_alphabet_by_its_latin_spelling(worker, given, family, queries):
    person_id = worker.people.add(details=a_person(given, family, points=()))
    for query in queries:
        assert [hit.record_id for hit in worker.search.find(query=query)] == [person_id], query
    name = f"{given} {family}"
    assert worker.people.open(person_id=person_id).whole.display_name == name


def test_begins_the_first_answer_with_whoever_has_every_typed_word_in_a_name(worker):
    """Enter after “guo qiang li” opened Guo Qiang Zhang, who stood first until the whole answer came."""
    for family in ("Zhang", "Chen", "Li"):
        worker.people.add(details=a_person("Guo Qiang", family, points=(), birth=None))
    li = worker.people.add(details=a_person("Guo Qiang", "Li", points=()))
    for number in range(40):
        worker.people.add(details=a_person(f"Ana{number}", "Li" if number % 2 else "Vega", points=()))
    for query in ("guo qiang li", "li guo qiang", "guo qiang l"):
        for is_complete in (False, True):
            hits = worker.search.find(query=query, is_complete=is_complete)
            assert {hit.title for hit in hits[:2]} == {"Guo Qiang Li"}, (query, is_complete)
            assert li in {hit.record_id for hit in hits[:2]}


def test_offers_at_intake_who_is_written_in_another_alphabet(worker):
    person_id = worker.people.add(details=a_person("Людмила", "Коваленко", points=()))
    found = worker.people.candidates(traits=Traits(names=("Ludmila Kovalenko",), age=50))
    assert [one.person_id for one in found] == [person_id] and found[0].percent > 70


def test_spells_each_sign_of_a_syllable_apart_and_no_picture():
    assert tokens("李国强") == ("li", "guo", "qiang") and tokens("Щёкин-Юрьев") == ("shchekin", "yurev")
    assert tokens("😀 McCoy") == ("mccoy",)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Reyes, about 24", ("Reyes", 24)),
        ("Reyes, 24, Ana", ("Reyes Ana", 24)),
        ("man about 50 red parka", ("man red parka", 50)),
        ("Reyes 50s", ("Reyes", 55)),
        ("Reyes 24 yo", ("Reyes", 24)),
        ("1400 Oak", ("1400 Oak", None)),
        ("555 0142", ("555 0142", None)),
        ("Reyes 3/2/1976", ("Reyes 3/2/1976", None)),
        ("2 Mar 1976", ("2 Mar 1976", None)),
        ("24", ("24", None)),
        ("", ("", None)),
    ],
)
def test_reads_an_age_beside_a_name_and_in_nothing_else(text, read):
    assert name_and_age(text) == read


def test_tells_two_of_one_name_birth_and_place_apart_by_phone_and_when_last_seen(worker):
    """Both lines read “50 years, born 2 Mar 1976”, and the wrong record was opened."""
    place = (PersonPlace("home", "14 Oak St"),)
    phone = ContactPoint(PointKind.PHONE, "(541) 555-0177")
    one = worker.people.add(details=a_person(places=place))
    other = worker.people.add(details=a_person(places=place, points=(phone,)))
    third = worker.people.add(details=a_person(places=place, points=()))
    call_id = worker.calls.add(call=a_call())
    worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=other)
    same = "50, born 2 Mar 1976, 14 Oak St"
    wanted = {
        one: f"phone ends in 0142, not met yet, {same}",
        other: f"phone ends in 0177, last seen 22 Nov 2026, {same}",
        third: f"no phone, not met yet, {same}",
    }
    for is_complete in (True, False):
        hits = worker.search.find(query="okafor", is_complete=is_complete)
        assert {hit.record_id: hit.second_line for hit in hits} == wanted
    found = worker.people.candidates(traits=Traits(names=("James Okafor",), age=50))
    assert {hit.person_id: hit.second_line for hit in found} == wanted


def test_says_no_more_where_the_lines_differ_anyhow(worker):
    worker.people.add(details=a_person())
    worker.people.add(details=a_person(birth=Birth(TODAY.replace(year=1990))))
    lines = [hit.second_line for hit in worker.search.find(query="okafor")]
    assert sorted(lines) == ["36, born 24 Nov 1990", "50, born 2 Mar 1976"]
