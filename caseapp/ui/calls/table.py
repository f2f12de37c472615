"""The table of calls, page by page, and what to do first where there are none."""

from functools import partial

from caseapp.domain.access import Right
from caseapp.domain.call_filters import PAGE
from caseapp.domain.calls import CallLine
from caseapp.domain.day_words import short_day
from caseapp.ui.calls.words import response_words
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.paged_table import PagedTable
from caseapp.ui.widgets.rows import Column

_NO_CALLS = "No calls in these days."
_IMPORT_SOME = "Import an export of your dispatch centre to see who was met."


def call_table(desk: Desk) -> PagedTable[CallLine]:
    """Calls with when and where they were, who was sent, and how many people there are to link."""
    import_, write = partial(desk.show, "imports", None), partial(desk.show, "new-call", None)
    empty, first_step = _NO_CALLS, ("New call", write) if desk.may(Right.CHANGE_CALLS) else None
    if desk.may(Right.IMPORT):
        empty, first_step = f"{_NO_CALLS} {_IMPORT_SOME}", ("Import calls", import_)
    return PagedTable(
        "Calls",
        (
            Column("Received", partial(_received, desk), width=112, holds="00 Nov 00:00"),
            Column("Number", lambda one: one.number, width=100, holds="26-0000000", gives_way=True),
            Column("Type", lambda one: one.type_text, width=160, holds="Disorderly person"),
            Column("Place", lambda one: one.place, width=190, holds="Elm St, 2200 block"),
            Column("Response", response_words, width=116, holds="Mobile crisis", gives_way=True),
            Column(
                "People",
                _people_words,
                tone=lambda one: "warning" if one.to_link else "",
                width=84,
                holds="00 to link",
            ),
        ),
        desk.look,
        page=PAGE,
        empty=empty,
        first_step=first_step,
    )


def _received(desk: Desk, one: CallLine) -> str:
    """The hour of lately, the year of long ago."""
    at, today = desk.local(one.received_at), desk.services.context.today()
    if at.date() == today:
        return f"Today {at:%H:%M}"
    return short_day(at) + (f" {at:%H:%M}" if at.year == today.year else f" {at.year}")


def _people_words(one: CallLine) -> str:
    if one.to_link:
        return f"{one.to_link} to link"
    return f"{one.people} known" if one.people else "0"
