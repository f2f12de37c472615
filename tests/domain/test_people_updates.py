from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.births import Birth, Precision
from caseapp.domain.people import Identifier, Name, NameKind, PersonDetails
from caseapp.domain.people_lists import ListedPerson, details_of, gender_code, identity_of
from caseapp.domain.people_updates import from_plain, is_told_by, to_plain, updated
from tests.builders import HOSTILE, TODAY, a_person

NOTHING = PersonDetails()
words = st.sampled_from(["", "Ana", "ána", "Vega", "O'Brien", HOSTILE])
births = st.none() | st.builds(Birth, st.dates(date(1930, 1, 1), TODAY), st.sampled_from(list(Precision)))
listed = st.builds(
    ListedPerson,
    row=st.just(1),
    key=st.sampled_from(["", "7", "A-7"]),
    given=words,
    family=words,
    chosen=words,
    aliases=st.lists(words, max_size=2).map(tuple),
    description=words,
    birth=births,
    phones=st.lists(st.sampled_from(["541 555 0101", "(541) 555-0101", "5415550102"]), max_size=2).map(tuple),
    emails=st.lists(st.sampled_from(["a@example.org", "b@example.org"]), max_size=1).map(tuple),
    address=words,
    gender=st.sampled_from(["", "M", "female", "?"]),
    pronouns=words,
    identifiers=st.sampled_from([(), (Identifier("hmis", "H1"),), (Identifier("hmis", "H2"),)]),
)


@given(row=listed)
def test_the_same_saying_changes_nothing(row):
    said = details_of(row)
    assert updated(said, said, said) == said
    assert updated(a_person(), said, said) == a_person()
    assert is_told_by(said, said)


@given(stored=listed, before=listed, now=listed)
def test_a_later_saying_is_settled_by_one_import(stored, before, now):
    after = updated(details_of(stored), details_of(before), details_of(now))
    assert updated(after, details_of(now), details_of(now)) == after


@given(stored=listed, now=listed)
def test_a_list_that_is_new_here_fills_and_never_takes_away(stored, now):
    known = details_of(stored)
    after = updated(known, NOTHING, details_of(now))
    for part in ("names", "points", "places", "identifiers"):
        assert set(getattr(known, part)) <= set(getattr(after, part))
    for field in ("pronouns", "gender", "description"):
        assert getattr(after, field) == (getattr(known, field) or getattr(details_of(now), field))


@given(row=listed)
def test_what_was_said_comes_back_from_its_plain_form(row):
    said = details_of(row)
    assert replace(PersonDetails(), **from_plain(to_plain(said))) == said


def test_what_the_desk_noted_on_a_phone_survives_a_new_number():
    before = a_person()
    noted = replace(before, points=(replace(before.points[0], owner="Sister"),))
    said = replace(before, points=(replace(before.points[0], may_voicemail=False),))
    now = replace(said, points=(replace(said.points[0], value="541 555 0199"),))
    after = updated(noted, said, now)
    assert [point.owner for point in after.points] == ["Sister", ""]


def test_a_guessed_age_gives_way_to_a_date_and_never_the_other_way():
    guess, day = Birth(date(1980, 5, 1), Precision.ESTIMATED), Birth(date(1981, 2, 3))
    assert updated(a_person(birth=guess), NOTHING, a_person(birth=day)).birth == day
    assert updated(a_person(birth=day), NOTHING, a_person(birth=guess)).birth == day
    moved = replace(guess, on=guess.on + timedelta(days=200))
    assert updated(a_person(birth=guess), a_person(birth=guess), a_person(birth=moved)).birth == guess


def test_a_second_legal_name_beside_the_desks_own_is_an_alias():
    after = updated(a_person("Robert", "Hill"), NOTHING, a_person("Bob", "Hull"))
    assert [name.kind for name in after.names] == [NameKind.LEGAL, NameKind.ALIAS]
    married = updated(a_person("Ana", "Hill"), a_person("Ana", "Hill"), a_person("Ana", "Vega"))
    assert married.names == (Name(NameKind.LEGAL, "Ana", "Vega"),)


def test_the_surest_number_names_the_person():
    numbers = (Identifier("ssn", "9"), Identifier("jail", "J1"), Identifier("hmis", "H1"))
    assert identity_of(ListedPerson(1, key="7", identifiers=numbers)) == Identifier("list", "7")
    assert identity_of(ListedPerson(1, identifiers=numbers)) == Identifier("hmis", "H1")
    assert identity_of(ListedPerson(1, identifiers=numbers[:1])) is None


def test_answers_are_coded_as_the_lists_have_them():
    assert [gender_code(text) for text in ("M", " Female ", "Non-Binary", "dragon")] == [
        "man",
        "woman",
        "non-binary",
        "",
    ]
