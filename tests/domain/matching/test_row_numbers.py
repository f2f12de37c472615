"""A number of its own for every row says nothing of people."""

from caseapp.domain.matching import lists
from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.frequencies import Frequencies
from caseapp.domain.matching.levels import NumberLevel
from caseapp.domain.matching.model import CERTAIN
from caseapp.domain.matching.profile import Born, Profile, called
from caseapp.domain.matching.row_numbers import without_row_numbers


def numbered(*numbers, scheme="mrn"):
    return [Profile(numbers=((scheme, number),) if number else ()) for number in numbers]


def numbers(profiles):
    return [value for one in profiles for _scheme, value in one.numbers]


def test_a_number_for_every_row_is_left_out():
    assert numbers(without_row_numbers(numbered(*"abcdefghij"))) == []
    assert numbers(without_row_numbers(numbered(*"abcdefghi", ""))) == []


def test_a_number_that_comes_again_or_that_few_have_is_a_persons():
    for one in (numbered(*"abcdefga"), numbered("a", "b", "", "", "")):
        assert without_row_numbers(one) == one


def test_a_number_that_an_office_gives_each_person_once_parts_two_in_any_list():
    clean = numbered("123456789", "123456780", scheme="ssn")
    assert without_row_numbers(clean) == clean


def test_of_two_lists_a_number_that_stands_in_both_is_a_persons():
    assert numbers(without_row_numbers(numbered(*"abc"), numbered(*"cde"))) == [*"abccde"]
    assert numbers(without_row_numbers(numbered(*"abc"), numbered(*"def"))) == []
    assert numbers(without_row_numbers(numbered(*"abc"), numbered("", "", scheme="jail"))) == []


def person(number, booking):
    return Profile(
        names=(called("Ana", f"Vega{number}"),),
        births=(Born(1950 + number, 3, 5),),
        numbers=(("jail", booking),),
    )


def test_a_number_of_bookings_says_who_is_one_and_parts_nobody():
    first, again, other, *_rest = without_row_numbers(
        [person(n, f"B{n}{booking}") for n in range(9) for booking in "1123"]
    )
    assert compare(first, again, Frequencies())[0].number is NumberLevel.EXACT
    assert compare(first, other, Frequencies())[0].number is NumberLevel.MISSING


def test_a_number_that_stays_with_a_person_from_row_to_row_is_theirs():
    stays = [person(n, f"J{n}") for n in range(30) for _stay in range(3)]
    assert without_row_numbers(stays) == stays
    twice = [*stays, person(3, "J99")]
    assert without_row_numbers(twice) == twice


def test_a_register_finds_whoever_stands_twice():
    names = [(first, last) for first in ("Ana", "Ruth", "Omar", "Linh") for last in ("Vega", "Reed", "Diaz")]
    people = [
        Profile(names=(called(first, last),), births=(Born(1950 + 3 * n, 1 + n % 12, 1 + n),))
        for n, (first, last) in enumerate(names)
    ]
    rows = [
        Profile(names=one.names, births=one.births, phones=(f"54155501{n:02}",), numbers=(("mrn", f"M{n}"),))
        for n, one in enumerate([*people, people[4]])
    ]
    rows[-1] = Profile(rows[-1].names, rows[-1].births, rows[4].phones, numbers=rows[-1].numbers)
    before, after = lists.match(rows), lists.match(without_row_numbers(rows))
    assert [one[:2] for one in after.matches] == [(4, 12)]
    assert (
        after.matches[0].probability >= CERTAIN > max((one.probability for one in before.matches), default=0)
    )
