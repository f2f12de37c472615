from dataclasses import replace
from datetime import timedelta

import pytest

from caseapp.domain.births import Birth
from caseapp.domain.call_forms import (
    BackUpUnfinished,
    BornAhead,
    CallSignMissing,
    DestinationMissing,
    NobodyDescribed,
    NumberMissing,
    ReceivedAhead,
    TimesRunBackwards,
    VideoUnfinished,
    check_encounter,
    check_facts,
    check_response,
)
from caseapp.domain.calls import (
    BackUp,
    Model,
    Origin,
    UnitResponse,
    VideoSession,
    has_cit_officer,
    is_served,
    origin,
)
from caseapp.domain.encounters import EncounterDetails, StatedIdentity
from tests.builders import NOW, TODAY, a_call, an_encounter

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("911", Origin.PUBLIC),
        ("walk-up", Origin.PUBLIC),
        ("officer", Origin.PROACTIVE),
        ("team", Origin.PROACTIVE),
        ("unknown", Origin.UNKNOWN),
        ("", Origin.UNKNOWN),
    ],
)
def test_keeps_proactive_work_apart(source, expected):
    assert origin(source) is expected


class TestServed:
    def test_by_a_team_on_scene_and_not_by_one_that_never_came(self):
        there = UnitResponse("A1", Model.ALTERNATIVE, dispatched_at=NOW, on_scene_at=NOW)
        assert is_served(a_call(responses=(there,)))
        assert not is_served(a_call(responses=(replace(there, on_scene_at=None),)))

    def test_by_video_and_never_by_police_alone(self):
        seen = UnitResponse("V1", Model.CO_RESPONSE_VIRTUAL, dispatched_at=NOW, video=VideoSession(NOW))
        assert is_served(a_call(responses=(seen,)))
        for model in (Model.POLICE, Model.CIT, Model.UNKNOWN):
            assert not is_served(a_call(responses=(UnitResponse("P1", model, on_scene_at=NOW),)))


def test_a_cit_officer_came_by_model_or_as_written_and_otherwise_nobody_knows():
    assert has_cit_officer(a_call(responses=(UnitResponse("P31", Model.CIT),)))
    assert has_cit_officer(a_call(responses=(UnitResponse("P1", Model.POLICE, has_cit_officer=True),)))
    assert has_cit_officer(a_call(responses=(UnitResponse("P1", Model.POLICE),))) is None
    assert has_cit_officer(a_call(responses=(UnitResponse("P1", has_cit_officer=False),))) is False
    assert has_cit_officer(a_call(responses=())) is None


class TestForms:
    def test_name_the_field_of_a_wrong_time(self):
        call = a_call(received_at=NOW, on_scene_at=NOW - MINUTE)
        with pytest.raises(TimesRunBackwards) as refused:
            check_facts(call, now=NOW)
        assert refused.value.field == "on_scene_at"
        with pytest.raises(ReceivedAhead):
            check_facts(a_call(received_at=NOW + MINUTE), now=NOW)
        with pytest.raises(NumberMissing):
            check_facts(a_call(" "), now=NOW)

    def test_ask_for_the_rest_of_a_back_up(self):
        with pytest.raises(BackUpUnfinished) as refused:
            check_response(UnitResponse("A1", back_up=BackUp("police", asked_by="responder")))
        assert refused.value.field == "back_up_reason"
        check_response(UnitResponse("A1", back_up=BackUp("police", None, "responder", "weapon", False)))

    def test_ask_for_a_call_sign_and_the_start_of_a_video(self):
        with pytest.raises(CallSignMissing):
            check_response(UnitResponse(" "))
        with pytest.raises(VideoUnfinished):
            check_response(UnitResponse("V1", video=VideoSession(ended_at=NOW)))
        with pytest.raises(TimesRunBackwards):
            check_response(UnitResponse("V1", video=VideoSession(NOW, NOW - MINUTE)))

    def test_ask_where_to_when_somebody_was_taken(self):
        with pytest.raises(DestinationMissing):
            check_encounter(an_encounter("Kim", transported_by="police"), is_linked=True, today=TODAY)
        check_encounter(
            an_encounter("Kim", transported_to="jail", is_voluntary=False), is_linked=False, today=TODAY
        )

    def test_ask_for_something_by_which_a_stranger_is_told_apart(self):
        with pytest.raises(NobodyDescribed):
            check_encounter(EncounterDetails(), is_linked=False, today=TODAY)
        for said in (StatedIdentity(birth=Birth(TODAY)), StatedIdentity(age=0), StatedIdentity(phone="541")):
            check_encounter(EncounterDetails(stated=said), is_linked=False, today=TODAY)
        unborn = EncounterDetails(stated=StatedIdentity("Kim", birth=Birth(TODAY + timedelta(days=1))))
        with pytest.raises(BornAhead):
            check_encounter(unborn, is_linked=False, today=TODAY)
        check_encounter(unborn, is_linked=True, today=TODAY)
        check_encounter(EncounterDetails(), is_linked=True, today=TODAY)
