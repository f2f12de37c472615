"""The fields of one unit on a call: its times, who led, police beside it, the video, back-up asked for."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QComboBox, QLineEdit

from caseapp.domain.call_forms import check_response
from caseapp.domain.calls import BackUp, CoResponse, Model, UnitResponse, VideoSession
from caseapp.ui.calls.words import MODELS, ROLES, YES_NO, Times
from caseapp.ui.lists import Words
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose, offer_words


class UnitForm:
    """A unit's fields; choosing a known call sign chooses its model."""

    def __init__(
        self, words: Words, times: Times, response: UnitResponse, received: datetime, units: dict[str, Model]
    ) -> None:
        self._words, self._times, self._before, self._received = words, times, response, received
        self._units = units
        self.form = Form(2)
        self._build_unit(response)
        self._build_together(response.together)
        self._build_video(response.video)
        self._build_back_up(response.back_up)

    def read(self) -> UnitResponse:
        """What the fields say, checked; raises NotAMoment or what `check_response` raises."""
        before = self._before
        asked, together, video = before.back_up, before.together, before.video
        made = UnitResponse(
            call_sign=self._call_sign.text().strip(),
            model=self._model.currentData(),
            role=self._role.currentData(),
            dispatched_at=self._at("dispatched_at", before.dispatched_at),
            enroute_at=self._at("enroute_at", before.enroute_at),
            on_scene_at=self._at("on_scene_at", before.on_scene_at),
            cleared_at=self._at("cleared_at", before.cleared_at),
            led_by=self._led_by.currentData(),
            came_how=self._came_how.currentData(),
            has_cit_officer=self._cit.currentData(),
            back_up=BackUp(
                self._what.currentData(),
                self._at("back_up_asked_at", asked.asked_at),
                self._asked_by.currentData(),
                self._reason.currentData(),
                self._arrived.currentData(),
            ),
            together=replace(
                together,
                arrived_as=self._arrived_as.currentData(),
                officer=self._officer.text().strip(),
                clinician=self._clinician.text().strip(),
                called_in_at=self._at("called_in_at", together.called_in_at),
                called_in_by=self._called_in_by.currentData(),
            ),
            video=VideoSession(
                self._at("video_started", video.started_at),
                self._at("video_ended", video.ended_at),
                self._device.currentData(),
                self._outcome.currentData(),
            ),
        )
        check_response(made)
        return made

    def _build_unit(self, one: UnitResponse) -> None:
        form = self.form
        self._call_sign = form.text("call_sign", "Call sign")
        self._call_sign.setText(one.call_sign)
        offer_words(self._call_sign, list(self._units))
        self._call_sign.textChanged.connect(self._on_call_sign)
        self._model = form.choice("model", "Model", list(MODELS.items()))
        choose(self._model, one.model)
        self._role = form.choice("role", "Role", list(ROLES.items()))
        choose(self._role, one.role)
        self._came_how = self._choice("came_how", "Came as back-up", "came_how", one.came_how, "Not back-up")
        self._moment("dispatched_at", "Dispatched", one.dispatched_at)
        self._moment("enroute_at", "En route", one.enroute_at)
        self._moment("on_scene_at", "On scene", one.on_scene_at)
        self._moment("cleared_at", "Cleared", one.cleared_at)
        self._led_by = self._choice("led_by", "Who led", "led_by", one.led_by)
        self._cit = form.choice("cit", "CIT-trained officer on it", YES_NO)
        choose(self._cit, one.has_cit_officer)

    def _build_together(self, one: CoResponse) -> None:
        self.form.heading("Beside police")
        self._arrived_as = self._choice("arrived_as", "Arrived", "arrived_as", one.arrived_as)
        self._called_in_by = self._choice("called_in_by", "Called in by", "asked_by", one.called_in_by)
        self._officer = self.form.text("officer", "Officer")
        self._officer.setText(one.officer)
        self._clinician = self.form.text("clinician", "Clinician")
        self._clinician.setText(one.clinician)
        self._moment("called_in_at", "Called in at", one.called_in_at)

    def _build_video(self, one: VideoSession) -> None:
        self.form.heading("By video")
        self._moment("video_started", "Began", one.started_at)
        self._moment("video_ended", "Ended", one.ended_at)
        self._device = self._choice("video_device", "On whose device", "video_device", one.device)
        self._outcome = self._choice("video_outcome", "Outcome", "video_outcome", one.outcome)

    def _build_back_up(self, one: BackUp) -> None:
        self.form.heading("Back-up asked for")
        self._what = self._choice("back_up_what", "What", "back_up_kind", one.what, "None asked for")
        self._asked_by = self._choice("back_up_asked_by", "By whom", "asked_by", one.asked_by)
        self._reason = self._choice("back_up_reason", "Why", "back_up_reason", one.reason)
        self._moment("back_up_asked_at", "When", one.asked_at)
        self._arrived = self.form.choice("back_up_arrived", "It arrived", YES_NO)
        choose(self._arrived, one.has_arrived)

    def _choice(
        self, key: str, title: str, listed: str, value: str, empty: str = "Not recorded"
    ) -> QComboBox:
        box = self.form.choice(key, title, self._words.options(listed, value, empty=empty))
        choose(box, value)
        return box

    def _moment(self, key: str, title: str, at: datetime | None) -> None:
        self.form.text(key, title, hint="14:20").setText(self._times.write(at, self._received))

    def _at(self, key: str, before: datetime | None) -> datetime | None:
        field = self.form.field(key)
        assert isinstance(field, QLineEdit)  # noqa: S101
        return self._times.read(key, field, before, self._received)

    def _on_call_sign(self, text: str) -> None:
        model = self._units.get(text.strip().upper()) or self._units.get(text.strip())
        if model is not None:
            choose(self._model, model)
