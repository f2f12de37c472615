"""Finds words in notes; the one place that knows how each database does it."""

import re
import unicodedata
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from caseapp.store.tables.base import Id

_WORD = re.compile(r"\w+")
AT_MOST = 2000
"""Notes that one search reads: whoever finds more has to say more."""

_SQLITE = text(
    "SELECT k.note_id FROM note_words JOIN note_words_key AS k ON k.number = note_words.rowid"
    " WHERE note_words MATCH :words ORDER BY note_words.rowid DESC LIMIT :most"
).columns(note_id=Id())
_SQLITE_OF = (
    text(
        "SELECT k.note_id FROM note_words_key AS k JOIN note_words ON k.number = note_words.rowid"
        " WHERE note_words MATCH :words AND k.note_id IN"
        " (SELECT n.id FROM note AS n JOIN contact_person AS p ON p.contact_id = n.contact_id"
        " WHERE p.person_id IN :people) ORDER BY note_words.rowid DESC LIMIT :most"
    )
    .bindparams(bindparam("people", expanding=True, type_=Id()))
    .columns(note_id=Id())
)


def words_of(query: str) -> tuple[str, ...]:
    """The words that are looked for, without signs; the index itself looks past accents."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", query.casefold())))[:12]


def notes_with(session: Session, query: str, *, person_ids: tuple[UUID, ...] = ()) -> list[UUID]:
    """Notes that hold every word, each from the start of a word, newest first; of some people or of all."""
    words = words_of(query)
    if not words:
        return []
    if session.get_bind().dialect.name == "postgresql":
        return _postgresql(session, words)
    match = " AND ".join(f'"{word}"*' for word in words)
    values: dict[str, object] = {"words": match, "most": AT_MOST}
    if not person_ids:
        return list(session.scalars(_SQLITE, values))
    return list(session.scalars(_SQLITE_OF, {**values, "people": list(person_ids)}))


def _postgresql(session: Session, words: tuple[str, ...]) -> list[UUID]:
    from caseapp.store.tables.cases import NoteRow

    wanted = " & ".join(f"{word}:*" for word in words)
    meets = text("to_tsvector('simple', note.parts::text) @@ to_tsquery('simple', :wanted)")
    query = select(NoteRow.id).where(meets).order_by(NoteRow.created_at.desc()).limit(AT_MOST)
    return list(session.scalars(query, {"wanted": wanted}))
