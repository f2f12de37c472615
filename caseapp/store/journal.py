"""The append-only record of who did and who saw what, chained so that a change to it shows.

Each entry's hash is HMAC-SHA256 over the hash before it and the entry's canonical bytes, whom it is about
among them; the head is also kept outside the file (anchor), because a chain alone cannot show that its
tail is gone.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from caseapp.store.bulk import table_of
from caseapp.store.tables.base import microseconds
from caseapp.store.tables.journal import JournalRow, JournalSubjectRow

_ADD_ENTRY, _ADD_SUBJECT = insert(table_of(JournalRow)), insert(table_of(JournalSubjectRow))
GENESIS = "0" * 64
_NEWEST = (
    select(table_of(JournalRow).c.seq, table_of(JournalRow).c.hash)
    .order_by(table_of(JournalRow).c.seq.desc())
    .limit(1)
)
_LOOKED_EVERY = 2000
"""Entries of a chain between two looks of whoever watches."""

_HEAD = "journal_head"
_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: its number and hash."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as readers see it; `detail` is the decoded content."""

    seq: int
    at: datetime
    actor_id: UUID | None
    kind: str
    verb: str
    reason: str
    detail: Any


def journal_key(data_key: bytes) -> bytes:
    """The chain's own key, derived so that the data key itself signs nothing."""
    return hmac.digest(data_key, b"caseapp journal chain 1", "sha256")


def canonical(content: object) -> str:
    """One text for one content: sorted keys, no blanks, UUIDs and dates as text."""
    return _WRITER.encode(content)


class Journal:
    """Appends to and reads the journal inside a caller's transaction."""

    def __init__(self, session: Session, key: bytes) -> None:
        self._session = session
        self._key = key

    def append(
        self,
        *,
        at: datetime,
        actor_id: UUID | None,
        kind: str,
        verb: str,
        detail: object,
        subjects: Iterable[UUID] = (),
        reason: str = "",
    ) -> Head:
        """Add one entry; the caller's commit makes it true together with what it describes."""
        each = [(tuple(subjects), detail)]
        return self.append_each(each, at=at, actor_id=actor_id, kind=kind, verb=verb, reason=reason)

    def append_each(
        self,
        entries: Iterable[tuple[Sequence[UUID], object]],
        *,
        at: datetime,
        actor_id: UUID | None,
        kind: str,
        verb: str,
        reason: str = "",
    ) -> Head:
        """Add an entry for each (subjects, detail) of one verb, chained one to the next, in one write."""
        last = self.head()
        rows: list[dict[str, Any]] = []
        about: list[dict[str, Any]] = []
        same = {"at": at, "actor_id": actor_id, "kind": kind, "verb": verb, "reason": reason}
        for subjects, detail in entries:
            seq, text, records = last.seq + 1, canonical(detail), sorted(set(subjects))
            content = (seq, microseconds(at), actor_id, kind, verb, reason, text, records)
            link = _link(self._key, last.hash, content)
            rows.append({"seq": seq, **same, "detail": text, "hash": link})
            about += [{"seq": seq, "record_id": record} for record in records]
            last = Head(seq, link)
        connection = self._session.connection()
        if rows:
            connection.execute(_ADD_ENTRY, rows)
        if about:
            connection.execute(_ADD_SUBJECT, about)
        self._session.info[_HEAD] = last
        return last

    def head(self) -> Head:
        """The newest entry; before the first one, number 0 and a hash of zeros."""
        known: Head | None = self._session.info.get(_HEAD)
        if known is not None:
            return known
        row = self._session.execute(_NEWEST).first()
        return Head(row.seq, row.hash) if row else Head(0, GENESIS)

    def newest(self, *, limit: int = 200) -> list[Entry]:
        """Newest entries of everybody."""
        return self.find(limit=limit)

    def find(
        self,
        *,
        kinds: Sequence[str] = (),
        actor_id: UUID | None = None,
        record_ids: Sequence[UUID] = (),
        before: int | None = None,
        limit: int,
    ) -> list[Entry]:
        """Newest entries that meet everything that is said, of those before a number."""
        query = select(JournalRow).order_by(JournalRow.seq.desc()).limit(limit)
        if record_ids:
            about = select(JournalSubjectRow.seq).where(JournalSubjectRow.record_id.in_(record_ids))
            query = query.where(JournalRow.seq.in_(about))
        if before is not None:
            query = query.where(JournalRow.seq < before)
        if kinds:
            query = query.where(JournalRow.kind.in_(kinds))
        if actor_id is not None:
            query = query.where(JournalRow.actor_id == actor_id)
        return [to_entry(row) for row in self._session.scalars(query)]

    def subjects(self, seqs: Collection[int]) -> dict[int, list[UUID]]:
        """Which records each of these entries is about."""
        table, found = table_of(JournalSubjectRow), dict[int, list[UUID]]()
        query = select(table.c.seq, table.c.record_id).where(table.c.seq.in_(seqs))
        for seq, record_id in self._session.execute(query):
            found.setdefault(seq, []).append(record_id)
        return found

    def number_at(self, at: datetime) -> int:
        """The number of the newest entry of exactly this instant; 0 where there is none."""
        query = select(JournalRow.seq).where(JournalRow.at == at).order_by(JournalRow.seq.desc()).limit(1)
        return self._session.scalar(query) or 0

    def earliest_since(self, seq: int, record_ids: Collection[UUID]) -> datetime | None:
        """The earliest that the clock showed when these records were changed after an entry."""
        about = JournalSubjectRow.record_id.in_(record_ids) & (JournalSubjectRow.seq > seq)
        query = (
            select(func.min(JournalRow.at))
            .join(JournalSubjectRow, JournalSubjectRow.seq == JournalRow.seq)
            .where(about, JournalRow.kind == "change")
        )
        return self._session.scalar(query)

    def changed_since(self, seq: int, record_ids: Collection[UUID]) -> set[UUID]:
        """Which of these records anything was changed about after an entry."""
        about = table_of(JournalSubjectRow)
        changes = select(JournalRow.seq).where(JournalRow.seq > seq, JournalRow.kind == "change")
        query = select(about.c.record_id).where(about.c.seq.in_(changes)).distinct()
        return set(record_ids).intersection(self._session.scalars(query))

    def newest_at(self, kind: str) -> datetime | None:
        """When the newest entry of a kind was written; None where there is none."""
        query = select(JournalRow.at).where(JournalRow.kind == kind).order_by(JournalRow.seq.desc()).limit(1)
        return self._session.scalar(query)

    def newest_of(self, kind: str) -> int:
        """The number of the newest entry of a kind; 0 where there is none."""
        return self._session.scalar(select(func.max(JournalRow.seq)).where(JournalRow.kind == kind)) or 0

    def broken_links(self, look: Callable[[int], object]) -> Iterator[str]:
        """Yield a sentence for each entry whose number, content or subjects do not fit its hash.

        `look` is called with the number of an entry now and then, and may raise.
        """
        table = JournalRow.__table__
        about = self._subjects()
        before = Head(0, GENESIS)
        for row in self._session.execute(select(table).order_by(table.c.seq)):
            if not row.seq % _LOOKED_EVERY:
                look(row.seq)
            if row.seq != before.seq + 1:
                yield f"journal: entry {before.seq + 1} is missing"
            what = (row.actor_id, row.kind, row.verb, row.reason, row.detail)
            content = (row.seq, microseconds(row.at), *what, about.of(row.seq))
            if _link(self._key, before.hash, content) != row.hash:
                yield f"journal: entry {row.seq} was changed or does not follow from the one before"
            before = Head(row.seq, row.hash)

    def _subjects(self) -> "_Subjects":
        table = table_of(JournalSubjectRow)
        query = select(table.c.seq, table.c.record_id).order_by(table.c.seq, table.c.record_id)
        return _Subjects(iter(self._session.execute(query)))


class _Subjects:
    """Whom each entry is about, read beside the entries in the same order, so that neither is kept whole."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, seq: int) -> list[UUID]:
        """The records of an entry in rising order; entries are asked for in rising order too."""
        found: list[UUID] = []
        while self._next is not None and self._next[0] <= seq:
            if self._next[0] == seq:
                found.append(self._next[1])
            self._next = next(self._rows, None)
        return found


def _link(key: bytes, before: str, content: tuple[object, ...]) -> str:
    message = bytes.fromhex(before) + canonical(content).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def to_entry(row: JournalRow) -> Entry:
    """A row as readers see it."""
    return Entry(
        seq=row.seq,
        at=row.at,
        actor_id=row.actor_id,
        kind=row.kind,
        verb=row.verb,
        reason=row.reason,
        detail=json.loads(row.detail),
    )
