"""The table of referrals, the same wherever they are listed."""

from datetime import date

from caseapp.domain.counted import counted
from caseapp.domain.day_words import short_day
from caseapp.domain.referral_figures import waited
from caseapp.domain.referrals import Referral
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import cut
from caseapp.ui.widgets.table import Column, Table

_STEP_HOLDS = 28
"""Letters of a step that always fit, in the words of the agency's own list."""


def referral_table(desk: Desk, name: str, empty: str) -> Table[Referral]:
    """Referrals with how long the agency has been silent and what is to be done next."""
    today = desk.services.context.today

    def waiting(one: Referral) -> str:
        days = waited(one, today())
        return "" if days is None else counted(days, "day")

    def tone(one: Referral) -> str:
        days = waited(one, today())
        return "" if days is None else "danger" if days > 14 else "neutral"

    def next_action(one: Referral) -> str:
        when = f"{short_day(one.next_action_on)}: " if one.next_action_on else ""
        return f"{when}{one.next_action}" if one.next_action else ""

    def next_day(one: Referral) -> int:
        return (one.next_action_on or date.max).toordinal()

    return Table(
        name,
        (
            Column("To", lambda one: one.to_name, second=lambda one: one.need, is_bold=True, width=260),
            Column("Person", lambda one: one.person_name, width=170),
            Column(
                "Step",
                lambda one: desk.lists.words.word("referral_step", one.step.value),
                tone=lambda _one: "accent",
                width=150,
                holds=cut(
                    max((said for _code, said in desk.lists.codes("referral_step")), key=len), _STEP_HOLDS
                ),
            ),
            Column(
                "Waiting",
                waiting,
                tone=tone,
                sort=lambda one: waited(one, today()) or -1,
                width=90,
                holds="000 days",
            ),
            Column("Next", next_action, sort=next_day, width=190),
            Column("Owner", lambda one: one.owner_name, width=130),
        ),
        desk.look,
        empty=empty,
    )
