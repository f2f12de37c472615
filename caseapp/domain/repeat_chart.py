"""A picture of repeat contact: how much of all calls is of people who call once, and how much of the few."""

from collections.abc import Sequence

from caseapp.domain.charts import Chart, Point
from caseapp.domain.counted import counted
from caseapp.domain.repeat import Often

TITLE = "Share of the calls, by how often their person called"


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
