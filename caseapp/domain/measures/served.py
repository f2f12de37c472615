"""Measures of people: who is served, new or returning, with unknown and declined shown, never left out."""

from collections.abc import Callable
from typing import Any

from caseapp.domain.measures.measure import Kind, Measure
from caseapp.domain.measures.populations import PersonMet, people_met, subjects
from caseapp.domain.measures.rows import EncounterFact, PersonFact, Records
from caseapp.domain.measures.summaries import count, share, split

NOT_RECORDED = "not recorded"
_SECTION = "People"
_BANDS = (
    (18, "under 18"),
    (25, "18 to 24"),
    (35, "25 to 34"),
    (45, "35 to 44"),
    (55, "45 to 54"),
    (65, "55 to 64"),
)
_HOMELESS = frozenset({"101", "116", "118"})
_HOUSED = frozenset({"410", "411", "421", "435", "335", "336", "332"})
_INSTITUTION = frozenset({"204", "205", "206", "207", "215", "225"})
_NOBODY = PersonFact(b"", False, "", (), "", "", None, None, ())


def _of(met: PersonMet, records: Records) -> PersonFact:
    return records.people.get(met.key, _NOBODY)


def is_person(_met: PersonMet, _records: Records) -> bool:
    """Each identified person once, however many records of theirs are linked."""
    return True


def new_or_returning(met: PersonMet, records: Records) -> str:
    """New when no earlier call of theirs is in the records."""
    first = met.encounters[0].at
    calls = records.person_calls.get(met.key, ())
    return "returning" if calls and calls[0].at < first else "new"


def is_identified(one: EncounterFact, _records: Records) -> bool:
    """Somebody was recognised or written down by name."""
    return one.person is not None


def age_band(met: PersonMet, records: Records) -> str:
    """The age on the period's last day, in bands; 65 and over is one."""
    age = _of(met, records).age
    if age is None:
        return NOT_RECORDED
    return next((words for limit, words in _BANDS if age < limit), "65 and over")


def race(met: PersonMet, records: Records) -> str:
    """One word a person, so that the parts add up: several answers are "several"."""
    races = _of(met, records).races
    return races[0] if len(races) == 1 else "several" if races else NOT_RECORDED


def living(met: PersonMet, records: Records) -> str:
    """Where they live, by the HUD code in force at the first call of the period."""
    code = living_on(_of(met, records), records.span.start_day)
    return living_words(code)


def living_words(code: str) -> str:
    """A HUD living situation in four words that add up."""
    if code in _HOMELESS:
        return "homeless or in a shelter"
    if code in _HOUSED:
        return "housed"
    if code in _INSTITUTION:
        return "in an institution"
    known = {"": NOT_RECORDED, "99": NOT_RECORDED, "8": "unknown", "37": "unknown", "9": "declined"}
    return known.get(code, "temporary or other")


def living_on(person: PersonFact, day: int) -> str:
    """The code in force on a day: the last that began, or the first known one before any began."""
    begun = [code for code, start, _end in person.living if start <= day]
    return begun[-1] if begun else (person.living[0][0] if person.living else "")


def is_housed(code: str) -> bool:
    """Whether the code is a place of one's own, with family or with friends."""
    return code in _HOUSED


def _text(name: str) -> Callable[[PersonMet, Records], str]:
    def judge(met: PersonMet, records: Records) -> str:
        return getattr(_of(met, records), name) or NOT_RECORDED

    return judge


def _measure(
    id_: str,
    name: str,
    sentence: str,
    judge: Any,
    *,
    summarise: Any = split,
    unit: str = "people",
    number: int = 39,
    numerator: str = "people of each answer",
    denominator: str = "identified people met in the period",
    population: Any = people_met,
    kind: Kind = Kind.PERSON,
    code_list: str = "",
) -> Measure:
    return Measure(
        id=id_,
        name=name,
        section=_SECTION,
        sentence=sentence,
        numerator=numerator,
        denominator=denominator,
        excludes="people not identified; unknown and declined are shown",
        basis="day of the call",
        window="the period",
        source="people met, linked records counted once",
        unit=unit,
        kind=kind,
        population=population,
        judge=judge,
        summarise=summarise,
        number=number,
        code_list=code_list,
    )


MEASURES = (
    _measure(
        "people_served",
        "People served",
        "How many identified people were met, each once.",
        is_person,
        summarise=count,
        number=26,
        numerator="identified people",
    ),
    _measure(
        "people_identified",
        "People identified, of people met",
        "Share of encounters in which the person is known; repeat contact is only known of them.",
        is_identified,
        summarise=share,
        unit="%",
        number=26,
        numerator="encounters with an identified person",
        denominator="encounters",
        population=subjects,
        kind=Kind.ENCOUNTER,
    ),
    _measure(
        "people_new", "New and returning", "Whether people had a call before.", new_or_returning, number=26
    ),
    _measure("people_by_age", "People by age", "Age on the last day of the period.", age_band),
    _measure(
        "people_by_gender", "People by gender", "Gender as they say.", _text("gender"), code_list="gender"
    ),
    _measure(
        "people_by_race",
        "People by race and ethnicity",
        "One answer or several.",
        race,
        code_list="race_ethnicity",
    ),
    _measure(
        "people_by_language",
        "People by language",
        "The first language recorded.",
        _text("language"),
        code_list="language",
    ),
    _measure("people_by_living", "People by living situation", "Where they lived then.", living),
    _measure(
        "people_by_veteran",
        "People by veteran status",
        "Whether they served.",
        _text("veteran"),
        code_list="veteran",
    ),
)
