from dataclasses import replace
from datetime import date

from caseapp.domain.births import Birth, Precision, birth_by_age
from caseapp.domain.people import (
    ContactPoint,
    Name,
    NameKind,
    PersonDetails,
    PersonKind,
    PersonPlace,
    PointKind,
)
from caseapp.domain.second_line import second_line
from tests.builders import TODAY

JAMES = PersonDetails(
    names=(Name(NameKind.LEGAL, "James", "Okafor"), Name(NameKind.FORMER, "James", "Reed")),
    birth=Birth(date(1976, 3, 2)),
    points=(ContactPoint(PointKind.PHONE, "541 555 0142"), ContactPoint(PointKind.EMAIL, "j@example.org")),
    places=(PersonPlace("stays", "Lincoln Park"),),
    pronouns="he/him",
    description="Red parka,\nlimps",
)


def test_tells_people_of_one_name_apart():
    told = "he/him, 50, born 2 Mar 1976, Lincoln Park, also James Reed, Red parka, limps"
    assert second_line(JAMES, TODAY) == told
    assert second_line(JAMES, TODAY, phones=1) == told.replace("1976,", "1976, 541 555 0142,")


def test_says_as_much_of_a_birth_as_is_known():
    born = date(1976, 1, 1)
    said = {one: second_line(PersonDetails(birth=Birth(born, one)), TODAY) for one in Precision}
    assert said == {
        Precision.DAY: "50, born 1 Jan 1976",
        Precision.MONTH: "about 50, born Jan 1976",
        Precision.YEAR: "about 50, born 1976",
        Precision.ESTIMATED: "about 50",
    }


def test_does_not_repeat_the_looks_that_stand_for_a_name():
    unknown = PersonDetails(kind=PersonKind.UNKNOWN, description="Man, red parka")
    assert second_line(unknown, TODAY) == ""
    assert second_line(PersonDetails(names=JAMES.names[:1], description="Red parka"), TODAY) == "Red parka"


def test_says_a_street_name_that_is_only_a_part_of_another_word():
    names = (
        Name(NameKind.LEGAL, "John", "Redding"),
        Name(NameKind.ALIAS, "Big Al"),
        Name(NameKind.ALIAS, "Red"),
    )
    assert second_line(PersonDetails(names=names), TODAY) == "also Red"


def test_an_age_that_stands_in_the_looks_is_not_told_twice():
    looks = PersonDetails(
        kind=PersonKind.UNKNOWN, description="Woman, about 40, green parka", birth=birth_by_age(40, TODAY)
    )
    assert second_line(looks, TODAY) == ""
    assert second_line(replace(looks, description="Woman in a parka"), TODAY) == "about 40"
