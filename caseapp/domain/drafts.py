"""Text that is not saved yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a form, and when it was kept."""

    form: str
    person_id: UUID | None
    content: dict[str, Any]
    saved_at: datetime
