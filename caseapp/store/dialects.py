"""The few queries that SQLite and PostgreSQL need in different words; all others are the same for both.

Where the two keep a value differently stands with the types of columns, in `tables/base.py`.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.orm import Session

from caseapp.store.tables.base import Id
from caseapp.store.tables.cases import ContactPersonRow, NoteRow

POSTGRESQL = "postgresql"

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
_POSTGRESQL_MEETS = text("to_tsvector('simple', note.parts::text) @@ to_tsquery('simple', :words)")


def name_of(session: Session) -> str:
    """Which of the two databases a session is open on: "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def knows_types(connection: Connection) -> bool:
    """Whether the driver itself takes and gives ids and JSON; in SQLite they are bytes and text."""
    return connection.dialect.name == POSTGRESQL


def ids_together(name: str) -> str:
    """SQL for the ids of the people of a group in one text, 32 hexadecimal digits each.

    `name` is what `name_of` says.
    """
    if name == POSTGRESQL:
        return "string_agg(replace(CAST(person_id AS text), '-', ''), '')"
    return "group_concat(hex(person_id), '')"


def notes_holding(
    name: str, words: Sequence[str], people: Sequence[UUID], *, most: int
) -> tuple[Any, dict[str, Any]]:
    """A statement and its values: ids of notes in which some word begins with each of these, newest first.

    With no people, of everybody.
    """
    if name == POSTGRESQL:
        of_people = select(ContactPersonRow.contact_id).where(ContactPersonRow.person_id.in_(people))
        query = select(NoteRow.id).where(_POSTGRESQL_MEETS).order_by(NoteRow.created_at.desc()).limit(most)
        wanted = {"words": " & ".join(f"{word}:*" for word in words)}
        return query.where(NoteRow.contact_id.in_(of_people)) if people else query, wanted
    values = {"words": " AND ".join(f'"{word}"*' for word in words), "most": most}
    return (_SQLITE_OF, {**values, "people": list(people)}) if people else (_SQLITE, values)
