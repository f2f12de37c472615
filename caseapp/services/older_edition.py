"""Files that an older edition made: copied aside with their keys, then brought up to date, at a sign-in."""

import glob
from datetime import datetime
from functools import partial
from pathlib import Path

from caseapp.services.stages import Progress, in_stages
from caseapp.store import backup, database
from caseapp.store.migrate import HEAD, OlderSchema
from caseapp.store.opened import Database
from caseapp.store.unit_of_work import Author
from caseapp.system import keys, paths
from caseapp.system.keys import DataKey

_UP_TO_DATE = (
    ("Copying the file aside", 3),
    ("Checking the copy", 4),
    ("Bringing the records up to date", 3),
    ("Writing what the search finds people by", 5),
)
"""What is done with a file of an older edition, and how much of the time each takes."""


def open_up_to_date(path: Path, data_key: DataKey, now: datetime, progress: Progress) -> Database:
    """Open a file with today's schema; one of an older edition is copied aside and brought up to date first.

    Half copies that an ended program left of it are taken away. Raises what `database.open_existing` and
    `database.bring_up_to_date` raise.
    """
    backup.remove_half_copies(path.parent, f"{glob.escape(path.stem)}-before-*{glob.escape(path.suffix)}")
    try:
        return database.open_existing(path, data_key.bytes)
    except OlderSchema:
        return _brought_up_to_date(path, data_key, now, progress)


def _brought_up_to_date(path: Path, data_key: DataKey, now: datetime, progress: Progress) -> Database:
    """Open a file that an older edition made: a checked copy first, then today's schema and keys."""
    aside = path.with_name(f"{path.stem}-before-{HEAD}-{now:%Y%m%d-%H%M%S}{path.suffix}")
    stages = in_stages(progress, *(share for _words, share in _UP_TO_DATE))
    copying, checking, changing, finding = (
        partial(stage, words) for stage, (words, _share) in zip(stages, _UP_TO_DATE, strict=True)
    )
    opened, before = database.bring_up_to_date(
        path,
        data_key.bytes,
        scripts=paths.database_assets("migrations"),
        aside=aside,
        give_keys=partial(keys.copy, path, aside),
        copying=copying,
        checking=checking,
        changing=changing,
    )
    try:
        with opened.write(Author(None, "session.bring-up-to-date", now)) as work:
            if work.has_older_keys():
                work.people_in_bulk.make_all_findable(finding)
                work.places.key_again()
                work.keys_written()
            work.note("brought-up-to-date", detail={"from": before, "to": HEAD})
            work.commit()
    except BaseException:
        opened.close()
        raise
    return opened
