"""What a crowd costs and what is said of it: everybody at one shelter, three hundred of them of one name.

The curve: one list of so many records after the other, each twice as long as the one before. Then the 5,000 as
people of an agency: whoever is met again is looked for by name and birth date, and all are compared once.
"""

from dataclasses import replace
from itertools import pairwise

from caseapp.domain.matching import lists
from caseapp.domain.matching.model import CERTAIN
from caseapp.services.desk import Services, build_services
from caseapp.system import memory
from db.demo.corrupt import SHELTERS, Human, Listed, Maker, Rates
from tests.benchmarks import big_file, clock, lists_of, retrieval, scoring
from tests.benchmarks.figures import Figure, at_least, at_most
from tests.benchmarks.intake import Question, questions_of, traits_of

SIZES = (1_250, 2_500, 5_000, 10_000, 20_000)
IN_THE_FILE = 5_000
NAMESAKES, NAME = 300, ("Maria", ("Garcia",))
STEEPEST = 3.0
"""Times as long for twice as many: 2 grows with the records, 4 with their square."""

_ASKED = 100
_AT_HOME = replace(Rates(), moved=0.0, no_address=0.0, shelter=0.0, unknown=0.0)


def measure() -> list[Figure]:
    """Processor time by the number of records, and what is answered in the crowd."""
    found, spent = [], []
    for count in SIZES:
        maker = Maker(count // 2, rates=_AT_HOME)
        people = _crowd(maker, count // 2)
        listed = [maker.record(one) for one in (*people, *maker.random.choices(people, k=count // 2))]
        figures, seconds = _matched(f"crowd, {count:,} records", listed)
        found += figures
        spent.append(seconds)
    for (_less, count), (shorter, longer) in zip(pairwise(SIZES), pairwise(spent), strict=True):
        part = f"crowd, {count:,} records"
        found.append(at_most(part, "beside half as many", longer / shorter, STEEPEST, "times"))
    return [*found, *_in_the_file()]


def _crowd(maker: Maker, count: int) -> list[Human]:
    """Everybody at the first shelter; the heads of the first 300 families under one name."""
    people = maker.people(count)
    home = (*SHELTERS[0], *people[0].home[2:])
    given, surnames = NAME
    heads = [one.number for one in people if one.family == one.number]
    named = frozenset(heads[:NAMESAKES])
    return [
        replace(one, home=home, given=given, middle="", surnames=surnames, community="english")
        if one.number in named
        else replace(one, home=home)
        for one in people
    ]


def _matched(part: str, listed: list[Listed]) -> tuple[list[Figure], float]:
    """What one list costs and how right it is; the seconds of processor time once more."""
    profiles = lists_of.profiles(lists_of.field_list(listed))
    with memory.uncollected(), clock.spent() as time:
        found = lists.match(profiles, keeps_all=True)
    truth = scoring.true_pairs([one.person for one in listed])
    likely, certain = (
        {(one.low, one.high) for one in found.matches if one.probability >= least} for least in (0.5, CERTAIN)
    )
    return [
        Figure(part, "processor time", time.cpu, "s"),
        Figure(part, "pairs compared a record", found.compared / len(listed), "pairs"),
        Figure(part, "pairwise F1", scoring.f1(likely, truth)),
        at_least(part, "precision of the certain pairs", scoring.precision(certain, truth), 0.999),
    ], time.cpu


def _in_the_file() -> list[Figure]:
    part = f"crowd, {IN_THE_FILE:,} people of an agency"
    maker = Maker(IN_THE_FILE, rates=_AT_HOME)
    people = _crowd(maker, IN_THE_FILE)
    namesakes = questions_of(maker, [one for one in people if (one.given, one.surnames) == NAME], _ASKED)
    with big_file.opened(people) as (desk, ids):
        services = build_services(desk)
        took = [_asked(services, one) for _who, one in namesakes]
        right = [_is_found(services, one, ids[one[0].number]) for one in namesakes if one[1].date_of_birth]
        with clock.spent() as time:
            looked = services.recognition.look(progress=lambda _words, _done, _total: True)
    return [
        at_most(part, "one of 300 namesakes at intake, p95", clock.percentile(took, 0.95), 20.0, "ms"),
        Figure(part, "the right one of 300 with a birth date among five", sum(right) / len(right)),
        Figure(part, "all compared: processor time", time.cpu, "s"),
        Figure(part, "pairs that wait, nobody standing twice", looked.waiting, "pairs"),
        at_most(part, "of them certain", looked.certain, 0, "pairs"),
    ]


def _asked(services: Services, one: Listed) -> float:
    return retrieval.milliseconds(lambda _n: services.people.candidates(traits=traits_of(one)), 0)


def _is_found(services: Services, question: Question, right: object) -> bool:
    offered = services.people.candidates(traits=traits_of(question[1]))
    return right in [one.person_id for one in offered]
