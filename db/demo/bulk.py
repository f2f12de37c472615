"""A big agency for measuring: many invented people, written by the same bulk insert as an imported list."""

import gc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

from caseapp.domain.access import Role
from caseapp.domain.staff import Agency, StaffDetails
from caseapp.services import creation, session
from caseapp.services.context import Context
from caseapp.system import keys
from db.demo.agency import MAKER, PASSWORD, TIME_ZONE
from db.demo.people import person

STEP = 2000
_NAME = "Measuring Agency"


def make(
    path: Path,
    *,
    people: int = 100_000,
    seed: int = 7,
    now: datetime,
    progress: Callable[[int], None] = lambda _done: None,
) -> None:
    """Write a new file that holds so many people and nothing else; `progress` is told how many there are.

    Sign in as the sample's administrator. Raises what `creation.create` raises; an interrupted making
    leaves no file behind.
    """
    creation.create(
        path,
        agency=Agency(name=_NAME, time_zone=TIME_ZONE, is_sample=True),
        administrator=StaffDetails(MAKER[1], MAKER[0], Role.ADMINISTRATOR),
        password=PASSWORD,
        cost=keys.LOWEST_COST,
        now=lambda: now,
    )
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        opened = session.sign_in(
            path, login=MAKER[0], password=PASSWORD, cost=keys.LOWEST_COST, now=lambda: now
        )
        try:
            add_people(opened.context, people, seed=seed, progress=progress)
        finally:
            opened.close()
    except BaseException:
        creation.forget(path)
        raise
    finally:
        if was_collecting:
            gc.enable()


def add_people(
    context: Context, count: int, *, seed: int = 7, progress: Callable[[int], None] = lambda _done: None
) -> None:
    """Add so many invented people in one transaction, each with keys and a history of their own."""
    random, today, actor = Random(seed), context.today(), context.actor.staff_id
    with context.write("sample.people") as work:
        for start in range(0, count, STEP):
            some = [person(random, number, today) for number in range(start, min(start + STEP, count))]
            written = work.people_in_bulk.add(some, staff_id=actor)
            for (person_id, _rows), details in zip(written, some, strict=True):
                if details.is_restricted:
                    work.people.grant(person_id, actor, reason="made the record")
            work.note_people(written)
            progress(start + len(some))
        work.commit(summary={"people": count})
