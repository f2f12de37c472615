"""What was judged of two records before: a pair once judged returns only when the evidence changes."""

from collections.abc import Iterable
from uuid import UUID

from caseapp.domain.people import Judgement, LinkKind


def evidence_of(reasons: Iterable[str]) -> str:
    """The same as long as two records agree and differ in the same."""
    return "; ".join(sorted(reasons))


class Judged:
    """All judgements in force: who is one person with whom, and who is not, on which evidence."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._head: dict[UUID, UUID] = {}
        different: list[Judgement] = []
        for one in judgements:
            if one.kind is LinkKind.SAME:
                self._head[self.head(one.right_id)] = self.head(one.left_id)
            else:
                different.append(one)
        self._apart = {self._heads(one.left_id, one.right_id) for one in different}
        self._evidence = {
            (one.left_id, one.right_id): evidence_of(one.evidence) for one in different if one.evidence
        }

    def head(self, person_id: UUID) -> UUID:
        """One record that stands for the whole group of this one."""
        found = person_id
        while (above := self._head.get(found, found)) != found:
            found = above
        return found

    def is_settled(self, left_id: UUID, right_id: UUID, reasons: Iterable[str]) -> bool:
        """Whether the two are linked, or were judged apart on this evidence; ids in order."""
        heads = self._heads(left_id, right_id)
        if len(heads) == 1:
            return True
        before = self._evidence.get((left_id, right_id))
        if before is not None:
            return before == evidence_of(reasons)
        return heads in self._apart

    def _heads(self, left_id: UUID, right_id: UUID) -> frozenset[UUID]:
        return frozenset((self.head(left_id), self.head(right_id)))
