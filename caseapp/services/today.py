"""The home page: what is due, what is new, who owes an answer, what is not saved yet."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.access import Right, has_right
from caseapp.domain.drafts import Draft
from caseapp.domain.follow_ups import THIS_WEEK, Due, FollowUp, soonest
from caseapp.domain.people import PersonDetails, main_phone
from caseapp.domain.referrals import Referral, days_waiting
from caseapp.domain.today import WaitingOn
from caseapp.domain.triage import Arrival
from caseapp.services.context import Service, verb
from caseapp.services.groups import names_of, open_groups, with_names
from caseapp.services.review_queue import waiting_count
from caseapp.services.transfers import covered
from caseapp.services.triage_queue import arrivals
from caseapp.services.watched_folder import watching_of
from caseapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DueRow:
    """A follow-up on the home page: where it stands, what may be said on the phone, what to mind there.

    `warning` is the alert of safety. `pronouns` and `language`, the first one, are codes of lists.
    """

    follow_up: FollowUp
    due: Due
    pronouns: str
    language: str
    how: str
    may_say: str
    warning: str


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A draft of the actor and whom it is about; no name where nobody is named yet."""

    draft: Draft
    name: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Lists and not counts, so that the count of each is its length; but for pairs."""

    due: tuple[DueRow, ...]
    new: tuple[Arrival, ...]
    waiting: tuple[WaitingOn, ...]
    pairs_to_review: int
    drafts: tuple[Unsaved, ...]
    files_not_imported: int = 0

    def count(self, kind: Due) -> int:
        """Rows that stand so."""
        return sum(row.due is kind for row in self.due)


class TodayService(Service):
    """Reads for the home page."""

    @verb(Right.SEE_CASES)
    def page(self, *, only_mine: bool = True) -> TodayPage:
        """The page of the actor, or of everybody."""
        actor = self._context.actor.staff_id
        owner = actor if only_mine else None
        today = self._context.today()
        with self._context.read("today.page") as work:
            owners = (actor, *sorted(covered(self._context, work))) if only_mine else (None,)
            found = [one for each in owners for one in work.follow_ups.planned(owner_id=each)]
            if len(owners) > 1:
                found.sort(key=soonest)
            planned = with_names(self._context, work, self._context.only_open(work, found, _person))
            return TodayPage(
                due=self._due_rows(work, [one for one in planned if one.due_on <= today + THIS_WEEK]),
                new=tuple(arrivals(self._context, work)),
                waiting=self._waiting(
                    self._context.only_open(work, work.referrals.open(owner_id=owner), _person)
                ),
                pairs_to_review=self._pairs(work),
                drafts=self._unsaved(work, actor),
                files_not_imported=self._not_imported(work),
            )

    def _not_imported(self, work: UnitOfWork) -> int:
        """Files of the watched folder with a problem, for whoever can see to them."""
        may_import = has_right(self._context.actor.role, Right.IMPORT)
        return len(watching_of(work).problems) if may_import else 0

    def _pairs(self, work: UnitOfWork) -> int:
        may_judge = has_right(self._context.actor.role, Right.LINK_PEOPLE)
        return waiting_count(self._context, work) if may_judge else 0

    def _due_rows(self, work: UnitOfWork, planned: list[FollowUp]) -> tuple[DueRow, ...]:
        people = open_groups(self._context, work, {one.person_id for one in planned})
        said = work.agency.code_words()
        rows = []
        for one in planned:
            details = people[one.person_id].details
            alerts = details.alerts_on(self._context.today())
            safety = next((alert.text for alert in alerts if alert.kind == "safety"), "")
            rows.append(
                DueRow(
                    follow_up=one,
                    due=self._context.stands(one),
                    pronouns=details.pronouns,
                    language=next(iter(details.languages), ""),
                    how=said.word("contact_channel", one.channel),
                    may_say=_may_say(one.channel, details),
                    warning=safety,
                )
            )
        return tuple(rows)

    def _unsaved(self, work: UnitOfWork, actor: UUID) -> tuple[Unsaved, ...]:
        drafts = self._context.only_open(work, work.drafts.waiting(actor), _person)
        people = [one.person_id for one in drafts if one.person_id is not None]
        names = names_of(self._context, work, people)
        return tuple(Unsaved(one, names[one.person_id] if one.person_id else "") for one in drafts)

    def _waiting(self, referrals: list[Referral]) -> tuple[WaitingOn, ...]:
        today = self._context.today()
        groups: dict[str, list[int]] = {}
        for one in referrals:
            days = days_waiting(
                step=one.step, sent_on=one.sent_on, last_answer_on=one.last_answer_on, today=today
            )
            if days is not None:
                groups.setdefault(one.to_name, []).append(days)
        rows = [WaitingOn(name, len(days), max(days)) for name, days in groups.items()]
        return tuple(sorted(rows, key=lambda row: -row.oldest_days))


def _person(one: FollowUp | Referral | Draft) -> UUID | None:
    return one.person_id


def _may_say(channel: str, details: PersonDetails) -> str:
    """What may be left or said on the phone, where it is by phone."""
    phone = main_phone(details)
    return phone.may_words if phone is not None and channel in ("phone", "text") else ""
