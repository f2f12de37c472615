"""The table of services, the same wherever services are chosen."""

from caseapp.domain.counted import counted
from caseapp.domain.directory import CAPACITY_FRESH_DAYS, Service, needs_confirming
from caseapp.domain.directory_finder import Match, Wanted
from caseapp.domain.eligibility import Fit
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.table import Column, Table

_FIT_WORDS = {Fit.MEETS: "fits", Fit.UNKNOWN: "ask there", Fit.FAILS: "does not fit"}
_FIT_TONES = {Fit.MEETS: "good", Fit.UNKNOWN: "warning", Fit.FAILS: "danger"}

_LONG_NAME, _FOR = "Withdrawal management", "Adults who live"
"""A name as long as most, and the first words of whom a service takes: where both have no room, these go."""

_NONE_MEETS = "No service meets this. Ask for less, or type the place by hand."
_NONE_YET = "No service is known yet. Bring a directory in under Import, or write services under Directory."


def service_table(desk: Desk) -> Table[Match]:
    """Services with whom they take, room and who said so, and how fresh all that is."""
    today = desk.services.context.today

    def confirmed(one: Match) -> str:
        on = one.service.confirmed_on
        return counted((today() - on).days, "day") if on else "never"

    def room(one: Match) -> str:
        return room_words(one.service, desk)[0]

    def age(one: Match) -> str:
        return room_words(one.service, desk)[1]

    def stale(one: Match) -> str:
        return "warning" if needs_confirming(one.service, today=today()) else "neutral"

    return Table(
        "Services",
        (
            Column(
                "Service",
                lambda one: one.service.name,
                second=lambda one: one.service.organization,
                is_bold=True,
                width=205,
                holds=_LONG_NAME,
            ),
            Column(
                "Fits",
                _fit,
                tone=lambda one: _FIT_TONES[one.eligibility.fit],
                width=95,
                holds="ask there",
                hides_empty=True,
            ),
            Column("For", _for_whom, width=125, holds=_FOR, gives_way=True),
            Column("Where", _where, second=lambda one: one.service.phone, width=225, holds="(000) 000-0000"),
            Column("Room", room, second=age, width=105, holds="00 days old"),
            Column("Confirmed", confirmed, tone=stale, width=100),
        ),
        desk.look,
        empty=_NONE_MEETS,
    )


def show_services(table: Table[Match], wanted: Wanted, found: list[Match]) -> None:
    """What was found, or why there is nothing: nobody asks for less of a directory that is empty."""
    table.say_if_empty(_NONE_YET if wanted.is_anything else _NONE_MEETS)
    table.set_rows(found)


def _fit(one: Match) -> str:
    return _FIT_WORDS[one.eligibility.fit] if one.eligibility.criteria else ""


def _for_whom(one: Match) -> str:
    return one.eligibility.words or one.service.eligibility


def _where(one: Match) -> str:
    return ", ".join(filter(None, (one.service.address, one.service.city)))


def room_words(one: Service, desk: Desk) -> tuple[str, str]:
    """Free places, and how old that is."""
    if one.capacity_available is None or one.capacity_on is None:
        return "not known", ""
    days = (desk.services.context.today() - one.capacity_on).days
    since = "old" if days > CAPACITY_FRESH_DAYS else "ago"
    when = "today" if days == 0 else f"{counted(days, 'day')} {since}"
    return f"{one.capacity_available} free", when
