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

    def is_settled(self, left_id: UUID, right_id: UUID, evidence: str, reasons: Iterable[str] = ()) -> bool:
        """Whether the two are linked, or were judged apart on this evidence; ids in order.

        `reasons` are those of it that are shown: an older edition kept no others.
        """
        heads = self._heads(left_id, right_id)
        if len(heads) == 1:
            return True
        before = self._evidence.get((left_id, right_id))
        if before is not None:
            return before in (evidence, evidence_of(reasons))
        return heads in self._apart

    def _heads(self, left_id: UUID, right_id: UUID) -> frozenset[UUID]:
        return frozenset((self.head(left_id), self.head(right_id)))
