"""An export never seen: its columns, codes, rows and units are settled at the desk, kept, and used again."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from caseapp.domain.calls import Model
from caseapp.exchange import layouts
from caseapp.ui.layouts.codes_part import CodesPart
from caseapp.ui.layouts.file_part import FilePart
from caseapp.ui.layouts.rows_part import RowsPart
from caseapp.ui.layouts.units_part import UnitsPart
from caseapp.ui.widgets.options import choose
from tests.builders import calls_of
from tests.ui.driving import a_desk, click, settle, unnamed, words

EXPORT = "Ref,When,What,Where,Ended,Car,How\r\n" + "".join(
    f"R{n},2026-11-{n:02d} 10:{n:02d},Welfare check,{n}00 Oak St,{ended},{car},{how}\r\n"
    for n, ended, car, how in (
        (1, "Engaged Client", "1J77", "SELF"),
        (2, "engaged  client", "1J77", "E911"),
        (3, "Cancelled", "P12", "E911"),
        (4, "Report", "P12", "Zed"),
        (5, "Report", "3J79", "E911"),
    )
)


@pytest.fixture
def export(admin):
    path = admin.context.database.path.with_name("november.csv")
    path.write_bytes(EXPORT.encode())
    return path


@pytest.fixture
def desk(qtbot, admin, export):
    made = a_desk(qtbot, admin)
    made.show_place("imports", None)
    settle(qtbot, made)
    made.current.read_file(export)
    settle(qtbot, made)
    yield made
    made.close()


def go_to(table, wanted):
    place = [wanted(one) for one in table.shown()].index(True)
    table.view.setCurrentIndex(table.view.model().index(place, 0))


def field(screen, name):
    return next(one for one in screen.columns.table.model.rows if one.id == name)


def open_layout(qtbot, desk):
    qtbot.keyClick(desk.current.columns, Qt.Key.Key_Space)
    settle(qtbot, desk)
    return desk.current


def test_an_unknown_export_is_settled_part_by_part_kept_and_known_the_next_time(qtbot, desk, admin, export):
    screen = open_layout(qtbot, desk)
    assert screen.name == "layout" and unnamed(screen) == []
    assert field(screen, "received_at").sure.endswith("%") and field(screen, "received_at").why
    table = screen.columns.table
    for name, column in (("number", "Ref"), ("end_point", "Ended"), ("unit", "Car"), ("source", "How")):
        go_to(table, lambda one, name=name: one.id == name)
        choose(screen.columns.boxes[0], column)
        assert field(screen, name).columns == column
    assert field(screen, "end_point").sure == "chosen"
    qtbot.keyClick(screen.strip, Qt.Key.Key_2)
    settle(qtbot, desk)
    codes = screen.part(CodesPart)
    choose(codes.fields, "end_point")
    first = [(one.value.value, one.value.proposed) for one in codes.table.model.rows]
    assert ("engaged client", "Engaged client") in first
    click(qtbot, desk, "Take all proposals")
    choose(codes.fields, "source")
    go_to(codes.table, lambda one: one.value.value == "SELF")
    qtbot.keyClick(codes.table.view, Qt.Key.Key_P)
    go_to(codes.table, lambda one: one.value.value == "Zed")
    codes.ours.setEditText("988 lifeline")
    click(qtbot, desk, "Write it so")
    said = screen.making.layout.codes
    assert said["source"] == {"SELF": "officer", "Zed": "988"} and len(said["end_point"]) >= 2
    qtbot.keyClick(screen.strip, Qt.Key.Key_3)
    settle(qtbot, desk)
    rows = screen.part(RowsPart)
    rows.text.setText("R4")
    click(qtbot, desk, "Add rule")
    assert "word under which" in rows.form.field("reason").accessibleDescription()
    choose(rows.column, "Ref")
    rows.reason.setText("asked for")
    click(qtbot, desk, "Add rule")
    go_to(rows.table, lambda one: one.is_proposed)
    qtbot.keyClick(rows.table.view, Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert [(one.rule.reason, one.rows, one.is_proposed) for one in rows.table.model.rows] == [
        ("asked for", 1, False),
        ("cancelled", 1, False),
    ]
    qtbot.keyClick(screen.strip, Qt.Key.Key_4)
    settle(qtbot, desk)
    units = screen.part(UnitsPart)
    click(qtbot, desk, "Add rule")
    assert "call sign" in units.form.field("like").accessibleDescription()
    units.like.setText("1J*")
    units.to_on.setText("2026-11-01")
    choose(units.model, Model.MOBILE_CRISIS.value)
    click(qtbot, desk, "Add rule")
    rule = screen.making.layout.ours[0]
    assert (rule.like, rule.to_on, screen.making.layout.others) == ("1J*", date(2026, 11, 1), "police-only")
    qtbot.keyClick(screen.strip, Qt.Key.Key_5)
    settle(qtbot, desk)
    screen.part(FilePart).name.setText("  ")
    click(qtbot, desk, "Keep it")
    assert "Write a name" in screen.part(FilePart).form.field("name").accessibleDescription()
    screen.part(FilePart).name.setText("Oak County")
    click(qtbot, desk, "Keep it")
    screen.part(FilePart).export_to(export.with_name("oak.toml"))
    settle(qtbot, desk)
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    imports = desk.current
    assert imports.name == "imports" and imports.summary.rows_skipped == {"asked for": 1, "cancelled": 1}
    assert (imports.summary.rows, imports.summary.new) == (5, 3)
    qtbot.mouseClick(imports.go, Qt.MouseButton.LeftButton)
    settle(qtbot, desk)
    calls = {line.number: admin.calls.open(call_id=line.id).call for line in calls_of(admin)}
    assert {number: call.source for number, call in calls.items()} == {
        "R1": "officer",
        "R2": "E911",
        "R5": "E911",
    }
    assert calls["R1"].end_point == calls["R2"].end_point == "Engaged client"
    models = {number: call.responses[0].model for number, call in calls.items()}
    assert models == {"R1": Model.MOBILE_CRISIS, "R2": Model.POLICE, "R5": Model.POLICE}
    assert admin.imports.recognise_calls(path=export).layout.name == "Oak County"
    by_file = admin.imports.read_calls(path=export, layout=str(export.with_name("oak.toml")))
    assert admin.imports.preview_calls(reading=by_file).same == 3


def test_a_layout_file_is_taken_in_and_forgotten_with_undo(qtbot, desk, admin, export):
    screen = open_layout(qtbot, desk)
    screen.open_part(FilePart)
    settle(qtbot, desk)
    file = export.with_name("shared.toml")
    columns = '[columns]\nnumber = "Ref"\nreceived_at = "When"\n'
    file.write_text(f'name = "Shared"\ntitle = "Shared"\nsignature = ["Ref", "Car"]\ncolours = 3\n{columns}')
    screen.part(FilePart).read_file(file)
    settle(qtbot, desk)
    assert "colours" in screen.part(FilePart).form.field("name").accessibleDescription()
    file.write_text(f'name = "Shared"\ntitle = "Shared"\nsignature = ["Ref", "Car"]\n{columns}')
    screen.part(FilePart).read_file(file)
    settle(qtbot, desk)
    assert field(screen, "number").sure == "known"
    assert admin.imports.recognise_calls(path=export).layout.name == "Shared"
    go_to(screen.part(FilePart).table, lambda one: one.layout.name == "Shared")
    qtbot.keyClick(screen.part(FilePart).table.view, Qt.Key.Key_X)
    settle(qtbot, desk)
    assert [one.layout.name for one in admin.layouts.offered() if one.is_ours] == []
    desk.banner.undo()
    settle(qtbot, desk)
    assert [one.layout.name for one in admin.layouts.offered() if one.is_ours] == ["Shared"]
    with pytest.raises(layouts.UnknownLayout):
        admin.imports.recognise_calls(path=export, layout="Nowhere")


def test_a_file_without_a_number_can_be_settled_all_the_same(qtbot, desk, admin, export):
    export.write_text("A,B\nx,red\ny,blue\nz,red\n")
    desk.current.read_file(export)
    settle(qtbot, desk)
    assert any("choose the columns" in one for one in words(desk.current))
    screen = open_layout(qtbot, desk)
    assert (field(screen, "number").sure, field(screen, "number").tone) == ("missing", "danger")
    screen.open_part(FilePart)
    screen.part(FilePart).name.setText("Half")
    click(qtbot, desk, "Keep it")
    assert "one of its times" in screen.part(FilePart).form.field("name").accessibleDescription()
