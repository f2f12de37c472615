"""What was judged of two records before: a pair once judged returns only when the evidence changes.

Evidence is all that two records agree and differ in, whatever the weights of the day make of it: weights
learned anew bring nobody back.
"""

from collections.abc import Iterable
from uuid import UUID

from caseapp.domain.people import Judgement, LinkKind

_BETWEEN = "; "


def evidence_of(words: Iterable[str]) -> str:
    """The same as long as two records agree and differ in the same."""
    return _BETWEEN.join(sorted(words))


def seen_with(reasons: Iterable[str], evidence: str) -> list[str]:
    """What is kept of a judgement: the reasons that were shown, then the rest of the evidence."""
    return list(dict.fromkeys((*reasons, *filter(None, evidence.split(_BETWEEN)))))


def worth(probability: float, calls: int) -> float:
    """How much a judgement is worth: the calls of both, which a link shows together, as far as it is likely.

    Somebody met twenty times under two records is known by half of it at the next call; of two records
    without a call nothing is missed yet, and the likelier goes first.
    """
    return probability * (1 + calls)


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
        self._apart: dict[UUID, set[UUID]] = {}
        for one in different:
            self._part(self.head(one.left_id), self.head(one.right_id))
        self._evidence = {
            (one.left_id, one.right_id): evidence_of(one.evidence) for one in different if one.evidence
        }

    def head(self, person_id: UUID) -> UUID:
        """One record that stands for the whole group of this one."""
        found = person_id
        while (above := self._head.get(found, found)) != found:
            found = above
        return found

    def is_settled(self, left_id: UUID, right_id: UUID, evidence: str, reasons: Iterable[str] = ()) -> bool:
        """Whether the two are linked, or were judged apart on this evidence; ids in order.

        `reasons` are those of it that are shown: an older edition kept no others.
        """
        if self.head(left_id) == self.head(right_id):
            return True
        before = self._evidence.get((left_id, right_id))
        if before is not None:
            return before in (evidence, evidence_of(reasons))
        return self.are_apart(left_id, right_id)

    def are_apart(self, left_id: UUID, right_id: UUID) -> bool:
        """Whether somebody of one group was judged not to be somebody of the other."""
        return self.head(right_id) in self._apart.get(self.head(left_id), ())

    def join(self, left_id: UUID, right_id: UUID) -> None:
        """Take the two groups for one from now on, as a link does."""
        left, right = self.head(left_id), self.head(right_id)
        self._head[right] = left
        for other in self._apart.pop(right, set()):
            self._apart[other].discard(right)
            self._part(left, other)

    def keep_apart(self, left_id: UUID, right_id: UUID) -> None:
        """Take the two groups for apart from now on, whatever was judged; one group stays what it is."""
        left, right = self.head(left_id), self.head(right_id)
        if left != right:
            self._part(left, right)

    def _part(self, head: UUID, other: UUID) -> None:
        self._apart.setdefault(head, set()).add(other)
        self._apart.setdefault(other, set()).add(head)
