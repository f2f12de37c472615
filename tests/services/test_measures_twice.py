"""Every measure of random agencies, by the program and by plain loops over the exported tables."""

import pytest

from caseapp.domain.measures.catalogue import ALL, BY_ID
from caseapp.domain.measures.scope import Scope
from caseapp.domain.report_plans import READY_MADE
from tests import random_agency
from tests.builders import NOW
from tests.random_agency import FIRST, LAST, ZONE
from tests.services.second_way import SecondWay


def in_words(group, said):
    """The codes of a group in the words of their list; of several that went together each in its own."""
    return " + ".join(said.get(code, code) for code in group.split(" + "))


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_give_the_same_figures(admin, worker, tmp_path, seed):
    random_agency.fill(admin, seed)
    admin.maintenance.export_everything(folder=tmp_path / "all")
    second = SecondWay(tmp_path / "all", ZONE, FIRST, LAST, NOW).result
    report = admin.reports.make(plan=READY_MADE["outcomes"], scope=Scope(FIRST, LAST))
    lists = admin.staff.lists().codes
    assert set(second) == {measure.id for measure in ALL}
    for line in report.lines:
        shown, expected = line.now, second[line.definition.id]
        found = (shown.numerator, shown.denominator, sum(count or 0 for _reason, count in shown.excluded))
        assert found == (expected["numerator"], expected["denominator"], expected["left"]), line.definition.id
        assert shown.value == pytest.approx(expected["value"]), line.definition.id
        if expected["parts"] is not None:
            said = dict(lists.get(BY_ID[line.definition.id].code_list, ()))
            parts = {in_words(name, said): count for name, count in expected["parts"].items()}
            assert dict(shown.parts) == parts, line.definition.id


@pytest.mark.parametrize("seed", range(2))
def test_each_figure_opens_exactly_its_rows(admin, worker, seed):
    random_agency.fill(admin, seed + 10)
    scope = Scope(FIRST, LAST)
    report = admin.reports.make(plan=READY_MADE["outcomes"], scope=scope)
    for line in report.lines:
        opened = admin.reports.explain(measure=line.definition.id, scope=scope)
        assert opened.shown == line.now
        left = sum(count or 0 for _reason, count in line.now.excluded)
        assert opened.count("left out") == left, line.definition.id
        if line.definition.section != "Repeat contact":
            rows = opened.count("counted") + opened.count("not counted")
            assert rows == line.now.denominator, line.definition.id
        if line.definition.unit == "%" and not line.definition.id.startswith(("top_", "hours_")):
            assert opened.count("counted") == line.now.numerator, line.definition.id
