"""Finds words in notes."""

import re
import unicodedata
from uuid import UUID

from sqlalchemy.orm import Session

from caseapp.store import dialects

_WORD = re.compile(r"\w+")
AT_MOST = 2000
"""Notes that one search reads: whoever finds more has to say more."""


def words_of(query: str) -> tuple[str, ...]:
    """The words that are looked for, without signs; the index itself looks past accents."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", query.casefold())))[:12]


def notes_with(session: Session, query: str, *, person_ids: tuple[UUID, ...] = ()) -> list[UUID]:
    """Notes that hold every word, each from the start of a word, newest first; of some people or of all."""
    words = words_of(query)
    if not words:
        return []
    found = dialects.notes_holding(dialects.name_of(session), words, person_ids, most=AT_MOST)
    return list(session.scalars(*found))
