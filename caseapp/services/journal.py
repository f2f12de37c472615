"""Reading the journal: who did and who saw what, for those who answer for it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from caseapp.domain.access import SEALED_NAME, Right, has_right
from caseapp.domain.journal import (
    CLINICAL,
    IMPERSONAL,
    KINDS,
    MOST_FIELDS,
    NAMED,
    PAGE,
    FieldChange,
    JournalFilter,
    JournalLine,
)
from caseapp.services.context import Service, verb
from caseapp.services.groups import members_of
from caseapp.store.journal import Entry
from caseapp.store.unit_of_work import UnitOfWork


class JournalService(Service):
    """The journal."""

    @verb(Right.SEE_JOURNAL)
    def read(self, *, where: JournalFilter, before: int | None = None) -> list[JournalLine]:
        """Newest entries first, at most PAGE of them, those before a number; the reading is itself an entry.

        Words that may be about somebody sealed, and clinical ones that the reader's role does not see, are
        left out; which fields were written stays. Raises Sealed for a person who may not be opened.
        """
        with self._context.write("journal.read") as work:
            people: tuple[UUID, ...] = ()
            if where.person_id is not None:
                self._context.open_person(work, where.person_id, verb="journal.read")
                people = members_of(self._context, work, where.person_id)
            entries = work.journal.find(
                kinds=KINDS[where.told] if where.told else (),
                actor_id=where.by_id,
                record_ids=people,
                before=before,
                limit=PAGE,
            )
            lines = self._lines(work, entries)
            if before is None:
                work.note("opened", subjects=people)
            work.commit()
        return lines

    def _lines(self, work: UnitOfWork, entries: list[Entry]) -> list[JournalLine]:
        subjects = work.journal.subjects([one.seq for one in entries])
        names = work.people.names(one for each in subjects.values() for one in each[:NAMED])
        closed = self._context.closed(work, {one for each in subjects.values() for one in each})
        staff = {one.id: one.details.name for one in work.staff.list(only_active=False)}
        return [self._line(one, subjects.get(one.seq, []), names, closed, staff) for one in entries]

    def _line(
        self,
        entry: Entry,
        subjects: list[UUID],
        names: Mapping[UUID, str],
        closed: frozenset[UUID],
        staff: Mapping[UUID, str],
    ) -> JournalLine:
        is_sealed = bool(closed.intersection(subjects))
        fields = tuple(islice(_fields(entry.detail), MOST_FIELDS))
        shown = () if is_sealed else tuple(map(self._veiled, fields))
        about = [each for each in subjects[:NAMED] if each in names]
        return JournalLine(
            id=entry.seq,
            at=entry.at,
            by=staff.get(entry.actor_id, "") if entry.actor_id else "",
            kind=entry.kind,
            verb=entry.verb,
            reason="" if is_sealed else entry.reason,
            about=tuple(SEALED_NAME if each in closed else names[each] for each in about),
            person_ids=tuple(each for each in about if each not in closed),
            others=max(0, len(subjects) - NAMED),
            fields=shown,
            is_withheld=shown != fields,
        )

    def _veiled(self, change: FieldChange) -> FieldChange:
        """That a field was written always shows; what was written, to whom it may."""
        role = self._context.actor.role
        is_closed = change.noun in CLINICAL and not has_right(role, Right.SEE_CLINICAL)
        if is_closed or not (change.noun in IMPERSONAL or has_right(role, Right.SEE_SEALED)):
            return replace(change, before="", after="")
        return change


def _fields(detail: Any) -> Iterator[FieldChange]:
    """The fields of an entry: of each row that was written, or the entry's own facts."""
    if not isinstance(detail, Mapping):
        return
    for change in detail.get("changes", ()):
        for name, value in change["fields"].items():
            before, after = _sides(change["did"], value)
            yield FieldChange(change["table"], change["did"], name, before, after)
    for name, value in detail.items():
        if name != "changes":
            yield FieldChange("", "", name, "", _text(value))


def _sides(did: str, value: Any) -> tuple[str, str]:
    if did == "changed" and isinstance(value, list) and len(value) == 2:
        return _text(value[0]), _text(value[1])
    return (_text(value), "") if did == "removed" else ("", _text(value))


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_text(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return str(value)
