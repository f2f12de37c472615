"""Reports from the command line: made, opened row by row, and listed; a schedule is the system's own."""

import argparse
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from caseapp.commands import Outcome, Usage, show_progress, signed_in, with_database
from caseapp.domain.counted import counted
from caseapp.domain.measures.groups import GROUPS
from caseapp.domain.measures.periods import NAMES, period_named
from caseapp.domain.measures.scope import DATE_BASES, LONGEST_DAYS, Scope
from caseapp.domain.reports import BEFORE, LAST_YEAR, Report
from caseapp.services.desk import Services
from caseapp.services.extracts import RECIPIENT
from caseapp.services.reports import FORMS, STATES
from caseapp.system import files

_COMPARED = {"before": BEFORE, "last-year": LAST_YEAR}


def add(commands: Any) -> None:
    """Put the report commands beside the others."""
    report = commands.add_parser("report", help="figures with their definitions")
    kinds = report.add_subparsers(metavar="WHAT", required=True)
    outcomes = _scoped(kinds.add_parser("outcomes", help="every measure of the period"))
    outcomes.set_defaults(run=signed_in(_make), plan="outcomes")
    make = kinds.add_parser("make", help="a ready-made or saved report, by its name")
    make.add_argument("plan", help="its name, as `caseapp report list` tells it")
    _scoped(make).set_defaults(run=signed_in(_make))
    explain = kinds.add_parser("explain", help="every row behind one figure")
    explain.add_argument("measure", help="its id, as `caseapp report list --json` tells it")
    explain.add_argument(
        "--group-by", choices=tuple(GROUPS), default="", help="rows of one group alone: of which kind"
    )
    explain.add_argument("--group", default="", help="and which one")
    _scoped(explain, is_public=False).set_defaults(run=signed_in(_explain))
    listed = with_database(kinds.add_parser("list", help="the reports there are"))
    listed.set_defaults(run=signed_in(_list))


def add_extracts(kinds: Any) -> None:
    """Put the extracts beside the other exports."""
    plain = kinds.add_parser("deidentified", help="one row a person met, by the safe-harbor list")
    plain.add_argument("out", type=Path, help="the CSV file to write")
    _period(with_database(plain)).set_defaults(run=signed_in(_export_deidentified))
    hmis = kinds.add_parser("hmis", help="HUD HMIS CSV of people whose consent names HMIS")
    hmis.add_argument("folder", type=Path, help="a folder for its tables")
    hmis.add_argument("--recipient", default=RECIPIENT, help="whom the consent must name")
    hmis.add_argument("--version", default="2026", help="fiscal year of the format")
    _period(with_database(hmis)).set_defaults(run=signed_in(_export_hmis))
    referrals = kinds.add_parser("referrals", help="FHIR R4 of people whose consent names the recipient")
    referrals.add_argument("out", type=Path, help="the JSON file to write")
    referrals.add_argument("--recipient", required=True, help="whom the consent must name")
    _period(with_database(referrals)).set_defaults(run=signed_in(_export_referrals))


def _period(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "--from",
        dest="from_on",
        type=_day,
        default=date(1970, 1, 1),
        help="first day, 2026-05-01; else from the beginning",
    )
    parser.add_argument("--to", dest="to_on", type=_day, help="last day; else today")
    return parser


def _scoped(parser: argparse.ArgumentParser, *, is_public: bool = True) -> argparse.ArgumentParser:
    with_database(parser)
    parser.add_argument("--from", dest="from_on", type=_day, help="first day, 2026-05-01")
    parser.add_argument("--to", dest="to_on", type=_day, help="last day")
    parser.add_argument("--period", choices=NAMES, help="counted from today, for work on a schedule")
    parser.add_argument("--program", default="", help="of one program alone")
    parser.add_argument("--model", default="", help="of one kind of team alone")
    parser.add_argument(
        "--date-basis", choices=tuple(DATE_BASES), default="received", help="by which time a call counts"
    )
    parser.add_argument("--out", type=Path, required=True, help="{from} and {to} in it become the days")
    if is_public:
        parser.add_argument("--compare", action="append", choices=tuple(_COMPARED), help="may stand twice")
        parser.add_argument("--parted-by", choices=tuple(GROUPS), help="each figure by these groups too")
        parser.add_argument("--public", action="store_true", help="hide small counts")
    return parser


def _make(services: Services, options: argparse.Namespace) -> Outcome:
    form = _form(options.out, FORMS)
    plan, scope = services.reports.plan(name=options.plan), _scope(services, options)
    if options.compare:
        plan = replace(plan, compare=tuple(dict.fromkeys(_COMPARED[one] for one in options.compare)))
    if options.parted_by:
        plan = replace(plan, group_by=options.parted_by)
    if options.public:
        plan = plan.as_public()
    out = _named(options.out, scope)
    files.check_writable(out)
    report = services.reports.make(plan=plan, scope=scope, progress=show_progress)
    files.write_atomically(out, services.reports.write(report=report, form=form))
    facts = {"file": out.name, "measures": len(report.lines), "hidden": _hidden(report)}
    words = f"{len(report.lines)} figures, {facts['hidden']} counts hidden"
    return Outcome(facts, f"Wrote {out.name}: {words}.")


def _named(out: Path, scope: Scope) -> Path:
    """The file's name with the days of the report, so that a schedule writes a new file each time."""
    days = {"{from}": scope.from_on.isoformat(), "{to}": scope.to_on.isoformat()}
    name = out.name
    for place, day in days.items():
        name = name.replace(place, day)
    return out.with_name(name)


def _explain(services: Services, options: argparse.Namespace) -> Outcome:
    form = _form(options.out, ("csv", "json"))
    explanation = services.reports.explain(
        measure=options.measure,
        scope=_scope(services, options),
        group_by=options.group_by,
        group=options.group,
        progress=show_progress,
    )
    content = services.reports.write_rows(explanation=explanation, form=form)
    files.write_atomically(options.out, content)
    facts = {"file": options.out.name, **{state: explanation.count(state) for state in STATES}}
    words = ", ".join(f"{facts[state]} {state}" for state in STATES)
    return Outcome(facts, f"Wrote {options.out.name}: {words}.")


def _list(services: Services, _options: argparse.Namespace) -> Outcome:
    choices = services.reports.choices()
    facts = {"reports": [{"name": plan.name, "title": plan.title} for plan in choices.plans]}
    facts["measures"] = [{"id": one.id, "name": one.name} for one in choices.measures]
    return Outcome(facts, "\n".join(f"{plan.name}: {plan.title}" for plan in choices.plans))


def _export_deidentified(services: Services, options: argparse.Namespace) -> Outcome:
    scope = _all_or_some(services, options)
    rows = services.extracts.deidentified(out=options.out, scope=scope, progress=show_progress)
    return Outcome(
        {"file": options.out.name, "rows": rows}, f"Wrote {options.out.name}: {counted(rows, 'row')}."
    )


def _export_hmis(services: Services, options: argparse.Namespace) -> Outcome:
    scope = _all_or_some(services, options)
    done = services.extracts.hmis(
        folder=options.folder, scope=scope, recipient=options.recipient, version=options.version
    )
    facts = {"people": done.people, "rows": done.rows, "left_out": done.left_out}
    left = ", ".join(f"{count} {reason}" for reason, count in done.left_out.items())
    words = f"Wrote {counted(sum(done.rows.values()), 'row')} of {counted(done.people, 'person', 'people')}"
    return Outcome(facts, f"{words}. Left out: {left}.")


def _export_referrals(services: Services, options: argparse.Namespace) -> Outcome:
    done = services.extracts.referrals(scope=_all_or_some(services, options), recipient=options.recipient)
    files.write_atomically(options.out, done.content)
    facts = {"people": done.people, "referrals": done.referrals, "left_out": dict(done.left_out)}
    left = ", ".join(f"{count} {reason}" for reason, count in done.left_out.items())
    words = f"Wrote {counted(done.referrals, 'referral')} of {counted(done.people, 'person', 'people')}"
    return Outcome(facts, f"{words}. Left out: {left}.")


def _all_or_some(services: Services, options: argparse.Namespace) -> Scope:
    last = options.to_on or services.context.today()
    first = (
        max(options.from_on, last - timedelta(days=LONGEST_DAYS - 1))
        if not options.to_on
        else options.from_on
    )
    return Scope(first, last)


def _hidden(report: Report) -> int:
    """Figures and parts of figures that are not shown, of this period, those compared and the groups."""
    every = [seen for line in report.lines for seen in line.every]
    return sum(seen.is_hidden + sum(count is None for _name, count in seen.parts) for seen in every)


def _scope(services: Services, options: argparse.Namespace) -> Scope:
    days = (options.from_on, options.to_on)
    if options.period and days != (None, None):
        raise Usage(words="Name --period, or --from and --to, not both")
    if options.period:
        days = period_named(options.period, services.context.today())
    if None in days:
        raise Usage(words="Name the days with --from and --to, or a --period")
    return Scope(days[0], days[1], options.date_basis, options.program, options.model)


def _form(out: Path, known: tuple[str, ...]) -> str:
    form = out.suffix.lower().removeprefix(".")
    if form not in known:
        endings = ", ".join(f".{one}" for one in known)
        raise Usage(words=f"“{out.name}” needs one of the endings {endings}")
    return form


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a day such as 2026-05-01") from None
