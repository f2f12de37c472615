"""A follow-up as a store reads it, for rules that take one."""

from uuid import UUID

from caseapp.domain.follow_ups import (
    FollowUp,
    Status,
)
from tests.builders import TODAY

ID = UUID(int=1)


def a_follow_up(**changes):
    values = {
        "id": ID,
        "version": 1,
        "person_id": ID,
        "person_name": "James Okafor",
        "what": "Day 7 check-in",
        "channel": "phone",
        "due_on": TODAY,
        "due_at": None,
        "owner_id": ID,
        "owner_name": "Dana Whitfield",
        "status": Status.PLANNED,
        "attempts": 0,
    }
    return FollowUp(**{**values, **changes})
