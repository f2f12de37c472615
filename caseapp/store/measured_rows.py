"""Rows for reports, read part by part, so that whoever waits for them can stop in between."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy.orm import Session

PART = 20_000


class MeasuredRows:
    """Reads queries; `look` is called before each part and may raise."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.look: Callable[[], None] = lambda: None

    def of(self, query: Any) -> Iterator[Any]:
        """The query's rows, once."""
        for part in self._session.connection().execute(query).partitions(PART):
            self.look()
            yield from part
