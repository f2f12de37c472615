"""Categories of call types: given once, on every call of the type, and taken along by imports and undo."""

import pytest

from caseapp.domain.access import NotAllowed, Role
from caseapp.domain.call_types import UnknownCategory
from caseapp.ui.setup.call_types_section import CallTypesSection
from tests.builders import calls_of, services_as
from tests.services.exports import EXPORT, bring
from tests.ui.driving import a_desk, click, settle, unnamed


def categories(services):
    calls = (services.calls.open(call_id=line.id).call for line in calls_of(services))
    return {call.number: call.category for call in calls}


def test_a_category_goes_to_calls_on_record_and_to_later_ones(admin):
    bring(admin, EXPORT)
    lines = {one.type.text: one for one in admin.call_types.types()}
    assert lines["Welfare check"].suggestion.category == "welfare-check"
    assert (lines["Trespass"].type.calls, lines["Trespass"].type.category) == (1, "")
    admin.call_types.give(categories={"Welfare check": "welfare-check"})
    assert categories(admin) == {"26-1": "welfare-check", "26-2": ""}
    bring(admin, EXPORT.replace("\n26-1,", "\n26-9,"), name="later.csv")
    assert categories(admin)["26-9"] == "welfare-check"


def test_a_call_keeps_the_category_that_somebody_chose_on_it(admin):
    bring(admin, EXPORT)
    admin.call_types.give(categories={"Trespass": "trespass"})
    admin.call_types.give(categories={"Trespass": "disorder"})
    assert categories(admin)["26-2"] == "disorder"
    with admin.context.write("test") as work:
        row = work.calls.get(next(line.id for line in calls_of(admin) if line.number == "26-2"))
        work.session_of_bulk().connection().exec_driver_sql(
            "UPDATE call SET category = 'family' WHERE id = ?", (row.id.bytes,)
        )
        work.commit()
    admin.call_types.give(categories={"Trespass": "trespass"})
    assert categories(admin)["26-2"] == "family"


def test_a_type_that_changes_takes_its_category_along_and_undo_brings_it_back(admin):
    admin.call_types.give(categories={"Welfare check": "welfare-check", "Suicide threat": "suicide"})
    bring(admin, EXPORT)
    later = bring(admin, EXPORT.replace("Welfare check", "Suicide threat"), name="later.csv")
    assert categories(admin)["26-1"] == "suicide"
    admin.imports.undo(batch_id=later.batch)
    assert categories(admin)["26-1"] == "welfare-check"


def test_refuses_a_category_of_no_list_and_whoever_may_not_import(admin, signed_in):
    with pytest.raises(UnknownCategory):
        admin.call_types.give(categories={"Trespass": "dragons"})
    with pytest.raises(NotAllowed):
        services_as(signed_in, Role.PEER_SPECIALIST).call_types.give(categories={"Trespass": "trespass"})


def test_are_confirmed_at_the_desk_by_one_key_with_undo(qtbot, admin):
    bring(admin, EXPORT)
    desk = a_desk(qtbot, admin)
    desk.show_place("setup", "call-types")
    settle(qtbot, desk)
    section = desk.current.section
    assert isinstance(section, CallTypesSection) and unnamed(section) == []
    section.table.view.setFocus()
    first = section.table.current().type.text
    qtbot.keyClicks(section.table.view, "p")
    settle(qtbot, desk)
    assert [one.type.text for one in admin.call_types.types() if one.type.category] == [first]
    desk.banner.undo()
    settle(qtbot, desk)
    assert not any(one.type.category for one in admin.call_types.types())
    click(qtbot, desk, "Confirm what is sure")
    assert categories(admin) == {"26-1": "welfare-check", "26-2": "trespass"}
    click(qtbot, desk, "Only without category")
    assert section.table.model.rows == []
    desk.close()
