"""How well the file is kept: what a check found, and when somebody last took care of it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Checked:
    """How much was looked at, and what does not hold, each in a sentence without anybody's data."""

    pages: int = 0
    rows: int = 0
    journal_entries: int = 0
    index_entries: int = 0
    problems: list[str] = field(default_factory=list)
    is_damaged: bool = False

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Kept:
    """When the file was last copied, checked, and a copy tried; None for never."""

    backed_up_at: datetime | None
    verified_at: datetime | None
    tried_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What a backup holds that was restored for a trial: its newest entry, and what was looked at."""

    made_at: datetime | None
    checked: Checked
