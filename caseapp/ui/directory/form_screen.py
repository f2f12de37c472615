"""A service of the directory: a new one, or what is right now of a known one."""

from datetime import time
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from caseapp.domain.changes import Change, Kind
from caseapp.domain.directory import STATUSES, NewService, Service
from caseapp.domain.errors import CaseAppError, StaleRecord
from caseapp.domain.schedules import WEEKDAYS, OpenRule
from caseapp.exchange.hsds_cells import clock
from caseapp.ui.directory.screen import hours_words
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, side_column
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.two_versions import TwoVersions

_FIELD_OF = {"directory.ages-out-of-order": "minimum_age"}
_OTHER = "Somebody"
_SHORT = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), WEEKDAYS, strict=True))


class ServiceFormScreen(Screen):
    """Everything that the finder knows of a service."""

    name = "service"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Service")
        self._service: Service | None = None
        self._is_read = True
        self._build()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._service = None
        self.title.setText("New service")
        self._fill(NewService(""), "")
        self.versions.begin()
        self.organization.setEnabled(not isinstance(subject, UUID))
        self._is_read = not isinstance(subject, UUID)
        if isinstance(subject, UUID):
            directory = self.desk.services.directory
            self.ask_to_open(
                lambda: directory.get(service_id=subject), self._show, parts=self._parts, is_another=True
            )
        else:
            self.show_parts(self._parts)
            self.start_draft(None)
        self.service_name.setFocus()

    def _build(self) -> None:
        self.save = button("Save", self._save, look="primary")
        self.action_line.addWidget(self.save)
        panel = Panel("What people need to know")
        panel.pad()
        form = self.form = Form(2)
        self._add_drafts(panel)
        self.organization = form.text("organization", "Organization")
        self.service_name = form.text("name", "Service")
        self.description = form.lines("description", "About it", height=60)
        self.phone = form.text("phone", "Phone")
        self.email = form.text("email", "E-mail")
        self.address = form.text("address", "Address")
        self.city = form.text("city", "City")
        self.url = form.text("url", "Website")
        self.application = form.text("application", "How to apply")
        self.hours = form.lines("hours", "Hours, a line each: mon tue 9:00-17:00", height=70)
        names = ", ".join(code for code, _words in self.desk.lists.codes("service_category"))
        self.categories = form.text("categories", "Needs it serves (commas between)", hint=names, wide=True)
        self.eligibility = form.text("eligibility", "For whom, in words", wide=True)
        self.minimum_age = form.text("minimum_age", "From age")
        self.maximum_age = form.text("maximum_age", "To age")
        self.insurance = form.text("insurance", "Insurance it takes", hint="medicaid, medicare, none-needed")
        self.living = form.text("living", "Living situations (HUD codes)", hint="116, 101")
        self.languages = form.text("languages", "Languages")
        self.documents = form.text("documents", "Documents to bring")
        self.fees = form.text("fees", "Cost")
        self.status = form.choice("status", "State", [(one, one.capitalize()) for one in STATUSES])
        self.veterans = form.check("veterans", "For veterans only")
        self.substance = form.check("substance", "Treats substance use (42 CFR Part 2)")
        panel.body.addWidget(form)
        panel.body.addStretch(1)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(panel)
        area = side_column(holder, 100, "The form of the service")
        area.setMinimumWidth(self.desk.look.pixels(480))
        area.setMaximumWidth(self.desk.look.pixels(900))
        self._parts = (area,)
        self.content.addWidget(area, 1)

    def _add_drafts(self, panel: Panel) -> None:
        """What was typed and not saved comes back, also beside what somebody saved meanwhile."""
        self.draft = self.drafted(self.form)
        self.versions = versions = TwoVersions(self.form)
        self.draft.still_open = versions.bases_of_open
        self.draft.outdated.connect(lambda read: versions.meet_typed_before(read, who=_OTHER))
        self.draft.begun_anew.connect(versions.begin)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(versions)

    def _show(self, one: Service) -> None:
        self._service, self._is_read = one, True
        self.title.setText(one.name)
        self._fill(_as_new(one), one.organization)
        self.versions.begin()
        self.start_draft(None, edits=True, about=str(one.id))
        if self.has_keyboard:
            self.service_name.setFocus()

    def _show_both(self, one: Service) -> None:
        """Somebody saved first: the next save goes over theirs, with what is kept of both."""
        if self._service is not None and one.id == self._service.id:
            self._service = one
            self.versions.meet(lambda: self._fill_theirs(one), who=_OTHER)

    def _fill_theirs(self, one: Service) -> None:
        self._fill(_as_new(one), one.organization)
        self.draft.begin_from_here()

    def _fill(self, one: NewService, organization: str) -> None:
        self.form.clear_errors()
        self.organization.setText(organization)
        self.service_name.setText(one.name)
        self.description.setPlainText(one.description)
        self.hours.setPlainText("\n".join(map(hours_words, one.rules)))
        texts: tuple[tuple[QLineEdit, str], ...] = (
            (self.phone, one.phone),
            (self.email, one.email),
            (self.address, one.address),
            (self.city, one.city),
            (self.url, one.url),
            (self.application, one.application),
            (self.categories, ", ".join(one.categories)),
            (self.eligibility, one.eligibility),
            (self.minimum_age, _number_words(one.minimum_age)),
            (self.maximum_age, _number_words(one.maximum_age)),
            (self.insurance, ", ".join(one.insurance)),
            (self.living, ", ".join(one.living)),
            (self.languages, ", ".join(one.languages)),
            (self.documents, ", ".join(one.documents)),
            (self.fees, one.fees),
        )
        for field, text in texts:
            field.setText(text)
        choose(self.status, one.status)
        self.veterans.setChecked(one.for_veterans)
        self.substance.setChecked(one.is_substance_use)

    def _save(self) -> None:
        self.form.clear_errors()
        if not self._is_read or not self.versions.may_save():
            return
        rules = self._rules()
        ages = [self._age("minimum_age", self.minimum_age), self._age("maximum_age", self.maximum_age)]
        if rules is None or -1 in ages:
            return
        known, directory = self._service, self.desk.services.directory
        organization, service = self.organization.text(), self._service_of(rules, ages)
        if known is None:
            self.ask_to_save(
                lambda: directory.add(organization=organization, service=service),
                lambda _id: self._on_saved(),
            )
        else:
            self.ask_to_save(
                lambda: directory.correct(service_id=known.id, service=service, version=known.version),
                lambda _change: self._on_saved(),
            )

    def _service_of(self, rules: tuple[OpenRule, ...], ages: list[int | None]) -> NewService:
        known = self._service
        return NewService(
            name=self.service_name.text().strip(),
            description=self.description.toPlainText().strip(),
            categories=_listed(self.categories),
            phone=self.phone.text().strip(),
            address=self.address.text().strip(),
            city=self.city.text().strip(),
            eligibility=self.eligibility.text().strip(),
            minimum_age=ages[0],
            maximum_age=ages[1],
            languages=_listed(self.languages),
            documents=_listed(self.documents),
            fees=self.fees.text().strip(),
            confirmed_on=self.desk.services.context.today(),
            is_substance_use=self.substance.isChecked(),
            rules=rules,
            status=self.status.currentData(),
            url=self.url.text().strip(),
            email=self.email.text().strip(),
            application=self.application.text().strip(),
            insurance=_listed(self.insurance),
            living=_listed(self.living),
            for_veterans=self.veterans.isChecked(),
            terms=known.terms if known else (),
        )

    def _rules(self) -> tuple[OpenRule, ...] | None:
        """Lines that say what they said keep their whole rule; others are read as days and hours."""
        known = {hours_words(rule): rule for rule in self._service.rules} if self._service else {}
        found = []
        for line in filter(None, map(str.strip, self.hours.toPlainText().splitlines())):
            rule = known.get(line) or read_hours(line)
            if rule is None:
                self.form.error("hours", f"“{line}” is not understood. Write it like “mon tue 9:00-17:00”.")
                return None
            found.append(rule)
        return tuple(found)

    def _age(self, key: str, field: QLineEdit) -> int | None:
        text = field.text().strip()
        if text and not text.isdecimal():
            self.form.error(key, "Write an age in years, or leave it empty.")
            return -1
        return int(text[:4]) if text else None

    def refused(self, error: Exception) -> None:
        if isinstance(error, StaleRecord) and self._service is not None:
            directory, service_id = self.desk.services.directory, self._service.id
            self.ask(lambda: directory.get(service_id=service_id), self._show_both)
        elif isinstance(error, CaseAppError):
            self.form.error(_FIELD_OF.get(error.code, "name"), sentence(error))
        else:
            super().refused(error)

    def _on_saved(self) -> None:
        self.desk.say("Saved, and confirmed as of today.", None)
        self.desk.hub.changed.emit(Change(frozenset({Kind.DIRECTORY})))
        self.desk.show("directory", None)


def read_hours(line: str) -> OpenRule | None:
    """A line like "mon tue 9:00-17:00" or "every day 9am-12pm"; None where it is not understood."""
    words = line.casefold().replace("every day", "").replace(",", " ").split()
    days = [_SHORT[word[:3]] for word in words if word[:3] in _SHORT]
    rest = "".join(word for word in words if word[:3] not in _SHORT)
    opens, _dash, closes = rest.partition("-")
    first, last = clock(opens), clock(closes)
    if not first or not last or len(first) > 8 or len(last) > 8:
        return None
    return OpenRule(time.fromisoformat(first), time.fromisoformat(last), byday=",".join(days))


def _as_new(one: Service) -> NewService:
    same = NewService.__dataclass_fields__.keys() & Service.__dataclass_fields__.keys()
    return NewService(**{name: getattr(one, name) for name in same})


def _listed(field: QLineEdit) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in field.text().split(",") if one.strip()))


def _number_words(value: int | None) -> str:
    return "" if value is None else str(value)
