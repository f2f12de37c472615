"""Whether the right person is among those offered, when somebody known is met again and their facts are typed.

The file holds each person once, in full; what is typed is a record with this field's errors: its name alone,
or name, birth date and phone as far as they are known. Records of unknown people are left out. As many
people who are not in the file are asked about too: whoever is offered for them is a wrong offer. Ten are shown
to whoever asks to look further, those who come nearest, likely or not; five are offered where they are likely.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from caseapp.domain.matching.intake import AT_MOST_ASKED
from caseapp.domain.matching.traits import Candidate, Traits
from caseapp.services.desk import Services, build_services
from db.demo.corrupt import Human, Listed, Maker
from tests.benchmarks import big_file, clock
from tests.benchmarks.figures import Figure, at_least

ASKED = 1500
OFTEN_ASKED = 6000
"""At 10,000 people, where of 1,500 questions two or three more or fewer would decide, by luck."""
_OTHERS_SEED = 100_003
SMALL = 10_000
WHOLE = {10_000: 0.98, 100_000: 0.96, 1_000_000: 0.93}
NAME_ONLY = {10_000: 0.94, 100_000: 0.85, 1_000_000: 0.77}

Question = tuple[Human, Listed]


def measure(count: int, *, seed: int = 1) -> list[Figure]:
    """Recall and time per question at so many people, with the weights that the program comes with."""
    maker = Maker(count, seed=seed)
    people = maker.people(count)
    asked = OFTEN_ASKED if count <= SMALL else ASKED
    questions = questions_of(maker, people, asked)
    other = Maker(count, seed=seed + _OTHERS_SEED)
    newcomers = [traits_of(one) for _who, one in questions_of(other, other.people(min(count, 4000)))]
    part = f"intake, {count:,} people" + (f", seed {seed}" if seed > 1 else "")
    with big_file.opened(people) as (desk, ids):
        services = build_services(desk)
        whole = [_offered(services, one, ids[who.number]) for who, one in questions]
        names = [_named(services, traits_of(one).names, ids[who.number]) for who, one in questions]
        clean = [_named(services, (_name_of(who),), ids[who.number]) for who, _one in questions]
        wrong = [services.people.candidates(traits=one) for one in newcomers]
        by_name = [services.people.candidates(traits=Traits(names=one.names)) for one in newcomers]
    return [
        at_least(part, "name, birth date and phone: right person among five", _share(whole), WHOLE[count]),
        at_least(part, "name only: right person among ten", _share(names), NAME_ONLY[count]),
        Figure(part, "clean name only: right person among ten", _share(clean)),
        Figure(part, "new people for whom somebody is offered", _share([bool(one) for one in wrong])),
        Figure(part, "wrong offers to a new person", sum(map(len, wrong)) / len(wrong), "people"),
        Figure(part, "name only: new people for whom somebody is offered", _share(list(map(bool, by_name)))),
        Figure(part, "peak memory", clock.peak_megabytes(), "MB"),
    ]


def questions_of(maker: Maker, people: Sequence[Human], asked: int = ASKED) -> list[Question]:
    """Records of people as they are met again."""
    found: list[Question] = []
    while len(found) < asked:
        who = maker.random.choice(people)
        one = maker.record(who)
        if "unknown" not in one.faults:
            found.append((who, one))
    return found


def traits_of(one: Listed) -> Traits:
    """What is typed of a record, an age with the day on which it was told."""
    names = (f"{one.given_name} {one.surname}", one.alias)
    told = f"{one.surname}, {one.given_name}" if one.surname and one.given_name else names[0].strip()
    return Traits(
        names=tuple(name for name in (told, one.alias) if name),
        birth_date=date.fromisoformat(one.date_of_birth) if one.date_of_birth else None,
        age=int(one.age) if one.age else None,
        phones=(one.phone,) if one.phone else (),
        seen_on=date.fromisoformat(one.contact_date) if one.contact_date else None,
    )


def name_of(one: Listed) -> str:
    return f"{one.given_name} {one.surname}".strip()


def _name_of(who: Human) -> str:
    return f"{' '.join(who.surnames)}, {who.given}"


def _offered(services: Services, one: Listed, right: UUID) -> bool:
    return right in [found.person_id for found in services.people.candidates(traits=traits_of(one))]


def _named(services: Services, names: tuple[str, ...], right: UUID) -> bool:
    return right in [one.person_id for one in _by_name(services, names)]


def _by_name(services: Services, names: tuple[str, ...]) -> list[Candidate]:
    return services.people.candidates(traits=Traits(names=names), at_most=AT_MOST_ASKED)


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found)
