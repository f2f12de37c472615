"""The extract without identifiers: the safe-harbor list of 45 CFR 164.514(b)(2), field by field.

No name, number, address, date, free text or code of any record. Of dates the year stays; of places nothing
below the state, as the population of three-digit postal areas is not at hand; ages over 89 are one. The
rows are in the order of what they say, so that their order says nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from itertools import repeat as times_over

from caseapp.domain.measures import follow_up, repeat, served, times
from caseapp.domain.measures.measure import Left
from caseapp.domain.measures.rows import HOUR, CallFact, EncounterFact, PersonFact, Records, moment

OLDEST = 89
Cell = Callable[[EncounterFact, CallFact, PersonFact | None, Records], str]
_UNKNOWN = "unknown"


def _age(_one: EncounterFact, _call: CallFact, person: PersonFact | None, _records: Records) -> str:
    age = person.age if person else None
    return _UNKNOWN if age is None else f"{OLDEST + 1}+" if age > OLDEST else str(age)


def _of_person(name: str) -> Cell:
    def cell(_one: EncounterFact, _call: CallFact, person: PersonFact | None, _records: Records) -> str:
        value = getattr(person, name) if person else ""
        return "; ".join(value) if isinstance(value, tuple) else value or _UNKNOWN

    return cell


def _living(_one: EncounterFact, _call: CallFact, person: PersonFact | None, records: Records) -> str:
    return served.living_words(served.living_on(person, records.span.start_day)) if person else _UNKNOWN


def _judged(judge: Callable[[EncounterFact, Records], bool | Left]) -> Cell:
    def cell(one: EncounterFact, _call: CallFact, _person: PersonFact | None, records: Records) -> str:
        found = judge(one, records)
        return "" if isinstance(found, Left) else "yes" if found else "no"

    return cell


def _minutes(_one: EncounterFact, call: CallFact, _person: PersonFact | None, records: Records) -> str:
    found = times.response_time(call, records)
    return "" if isinstance(found, Left) else str(round(found))


COLUMNS: tuple[tuple[str, Cell], ...] = (
    ("year", lambda _o, call, _p, records: f"{moment(call.at).astimezone(records.span.zone):%Y}"),
    ("age", _age),
    ("gender", _of_person("gender")),
    ("race_ethnicity", _of_person("races")),
    ("veteran", _of_person("veteran")),
    ("living_situation", _living),
    ("call_category", lambda _o, call, _p, _r: call.category or _UNKNOWN),
    ("call_source", lambda _o, call, _p, _r: call.source or _UNKNOWN),
    ("models", lambda _o, call, _p, _r: "; ".join(sorted(call.models))),
    ("response_minutes", _minutes),
    ("engaged", lambda _o, call, _p, _r: call.end or _UNKNOWN),
    ("outcome", lambda one, call, _p, _r: one.outcome or call.outcome or _UNKNOWN),
    ("attempt_within_72_hours", _judged(follow_up.attempted_within(72 * HOUR))),
    ("contact_within_72_hours", _judged(follow_up.reached_within(72 * HOUR))),
    ("another_call_within_30_days", _judged(repeat.called_again(30))),
)
"""Name and value of each column; nothing else leaves."""


def header() -> tuple[str, ...]:
    """The columns' names."""
    return tuple(name for name, _cell in COLUMNS)


def rows(records: Records) -> Iterator[tuple[str, ...]]:
    """One row a person met, in the order of what the rows say; of those that say the same, one is held."""
    calls = {call.key: call for call in records.calls}
    met = ((one, records.people.get(one.person or b"")) for one in records.encounters if one.is_subject)
    found = Counter(
        tuple(cell(one, calls[one.call], person, records) for _name, cell in COLUMNS) for one, person in met
    )
    return chain.from_iterable(times_over(row, count) for row, count in sorted(found.items()))
