"""The list of calls: page by page, counted, and where in it one call stands."""

from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.call_filters import PAGE, CallCount, CallFilter, CallWords, Mark
from caseapp.domain.calls import CallLine
from caseapp.services.context import Context, Service, verb
from caseapp.services.groups import members_of
from caseapp.services.triage_queue import arrivals
from caseapp.store.unit_of_work import UnitOfWork


class CallListReads(Service):
    """The part of the service of calls that reads the list; a line says of people only how many there are."""

    @verb(Right.SEE_CALLS)
    def page(
        self, *, where: CallFilter, behind: Mark | None = None, skip: int = 0, limit: int = PAGE
    ) -> list[CallLine]:
        """Lines newest first, behind a mark and so many further on; raises Sealed."""
        with self._context.read("call.page") as work:
            return work.calls.page(
                where,
                met=records_met(self._context, work, where),
                triage=self._triage(work, where),
                behind=behind,
                skip=skip,
                limit=limit,
            )

    @verb(Right.SEE_CALLS)
    def count(self, *, where: CallFilter) -> CallCount:
        """How many calls the list holds, and people on them to link; raises Sealed."""
        with self._context.read("call.count") as work:
            met = records_met(self._context, work, where)
            return work.calls.count(where, met=met, triage=self._triage(work, where))

    @verb(Right.SEE_CALLS)
    def place_of(self, *, call_id: UUID, where: CallFilter) -> int | None:
        """How many calls stand before one; None where the filter leaves it out. Raises Sealed."""
        with self._context.read("call.place-of") as work:
            met = records_met(self._context, work, where)
            return work.calls.place_of(call_id, where, met=met, triage=self._triage(work, where))

    @verb(Right.SEE_CALLS)
    def list_words(self) -> CallWords:
        """The types and dispositions of calls on record, for a filter to choose from."""
        with self._context.read("call.list-words") as work:
            return work.calls.list_words()

    def _triage(self, work: UnitOfWork, where: CallFilter) -> frozenset[UUID]:
        """The calls of the queue of triage, by the agency's own rules, where they are asked for."""
        if not where.needs_triage:
            return frozenset()
        return frozenset(one.call_id for one in arrivals(self._context, work))


def records_met(context: Context, work: UnitOfWork, where: CallFilter) -> tuple[UUID, ...]:
    """The records of the person whose calls are asked for; raises Sealed."""
    if where.person_id is None:
        return ()
    context.open_person(work, where.person_id, verb="call.list")
    return tuple(members_of(context, work, where.person_id))
