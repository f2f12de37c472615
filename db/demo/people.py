"""Invented people of several language communities, with the gaps and doubts of real records."""

from datetime import date, timedelta
from random import Random

from caseapp.domain.births import Birth, Precision
from caseapp.domain.people import (
    Alert,
    ContactPoint,
    Identifier,
    LivingSituation,
    Name,
    NameKind,
    PersonDetails,
    PersonKind,
    PersonPlace,
    PointKind,
)
from caseapp.domain.relations import Relation
from db.demo import words
from db.demo.communities import COMMUNITIES, SHORT, Community


def person(random: Random, number: int, today: date) -> PersonDetails:
    """One person; about one in twenty is unknown, and many fields are not recorded, as in life."""
    if random.random() < 0.05:
        return unknown(random)
    community = random.choices(COMMUNITIES, [one.weight for one in COMMUNITIES])[0]
    language, families = community.language, community.families
    is_man = random.random() < 0.6
    given = random.choice(community.men if is_man else community.women)
    family = families[min(int(random.expovariate(1 / (len(families) / 3))), len(families) - 1)]
    if community.has_two_surnames and random.random() < 0.75:
        family = f"{family} {random.choice(families)}"
    names = _names(random, given, family)
    birth = _birth(random, today)
    return PersonDetails(
        names=tuple(names),
        birth=birth,
        pronouns=random.choices(("he/him" if is_man else "she/her", "they/them", ""), (80, 6, 14))[0],
        gender="man" if is_man else "woman",
        races=(_race(community, random),),
        languages=(language,) if language == "English" or random.random() < 0.5 else (language, "English"),
        interpreter_needed=language not in ("English", "Tagalog") and random.random() < 0.5,
        veteran=random.choices(("no", "yes", "unknown", "declined"), (70, 10, 15, 5))[0],
        points=_points(random, number),
        places=_places(random, today),
        identifiers=(Identifier("hmis", f"H{100000 + number * 7}"),) if random.random() < 0.3 else (),
        alerts=_alerts(random, today),
        relations=(Relation("family", random.choice(("Sister", "Brother", "Mother", "Daughter"))),)
        if random.random() < 0.3
        else (),
        living=_living(random, today),
        comes_with="a dog" if random.random() < 0.12 else "",
        is_restricted=random.random() < 0.01,
    )


def unknown(random: Random) -> PersonDetails:
    """Somebody without a name who still counts."""
    return PersonDetails(
        kind=PersonKind.UNKNOWN,
        description=random.choice(words.DESCRIPTIONS),
        places=(PersonPlace("usually-found", random.choice(words.PLACES)),),
    )


def _names(random: Random, given: str, family: str) -> list[Name]:
    names = [Name(NameKind.LEGAL, given, family)]
    if given in SHORT and random.random() < 0.4:
        names.append(Name(NameKind.ALIAS, SHORT[given][0]))
    elif random.random() < 0.18:
        names.append(Name(NameKind.ALIAS, random.choice(words.ALIASES)))
    if random.random() < 0.03:
        names.append(Name(NameKind.CHOSEN, random.choice(words.CHOSEN), family))
        names[0] = Name(NameKind.FORMER, given, family, do_not_use=True)
    return names


def _birth(random: Random, today: date) -> Birth | None:
    age = min(88, max(17, int(random.gauss(43, 15))))
    day = today - timedelta(days=age * 365 + random.randrange(365))
    roll = random.random()
    if roll < 0.72:
        return Birth(day)
    if roll < 0.80:
        return Birth(day.replace(day=1), Precision.MONTH)
    if roll < 0.86:
        return Birth(day.replace(month=1, day=1), Precision.YEAR)
    return Birth(day, Precision.ESTIMATED) if roll < 0.95 else None


def _race(community: Community, random: Random) -> str:
    usual = community.race or random.choices(("white", "black", "american-indian"), (75, 20, 5))[0]
    return random.choices((usual, "unknown", "declined"), (88, 8, 4))[0]


def _points(random: Random, number: int) -> tuple[ContactPoint, ...]:
    """Phones of the range kept for fiction (555-0100 to 555-0199), e-mail of a domain kept for examples."""
    if random.random() < 0.35:
        return ()
    phone = f"({random.choice((541, 458, 503))}) 555-01{number % 100:02d}"
    owner = random.choices(("", "Sister", "Friend", "Shelter desk"), (75, 10, 10, 5))[0]
    points = [
        ContactPoint(
            PointKind.PHONE,
            phone,
            owner=owner,
            may_voicemail=not owner and random.random() < 0.5,
            may_text=random.random() < 0.4,
            do_not_mention_us=bool(owner) or random.random() < 0.1,
        )
    ]
    if random.random() < 0.12:
        points.append(ContactPoint(PointKind.EMAIL, f"person{number}@example.org"))
    return tuple(points)


def _places(random: Random, today: date) -> tuple[PersonPlace, ...]:
    kind = random.choices(("usually-found", "home", "shelter", "camp"), (45, 30, 15, 10))[0]
    since = today - timedelta(days=random.randrange(20, 900))
    note = random.choice(words.USUALLY) if kind == "usually-found" else ""
    return (PersonPlace(kind, random.choice(words.PLACES), from_on=since, note=note),)


def _living(random: Random, today: date) -> tuple[LivingSituation, ...]:
    """One to three situations, each until the next began."""
    codes = random.choices(
        ("116", "101", "410", "435", "335", "336", "314", "302"), (34, 18, 14, 8, 9, 8, 6, 3)
    )
    codes += random.choices(("116", "101", "336", "207", "206"), k=random.choice((0, 0, 1, 2)))
    ends = [None, *sorted((today - timedelta(days=random.randrange(5, 600)) for _ in codes), reverse=True)]
    return tuple(
        LivingSituation(code, from_on=ends[place + 1], to_on=ends[place]) for place, code in enumerate(codes)
    )


def _alerts(random: Random, today: date) -> tuple[Alert, ...]:
    count = random.choices((0, 1, 2, 3), (62, 22, 11, 5))[0]
    chosen = random.sample(words.ALERTS, count)
    return tuple(
        Alert(kind, text, expires_on=today + timedelta(days=random.randrange(20, 365)))
        for kind, text in chosen
    )
