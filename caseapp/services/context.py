"""What every service is built on: who is signed in, the clock, the file, and the question of right."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from caseapp.domain.access import (
    Actor,
    BeyondScope,
    NotAllowed,
    Right,
    RoleChanged,
    Sealed,
    SignedOut,
    closed_to,
    may_open,
    reaches,
    reaches_all,
    require,
)
from caseapp.domain.cases import Case
from caseapp.domain.follow_ups import Due, FollowUp, due
from caseapp.store.opened import Database
from caseapp.store.unit_of_work import Author, UnitOfWork

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Service")
RowT = TypeVar("RowT")


def utc_now() -> datetime:
    """The machine's clock, the one place outside tests and samples where it is read."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Context:
    """One signed-in person at one open file; `now` gives instants in UTC, `zone` is the agency's."""

    database: Database
    actor: Actor
    zone: ZoneInfo
    now: Callable[[], datetime] = utc_now

    def today(self) -> date:
        """The agency's day."""
        return self.now().astimezone(self.zone).date()

    def stands(self, one: FollowUp) -> Due:
        """Where a follow-up stands now, by the one rule of all lists, counts and reminders."""
        return due(one, now=self.now(), zone=self.zone)

    def read(self, verb: str) -> UnitOfWork:
        """A transaction that looks."""
        return self.database.read(self._author(verb))

    def write(self, verb: str) -> UnitOfWork:
        """A transaction that changes, or that journals a look."""
        return self.database.write(self._author(verb))

    def write_much(self, verb: str) -> AbstractContextManager[UnitOfWork]:
        """The same for many thousand rows."""
        return self.database.write_much(self._author(verb))

    def allow(self, right: Right, *, verb: str, whatever_role: bool = False) -> None:
        """Raise NotAllowed once the refusal is in the journal.

        Raises SignedOut when the actor left meanwhile, RoleChanged when they have another role by now, unless
        that is all the same.
        """
        role = self.database.role_of(self.actor.staff_id)
        if role is None:
            raise SignedOut()
        if role is not self.actor.role and not whatever_role:
            raise RoleChanged()
        try:
            require(self.actor, right)
        except NotAllowed:
            self._note_refusal(verb, {"right": right.value})
            raise

    def open_person(self, work: UnitOfWork, person_id: UUID, *, verb: str) -> None:
        """Raise Sealed, after the refusal is in the journal, unless the actor may open this person."""
        if not self.may_open(work, person_id):
            work.give_up()
            self._note_refusal(verb, {"verb": verb}, person_id)
            raise Sealed()

    def open_case(self, work: UnitOfWork, case: Case, *, verb: str) -> None:
        """Raise Sealed or BeyondScope, after the refusal is in the journal, unless the case may be opened."""
        self.open_person(work, case.person_id, verb=verb)
        if self.beyond(work, [case.id]):
            work.give_up()
            self._note_refusal(verb, {"verb": verb}, case.id)
            raise BeyondScope(number=case.number, primary=case.primary_name)

    def open_cases(self, work: UnitOfWork, case_ids: Iterable[UUID | None], *, verb: str) -> None:
        """Raise what `open_case` raises of the first that lies beyond the actor's scope."""
        for case_id in self.beyond(work, case_ids):
            self.open_case(work, work.cases.get(case_id), verb=verb)

    def beyond(self, work: UnitOfWork, case_ids: Iterable[UUID | None]) -> frozenset[UUID]:
        """Which of these cases lie beyond the actor's scope, read at once for a whole list."""
        ids = {one for one in case_ids if one is not None}
        if not ids or reaches_all(self.actor):
            return frozenset()
        return frozenset(
            case_id for case_id, hands in work.cases.hands(ids).items() if not reaches(self.actor, hands)
        )

    def may_open(self, work: UnitOfWork, person_id: UUID) -> bool:
        """Whether this person's record may be opened; says nothing in the journal."""
        return may_open(actor=self.actor, seal=work.people.seal(person_id), now=self.now())

    def closed(self, work: UnitOfWork, person_ids: Iterable[UUID | None]) -> frozenset[UUID]:
        """Which of these people the actor may not open, read at once for a whole list."""
        seals = work.people.seals({one for one in person_ids if one is not None})
        return closed_to(actor=self.actor, seals=seals, now=self.now())

    def only_open(
        self, work: UnitOfWork, rows: Iterable[RowT], person_of: Callable[[RowT], UUID | None]
    ) -> list[RowT]:
        """The rows of a list without those about people whom the actor may not open."""
        rows = list(rows)
        closed = self.closed(work, map(person_of, rows))
        return [row for row in rows if person_of(row) not in closed] if closed else rows

    def _author(self, verb: str) -> Author:
        return Author(staff_id=self.actor.staff_id, verb=verb, now=self.now())

    def _note_refusal(self, verb: str, detail: dict[str, str], *subjects: UUID) -> None:
        """In a transaction of its own: one that only looked could not write beside another desk."""
        with self.write(verb) as work:
            work.note("refused", detail=detail, subjects=subjects)
            work.commit()


class Service:
    """Base of the services: one class a noun, one public method a verb, each with its right."""

    def __init__(self, context: Context) -> None:
        self._context = context


def verb(
    right: Right, *, whatever_role: bool = False
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Declare the right that a service verb asks for before it reads or writes anything.

    With `whatever_role` it does its work for who has another role since the sign-in too: to lose no word.
    """

    def declare(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        @wraps(method)
        def ask_first(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            name = f"{type(self).__name__}.{method.__name__}"
            self._context.allow(right, verb=name, whatever_role=whatever_role)
            return method(self, *args, **kwargs)

        ask_first.right = right  # type: ignore[attr-defined]
        return ask_first

    return declare
