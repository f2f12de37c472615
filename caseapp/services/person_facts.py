"""What papers about one person are made from, read in one transaction, all linked records as one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from caseapp.domain.cases import Case, veil_case
from caseapp.domain.consents import Consent, is_in_force, tells_substance_use
from caseapp.domain.contacts import Channel
from caseapp.domain.directory import Service as DirectoryEntry
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.people import IN_TREATMENT, NameKind, PersonDetails, display_name, mail_place
from caseapp.domain.referrals import ENDED, Referral
from caseapp.domain.staff import Agency
from caseapp.services.context import Context
from caseapp.services.groups import members_of, open_case, open_group
from caseapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next for somebody: `at` where an hour is known, `referral` where an agency expects them."""

    on: date
    at: datetime | None
    what: str
    with_whom: str
    channel: str = ""
    referral: Referral | None = None
    service: DirectoryEntry | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Everything that a paper may say; `now` is on the agency's clock."""

    person_id: UUID
    agency: Agency
    details: PersonDetails
    case: Case | None
    worker: str
    worker_phone: str
    consents: tuple[Consent, ...]
    referrals: tuple[Referral, ...]
    next_step: NextStep | None
    living: str
    """The code of where they live now."""
    now: datetime
    plan: Mapping[str, str] = field(default_factory=dict)
    """The newest safety plan that was written down, step by step."""

    @property
    def name(self) -> str:
        return display_name(self.details)

    @property
    def is_named(self) -> bool:
        """Whether there is a name to say, and not a description or a name never to be used alone."""
        return any(one.full and not one.do_not_use for one in self.details.names)

    @property
    def formal_name(self) -> str:
        """The name for an envelope: as chosen or legal, without the one from the street."""
        by_kind = {one.kind: one.full for one in reversed(self.details.names) if not one.do_not_use}
        return by_kind.get(NameKind.CHOSEN) or by_kind.get(NameKind.LEGAL) or self.name

    @property
    def mail(self) -> str:
        """The address at which mail is safe, or nothing."""
        return mail_place(self.details, self.now.date())

    @property
    def says_substance_use(self) -> bool:
        """Whether anything here tells of substance use: a referral, a consent, a goal, where they live."""
        goals = self.case.goals if self.case else ()
        return (
            self.living == IN_TREATMENT
            or any(one.is_substance_use for one in self.referrals)
            or any(tells_substance_use(one.details) for one in self.consents)
            or any(one.tells_substance_use for one in goals)
        )

    @property
    def phone(self) -> str:
        """The worker's phone, or the agency's."""
        return self.worker_phone or self.agency.phone


def language_of(details: PersonDetails) -> str:
    """The form language that somebody reads: Spanish where it stands first, else English."""
    first = details.languages[0].casefold() if details.languages else ""
    return "es" if first.startswith(("spanish", "español", "es")) and first != "estonian" else "en"


def read_facts(context: Context, work: UnitOfWork, person_id: UUID) -> PersonFacts:
    """The facts of one person; whoever may not be opened was refused before."""
    people = members_of(context, work, person_id)
    whole = open_group(context, work, person_id)
    case = open_case(context, work, person_id)
    if case and context.beyond(work, [case.id]):
        case = veil_case(case)
    now = context.now().astimezone(context.zone)
    referrals = tuple(one for each in people for one in work.referrals.of_person(each))
    staff_id = case.primary_id if case else context.actor.staff_id
    worker = work.staff.get(staff_id).details
    live = [one for one in whole.details.living if one.to_on is None]
    return PersonFacts(
        person_id=person_id,
        agency=work.agency.get(),
        details=whole.details,
        case=case,
        worker=worker.name,
        worker_phone=worker.phone,
        consents=tuple(
            one
            for each in people
            for one in work.consents.of_person(each)
            if is_in_force(one, today=context.today())
        ),
        referrals=tuple(one for one in referrals if one.step not in ENDED),
        next_step=_next_step(context, work, people, referrals, now),
        living=live[0].code if live else "",
        now=now,
        plan=_plan(work, people),
    )


def _plan(work: UnitOfWork, people: tuple[UUID, ...]) -> Mapping[str, str]:
    plans = [plan for each in people if (plan := work.assessments.plan_of(each)) is not None]
    return max(plans, key=lambda one: (one[4], one[0]))[6] if plans else {}


def _next_step(
    context: Context,
    work: UnitOfWork,
    people: tuple[UUID, ...],
    referrals: tuple[Referral, ...],
    now: datetime,
) -> NextStep | None:
    """The soonest of what is planned and of the appointments; of the past nothing."""
    planned = [one for each in people for one in work.follow_ups.planned(person_id=each)]
    own = {one.follow_up_id for one in referrals if one.appointment_at}
    found = [_planned(context, one) for one in planned if one.due_on >= now.date() and one.id not in own]
    for one in referrals:
        if one.appointment_at is not None and one.appointment_at >= now and one.step not in ENDED:
            found.append(_appointment(context, work, one, one.appointment_at))
    return min(found, key=lambda one: (one.on, one.at or now, one.what), default=None)


def _planned(context: Context, one: FollowUp) -> NextStep:
    at = one.due_at.astimezone(context.zone) if one.due_at else None
    return NextStep(one.due_on, at, one.what, one.owner_name, one.channel)


def _appointment(context: Context, work: UnitOfWork, one: Referral, at: datetime) -> NextStep:
    service = work.directory.get(one.service_id) if one.service_id else None
    local = at.astimezone(context.zone)
    what = "" if one.is_substance_use else one.need
    return NextStep(local.date(), local, what, one.accepted_by, Channel.OFFICE.value, one, service)
