"""The append-only record of who did and who saw what, chained so that a change to it shows.

Each entry's hash is HMAC-SHA256 over the hash before it and the entry's canonical bytes; the head is
also kept outside the file (anchor), because a chain alone cannot show that its tail is gone.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from caseapp.store.bulk import table_of
from caseapp.store.tables.base import microseconds
from caseapp.store.tables.journal import JournalRow, JournalSubjectRow

_ADD_ENTRY, _ADD_SUBJECT = insert(table_of(JournalRow)), insert(table_of(JournalSubjectRow))
GENESIS = "0" * 64
_HEAD = "journal_head"


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
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


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
            seq, text = last.seq + 1, canonical(detail)
            link = _link(self._key, last.hash, (seq, microseconds(at), actor_id, kind, verb, reason, text))
            rows.append({"seq": seq, **same, "detail": text, "hash": link})
            about += [{"seq": seq, "record_id": record} for record in dict.fromkeys(subjects)]
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
        query = select(JournalRow.seq, JournalRow.hash).order_by(JournalRow.seq.desc()).limit(1)
        row = self._session.execute(query).first()
        return Head(row.seq, row.hash) if row else Head(0, GENESIS)

    def of_record(self, record_id: UUID, *, limit: int = 200) -> list[Entry]:
        """Newest entries about one record."""
        query = (
            select(JournalRow)
            .join(JournalSubjectRow, JournalSubjectRow.seq == JournalRow.seq)
            .where(JournalSubjectRow.record_id == record_id)
            .order_by(JournalRow.seq.desc())
            .limit(limit)
        )
        return [_to_entry(row) for row in self._session.scalars(query)]

    def newest(self, *, limit: int = 200) -> list[Entry]:
        """Newest entries of everybody."""
        query = select(JournalRow).order_by(JournalRow.seq.desc()).limit(limit)
        return [_to_entry(row) for row in self._session.scalars(query)]

    def broken_links(self) -> Iterator[str]:
        """Yield a sentence for each entry whose number or hash does not follow from the one before."""
        table = JournalRow.__table__
        before = Head(0, GENESIS)
        for row in self._session.execute(select(table).order_by(table.c.seq)):
            if row.seq != before.seq + 1:
                yield f"journal: entry {before.seq + 1} is missing"
            content = (
                row.seq,
                microseconds(row.at),
                row.actor_id,
                row.kind,
                row.verb,
                row.reason,
                row.detail,
            )
            if _link(self._key, before.hash, content) != row.hash:
                yield f"journal: entry {row.seq} was changed or does not follow from the one before"
            before = Head(row.seq, row.hash)


def _link(key: bytes, before: str, content: tuple[object, ...]) -> str:
    message = bytes.fromhex(before) + canonical(content).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _to_entry(row: JournalRow) -> Entry:
    return Entry(
        seq=row.seq,
        at=row.at,
        actor_id=row.actor_id,
        kind=row.kind,
        verb=row.verb,
        reason=row.reason,
        detail=json.loads(row.detail),
    )
