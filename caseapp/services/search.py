"""One field that finds a person by anything they are known by, and calls and services beside them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.ages import name_and_age
from caseapp.domain.births import Birth, age_on
from caseapp.domain.directory_finder import Wanted
from caseapp.domain.matching.intake import LIKELY, Ranked
from caseapp.domain.matching.traits import Traits
from caseapp.domain.names import number_signs, phone_digits, tokens
from caseapp.domain.one_person import OnePerson
from caseapp.domain.referrals import BadReplyCode, read_reply_code
from caseapp.exchange import times_written
from caseapp.services.alike import second_lines
from caseapp.services.context import Context, Service, verb
from caseapp.services.directory import DirectoryService
from caseapp.services.nearest import FURTHER, are_enough, listed, nearest
from caseapp.services.weights import Weights
from caseapp.store.search import AT_MOST_FIRST, AT_MOST_NEAR, Found
from caseapp.store.unit_of_work import UnitOfWork

LIMIT = 50
_FIRST_READ = 2000
"""People of the rarest word looked at for the first answer."""
_FIRST_HEARD = 200
"""The same of the rarest sound: thousands share one, and each is looked up by hand."""
AS_TYPED = frozenset(("name", "phone", "birth date", "number", "call"))
"""How somebody was found by what was typed itself, and not by what it sounds or looks like."""
_ORDER = {"name": 1, "sounds alike": 2}
"""What a number, a phone or a date finds is surer than a name, and that than a sound."""
_OF_A_NAME = 400
"""People of a name among whom those of an age are looked for."""
_YEARS_OFF = 5
"""How far an age that is told may be from that of the record."""
_ANYBODY = 2
"""How many people a name typed in the field is taken to choose from: all of that name are wanted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the result: what it opens (person, call, referral, service), and how it was found."""

    kind: str
    record_id: UUID
    title: str
    second_line: str
    how: str


class SearchService(Service):
    """Searches by name parts in any order, phone in any format, birth date, number, alias, reply code.

    An age beside a name puts those of that age first.
    """

    def __init__(self, context: Context, directory: DirectoryService, weights: Weights) -> None:
        super().__init__(context)
        self._directory = directory
        self._weights = weights

    @verb(Right.SEE_PEOPLE)
    def find(self, *, query: str, limit: int = LIMIT, is_complete: bool = True) -> list[Hit]:
        """Hits, surest first; nothing for an empty query.

        One that is not complete is the first answer while somebody types: people only, without those whom
        it takes a while to find.
        """
        text = query.strip()[:200]
        if not text:
            return []
        with self._context.read("search.find") as work:
            people = self._asked_for(work, text, limit, is_complete=is_complete)
            if not is_complete:
                return people[:limit]
            return [*self._reply_code(work, text), *people, *_calls(work, text), *self._services(text)][
                :limit
            ]

    def _services(self, text: str) -> list[Hit]:
        if len(text) < 3:
            return []
        found = self._directory.search(wanted=Wanted(words=text))[:5]
        return [
            Hit("service", one.id, one.service.name, one.service.organization, "service") for one in found
        ]

    def _asked_for(self, work: UnitOfWork, text: str, limit: int, *, is_complete: bool) -> list[Hit]:
        """Whoever is meant; where an age stands in it, first by the text as it is, then by the name alone."""
        name, age = name_and_age(text)
        if age is None:
            return self._people(work, text, limit, is_complete=is_complete)
        as_written = self._people(work, text, limit, is_complete=is_complete, weighs=False)
        named = self._people(work, name, max(limit, _OF_A_NAME), is_complete=is_complete)
        whole = listed(self._context, work, [one.record_id for one in named])
        today = self._context.today()
        named.sort(key=lambda one: _off(whole[one.record_id].details.birth, age, today))
        return list({one.record_id: one for one in (*as_written, *named)}.values())[:limit]

    def _people(
        self, work: UnitOfWork, text: str, limit: int, *, is_complete: bool, weighs: bool = True
    ) -> list[Hit]:
        """Everybody who is meant by these words: as they are written first, then those who look alike."""
        at_most = AT_MOST_NEAR if is_complete else AT_MOST_FIRST
        likely = self._likely(work, text, limit, at_most) if weighs else []
        if likely and not is_complete:
            words = tokens(text)
            likely.sort(key=lambda one: not _is_called_so(one[1], words))
            return self._hits(work, (), likely)[:limit]
        hits: list[Hit] = []
        for number in (limit, FURTHER * limit):
            met = _first_each(_searches(work, text, number, bool(likely), is_complete=is_complete))
            hits = self._hits(work, _surest(met, likely)[:number], likely)
            if are_enough(hits, met, limit):
                break
        return hits[:limit]

    def _hits(
        self, work: UnitOfWork, met: Sequence[Found], likely: Sequence[tuple[Ranked, OnePerson]]
    ) -> list[Hit]:
        """Everybody who was met and may be opened, each once, then who is likely."""
        opened = {member.id: whole for _one, whole in likely for member in whole.members}
        unread = [one.person_id for one in met if one.person_id not in opened]
        opened |= listed(self._context, work, unread) if unread else {}
        found: dict[UUID, tuple[OnePerson, str]] = {}
        for one in met:
            if one.person_id in opened:
                whole = opened[one.person_id]
                found.setdefault(whole.id, (whole, one.how))
        for ranked, whole in likely:
            found.setdefault(whole.id, (whole, "; ".join(ranked.reasons[:2])))
        lines = second_lines(self._context, work, [whole for whole, _how in found.values()])
        return [
            Hit("person", whole.id, whole.display_name, lines[whole.id], how) for whole, how in found.values()
        ]

    def _likely(
        self, work: UnitOfWork, text: str, limit: int, weighed_at_most: int
    ) -> list[tuple[Ranked, OnePerson]]:
        wanted = Traits(names=(text,)).profile(today=self._context.today())
        if not any(name.given and name.family for name in wanted.names):
            return []
        return nearest(
            self._context,
            work,
            wanted,
            self._weights,
            prior=_ANYBODY,
            at_most=limit,
            least=LIKELY,
            weighed_at_most=weighed_at_most,
        )

    def _reply_code(self, work: UnitOfWork, text: str) -> list[Hit]:
        try:
            code = read_reply_code(text)
        except BadReplyCode:
            return []
        referral_id = work.referrals.by_reply_code(code)
        if referral_id is None:
            return []
        referral = work.referrals.get(referral_id)
        if self._context.closed(work, [referral.person_id]):
            return []
        return [
            Hit(
                "referral", referral_id, f"Referral to {referral.to_name}", referral.person_name, "reply code"
            )
        ]


def _searches(work: UnitOfWork, text: str, limit: int, has_likely: bool, *, is_complete: bool) -> list[Found]:
    """Every way the text can be meant, most telling first."""
    found: list[Found] = []
    digits = phone_digits(text)
    born = _day(text)
    if born:
        found += work.search.by_birth(born, limit=limit)
    if digits and not born:
        found += work.search.by_phone(digits, limit=limit)
    plain = number_signs(text)
    if any(letter.isdigit() for letter in plain) and len(plain) >= 4:
        found += work.search.by_call_number(text, limit=limit)
        found += work.search.by_number(plain, limit=limit)
    named = work.search.by_words(text, limit=limit, most_read=None if is_complete else _FIRST_READ)
    found += named
    if len(named) < 5 and not digits and not has_likely:
        found += work.search.by_sound(text, limit=limit, most_read=None if is_complete else _FIRST_HEARD)
    return found


def _is_called_so(person: OnePerson, words: Sequence[str]) -> bool:
    """Whether every word, as far as it is typed, stands in a name: others only look alike."""
    names = {part for one in person.details.names for part in tokens(f"{one.given} {one.family}")}
    return all(any(part.startswith(word) for part in names) for word in words)


def _surest(met: list[Found], likely: Sequence[tuple[Ranked, OnePerson]]) -> list[Found]:
    """Whom a number finds before whom a name does, and of one kind who is likelier first."""
    places = {member.id: place for place, (_one, whole) in enumerate(likely) for member in whole.members}
    return sorted(met, key=lambda one: (_ORDER.get(one.how, 0), places.get(one.person_id, len(places))))


def _off(birth: Birth | None, age: int, today: date) -> int:
    """0 of that age, 1 where it is not known, 2 of another."""
    if birth is None:
        return 1
    return 0 if abs(age_on(birth, today) - age) <= _YEARS_OFF else 2


def _first_each(found: list[Found]) -> list[Found]:
    seen: dict[UUID, Found] = {}
    for one in found:
        seen.setdefault(one.person_id, one)
    return list(seen.values())


def _day(text: str) -> date | None:
    """A birth date in any written form; bare numbers are not one."""
    if not re.search(r"\d[/.-]\d|[a-z]{3}", text.casefold()) or not re.search(r"\d{4}|/\d\d$", text):
        return None
    naive = times_written.parse(text)
    return naive.wall.date() if naive and not naive.has_clock else None


def _calls(work: UnitOfWork, text: str) -> list[Hit]:
    if not any(letter.isdigit() for letter in text):
        return []
    call_id = work.calls.by_number(text)
    if call_id is None:
        return []
    call = work.calls.get(call_id)
    return [Hit("call", call_id, f"Call {call.number}", f"{call.type_text}, {call.place}", "call number")]
