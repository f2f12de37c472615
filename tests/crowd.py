"""People who share nothing but common names, towns and streets, as they are compared."""

from random import Random

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
