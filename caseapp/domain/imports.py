"""What an import did or would do, counted so that every row of the file is accounted for."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError


class NoSuchBatch(CaseAppError):
    code = "import.no-such-batch"


class AlreadyUndone(CaseAppError):
    code = "import.already-undone"


class TouchedSince(CaseAppError):
    """Records of the batch carry work done after it; taking the batch back would lose that work."""

    code = "import.touched-since"


class LaterRestsOnIt(CaseAppError):
    """A later import carried calls of this one; without this one it would be there only in part."""

    code = "import.later-rests-on-it"


class ImportStopped(CaseAppError):
    """The user stopped it; nothing of it is in the database."""

    code = "import.stopped"


class NotTakenBack(CaseAppError):
    """The user stopped the way back; the import stands as it stood."""

    code = "import.not-taken-back"


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """True counts of an import or of its dry run; `batch` is None when nothing was written."""

    rows: int
    new: int
    changed: int
    same: int
    responses_new: int
    rows_rejected: int
    rows_skipped: dict[str, int]
    warnings: dict[str, int]
    layout: str
    how_read: str
    batch: UUID | None = None
    rows_further: int = 0
    """Rows that tell more of a call that another row told of: a unit each, in most exports."""
    look_known: int = 0
    """Of a list of people: new rows that look like somebody stored, for the review to settle."""
    types_new: int = 0
    """Of calls: types of which nobody has said yet what kind of call they are."""

    @property
    def noticed(self) -> str:
        """The warnings in words; empty where there is none."""
        return ", ".join(f"{count:,} {what.replace('-', ' ')}" for what, count in self.warnings.items())


@dataclass(frozen=True, slots=True)
class Undone:
    """A batch taken back; `stayed` are people left as they are because of work done since."""

    change: Change
    removed: int
    put_back: int = 0
    stayed: int = 0

    @property
    def words(self) -> str:
        """In a sentence or two."""
        if not self.stayed:
            return "Taken back."
        people = "person stays" if self.stayed == 1 else "people stay"
        return f"Taken back. {self.stayed:,} {people} because of work done with them since."


@dataclass(frozen=True, slots=True)
class Batch:
    """A past import as the list shows it."""

    id: UUID
    kind: str
    file_name: str
    layout: str
    at: datetime
    by: str
    counts: dict[str, int] = field(default_factory=dict)
    undone_at: datetime | None = None
