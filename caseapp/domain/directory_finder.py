"""Finds services among all of them at once, in memory: a directory is small, and every key asks again."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import accumulate
from uuid import UUID

from caseapp.domain import schedules
from caseapp.domain.directory import Service, has_room, needs_confirming
from caseapp.domain.eligibility import Eligibility, Fit, Traits, assess
from caseapp.domain.names import fold
from caseapp.domain.schedules import Answer, OpenRule

AT_MOST = 200
"""Services that one question gives back; more cannot be looked through."""


_SOME = 400
"""Services of which it is told how rare a word is."""


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
    def is_anything(self) -> bool:
        """Whether it leaves no service out, whomever it is asked for."""
        return replace(self, person=None) == Wanted()


@dataclass(frozen=True, slots=True)
class Match:
    """A service with what it means for the person and the moment that were asked about."""

    service: Service
    eligibility: Eligibility
    is_open: Answer = Answer.UNKNOWN

    @property
    def id(self) -> UUID:
        return self.service.id


@dataclass(slots=True, eq=False)
class Outline:
    """What questions ask of a service, its words folded; the rest is made when somebody looks at it.

    `make` makes the whole service; `asks` is all that it asks of a person, so that one answer serves all
    services that ask the same.
    """

    id: UUID
    status: str
    name: str
    organization: str
    words: str
    city: str
    categories: tuple[str, ...]
    languages: tuple[str, ...]
    rules: tuple[OpenRule, ...]
    asks: tuple[object, ...]
    confirmed_on: date | None
    capacity_available: int | None
    capacity_on: date | None
    make: Callable[[], Service]
    made: Service | None = None

    @property
    def service(self) -> Service:
        if self.made is None:
            self.made = self.make()
        return self.made


_fold_again = lru_cache(maxsize=16_384)(fold)


def outlined(
    service_id: UUID,
    status: str,
    told: tuple[str, str, str],
    *,
    city: str,
    categories: tuple[str, ...],
    languages: tuple[str, ...],
    rules: tuple[OpenRule, ...],
    asks: tuple[object, ...],
    confirmed_on: date | None,
    capacity_available: int | None,
    capacity_on: date | None,
    make: Callable[[], Service],
) -> Outline:
    """Fold what was `told`: the name, the organization, and all else that is searched."""
    name, organization = fold(told[0]), _fold_again(told[1])
    return Outline(
        service_id,
        status,
        name,
        organization,
        f"{name} {organization} {fold(told[2])}",
        city,
        categories,
        languages,
        rules,
        asks,
        confirmed_on,
        capacity_available,
        capacity_on,
        make,
    )


class _Text:
    """Many texts as one, in which a word is found at once, with the number of each text that has it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]
        self._some = "\n".join(texts[:: max(1, len(texts) // _SOME)])

    def rarest_first(self, words: Iterable[str]) -> list[str]:
        """The words by how often some of the texts have them; the longer of two that are as rare first."""
        return sorted(words, key=lambda word: (self._some.count(word), -len(word)))

    def holding(self, word: str) -> Iterator[int]:
        """Numbers in rising order, each when it is asked for; a word has no line end in it."""
        place = self._whole.find(word)
        while place >= 0:
            number = bisect_right(self._starts, place) - 1
            yield number
            place = self._whole.find(word, self._starts[number + 1])


class Finder:
    """All active services, ready to be asked; later changes are laid over."""

    def __init__(self, services: Iterable[Outline]) -> None:
        self._held: dict[UUID, Outline] = {}
        self._ordered: list[Outline] | None = None
        self._names = self._words = _Text(())
        self._rules: dict[int, tuple[OpenRule, ...]] = {}
        self.lay_over(services)

    def __len__(self) -> int:
        return len(self._held)

    def lay_over(self, services: Iterable[Outline]) -> None:
        """Take changed services in, and out those that are active no more."""
        for one in services:
            self._held.pop(one.id, None)
            if one.status == "active":
                self._held[one.id] = one
        self._ordered = None

    def find(self, wanted: Wanted, *, today: date, at_most: int = AT_MOST) -> list[Match]:
        """The services that meet all that is asked: those whose name says the words first, then by fit."""
        ordered, words = self._in_order(), fold(wanted.words).split()
        open_rules: set[int] | None = None
        if wanted.open_at is not None:
            open_rules = self._open_at(wanted.open_at)
        narrowed = partial(_narrowed, wanted=wanted, today=today, open_rules=open_rules)
        found = self._ranked(words, narrowed) if words else narrowed(ordered)
        is_open = Answer.UNKNOWN if open_rules is None else Answer.OPEN
        return _matches(found, wanted, at_most, is_open)

    def cities(self) -> tuple[str, ...]:
        """Every place that has a service."""
        return tuple(sorted({one.city for one in self._held.values() if one.city}))

    def languages(self) -> tuple[str, ...]:
        """Every language that is spoken somewhere."""
        return tuple(sorted({each for one in self._held.values() for each in one.languages}))

    def _in_order(self) -> list[Outline]:
        if self._ordered is None:
            self._ordered = sorted(self._held.values(), key=lambda one: one.name)
            self._names = _Text([one.name for one in self._ordered])
            self._words = _Text([one.words for one in self._ordered])
            self._rules = {id(one.rules): one.rules for one in self._ordered}
        return self._ordered

    def _ranked(
        self, words: Sequence[str], narrowed: Callable[[Iterable[Outline]], Iterable[Outline]]
    ) -> Iterator[Outline]:
        """Name before organization before description; equal ones stay in the order of their names.

        Most who ask have enough in those whose name says it, so the others are looked for only after them.
        """
        rarest, *others = self._words.rarest_first(words)
        ordered = self._in_order()
        by_name = (ordered[number] for number in self._names.holding(rarest))
        yield from narrowed(one for one in by_name if all(word in one.name for word in others))
        left = [ordered[number] for number in self._words.holding(rarest)]
        for word in others:
            left = [one for one in left if word in one.words]
        ranks: dict[int, list[Outline]] = {}
        for one in narrowed(left):
            rank = sum(0 if word in one.name else 1 if word in one.organization else 3 for word in words)
            ranks.setdefault(rank, []).append(one)
        for rank in sorted(ranks.keys() - {0}):
            yield from ranks[rank]

    def _open_at(self, moment: datetime) -> set[int]:
        """Which hours say open, each asked once for all services that keep them."""
        each = self._rules.items()
        return {key for key, rules in each if schedules.answer(rules, moment) is Answer.OPEN}


def _narrowed(
    found: Iterable[Outline], wanted: Wanted, today: date, open_rules: set[int] | None
) -> Iterable[Outline]:
    """The cheap questions, each asked only where it was put, and of no more services than are looked at."""
    if open_rules is not None:
        if not open_rules:
            return ()
        found = (one for one in found if id(one.rules) in open_rules)
    if wanted.city:
        found = (one for one in found if one.city == wanted.city)
    if wanted.category:
        found = (one for one in found if wanted.category in one.categories)
    if wanted.language:
        found = (one for one in found if wanted.language in one.languages)
    if wanted.only_to_confirm:
        found = (one for one in found if needs_confirming(one, today=today))
    if wanted.only_with_room:
        found = (one for one in found if has_room(one, today=today) is True)
    return found


def _matches(found: Iterable[Outline], wanted: Wanted, at_most: int, is_open: Answer) -> list[Match]:
    """The dear question, once for all services that share the answer."""
    fits: dict[tuple[object, ...], tuple[Fit, Eligibility]] = {}
    best: dict[Fit, list[tuple[Outline, Eligibility]]] = {fit: [] for fit in Fit}
    for one in found:
        known = fits.get(one.asks)
        if known is None:
            eligibility = assess(one.service, wanted.person) if wanted.person else Eligibility(())
            known = fits[one.asks] = eligibility.fit, eligibility
        fit, eligibility = known
        if fit is Fit.FAILS and wanted.only_eligible:
            continue
        if len(best[fit]) < at_most:
            best[fit].append((one, eligibility))
        if len(best[Fit.MEETS]) >= at_most:
            break
    first = [each for fit in Fit for each in best[fit]][:at_most]
    return [Match(one.service, eligibility, is_open) for one, eligibility in first]
