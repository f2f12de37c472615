"""JSON of the dispatch world brought in: everything in its record, later documents added, undo exact."""

import json

from PySide6.QtCore import Qt

from caseapp.services.call_types import LIST
from caseapp.ui.imports.screen import ImportScreen
from caseapp.ui.setup.call_types_section import CallTypesSection
from tests.builders import calls_of
from tests.exchange.json_documents import CALLS, a_document, at
from tests.services.exports import a_file, bring
from tests.ui.driving import a_desk, buttons, settle, words


def the_call(services):
    (line,) = calls_of(services)
    return services.calls.open(call_id=line.id)


def test_a_document_lands_and_a_later_one_adds_what_it_tells(admin):
    first = bring(admin, json.dumps(a_document()), name="one.json")
    assert (first.rows, first.new, first.responses_new, first.layout) == (1, 1, 1, "eido")
    opened = the_call(admin)
    assert (opened.call.call_taker, opened.call.dispatcher) == ("Ann T", "D3")
    assert [(note.text, note.author) for note in opened.call.notes] == [("Caller says he shouts", "Ann T")]
    assert bring(admin, json.dumps([a_document()]), name="same.json").same == 1
    later = a_document("2026-11-20T10:20:00+00:00", "On Scene")
    later["notesComponent"].append(
        {"noteText": "Team is there", "lastUpdateTimeStamp": "2026-11-20T10:19:00Z"}
    )
    lines = (
        f"{json.dumps(later)}\n{json.dumps({'incidentComponent': {}, 'issuingElementIdentification': 'x'})}\n"
    )
    second = bring(admin, lines, name="later.jsonl")
    assert (second.changed, second.rows, second.rows_rejected) == (1, 2, 1)
    call = the_call(admin).call
    assert (call.responses[0].dispatched_at, call.responses[0].on_scene_at) == (at(10, 5), at(10, 20))
    assert [note.text for note in call.notes] == ["Caller says he shouts", "Team is there"]
    admin.imports.undo(batch_id=second.batch)
    assert len(the_call(admin).call.notes) == 1 and the_call(admin).call.responses[0].on_scene_at is None


def test_an_older_document_adds_what_is_missing_and_overwrites_nothing(admin):
    newer = a_document("2026-11-20T10:20:00+00:00", "On Scene", incidentTypeInternalText="Welfare check")
    bring(admin, json.dumps(newer), name="newer.json")
    older = a_document("2026-11-20T10:05:00+00:00", "Dispatched", incidentTypeInternalText="Trespass")
    again = bring(admin, json.dumps(older), name="older.json")
    call = the_call(admin).call
    assert call.type_text == "Welfare check"
    assert (call.responses[0].dispatched_at, call.responses[0].on_scene_at) == (at(10, 5), at(10, 20))
    assert (again.changed, again.warnings) == (1, {"older-than-what-is-stored-and-overwrote-nothing": 1})
    third = bring(admin, json.dumps(older), name="older.json")
    assert (third.rows, third.same, third.changed, third.rows_further) == (1, 1, 0, 0)
    assert third.warnings == again.warnings
    latest = a_document("2026-11-20T10:30:00+00:00", "On Scene", incidentTypeInternalText="Assault")
    changed = bring(admin, json.dumps(latest), name="latest.json")
    assert the_call(admin).call.type_text == "Assault" and not changed.warnings
    admin.imports.undo(batch_id=changed.batch)
    assert the_call(admin).call.type_text == "Welfare check"
    assert bring(admin, json.dumps(older), name="older.json").changed == 0


def test_rejected_documents_come_as_a_file_with_the_reason(admin):
    reading = admin.imports.read_calls(
        path=a_file(admin, json.dumps([a_document(), {"incidentComponent": []}]), "x.json")
    )
    text = b"".join(admin.imports.rejects(reading=reading)).decode("utf-8-sig")
    assert "caseapp reason" in text and "dispatch centre" in text


def test_flat_json_is_read_by_its_keys(qtbot, admin):
    rows = [
        {**CALLS[0], "num": f"A{n}", "when": f"2026-11-2{n} 10:00", "call_type": "Trespass"} for n in range(3)
    ]
    text = (
        json.dumps({"results": rows}).replace('"num"', '"incident_number"').replace('"when"', '"received_at"')
    )
    path = a_file(admin, text, "flat.json")
    desk = a_desk(qtbot, admin)
    desk.show_place("imports", None)
    screen = desk.current
    assert isinstance(screen, ImportScreen)
    screen.read_file(path)
    settle(qtbot, desk)
    assert (screen.summary.new, screen.columns.isEnabled()) == (3, True)
    screen.read_file(a_file(admin, json.dumps(a_document()), "one.json"))
    settle(qtbot, desk)
    assert (screen.summary.new, screen.columns.isEnabled()) == (1, False)
    desk.close()


def test_types_never_seen_are_counted_and_lead_to_where_they_are_sorted(qtbot, admin):
    header, rows = "Incident Number,Call Received,Call Type\r\n", "26-{0},2026-11-20 10:0{0},{1}\r\n"
    kinds = ("Noise", "Welfare check", "Welfare check", "Trespass")
    path = a_file(admin, header + "".join(rows.format(n, kind) for n, kind in enumerate(kinds)))
    desk = a_desk(qtbot, admin)
    desk.resize(1440, 900)
    desk.show_place("imports", None)
    screen = desk.current
    screen.read_file(path)
    settle(qtbot, desk)
    assert screen.summary.types_new == 3 and not buttons(screen, "Types of call")
    qtbot.keyClick(screen.go, Qt.Key.Key_Space)
    settle(qtbot, desk)
    assert any("3 types of call have no category of ours yet." in one for one in words(screen))
    assert screen.types.hasFocus()
    qtbot.keyClick(screen.types, Qt.Key.Key_Space)
    settle(qtbot, desk)
    assert isinstance(desk.current.section, CallTypesSection)
    admin.call_types.give(categories=dict.fromkeys(kinds, admin.staff.lists().codes[LIST][0][0]))
    assert bring(admin, header + rows.format(9, "Noise")).types_new == 0
    assert bring(admin, header + rows.format(8, "Fire alarm")).types_new == 1
    desk.close()
