"""The same person is found within a list; relatives, namesakes and unknown people are kept apart."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from caseapp.domain.matching import candidates, lists
from caseapp.domain.matching.candidates import pairs
from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.frequencies import Frequencies
from caseapp.domain.matching.grouping import MOST_LENT, group, regard
from caseapp.domain.matching.judging import most_of
from caseapp.domain.matching.levels import Given
from caseapp.domain.matching.model import CERTAIN, THRESHOLD
from caseapp.domain.matching.profile import Born, Profile, called, is_nobody, locality, phones_of, street


def words(text):
    return text.split()


GIVEN = words("James Ruth Walter Aisha Pavel Linh Marta Dwayne Celia Otis Ingrid Tomas Yara Felix Norma")
FAMILY = words(
    "Okafor Lindqvist Marquez Petrov Tran Whitehorse Delgado Abara Kessler Novak Obrien Castellano"
)

ROADS = words("Juniper Harbor Mission Willow Cascade Franklin Polk Hilyard Chambers Roosevelt Garden Tyler")


def profile(given="", family="", born=None, phone="", address="", town="Riverside"):
    at = street(address)
    return Profile(
        names=(called(given, family),) if given or family else (),
        births=(Born(*born),) if born else (),
        phones=phones_of((phone,)) if phone else (),
        streets=(at,) if at.words else (),
        localities=(locality(town, ""),),
        is_unknown=is_nobody(f"{given} {family}"),
    )


def crowd(count, seed=1):
    """People who share nothing but common names, towns and streets."""
    random = Random(seed)
    return [
        profile(
            random.choice(GIVEN),
            random.choice(FAMILY),
            (random.randrange(1940, 2008), random.randrange(1, 13), random.randrange(1, 29)),
            f"541{random.randrange(2_000_000, 9_999_999)}",
            f"{random.randrange(1, 900)} {random.choice(ROADS)} Road",
        )
        for _ in range(count)
    ]


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
        # Namesakes.
        (profile("James", "Okafor", (1952, 2, 3)), profile("James", "Okafor", (1981, 10, 17))),
    ],
)
def test_keeps_relatives_and_namesakes_apart(one, other):
    profiles, pair = with_pair(one, other)
    assert pair not in found(profiles)


def test_links_nobody_where_nobody_is_twice():
    assert len(found(crowd(400))) <= 1


def test_never_links_an_unknown_person_by_itself():
    one = profile("Unknown", "Male", (1975, 0, 0, 3), address="9 Harbor Lane")
    profiles, pair = with_pair(one, one)
    assert one.is_unknown and pair not in found(profiles)


def test_joins_groups_only_when_what_lies_between_them_agrees():
    def together(between):
        return -20.0 if any({0, 1} & set(pair) and {3, 4} & set(pair) for pair in between) else 5.0

    odds = {(0, 1): 9.0, (3, 4): 9.0, (1, 2): 2.0, (2, 3): 2.0}
    groups = group(5, odds, {}, together)
    assert all(not ({0, 1} & set(one) and {3, 4} & set(one)) for one in groups)


def nobody_is_apart(_pair):
    return False


def test_a_group_vouches_for_its_pairs_and_never_for_certain():
    odds = {(0, 1): 12.0, (1, 2): 12.0, (0, 2): -4.0}
    regarded = regard(odds, [[0, 1, 2]], odds.__getitem__, lambda _between: 20.0, nobody_is_apart)
    assert regarded == {(0, 1): 12.0, (1, 2): 12.0, (0, 2): MOST_LENT}
    torn = regard(odds, [[0, 1, 2]], odds.__getitem__, lambda _between: -9.0, nobody_is_apart)
    assert torn == odds
    apart = regard(odds, [[0, 1, 2]], odds.__getitem__, lambda _between: 20.0, {(0, 2)}.__contains__)
    assert apart == odds


def test_a_record_without_a_birth_date_makes_no_pair_of_two_who_are_born_on_other_days():
    """Both are like it, and namesakes: whoever looks at the two sees at once that they are not one."""
    one = profile("Duc", "Tran", (1994, 12, 23), "5415559911")
    other = profile("Duc", "Tran", (1986, 12, 20), "", "12 Willow Road")
    between = profile("Duc", "Tran", None, "5415559911", "12 Willow Road")
    people = [*crowd(160), one, between, other]
    assert (160, 162) not in found(people)
    every = {(match.low, match.high): match for match in lists.match(people, keeps_all=True).matches}
    assert every[160, 162].probability < THRESHOLD


def test_a_pair_across_groups_is_no_likelier_than_the_groups():
    odds = {(0, 1): 9.0, (2, 3): 9.0, (1, 2): 2.0, (1, 4): 2.0, (4, 5): 2.0, (0, 5): -8.0}
    regarded = regard(odds, [[0, 1], [2, 3]], odds.__getitem__, lambda _between: -6.0, nobody_is_apart)
    assert regarded == odds | {(1, 2): -6.0, (1, 4): -6.0}


def test_a_first_name_that_only_sounds_alike_is_never_certain():
    mai, mee = (profile(name, "Vue", (1988, 4, 2), "5415559911") for name in ("Mai", "Mee"))
    assert (
        most_of(compare(mai, mee, Frequencies())[0]) < CERTAIN <= most_of(compare(mai, mai, Frequencies())[0])
    )


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


def test_nobody_is_certain_where_one_record_has_no_birth_date():
    dated = profile("Amos", "Thornbury", (1952, 2, 3), "5415559911")
    undated = profile("Amos", "Thornbury", None, "5415559911")
    numbered = replace(undated, numbers=(("jail", "77"),))
    pairs_of = ((dated, dated), (dated, undated), (undated, undated), (numbered, numbered))
    most = [most_of(compare(one, other, Frequencies())[0]) for one, other in pairs_of]
    assert [one >= CERTAIN for one in most] == [True, False, False, True]


@pytest.mark.parametrize("born", [(1958, 10, 8), (1979, 5, 6)])
def test_nobody_is_certain_where_the_birth_dates_are_of_a_brother_or_a_son(born):
    one = profile("Amos", "Thornbury", (1952, 2, 3), "5415559911")
    other = profile("Amos", "Thornbury", born, "5415559911")
    assert most_of(compare(one, other, Frequencies())[0]) < CERTAIN


@pytest.mark.parametrize("first", ["", "Robert", "Sean James"])
def test_nobody_is_certain_without_a_first_name_in_common(first):
    """Of twins one may have the other's first name as a middle name."""
    one = profile("Sean Robert", "Cooper", (2004, 7, 30), "5415559911")
    other = profile(first, "Cooper", (2004, 7, 30), "5415559911")
    assert (
        most_of(compare(one, other, Frequencies())[0])
        < CERTAIN
        <= most_of(compare(one, one, Frequencies())[0])
    )


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


@pytest.mark.parametrize(
    ("one", "other", "is_compared"),
    [
        ({"born": Born(1980, 5, 17)}, {"born": Born(1980, 5, 17)}, False),
        ({"address": "12 Oak St"}, {"address": "12 Oak St"}, False),
        (
            {"born": Born(1980, 5, 17), "address": "12 Oak St"},
            {"born": Born(1980, 5, 17), "address": "12 Oak St"},
            True,
        ),
        ({"phone": "503 555 0142"}, {"phone": "503 555 0142"}, True),
    ],
)
def test_a_long_list_wants_more_in_common_than_a_birth_date_or_an_address(
    monkeypatch, one, other, is_compared
):
    both = [profile("Wanda", "Okafor", town="Salem", **one), profile("Pilar", "Zuniga", **other)]
    assert pairs(both) == [(0, 1)]
    monkeypatch.setattr(candidates, "SHORT_LIST", 1)
    assert pairs(both) == ([(0, 1)] if is_compared else [])


def test_a_long_list_wants_more_in_common_than_another_form_of_a_common_name(monkeypatch):
    names = [*((first, "Okafor") for first in 2 * GIVEN), *(("Bill", last) for last in 2 * FAMILY[1:])]
    others = [profile(*name, town=f"Town {n}") for n, name in enumerate(names)]
    bare = [profile("Bill", "Okafor", town="Salem"), profile("William", "Okafor"), *others]
    born = [
        replace(one, births=(Born(1980, month, 17),)) for one, month in zip(bare[:2], (1, 5), strict=True)
    ]
    assert (0, 1) in pairs(bare)
    monkeypatch.setattr(candidates, "SHORT_LIST", 1)
    assert (0, 1) not in pairs(bare)
    assert (0, 1) in pairs([*born, *others])


def test_work_grows_with_the_records_and_not_with_their_square():
    def at_a_shelter(count):
        born = ((1940 + n % 60, 1 + n % 12, 1 + n % 28) for n in range(count))
        names = Random(2)
        return [
            profile(names.choice(GIVEN), names.choice(FAMILY), one, address="1 Shelter Way") for one in born
        ]

    assert all(len(pairs(at_a_shelter(count))) < 60 * count for count in (1000, 4000, 8000))
    assert len(pairs([profile("James", "Okafor")] * 2000)) < 2000 * 10


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
    profiles = [*crowd(30), *(profile(text, text, (1980, 1, 1)) for _ in range(3))]
    lists.match(profiles)
