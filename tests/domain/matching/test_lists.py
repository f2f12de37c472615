"""The same person is found within a list; relatives, namesakes and unknown people are kept apart."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest

from caseapp.domain.matching import lists, names_alike
from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.frequencies import Frequencies, count
from caseapp.domain.matching.learning import learn, told
from caseapp.domain.matching.levels import BirthLevel, Given
from caseapp.domain.matching.model import THRESHOLD, Model
from caseapp.domain.matching.profile import Born, Profile
from tests.crowd import GIVEN, crowd, profile


def found(profiles, **options):
    return {(one.low, one.high) for one in lists.match(profiles, **options).matches}


def with_pair(one, other, count=160):
    return [*crowd(count), one, other], (count, count + 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            profile("Guadalupe", "Ibarra Soto", (1988, 4, 9)),
            profile("Lupe", "Soto Ibarra", (1988, 9, 4)),
        ),
        (
            profile("William", "Thornbury", (1971, 2, 3), "5415559911"),
            profile("Bill", "Thornbery", None, "541-555-9911"),
        ),
        (profile("Phượng", "Đặng", (1990, 5, 5)), profile("Dang", "Phuong", (1990, 5, 5))),
        (
            profile("Mohammed", "Warsame", (1979, 7, 7), address="9 Harbor Lane"),
            profile("Mohamed", "Warsame", None, address="9 harbor ln"),
        ),
    ],
)
def test_finds_one_person_under_two_spellings(one, other):
    profiles, pair = with_pair(one, other)
    assert pair in found(profiles)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Twins: everything but the first name.
        (
            profile("Amos", "Thornbury", (1990, 2, 3), "5415559911", "9 Harbor Lane"),
            profile("Della", "Thornbury", (1990, 2, 3), "5415559911", "9 Harbor Lane"),
        ),
        # Father and son of one name.
        (
            profile("Amos", "Thornbury", (1952, 2, 3), "5415559911", "9 Harbor Lane"),
            profile("Amos", "Thornbury", (1980, 10, 17), "5415559911", "9 Harbor Lane"),
        ),
        # Father and son whose last name was heard otherwise.
        (
            profile("Amos", "Thornbury Sr", None, "5415559911", "9 Harbor Lane"),
            profile("Amos", "Thornberry Jr", None, "5415559911", "9 Harbor Lane"),
        ),
        # Namesakes.
        (profile("James", "Okafor", (1952, 2, 3)), profile("James", "Okafor", (1981, 10, 17))),
    ],
)
def test_keeps_relatives_and_namesakes_apart(one, other):
    profiles, pair = with_pair(one, other)
    assert pair not in found(profiles)


@pytest.mark.parametrize(("year", "is_one"), [(1966, True), (1962, True), (1985, False)])
def test_an_age_guessed_eight_years_off_is_no_son_and_one_of_a_generation_is(year, is_one):
    one = profile("Amos", "Thornbury", (1954, 2, 3), "5415559911", "9 Harbor Lane")
    guessed = profile("Amos", "Thornbury", (year, 0, 0, 3), "5415559911", "9 Harbor Lane")
    profiles, pair = with_pair(one, guessed)
    assert (pair in found(profiles)) is is_one


def test_links_nobody_where_nobody_is_twice():
    assert len(found(crowd(400))) <= 1


def test_never_links_an_unknown_person_by_itself():
    one = profile("Unknown", "Male", (1975, 0, 0, 3), address="9 Harbor Lane")
    profiles, pair = with_pair(one, one)
    assert one.is_unknown and pair not in found(profiles)


def test_a_record_without_a_birth_date_makes_no_pair_of_two_who_are_born_on_other_days():
    """Both are like it, and namesakes: whoever looks at the two sees at once that they are not one."""
    one = profile("Duc", "Tran", (1994, 12, 23), "5415559911")
    other = profile("Duc", "Tran", (1986, 12, 20), "", "12 Willow Road")
    between = profile("Duc", "Tran", None, "5415559911", "12 Willow Road")
    people = [*crowd(160), one, between, other]
    assert (160, 162) not in found(people)
    every = {(match.low, match.high): match for match in lists.match(people, keeps_all=True).matches}
    assert every[160, 162].probability < THRESHOLD


def test_a_record_that_fits_two_people_is_neither_for_certain():
    father, son = (
        profile("Amos", "Thornbury", born, "5415559911") for born in ((1952, 2, 3), (1980, 10, 17))
    )
    either = profile("Amos", "Thornbury", None, "5415559911")
    people = crowd(160)
    alone = lists.match([*people, father, either], keeps_all=True)
    torn = lists.match([*people, father, either, son], keeps_all=True)
    sure, doubtful = (
        next(one.probability for one in result.matches if (one.low, one.high) == (160, 161))
        for result in (alone, torn)
    )
    assert doubtful < 0.7 < sure


def test_two_groups_with_a_first_name_of_their_own_each_are_two_people():
    born, phone = (1990, 2, 3), "5415559911"
    twins = [profile(name, "Thornbury", born, phone) for name in ("Amos", "Amos", "Della", "Della")]
    matched = lists.match([*crowd(160), *twins])
    assert sorted(matched.groups) == [(160, 161), (162, 163)]


def with_siblings(people):
    """Each with somebody of another first name, born within a few years, at the same home."""
    for number, one in enumerate(people):
        (name, born, home) = one.names[0], one.births[0], one.streets[0]
        other = GIVEN[(GIVEN.index(name.given[0].title()) + 1 + number % 5) % len(GIVEN)]
        yield one
        yield profile(
            other,
            name.family[0],
            (born.year + 2 + number % 6, born.month % 12 + 1, born.day),
            f"5417{number:06}",
            f"{home.number} {home.words}",
        )


def again(people):
    """Each written twice, one in ten under another name and one in ten under another birth date."""
    for number, one in enumerate(people):
        name, born = one.names[0], one.births[0]
        yield one
        yield profile(
            GIVEN[number % len(GIVEN)] if number % 10 == 0 else name.given[0],
            name.family[0],
            (born.year + 5, born.month % 12 + 1, born.day) if number % 10 in (5, number // 100) else born[:3],
            one.phones[0],
            f"{one.streets[0].number} {one.streets[0].words}",
        )


def in_pairs(people):
    people = list(people)
    return zip(people[::2], people[1::2], strict=True)


def siblings_learned(profiles):
    relatives = lists.match(profiles).model.relatives
    return relatives.siblings * len(profiles) * (len(profiles) - 1) / 2


def test_learns_how_many_siblings_a_list_has_and_takes_no_slips_for_them():
    twice = list(again(crowd(400)))
    assert siblings_learned(twice) < 12
    assert 30 < siblings_learned([*twice, *with_siblings(crowd(60, seed=2))]) < 150


def by_age(people):
    """The same, an age told where a birth date was."""
    return [replace(one, births=(Born(one.births[0].year, 0, 0, 3),)) for one in people]


def test_siblings_in_a_list_of_ages_are_not_taken_for_one_person():
    people = crowd(330, seed=2)
    profiles = by_age([*again(people[30:]), *with_siblings(people[:30])])
    assert not found(profiles) & {(low, low + 1) for low in range(600, 660, 2)}


def test_siblings_twins_and_cousins_of_one_name_are_taken_for_nobody_where_nobody_is_twice():
    siblings = list(with_siblings(crowd(300, seed=5)))
    twins = [replace(other, births=one.births) for one, other in in_pairs(with_siblings(crowd(30, seed=6)))]
    cousins = [replace(other, names=one.names) for one, other in in_pairs(with_siblings(crowd(30, seed=7)))]
    matched = lists.match([*siblings, *crowd(30, seed=6), *twins, *crowd(30, seed=7), *cousins])
    unlike = [one for one in matched.matches if one.pattern.given is Given.DIFFERENT]
    assert not [(one.low, one.high) for one in unlike if one.high < len(siblings)]


def test_two_lists_give_only_pairs_across_them():
    people = crowd(80, seed=2)
    result = lists.match([*people, *people], boundary=80)
    assert {(one.low, one.high) for one in result.matches} == {(n, n + 80) for n in range(80)}


def test_the_same_list_gives_the_same_answer():
    people = [*crowd(100), *crowd(60)]
    assert lists.match(people).matches == lists.match(people).matches


def test_gives_every_pair_of_a_group():
    one = profile("Amos", "Thornbury", (1952, 2, 3), "5415559911")
    profiles = [*crowd(100), one, one, one]
    assert set(combinations((100, 101, 102), 2)) <= found(profiles)


def test_all_compared_pairs_come_with_their_chance():
    people = crowd(150)
    result = lists.match(people, keeps_all=True)
    assert len(result.matches) >= result.compared > 0
    assert all(0.0 <= one.probability <= 1.0 for one in result.matches)


@pytest.mark.parametrize("people", [[], [profile("Amos", "Thornbury")], [Profile(), Profile()]])
def test_lists_without_pairs_are_no_trouble(people):
    assert lists.match(people).matches == ()


def test_rows_of_a_file_that_all_repeat_one_are_one_group_held_by_few_pairs():
    one, count = profile("Amos", "Thornbury", (1952, 2, 3), "5415559911"), 600
    result = lists.match([*crowd(200), *[one] * count])
    assert tuple(range(200, 200 + count)) in result.groups
    assert count - 1 <= len(result.matches) < 10 * count
    assert all(one.probability > 0.9 for one in result.matches)


def test_can_be_stopped():
    def stop(_share):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        lists.match(crowd(20), tick=stop)


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "\u202eabc\u202c", "😀😀", "!!!", "\x00", "a b c d e f g h i j k l m n o p" * 20]
)
def test_hostile_names_do_no_harm(text):
    profiles = [*crowd(30), *(profile(text, text, (1980, 4, 17)) for _ in range(3))]
    matched = lists.match(profiles, keeps_all=True)
    assert {(30, 31), (30, 32), (31, 32)} <= {(one.low, one.high) for one in matched.matches}
    assert all(0.0 <= one.probability <= 1.0 for one in matched.matches)


def test_one_first_name_weighs_more_than_a_gender_typed_wrong():
    """Nearly every name is of one gender: where it is the same, the other gender is mostly a slip."""
    crowded = [replace(one, sex="fm"[len(one.names[0].given[0]) % 2]) for one in crowd(300)]
    della = replace(profile("Della", "Reed", (1990, 2, 3), address="9 Harbor Lane"), sex="f")
    again = replace(profile("Della", "Reed", address="9 Harbor Lane"), sex="m")
    assert (300, 301) in found([*crowded, della, again])


@pytest.mark.parametrize("family", ["Reed", ""])
def test_a_street_name_stands_where_the_first_name_was_not_told(family):
    """Nobody's twin is called Smokey by their parents."""
    moose = profile("Moose", family, (1990, 2, 3), "5415559911")
    assert (160, 161) in found([*crowd(160), profile("Amos", "Reed", (1990, 2, 3), "5415559911"), moose])
    assert names_alike.name(moose.names[0], profile("Amos", "Reed").names[0])[0] is Given.MISSING


def test_a_last_name_behind_the_first_is_as_common_as_a_last_name():
    """ "Marta Petrov Novak" of a list with one column has Petrov for a middle name, and agrees on no rare one."""
    one, other = profile("Marta Petrov", "Novak"), profile("Marta", "Petrov")
    listed = [*crowd(300), profile("Ruth Ann", "Novak"), profile("Otis Ray", "Tran"), one, other]
    pattern, surprise = compare(one, other, count(listed))
    assert pattern.given is Given.FULL and surprise < 0


def test_namesakes_born_a_year_or_two_apart_do_not_pass_for_slips_of_the_date():
    """However many they are, and however rare their names: nobody's date is so often another one nearby."""
    once, again = profile("Amos", "Reed", (1990, 2, 3)), profile("Amos", "Reed", (1991, 8, 19))
    same, near = (compare(once, other, Frequencies())[0] for other in (once, again))
    rare = 2 * 12
    model = learn(Counter({(same, rare): 900, (near, rare): 90}), 1e7, Model(), told([once, again]))
    assert near.birth is BirthLevel.NEAR and model.m["birth"][near.birth] <= 0.005


def test_a_first_name_that_several_people_have_is_no_slip_of_another():
    """Hanh and Oanh of one birth date are twins as well as one person."""
    born = [(1960 + place, 3, 9) for place in range(4)]
    known = [profile(first, "Tran", each) for each in born for first in ("Oanh", "Hanh")]
    hanh, oanh = profile("Hanh", "Hoang", (1989, 7, 31)), profile("Oanh", "Hoang", (1989, 7, 31))
    slip = profile("Hnah", "Hoang", (1989, 7, 31))
    frequencies = count([*crowd(160), *known, hanh, oanh, slip])
    assert compare(hanh, oanh, frequencies)[0].given is Given.SOUND
    assert compare(hanh, slip, frequencies)[0].given is Given.CLOSE


def test_another_middle_name_makes_a_first_name_that_is_nearly_the_same_doubtful():
    glenna, glenda, slip = (
        profile(first, "Buchholtz").names[0] for first in ("Glenna Rosemary", "Glenda Irene", "Glena R")
    )
    assert names_alike.name(glenna, glenda)[0] is Given.SOUND
    assert names_alike.name(glenna, slip)[0] is Given.CLOSE
