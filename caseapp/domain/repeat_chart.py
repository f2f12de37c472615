"""Pictures of repeat contact: how much of all calls is of the few, and how one person's calls went on."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from caseapp.domain.calls_over_time import Around, CallsOverTime
from caseapp.domain.charts import Chart, Mark, Point
from caseapp.domain.counted import counted
from caseapp.domain.day_words import day_words
from caseapp.domain.repeat import Often

TITLE = "Share of the calls, by how often their person called"
BY_MONTH = "Calls by month"
OPENED = "case opened"


def calls_by_often(bands: Sequence[Often]) -> Chart:
    """A bar for each band, as high as the calls in it; the sentence says the people too."""
    every = sum(one.calls for one in bands)
    points = tuple(Point(_name(one), one.calls, f"{100 * one.calls / (every or 1):.0f} %") for one in bands)
    said = (
        f"{_name(one)}: {counted(one.people, 'person', 'people')}, {counted(one.calls, 'call')}"
        for one in bands
    )
    return Chart(TITLE, points, is_line=False, sentence=f"{TITLE}. {'; '.join(said)}.")


def _name(one: Often) -> str:
    if one.most is None:
        return f"{one.least} or more"
    return counted(one.least, "call") if one.least == one.most else f"{one.least} to {one.most}"


def calls_by_month(found: CallsOverTime) -> Chart:
    """A bar for each month, and a line where the case was opened; the sentence leaves out empty months."""
    points = tuple(Point(f"{one.first:%b}", one.calls, f"{one.calls or ''}") for one in found.months)
    met = [f"{one.calls} in {one.first:%B %Y}" for one in found.months if one.calls]
    around = f" {around_words(found.around)}" if found.around else ""
    sentence = f"{BY_MONTH}. {', '.join(met) or 'None'}.{around}"
    return Chart(BY_MONTH, points, is_line=False, sentence=sentence, mark=_opened(found))


def around_words(around: Around) -> str:
    """Whether it became less: equal stretches of days, so that one can be held against the other."""
    days, calls = counted(around.days, "day"), counted(around.before, "call")
    opened = f"Case opened {day_words(around.opened_on)}"
    return f"{opened}: {calls} in the {days} up to it, {around.since} in the {days} since."


def _opened(found: CallsOverTime) -> Mark | None:
    months = [one.first for one in found.months]
    opened: date | None = found.around.opened_on if found.around else None
    if opened is None or opened.replace(day=1) not in months:
        return None
    passed = (opened.day - 1) / monthrange(opened.year, opened.month)[1]
    return Mark(months.index(opened.replace(day=1)) + passed, OPENED)
