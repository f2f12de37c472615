"""The main job step by step: what the tour does at the desk, and what must be true of it."""

from PySide6.QtWidgets import QPlainTextEdit

from caseapp.domain.people import Person, PersonKind
from caseapp.ui.calls.list_screen import CallsScreen
from caseapp.ui.cases.list_screen import CasesScreen
from caseapp.ui.directory.screen import DirectoryScreen
from caseapp.ui.follow_ups.calendar_screen import FollowUpsScreen
from caseapp.ui.follow_ups.schedule_screen import ScheduleScreen
from caseapp.ui.handoff.screen import HandoffScreen
from caseapp.ui.imports.screen import ImportScreen
from caseapp.ui.people.candidates import CandidateList, in_sentences
from caseapp.ui.people.consent_screen import ConsentScreen
from caseapp.ui.people.list_screen import PeopleScreen
from caseapp.ui.people.person_screen import PersonScreen
from caseapp.ui.referrals.list_screen import ReferralsScreen
from caseapp.ui.referrals.new_screen import NewReferralScreen
from caseapp.ui.referrals.referral_screen import ReferralScreen
from caseapp.ui.setup.screen import SetupScreen
from caseapp.ui.today.screen import TodayScreen
from caseapp.ui.tour.hand import Hand
from caseapp.ui.tour.keys import left_message, three_people
from caseapp.ui.tour.review import review
from caseapp.ui.widgets.table import Table

EXPORT = (
    "Incident Number,Call Received,Call Type,Address,Disposition,Unit,Subject Name,Subject DOB\r\n"
    '26-900001,{day} 01:40,Welfare check,"Oak St, 1400 block",Assisted,A1,{name},{born}\r\n'
    "26-900002,{day} 02:15,Trespass,Station Plaza,Assisted,CR1,,\r\n"
    "26-900002,{day} 02:15,Trespass,Station Plaza,Assisted,P31,,\r\n"
    '26-900003,{day} 03:05,Suicidal thoughts,"Birch Ave, 200 block",Transported,M1,,\r\n'
    ",{day} 03:30,Noise,Mill St underpass,Report,P12,,\r\n"
)
"""An export in the shape of a dispatch centre's: five rows, three calls, one row without a number."""


def main_job(hand: Hand) -> None:
    """From what is due and an export of last night to a printed handoff, then every other place."""
    _today(hand)
    known = _import(hand)
    person = _recognise(hand, known)
    _log_contact(hand, person)
    _schedule(hand, person)
    referral = _refer(hand, person)
    _print(hand, referral)
    review(hand)
    left_message(hand)
    three_people(hand)
    _places(hand)


def _today(hand: Hand) -> None:
    with hand.step("today") as asserted:
        today = hand.screen(TodayScreen)
        hand.until(lambda: bool(today.table.model.rows), "nothing is due in the sample")
        hand.settle()
        services = hand.window.desk.services
        due = services.today.page().due
        hand.check(
            len(today.table.model.rows) == len(due), f"{len(due)} follow-ups due, each a row", asserted
        )


def _import(hand: Hand) -> Person:
    desk = hand.window.desk
    known = next(one for one in desk.services.people.recent(limit=300) if _is_plain(one))
    assert known.details.birth is not None  # noqa: S101
    export = hand.folder / "last-night.csv"
    day = f"{desk.local(desk.services.context.now()):%Y-%m-%d}"
    export.write_text(
        EXPORT.format(day=day, name=known.display_name, born=known.details.birth.on.isoformat()), newline=""
    )
    with hand.step("import, dry run") as asserted:
        screen = hand.go_to("Import", ImportScreen)
        hand.settle()
        before = len(screen.batches.model.rows)
        hand.name_file(hand.button("Choose a file", screen), export)
        hand.until(lambda: screen.summary is not None, "the file was not understood")
        assert screen.summary is not None  # noqa: S101
        hand.check(screen.summary.new == 3, "three calls are new", asserted)
        hand.check(screen.summary.rows_rejected == 1, "one row is rejected with its reason", asserted)
        hand.check(len(screen.batches.model.rows) == before, "nothing is imported yet", asserted)
    with hand.step("import, done") as asserted:
        hand.click(screen.go)
        hand.until(lambda: len(screen.batches.model.rows) == before + 1, "the import is not listed")
        counts = screen.batches.model.rows[0].counts
        hand.check(counts["new"] == 3, "the batch counts three new calls", asserted)
    export.unlink()
    return known


def _is_plain(one: Person) -> bool:
    """Somebody whom an export would name as we do."""
    details = one.details
    return (
        details.kind is PersonKind.KNOWN
        and len(details.names) == 1
        and details.birth is not None
        and details.birth.precision.value == "day"
        and one.display_name.isascii()
        and not details.is_restricted
    )


def _recognise(hand: Hand, known: Person) -> PersonScreen:
    with hand.step("recognise a person") as asserted:
        screen = hand.search("26-900001", CallsScreen)
        use = hand.button(f"Use {known.display_name}")
        hand.settle()
        offered = [one.offered[0] for one in screen.findChildren(CandidateList) if one.offered]
        hand.check(
            len(offered) == 1 and offered[0].name == known.display_name, "one person is likely", asserted
        )
        asserted.append(f"because: {in_sentences(offered[0].reasons)}")
    with hand.step("linked") as asserted:
        hand.click(use)
        hand.until(lambda: _linked(screen) == [offered[0].person_id], "the link was not made")
        asserted.append("the call belongs to the person")
    with hand.step("person") as asserted:
        hand.click(hand.button("Open", screen))
        person = hand.screen(PersonScreen)
        hand.until(lambda: _titles(person) != [], "the record did not open")
        hand.check(
            any("26-900001" in title for title in _titles(person)),
            "the call stands in the timeline",
            asserted,
        )
    return person


def _linked(screen: CallsScreen) -> list[object]:
    met = screen.bench.people if screen.bench is not None else ()
    return [one.encounter.person_id for one in met if one.encounter.person_id is not None]


def _titles(person: PersonScreen) -> list[str]:
    return [one.title for one in person.record.timeline] if person.record is not None else []


def _log_contact(hand: Hand, person: PersonScreen) -> None:
    form = hand.window.contact_form
    assert person.record is not None  # noqa: S101
    name = person.record.person.display_name
    with hand.step("log contact") as asserted:
        hand.click(hand.window.top.contact_button)
        hand.until(lambda: form.isVisible() and name in form.heading.text(), "the form did not open")
        hand.write(form.outcome, "1")
        hand.write(
            form.findChildren(QPlainTextEdit)[0], "Met at the plaza. Wants a bed where the dog can stay."
        )
        hand.write(form.next_when, "tomorrow 10")
        said = form.next.read_as.text()
        hand.check(said != "", f"the shorthand is read as {said}", asserted)
    with hand.step("contact saved") as asserted:
        before = len(_titles(person))
        hand.press("Ctrl+Return")
        hand.until(lambda: len(_titles(person)) > before, "the contact is not in the timeline")
        hand.check(not form.isVisible(), "one key saves, and the form is gone", asserted)


def _schedule(hand: Hand, person: PersonScreen) -> None:
    with hand.step("schedule") as asserted:
        assert person.record is not None  # noqa: S101
        before = len(person.record.follow_ups)
        hand.click(hand.button("Schedule", person))
        hand.screen(ScheduleScreen)
        hand.write(hand.field("What"), "Ride to intake")
        hand.write(hand.field("When"), "+3d")
        hand.click(hand.button("Save", hand.window.current))
        hand.screen(PersonScreen)
        hand.until(
            lambda: person.record is not None and len(person.record.follow_ups) == before + 1,
            "no follow-up was planned",
        )
        asserted.append("the person has one follow-up more")


def _refer(hand: Hand, person: PersonScreen) -> ReferralScreen:
    with hand.step("refer") as asserted:
        hand.click(hand.button("Refer", person))
        screen = hand.screen(NewReferralScreen)
        hand.settle()
        hand.write(screen.questions.words, "harbor")
        hand.until(lambda: 0 < len(screen.table.model.rows) < 20, "no service was found")
        hand.settle()
        hand.open_row(screen.table)
        hand.write(screen.need, "a bed in detox")
        hand.press("Space", screen.substance)
        hand.check("Harbor" in screen.place.text(), "the service is chosen from the directory", asserted)
    with hand.step("referral") as asserted:
        hand.click(screen.save)
        referral = hand.screen(ReferralScreen)
        hand.until(lambda: _steps(referral) == 1, "no referral was offered")
        assert referral.referral is not None  # noqa: S101
        hand.check(len(referral.referral.reply_code) >= 6, "it has a reply code", asserted)
        for count in (2, 3):
            hand.click(referral.save)
            hand.until(lambda: _steps(referral) == count, "the step was not taken")  # noqa: B023
        asserted.append("the person accepted and it was sent")
    return referral


def _print(hand: Hand, referral: ReferralScreen) -> None:
    with hand.step("handoff, no consent") as asserted:
        hand.click(hand.button("Print handoff", referral))
        screen = hand.screen(HandoffScreen)
        hand.until(lambda: screen.preview is not None, "the preview was not made")
        hand.settle()
        hand.check(not screen.print_button.isEnabled(), "nothing leaves without a consent", asserted)
    with hand.step("consent") as asserted:
        recipient = screen.recipient.text()
        hand.click(hand.button("Record a consent", screen))
        consent = hand.screen(ConsentScreen)
        hand.settle()
        hand.check(consent.recipients.text() == recipient, "it names whom the handoff is for", asserted)
        hand.choose(consent.kind, "42 CFR Part 2")
        for box in (consent.revoke, *consent.kinds.values()):
            hand.press("Space", box)
        hand.settle()
        hand.check(consent.missing() == 0, "every element that the law asks for is there", asserted)
    with hand.step("handoff") as asserted:
        hand.click(hand.button("Save consent", consent))
        hand.screen(HandoffScreen)
        hand.until(
            lambda: screen.preview is not None and screen.preview.ruling.may_leave, "the consent is not seen"
        )
        hand.settle()
        asserted.append("with the consent it may leave, and the desk came back to it")
        target = hand.folder / f"handoff-{hand.theme}.pdf"
        target.unlink(missing_ok=True)
        hand.name_file(screen.save_button, target)
        hand.until(target.is_file, "the handoff was not written")
        hand.check(target.read_bytes().startswith(b"%PDF"), "the handoff is a PDF", asserted)
    with hand.step("disclosure") as asserted:
        for _count in range(3):
            hand.press("Alt+Left")
        hand.click(hand.button("Open person", hand.screen(ReferralScreen)))
        person = hand.screen(PersonScreen)
        hand.until(
            lambda: any(title.startswith("Warm handoff") for title in _titles(person)),
            "the disclosure is not recorded",
        )
        asserted.append("the disclosure stands in the timeline")


def _places(hand: Hand) -> None:
    for title, kind in (
        ("People", PeopleScreen),
        ("Calls", CallsScreen),
        ("Cases", CasesScreen),
        ("Follow-ups", FollowUpsScreen),
        ("Referrals", ReferralsScreen),
        ("Directory", DirectoryScreen),
        ("Setup", SetupScreen),
    ):
        with hand.step(title.lower()) as asserted:
            screen = hand.go_to(title, kind)
            hand.settle()
            rows = max((one.model.rowCount() for one in screen.findChildren(Table)), default=0)
            hand.check(rows > 0, f"{rows} rows are listed", asserted)


def _steps(screen: ReferralScreen) -> int:
    return len(screen.referral.steps) if screen.referral else 0
