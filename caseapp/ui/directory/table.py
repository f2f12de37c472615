"""The table of services, the same wherever services are chosen."""

from caseapp.domain.directory import Service
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.table import Column, Table


def service_table(desk: Desk) -> Table[Service]:
    """Services with where they are, what they ask for, room, and how fresh that is."""
    today = desk.services.context.today()

    def confirmed(one: Service) -> str:
        return f"{(today - one.confirmed_on).days} days ago" if one.confirmed_on else "never"

    def room(one: Service) -> str:
        if one.capacity_available is None or one.capacity_on is None:
            return "not known"
        return f"{one.capacity_available} free, {(today - one.capacity_on).days} days ago"

    return Table(
        "Services",
        (
            Column(
                "Service", lambda one: one.name, second=lambda one: one.organization, is_bold=True, width=230
            ),
            Column("Phone", lambda one: one.phone, width=130),
            Column("Where", lambda one: one.address, width=160),
            Column("For", lambda one: one.eligibility, width=150),
            Column("Room", room, width=140),
            Column("Confirmed", confirmed, width=110),
        ),
        desk.look,
        empty="No service meets these words. Try fewer, or type the place by hand.",
    )
