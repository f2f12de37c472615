"""A small town in which three people stand twice."""

from datetime import date

from caseapp.domain.births import Birth
from caseapp.domain.people import ContactPoint, Name, NameKind, PointKind
from tests.builders import a_person

FAMILIES = (
    "Lindqvist",
    "Marquez",
    "Petrov",
    "Tran",
    "Whitehorse",
    "Delgado",
    "Abara",
    "Kessler",
    "Novak",
    "Castellano",
    "Osei",
    "Ferreira",
)
GIVEN = (
    "Ruth",
    "Walter",
    "Aisha",
    "Pavel",
    "Linh",
    "Marta",
    "Dwayne",
    "Celia",
    "Otis",
    "Ingrid",
    "Tomas",
    "Yara",
    "Felix",
    "Norma",
    "Silas",
)


def named(given, family, *, birth=None, phone=""):
    points = (ContactPoint(PointKind.PHONE, phone),) if phone else ()
    return a_person(names=(Name(NameKind.LEGAL, given, family),), birth=birth, points=points)


def a_town(worker):
    """Forty people, and three who stand twice."""
    day = date(1976, 3, 2)
    for number in range(40):
        details = named(
            GIVEN[number % 15],
            FAMILIES[number * 5 % 12],
            birth=Birth(date(1950 + number, 1 + number * 7 % 12, 1 + number * 11 % 28)),
        )
        worker.people.add(details=details)
    twice = [
        (
            named("James", "Okafor", birth=Birth(day), phone="541 555 0142"),
            named("Jim", "Okafor", birth=Birth(day), phone="541 555 0142"),
        ),
        (named("Guadalupe", "Ibarra Soto", birth=Birth(day)), named("Lupe", "Soto Ibarra", birth=Birth(day))),
        (named("Amos", "Thornbury", phone="541 555 0177"), named("Amos", "Thornberry", phone="541 555 0177")),
    ]
    return [tuple(worker.people.add(details=one) for one in pair) for pair in twice]
