"""A year's report beside the same aggregates as hand-written SQL, on one big file, in one run.

    python -m tests.benchmarks.reports [--people N] [--calls N] [--contacts N] [--json OUT]

Budget: the report takes at most twice as long as the SQL.
"""

import argparse
import json
import platform
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import median

from caseapp.domain.measures.catalogue import chosen
from caseapp.domain.measures.scope import Scope
from caseapp.domain.reports import Plan
from caseapp.services import session
from caseapp.services.context import utc_now
from caseapp.services.desk import build_services
from caseapp.system import keys
from db.demo import bulk, bulk_calls
from db.demo.agency import MAKER, PASSWORD

BUDGET = 2.0
MEASURES = (
    "dispatches",
    "remained_in_community_all",
    "remained_in_community_engaged",
    "response_minutes_median",
    "response_minutes_p90",
    "follow_up_attempt_72h",
    "follow_up_contact_72h",
    "repeat_contact_30d",
    "calls_by_month",
    "attempts_made",
    "contacts_made",
)
DAY = 86_400_000_000
SENT = """EXISTS (SELECT 1 FROM response r WHERE r.call_id = c.id AND r.model NOT IN ('police-only', 'cit')
 AND r.role <> 'follow-up')"""
IN_PERIOD = "c.received_at >= :start AND c.received_at < :end AND c.duplicate_of = ''"
DUE = f"""FROM encounter e JOIN call c ON c.id = e.call_id WHERE {IN_PERIOD} AND e.part = 'subject'
 AND e.person_id IS NOT NULL AND e.follow_up_wished = 'yes' AND c.cleared_at + 3 * {DAY} <= :now"""
UTC_DAY = "date({} / 1000000, 'unixepoch')"
LAST = UTC_DAY.format(f"(c.cleared_at + 3 * {DAY})")
DUE += f""" AND NOT EXISTS (SELECT 1 FROM person q WHERE q.id = e.person_id AND q.deceased_on <= {LAST})
 AND NOT EXISTS (SELECT 1 FROM living_situation l WHERE l.person_id = e.person_id
 AND l.code IN ('204', '205', '206', '207', '225')
 AND coalesce(l.from_on, '0001-01-01') <= {UTC_DAY.format("c.cleared_at")} AND coalesce(l.to_on, '9999') >= {LAST})"""
CONTACT = """SELECT 1 FROM contact_person p JOIN contact t ON t.id = p.contact_id WHERE p.person_id = e.person_id
 AND t.at > c.cleared_at AND t.at <= c.cleared_at + 3 * {DAY}""".replace("{DAY}", str(DAY))
MINUTES = f"""SELECT (c.on_scene_at - c.received_at) / 60000000.0 AS m FROM call c WHERE {IN_PERIOD} AND {SENT}
 AND c.on_scene_at >= c.received_at AND NOT c.received_is_day ORDER BY m"""
SQL = {
    "dispatches": f"SELECT count(*) FROM call c WHERE {IN_PERIOD} AND {SENT}",
    "remained_in_community_all": f"SELECT count(*) FROM call c WHERE {IN_PERIOD} AND {SENT} AND lower(c.disposition) = 'remained in community'",
    "remained_in_community_engaged": f"SELECT count(*) FROM call c WHERE {IN_PERIOD} AND {SENT} AND lower(c.end_point) = 'engaged client' AND lower(c.disposition) = 'remained in community'",
    "response_minutes_median": f"SELECT m FROM ({MINUTES}) LIMIT 1 OFFSET (SELECT (count(*) + 1) / 2 - 1 FROM ({MINUTES}))",
    "response_minutes_p90": f"SELECT m FROM ({MINUTES}) LIMIT 1 OFFSET (SELECT (count(*) * 9 + 9) / 10 - 1 FROM ({MINUTES}))",
    "follow_up_attempt_72h": f"SELECT count(*) {DUE} AND EXISTS ({CONTACT})",
    "follow_up_contact_72h": f"SELECT count(*) {DUE} AND EXISTS ({CONTACT} AND t.outcome IN ('reached', 'declined'))",
    "repeat_contact_30d": f"""SELECT count(*) FROM encounter e JOIN call c ON c.id = e.call_id WHERE {IN_PERIOD} AND e.part = 'subject'
 AND e.person_id IS NOT NULL AND c.cleared_at + 30 * {DAY} <= :now AND EXISTS (SELECT 1 FROM encounter o JOIN call d ON d.id = o.call_id
 WHERE o.person_id = e.person_id AND o.part = 'subject' AND d.id <> c.id AND d.received_at > c.cleared_at AND d.received_at <= c.cleared_at + 30 * {DAY})""",
    "calls_by_month": f"SELECT max(n) FROM (SELECT count(*) AS n FROM call c WHERE {IN_PERIOD} AND {SENT} GROUP BY strftime('%Y-%m', c.received_at / 1000000, 'unixepoch'))",
    "attempts_made": "SELECT count(*) FROM contact t WHERE t.at >= :start AND t.at < :end",
    "contacts_made": "SELECT count(*) FROM contact t WHERE t.at >= :start AND t.at < :end AND t.outcome IN ('reached', 'declined')",
}
"""Each measure as somebody at home in SQL would write it; the counts are compared with the report's."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, count in (("people", 100_000), ("calls", 500_000), ("contacts", 1_000_000), ("rounds", 3)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--file", type=Path, help="keep the big file here and use it again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "big.caseapp"
        if not path.exists():
            bulk.make(path, people=options.people, now=utc_now())
            fill(path, options)
        result = measure(path, options)
    print(json.dumps(result, indent=1))  # noqa: T201
    if options.json:
        options.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


def fill(path: Path, options: argparse.Namespace) -> None:
    opened = session.sign_in(path, login=MAKER[0], password=PASSWORD, cost=keys.LOWEST_COST)
    bulk_calls.add_year(opened.context, calls=options.calls, contacts=options.contacts)
    opened.close()


def measure(path: Path, options: argparse.Namespace) -> dict[str, object]:
    opened = session.sign_in(path, login=MAKER[0], password=PASSWORD, cost=keys.LOWEST_COST)
    services, today = build_services(opened), opened.context.today()
    scope = Scope(today - timedelta(days=364), today)
    plan = Plan("bench", "Bench", MEASURES)
    floors, ours = [], []
    for _round in range(options.rounds):
        started = time.perf_counter()
        expected = by_sql(services, scope)
        floors.append(time.perf_counter() - started)
        started = time.perf_counter()
        report = services.reports.make(plan=plan, scope=scope)
        ours.append(time.perf_counter() - started)
    differ = [one.id for one in chosen(MEASURES) if not agrees(report.line(one.id).now, expected[one.id])]
    opened.close()
    ratio = median(ours) / median(floors)
    return {
        "machine": {"python": platform.python_version(), "system": platform.system()},
        "people": options.people,
        "calls": options.calls,
        "contacts": options.contacts,
        "floor_p50_ms": round(median(floors) * 1000),
        "p50_ms": round(median(ours) * 1000),
        "ratio": round(ratio, 2),
        "budget": BUDGET,
        "holds": ratio <= BUDGET,
        "differ": differ,
    }


def by_sql(services, scope: Scope) -> dict[str, float]:
    from datetime import datetime
    from datetime import time as clock

    from caseapp.store.tables.base import microseconds

    zone = services.context.zone
    bounds = {
        "start": microseconds(datetime.combine(scope.from_on, clock(0), zone)),
        "end": microseconds(datetime.combine(scope.to_on + timedelta(days=1), clock(0), zone)),
        "now": microseconds(services.context.now()),
    }
    with services.context.database.engine.connect() as connection:
        found = {}
        for name, query in SQL.items():
            found[name] = connection.exec_driver_sql(query, bounds).scalar()
        return found


def agrees(shown, expected: float) -> bool:
    """The month's count is in UTC there and in the agency's zone here, so that only its size is compared."""
    if shown.parts:
        return abs(max(count for _name, count in shown.parts) - expected) <= 0.02 * expected
    value = (
        shown.value
        if shown.numerator == shown.denominator and shown.value != shown.numerator
        else shown.numerator
    )
    return abs(value - expected) <= 0.001 * max(1.0, abs(expected))


if __name__ == "__main__":
    main()
