"""Whether a service takes this person, criterion by criterion; what is not known is never a no."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from caseapp.domain.births import Precision, age_on
from caseapp.domain.directory import Service
from caseapp.domain.names import fold
from caseapp.domain.people import PersonDetails

INSURED_BY = {"medicaid": "medicaid", "medicare": "medicare", "insurance": "private", "private": "private"}
"""Scheme of a person's number -> what pays."""

_ANY_ENGLISH = "english"


class Fit(Enum):
    """What a criterion, or all of them together, says of a person."""

    MEETS = "meets"
    UNKNOWN = "not-known"
    FAILS = "does-not-meet"


@dataclass(frozen=True, slots=True)
class Traits:
    """What is asked of a person; None and empty are not recorded."""

    age: int | None = None
    is_age_exact: bool = True
    is_veteran: bool | None = None
    living: str = ""
    insurance: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question with its answer in words."""

    name: str
    fit: Fit
    words: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """All criteria of a service for one person; the worst of them decides."""

    criteria: tuple[Criterion, ...]

    @property
    def fit(self) -> Fit:
        fits = {one.fit for one in self.criteria}
        return Fit.FAILS if Fit.FAILS in fits else Fit.UNKNOWN if Fit.UNKNOWN in fits else Fit.MEETS

    @property
    def words(self) -> str:
        """What stands against it or is not known; nothing where all is met."""
        return "; ".join(
            one.words for one in self.criteria if one.fit is self.fit and one.fit is not Fit.MEETS
        )


def traits_of(details: PersonDetails, *, today: date) -> Traits:
    """What the record says that a service can ask for."""
    veteran = {"yes": True, "no": False}.get(details.veteran)
    living = next((one.code for one in details.living if one.to_on is None), "")
    insured = {INSURED_BY[one.scheme] for one in details.identifiers if one.scheme in INSURED_BY}
    return Traits(
        age=age_on(details.birth, today) if details.birth else None,
        is_age_exact=details.birth is None or details.birth.precision is not Precision.ESTIMATED,
        is_veteran=veteran,
        living=living,
        insurance=frozenset(insured),
        languages=details.languages,
    )


def assess(service: Service, person: Traits) -> Eligibility:
    """Every criterion that the service has."""
    return Eligibility(tuple(_criteria(service, person)))


def _criteria(service: Service, person: Traits) -> Iterator[Criterion]:
    if service.minimum_age is not None or service.maximum_age is not None:
        yield _age(service, person)
    if service.for_veterans:
        yield _asked("veteran", person.is_veteran, "for veterans only", "veteran or not is not recorded")
    if service.living:
        fits = person.living in service.living if person.living else None
        yield _asked(
            "living situation", fits, "not for this living situation", "living situation is not recorded"
        )
    if service.insurance and "none-needed" not in service.insurance:
        fits = bool(person.insurance & set(service.insurance)) if person.insurance else None
        named = ", ".join(service.insurance)
        yield _asked("insurance", fits, f"takes {named} only", f"takes {named}; insurance is not recorded")
    if person.languages and service.languages:
        yield _language(service, person)


def _asked(name: str, fits: bool | None, against: str, unknown: str) -> Criterion:
    if fits is None:
        return Criterion(name, Fit.UNKNOWN, unknown)
    return Criterion(name, Fit.MEETS, "") if fits else Criterion(name, Fit.FAILS, against)


def _age(service: Service, person: Traits) -> Criterion:
    low, high = service.minimum_age or 0, service.maximum_age
    span = f"{low} and older" if high is None else f"{low} to {high} years" if low else f"up to {high} years"
    if person.age is None:
        return Criterion("age", Fit.UNKNOWN, f"for {span}; age is not recorded")
    if low <= person.age and (high is None or person.age <= high):
        return Criterion("age", Fit.MEETS, "")
    near = min(abs(person.age - low), abs(person.age - (high if high is not None else low)))
    if not person.is_age_exact and near <= 3:
        return Criterion("age", Fit.UNKNOWN, f"for {span}; the age is an estimate")
    return Criterion("age", Fit.FAILS, f"for {span}")


def _language(service: Service, person: Traits) -> Criterion:
    spoken = {fold(one) for one in service.languages}
    if any(fold(one) in spoken for one in person.languages):
        return Criterion("language", Fit.MEETS, "")
    named = ", ".join(person.languages)
    if {fold(one) for one in person.languages} == {_ANY_ENGLISH}:
        return Criterion("language", Fit.MEETS, "")
    return Criterion(
        "language", Fit.UNKNOWN, f"nobody there is known to speak {named}; ask for an interpreter"
    )
