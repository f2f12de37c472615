"""Who answers calls: units, crews that fit their model or not, credentials, and the CIT register."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from caseapp.domain.access import Role
from caseapp.domain.calls import Model
from caseapp.domain.errors import StaleRecord
from caseapp.domain.units import (
    CallSignMissing,
    CallSignTaken,
    Credential,
    HoursMissing,
    NobodyOnShift,
    Responder,
    ResponderDetails,
    ShiftBackwards,
    Training,
    UnitDetails,
    read_credentials,
    warnings,
)
from caseapp.ui.setup.responders_section import RespondersSection
from caseapp.ui.setup.units_section import UnitsSection
from caseapp.ui.widgets.options import choose
from tests.builders import NOW, TODAY, services_as
from tests.ui.driving import a_desk, click, settle, unnamed


def a_responder(name="Ana", discipline="clinician", trainings=(), **more):
    return Responder(uuid4(), 1, ResponderDetails(name, discipline, **more), trainings)


OFFICER = a_responder("Roy", "officer", is_armed=True)
TRAINED = a_responder("Cit", "officer", (Training(date(2026, 1, 1), 24), Training(date(2025, 1, 1), 16)))


@pytest.mark.parametrize(
    ("model", "crew", "told"),
    [
        (Model.ALTERNATIVE, [a_responder()], ["two or more"]),
        (Model.ALTERNATIVE, [a_responder(), a_responder("Bo")], []),
        (Model.ALTERNATIVE, [a_responder(), OFFICER], ["Roy carries", "An officer"]),
        (Model.CO_RESPONSE, [OFFICER, a_responder()], []),
        (Model.CO_RESPONSE, [OFFICER, OFFICER], ["no officer"]),
        (Model.CO_RESPONSE_VIRTUAL, [a_responder()], ["has an officer"]),
        (Model.MOBILE_CRISIS, [OFFICER], ["no officer"]),
        (Model.CIT, [OFFICER], ["CIT training"]),
        (Model.CIT, [TRAINED], []),
        (Model.POLICE, [OFFICER], []),
        (Model.FOLLOW_UP, [a_responder(credentials=(Credential("LCSW", date(2026, 1, 1)),))], ["LCSW ended"]),
    ],
)
def test_tells_what_of_a_crew_does_not_fit(model, crew, told):
    found = warnings(model, crew, on=date(2026, 11, 24))
    assert len(found) == len(told) and all(part in one for part, one in zip(told, found, strict=True))


def test_a_refresher_that_is_overdue_ends_the_training():
    one = a_responder("Cit", "officer", (Training(date(2025, 1, 1), 40, date(2026, 1, 1)),))
    assert one.is_cit(date(2026, 1, 1)) and not one.is_cit(date(2026, 1, 2))
    assert not one.is_cit(date(2024, 12, 31))


def test_reads_credentials_as_it_shows_them():
    held = (Credential("LCSW", date(2027, 5, 1)), Credential("First aid"))
    assert read_credentials("\n".join(one.words for one in held)) == held
    with pytest.raises(ValueError, match="Invalid isoformat"):
        read_credentials("LCSW until soon")


def test_units_and_shifts_are_kept_and_refused_in_sentences(admin):
    with pytest.raises(CallSignMissing):
        admin.units.add(details=UnitDetails(" "))
    unit_id = admin.units.add(details=UnitDetails("1J77", model=Model.ALTERNATIVE, is_ours=True))
    with pytest.raises(CallSignTaken):
        admin.units.add(details=UnitDetails("1J77"))
    (unit,) = [one for one in admin.units.units() if one.id == unit_id]
    admin.units.change(unit_id=unit_id, details=UnitDetails("1J77", retired_on=TODAY), version=unit.version)
    with pytest.raises(StaleRecord):
        admin.units.change(unit_id=unit_id, details=UnitDetails("1J77"), version=unit.version)
    person = admin.units.add_responder(
        details=ResponderDetails("Ana", credentials=(Credential("LCSW", TODAY),))
    )
    with pytest.raises(HoursMissing):
        admin.units.add_training(responder_id=person, training=Training(TODAY, 0))
    admin.units.add_training(responder_id=person, training=Training(TODAY, 40))
    assert [one.is_cit(TODAY) for one in admin.units.responders() if one.id == person] == [True]
    with pytest.raises(ShiftBackwards):
        admin.units.add_shift(unit_id=unit_id, from_at=NOW, to_at=NOW, members=(person,))
    with pytest.raises(NobodyOnShift):
        admin.units.add_shift(unit_id=unit_id, from_at=NOW, to_at=NOW + timedelta(hours=8), members=())
    shift = admin.units.add_shift(
        unit_id=unit_id, from_at=NOW, to_at=NOW + timedelta(hours=8), members=(person, person)
    )
    assert [one.members for one in admin.units.shifts(unit_id=unit_id)] == [(person,)]
    admin.units.remove_shift(shift_id=shift)
    assert admin.units.shifts(unit_id=unit_id) == []


def test_a_crew_is_put_together_at_the_desk_with_a_warning_and_no_wall(qtbot, admin):
    admin.units.add_responder(details=ResponderDetails("Ana Ruiz", "clinician"))
    admin.units.add_responder(details=ResponderDetails("Roy Penn", "officer", is_armed=True))
    desk = a_desk(qtbot, admin)
    desk.show_place("setup", "units")
    settle(qtbot, desk)
    section = desk.current.section
    assert isinstance(section, UnitsSection) and unnamed(section) == []
    click(qtbot, desk, "Add the unit")
    assert "call sign" in section.form.field("call_sign").accessibleDescription()
    section.call_sign.setText("1J77")
    choose(section.model, Model.ALTERNATIVE)
    section.is_ours.setChecked(True)
    click(qtbot, desk, "Add the unit")
    section._on_chosen(section.table.model.rows[0])
    settle(qtbot, desk)
    people = {one.details.name: str(one.id) for one in admin.units.responders()}
    section.crew.choose([people["Roy Penn"]])
    assert "two or more" in section.warning.text() and "carries a weapon" in section.warning.text()
    section.from_at.setText("whenever")
    click(qtbot, desk, "Add shift")
    assert section.shift_form.field("from").accessibleDescription()
    section.from_at.setText("24 Nov 2026 07:00")
    section.to_at.setText("17:00")
    click(qtbot, desk, "Add shift")
    settle(qtbot, desk)
    (shift,) = section.shifts.model.rows
    assert section._fit_tone(shift) == "warning" and section._crew_words(shift) == "Roy Penn"
    assert (shift.to_at - shift.from_at) == timedelta(hours=10)
    click(qtbot, desk, "Take the shift away")
    assert section.shifts.model.rows == []
    desk.close()


def test_a_responder_is_written_with_credentials_and_a_course(qtbot, admin, signed_in):
    desk = a_desk(qtbot, admin)
    desk.show_place("setup", "responders")
    settle(qtbot, desk)
    section = desk.current.section
    assert isinstance(section, RespondersSection) and unnamed(section) == []
    section.name.setText("Roy Penn")
    choose(section.discipline, "officer")
    section.credentials.setPlainText("POST until soon")
    click(qtbot, desk, "Add the responder")
    assert "until 2027" in section.form.field("credentials").accessibleDescription()
    section.credentials.setPlainText("POST until 2027-05-01")
    click(qtbot, desk, "Add the responder")
    section._on_chosen(section.table.model.rows[0])
    section.on.setText(TODAY.isoformat())
    section.hours.setText("forty")
    click(qtbot, desk, "Add course")
    assert "number" in section.course.field("hours").accessibleDescription()
    section.hours.setText("40")
    click(qtbot, desk, "Add course")
    (one,) = section.table.model.rows
    assert section._cit(one) == "CIT" and one.details.credentials[0].until == date(2027, 5, 1)
    desk.close()
    peer = a_desk(qtbot, services_as(signed_in, Role.PEER_SPECIALIST))
    peer.show_place("setup", "responders")
    settle(qtbot, peer)
    assert not peer.current.section.side.isVisible()
    peer.close()
