"""Links between records of one person: make, take back, and remember that two are not the same."""

from dataclasses import replace
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.day_words import day_words
from caseapp.domain.errors import CaseAppError
from caseapp.domain.judgements import seen_with
from caseapp.domain.one_person import Link
from caseapp.domain.people import LinkKind, PersonDetails, check
from caseapp.domain.relations import check_relations
from caseapp.services.added_facts import put_back_facts
from caseapp.services.context import Context, Service, verb
from caseapp.services.parting import NotLinked, Parting, Whose, give, in_words, parting_of
from caseapp.services.people import add_person
from caseapp.services.review_queue import wait_again
from caseapp.services.weights import Weights
from caseapp.store.journal import Entry
from caseapp.store.unit_of_work import UnitOfWork

_KINDS = frozenset({Kind.PERSON, Kind.CALL, Kind.ENCOUNTER, Kind.FOLLOW_UP, Kind.REFERRAL, Kind.CASE})


class SameRecord(CaseAppError):
    """A record cannot be linked with itself."""

    code = "link.same-record"


class JudgedDifferent(CaseAppError):
    """Somebody judged two people of these groups not to be the same; that is undone first."""

    code = "link.judged-different"


class JudgedWhileLinked(CaseAppError):
    """Links make one person of the two, so that they are not judged apart before those are taken back."""

    code = "link.judged-while-linked"


class NamedAsClose(CaseAppError):
    """One of two records names the other as somebody close, and nobody is close to themselves."""

    code = "link.named-as-close"


class NothingToLink(CaseAppError):
    """Links make one person of the two already, so that nothing is left to link."""

    code = "link.nothing-to-link"


class JudgedAlready(CaseAppError):
    """Somebody judged the two not to be the same, and nothing new was seen since."""

    code = "link.judged-already"


class JudgedOutOfSight(CaseAppError):
    """What stands between the two is on a record that the actor may not open: nothing is said of it."""

    code = "link.judged-out-of-sight"


class JudgedAnew(NotLinked):
    """Somebody judged the two anew since the judgement that was to be taken back."""

    code = "link.judged-anew"


class LinkService(Service):
    """Judgements on pairs of records; nothing is merged, so that everything can be taken back."""

    def __init__(self, context: Context, weights: Weights) -> None:
        super().__init__(context)
        self._weights = weights

    @verb(Right.LINK_PEOPLE)
    def link(self, *, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...] = ()) -> Change:
        """Make two records one on the screen; raises SameRecord, NothingToLink, JudgedDifferent,
        NamedAsClose, JudgedOutOfSight or Sealed.

        A pair that was judged apart and waits for review again, on other evidence, is judged anew.
        """
        if left_id == right_id:
            raise SameRecord()
        with self._context.write("person.link") as work:
            self._open_both(work, left_id, right_id, verb="person.link")
            self._link(work, left_id, right_id, reason, evidence)
            work.commit(reason=reason)
        return Change(_KINDS, person_id=left_id)

    @verb(Right.LINK_PEOPLE)
    def identify_as_new(self, *, person_id: UUID, details: PersonDetails) -> UUID:
        """An unknown person has a name now: a new record, linked, so that no call is lost.

        Returns the new record's id, open to those alone to whom the unknown one is. Raises NameMissing,
        DescriptionMissing, BornInFuture, RelatedToSelf or Sealed.
        """
        check(details, today=self._context.today())
        with self._context.write("person.identify") as work:
            self._context.open_person(work, person_id, verb="person.identify")
            check_relations(details.relations, work.links.group(person_id))
            seal = work.people.seal(person_id)
            known = replace(details, is_restricted=details.is_restricted or seal is not None)
            new_id = add_person(work, known, maker=self._context.actor.staff_id)
            for staff_id in sorted(seal.named - {self._context.actor.staff_id}) if seal else ():
                work.people.grant(new_id, staff_id, reason="may open the record they were identified by")
            self._link(work, person_id, new_id, "identified", ("said who they are",))
            work.commit(reason="identified")
        return new_id

    @verb(Right.LINK_PEOPLE)
    def judge_different(
        self, *, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...] = ()
    ) -> Change:
        """Remember that two records are not one person, and on what evidence; every later match respects it.

        Raises SameRecord, Sealed, JudgedAlready, or JudgedWhileLinked (JudgedOutOfSight) when links make one
        person of them.
        """
        if left_id == right_id:
            raise SameRecord()
        with self._context.write("person.judge-different") as work:
            self._open_both(work, left_id, right_id, verb="person.judge-different")
            left, right = work.links.group(left_id), work.links.group(right_id)
            if right_id in left:
                raise self._refusal(work, JudgedWhileLinked, work.links.of_group(left))
            self._part(work, left_id, right_id, reason, evidence)
            work.reviews.settle(left, right)
            work.about(left_id, right_id)
            work.commit(reason=reason)
        return Change(frozenset({Kind.PERSON}), person_id=left_id)

    @verb(Right.LINK_PEOPLE)
    def parting(self, *, left_id: UUID, right_id: UUID) -> Parting:
        """What taking back this link would make, and what was added since; raises NotLinked or Sealed.

        Facts and words of both are shown, so that the look is journaled.
        """
        with self._context.write("person.parting") as work:
            self._open_both(work, left_id, right_id, verb="person.parting")
            found = in_words(self._context, work, parting_of(self._context, work, left_id, right_id))
            shown = (*found.left.members, *found.right.members)
            work.note("opened", subjects=tuple(one.id for one in shown))
            work.commit()
        return found

    @verb(Right.LINK_PEOPLE)
    def unlink(
        self,
        *,
        left_id: UUID,
        right_id: UUID,
        belongs: Whose | None = None,
        is_put_off: bool = False,
        seen: LinkKind | None = None,
        is_undo: bool = False,
    ) -> Change:
        """Take back the judgement on two records; both are again as they were, and judged as before.

        Where it is `seen` as of a kind, no other is taken back, and by an undo none but the actor's own.

        What was written since goes where `belongs` says (entry or fact -> record), which answers all that
        `parting` asks; without it everything stays with the record it was written on, and what was taken from
        a record since stands there again. The pair waits for review again; put off, at the end, and no link
        of many takes it. Raises NotLinked, JudgedAnew, WrittenMeanwhile, BelongsToNeither, NothingLeft,
        RelatedToSelf, BeyondScope or Sealed.
        """
        with self._context.write("person.unlink") as work:
            self._open_both(work, left_id, right_id, verb="person.unlink")
            row = work.links.standing_between(left_id, right_id)
            if row is None:
                raise NotLinked()
            is_own = row.created_by == self._context.actor.staff_id
            if (seen is not None and row.kind is not seen) or (is_undo and not is_own):
                raise JudgedAnew(why=_why(work.links.between(left_id, right_id)))
            parting = (
                parting_of(self._context, work, left_id, right_id) if row.kind is LinkKind.SAME else None
            )
            group = work.links.group(left_id)
            work.links.undo(row, staff_id=self._context.actor.staff_id)
            work.links.put_back_before(row)
            if parting is not None:
                give(self._context, work, parting, parting.as_written if belongs is None else belongs)
                work.added.part_from_cases(work.links.groups(group))
            wait_again(work, self._weights.of(work), left_id, right_id, is_put_off=is_put_off)
            work.about(left_id, right_id)
            work.commit(reason="taken back")
        return Change(_KINDS, person_id=left_id)

    @verb(Right.LINK_PEOPLE)
    def undo_unlink(self, *, left_id: UUID, right_id: UUID) -> Change:
        """Undo the actor's own unlinking: the link stands as it was, and everything is where it was.

        Raises NotLinked if the actor took no link back, WrittenSince if a record was changed after that,
        NothingToLink if the two were linked again, JudgedDifferent, NamedAsClose, JudgedOutOfSight, Sealed,
        or BeyondScope where it would move an entry of a case that the actor does not reach.
        """
        with self._context.write("person.undo-unlink") as work:
            self._open_both(work, left_id, right_id, verb="person.undo-unlink")
            left, right = work.links.group(left_id), work.links.group(right_id)
            if right_id in left:
                raise self._refusal(work, NothingToLink, work.links.of_group(left))
            done = self._own_unlinking(work, left_id, right_id)
            changes = done.detail["changes"]
            since = work.links.standing_between(left_id, right_id)
            if since is not None and since.id.hex not in {one["id"] for one in changes}:
                raise self._refusal(work, JudgedDifferent, work.links.between(left_id, right_id))
            self._context.open_cases(work, work.put_back.cases(changes), verb="person.undo-unlink")
            put_back_facts(self._context, work, seq=done.seq)
            work.put_back.rows(changes)
            self._check_joinable(work, left, right)
            work.reviews.settle(left, right)
            work.about(left_id, right_id)
            work.commit(reason="unlinked by mistake")
        return Change(_KINDS, person_id=left_id)

    def _own_unlinking(self, work: UnitOfWork, left_id: UUID, right_id: UUID) -> Entry:
        """What was done last with any link of the two, whatever the clock said then; raises NotLinked."""
        links = work.links.ever_between(left_id, right_id)
        newest = work.journal.find(kinds=("change",), record_ids=links, limit=1) if links else []
        for done in newest:
            if done.verb == "person.unlink" and done.actor_id == self._context.actor.staff_id:
                return done
        raise NotLinked()

    def _link(
        self, work: UnitOfWork, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...]
    ) -> None:
        left, right = work.links.group(left_id), work.links.group(right_id)
        if right_id in left:
            raise self._refusal(work, NothingToLink, work.links.of_group(left))
        before = work.links.standing_between(left_id, right_id)
        if before is not None and work.reviews.between(left_id, right_id):
            work.links.undo(before, staff_id=self._context.actor.staff_id)
        self._check_joinable(work, left, right)
        work.links.add(left_id, right_id, kind=LinkKind.SAME, reason=reason, evidence=list(evidence))
        work.reviews.settle(left, right)
        work.about(left_id, right_id)

    def _part(
        self, work: UnitOfWork, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...]
    ) -> None:
        """Write the judgement on all that was seen, instead of one on other evidence."""
        waiting = work.reviews.between(left_id, right_id)
        seen = seen_with(evidence, waiting.evidence if waiting else "")
        before = work.links.standing_between(left_id, right_id)
        if before is not None and set(seen) <= set(before.evidence):
            raise JudgedAlready(why=_why(work.links.differences({left_id}, {right_id})))
        if before is not None:
            work.links.undo(before, staff_id=self._context.actor.staff_id)
        work.links.add(left_id, right_id, kind=LinkKind.DIFFERENT, reason=reason, evidence=seen)

    def _open_both(self, work: UnitOfWork, left_id: UUID, right_id: UUID, *, verb: str) -> None:
        for person_id in (left_id, right_id):
            self._context.open_person(work, person_id, verb=verb)

    def _check_joinable(self, work: UnitOfWork, left: frozenset[UUID], right: frozenset[UUID]) -> None:
        """Raise JudgedDifferent, NamedAsClose or JudgedOutOfSight where anything parts two groups."""
        apart = work.links.differences(left, right)
        if apart:
            raise self._refusal(work, JudgedDifferent, apart)
        near = [
            pair
            for pair in work.people.relatives(left | right)
            if pair[1] in (right if pair[0] in left else left)
        ]
        if near:
            closed = self._context.closed(work, (one for pair in near for one in pair))
            raise NamedAsClose() if any(closed.isdisjoint(pair) for pair in near) else JudgedOutOfSight()

    def _refusal(self, work: UnitOfWork, of: type[CaseAppError], links: list[Link]) -> CaseAppError:
        """With who judged so and on what, as far as the actor may open the records that it was judged of."""
        closed = self._context.closed(work, (end for one in links for end in (one.left_id, one.right_id)))
        told = [one for one in links if closed.isdisjoint((one.left_id, one.right_id))]
        return of(why=_why(told)) if told else JudgedOutOfSight()


def _why(links: list[Link]) -> str:
    """Who judged so, when, and on what, without naming anybody."""
    return "; ".join(f"{one.by} on {day_words(one.at)}: {one.why}" for one in links)
