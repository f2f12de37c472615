"""The journal's newest number and hash, kept outside the database, so that a cut tail shows."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from caseapp.system import files

KEPT = 50


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head of the journal that was seen at a moment."""

    seq: int
    hash: str
    at: str


def anchor_file(database: Path) -> Path:
    """The anchor file of a database."""
    return database.with_name(database.name + ".anchor")


def read(database: Path) -> list[Anchor]:
    """Anchors oldest first; an unreadable file gives none, which the sign-in journals and verify tells."""
    try:
        content = json.loads(anchor_file(database).read_bytes())
        return [Anchor(seq=int(row["seq"]), hash=str(row["hash"]), at=str(row["at"])) for row in content]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def append(database: Path, *, seq: int, head: str, at: datetime) -> None:
    """Remember the head unless it is the last one remembered; the newest fifty stay."""
    known = read(database)
    if known and known[-1].seq == seq:
        return
    kept = [*known, Anchor(seq=seq, hash=head, at=at.isoformat())][-KEPT:]
    rows = [{"seq": one.seq, "hash": one.hash, "at": one.at} for one in kept]
    files.write_own(anchor_file(database), json.dumps(rows).encode())
