"""Finds services among all of them at once, in memory: a directory is small, and every key asks again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from caseapp.domain import schedules
from caseapp.domain.directory import Service, has_room, needs_confirming
from caseapp.domain.eligibility import Eligibility, Fit, Traits, assess
from caseapp.domain.names import fold
from caseapp.domain.schedules import Answer, OpenRule

AT_MOST = 200
"""Services that one question gives back; more cannot be looked through."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked; empty asks for nothing. `open_at` is a moment on the agency's clock."""

    words: str = ""
    category: str = ""
    city: str = ""
    language: str = ""
    person: Traits | None = None
    open_at: datetime | None = None
    only_with_room: bool = False
    only_eligible: bool = False
    only_to_confirm: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked of a service alone, its words aside."""
        asked = (self.category, self.city, self.language, self.only_with_room, self.only_to_confirm)
        return any(asked)


@dataclass(frozen=True, slots=True)
class Match:
    """A service with what it means for the person and the moment that were asked about."""

    service: Service
    eligibility: Eligibility
    is_open: Answer = Answer.UNKNOWN

    @property
    def id(self) -> UUID:
        return self.service.id


@dataclass(frozen=True, slots=True)
class _Held:
    """A service with its words folded; those with the same hours, or the same questions, share a number."""

    words: str
    name: str
    organization: str
    service: Service
    hours: int
    asks: int


class Finder:
    """All active services, ready to be asked; later changes are laid over."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._held: dict[UUID, _Held] = {}
        self._ordered: list[_Held] | None = None
        self._hours: dict[tuple[OpenRule, ...], int] = {}
        self._asks: dict[tuple[object, ...], int] = {}
        self.lay_over(services)

    def __len__(self) -> int:
        return len(self._held)

    def lay_over(self, services: Iterable[Service]) -> None:
        """Take changed services in, and out those that are active no more."""
        for one in services:
            self._held.pop(one.id, None)
            if one.status == "active":
                self._held[one.id] = self._hold(one)
        self._ordered = None

    def find(self, wanted: Wanted, *, today: date, at_most: int = AT_MOST) -> list[Match]:
        """The services that meet all that is asked: those whose name says the words first, then by fit."""
        words = fold(wanted.words).split()
        found = self._in_order()
        for word in words:
            found = [one for one in found if word in one.words]
        if wanted.is_narrowed:
            found = [one for one in found if _meets(one.service, wanted, today)]
        return _matches(_ranked(found, words) if words else found, wanted, at_most)

    def cities(self) -> tuple[str, ...]:
        """Every place that has a service."""
        return tuple(sorted({one.service.city for one in self._held.values() if one.service.city}))

    def languages(self) -> tuple[str, ...]:
        """Every language that is spoken somewhere."""
        return tuple(sorted({each for one in self._held.values() for each in one.service.languages}))

    def _in_order(self) -> list[_Held]:
        if self._ordered is None:
            self._ordered = sorted(self._held.values(), key=lambda one: one.name)
        return self._ordered

    def _hold(self, one: Service) -> _Held:
        asks = (one.minimum_age, one.maximum_age, one.for_veterans, one.living, one.insurance, one.languages)
        return _Held(
            words=_words_of(one),
            name=fold(one.name),
            organization=fold(one.organization),
            service=one,
            hours=self._hours.setdefault(one.rules, len(self._hours)),
            asks=self._asks.setdefault(asks, len(self._asks)),
        )


def _words_of(one: Service) -> str:
    words = (one.name, one.organization, one.description, one.city, one.postal_code)
    return fold(" ".join((*words, *one.categories, *one.terms)))


def _meets(one: Service, wanted: Wanted, today: date) -> bool:
    """The cheap questions, each asked only where it was put."""
    if wanted.category and wanted.category not in one.categories:
        return False
    if wanted.city and wanted.city != one.city:
        return False
    if wanted.language and wanted.language not in one.languages:
        return False
    if wanted.only_to_confirm and not needs_confirming(one, today=today):
        return False
    return not wanted.only_with_room or has_room(one, today=today) is True


def _ranked(found: Iterable[_Held], words: Sequence[str]) -> list[_Held]:
    """Name before organization before description; equal ones stay in the order of their names."""
    ranks: dict[int, list[_Held]] = {}
    for one in found:
        rank = sum(0 if word in one.name else 1 if word in one.organization else 3 for word in words)
        ranks.setdefault(rank, []).append(one)
    return [one for rank in sorted(ranks) for one in ranks[rank]]


def _matches(found: Iterable[_Held], wanted: Wanted, at_most: int) -> list[Match]:
    """The dear questions, once for all services that share the answer."""
    open_by: dict[int, Answer] = {}
    fits: dict[int, Eligibility] = {}
    best: dict[Fit, list[Match]] = {fit: [] for fit in Fit}
    for one in found:
        if wanted.open_at is not None:
            if one.hours not in open_by:
                open_by[one.hours] = schedules.answer(one.service.rules, wanted.open_at)
            if open_by[one.hours] is not Answer.OPEN:
                continue
        if one.asks not in fits:
            fits[one.asks] = assess(one.service, wanted.person) if wanted.person else Eligibility(())
        fit = fits[one.asks].fit
        if fit is Fit.FAILS and wanted.only_eligible:
            continue
        if len(best[fit]) < at_most:
            best[fit].append(Match(one.service, fits[one.asks], open_by.get(one.hours, Answer.UNKNOWN)))
        if len(best[Fit.MEETS]) >= at_most:
            break
    return [match for fit in Fit for match in best[fit]][:at_most]
