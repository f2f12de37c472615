"""What the screen of letters is opened for."""

from typing import NamedTuple
from uuid import UUID


class LettersFor(NamedTuple):
    """Everybody of a list, and what the list is called."""

    person_ids: tuple[UUID, ...]
    words: str
