"""Every measure a second time, from the exported tables alone: plain dictionaries, dates and loops.

Written from the definitions and not from the program, so that a wrong rule has to be wrong twice.
"""

import ast
import csv
import math
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from statistics import mean

ENGAGED_WORDS = {"engaged client"}
NOT_ENGAGED_WORDS = {"unable to locate", "refused", "cancelled", "other"}
DISPOSITIONS = {
    "remained in community": "community",
    "emergency department": "hospital",
    "arrest": "jail",
    "respite": "respite",
    "moon": "other",
    "": "",
}
PLACES = {"crisis-center", "sobering", "shelter", "respite"}
HOUSED = {"410", "411", "421", "435", "335", "336", "332"}
AWAY = {"204", "205", "206", "207", "225"}


def instant(text):
    return datetime.fromisoformat(text) if text else None


def day(text):
    return date.fromisoformat(text) if text else None


def table(file):
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


class SecondWay:
    def __init__(self, folder, zone, first, last, now):
        self.zone, self.first, self.last, self.now = zone, first, last, now
        self.start = datetime.combine(first, datetime.min.time(), zone)
        self.end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
        self.tables = {
            name: table(folder / f"{name}.csv")
            for name in (
                "call", "response", "unit", "encounter", "person", "person_code", "person_link", "living_situation",
                "contact", "contact_person", "referral", "referral_step", "service", "case_file",
                "case_assignment", "staff", "agency", "program", "follow_up", "responder", "cit_training",
            )
        }  # fmt: skip
        self.group = self.linked()
        self.result = {}
        self.load()
        for part in (self.calls_part, self.scene_part, self.follow_part, self.repeat_part, self.referral_part, self.people_part, self.case_part, self.cit_part):  # fmt: skip
            part()

    # what is read

    def linked(self):
        groups = {row["id"]: {row["id"]} for row in self.tables["person"]}
        for row in self.tables["person_link"]:
            if row["kind"] == "same" and not row["undone_at"]:
                joined = groups[row["left_id"]] | groups[row["right_id"]]
                for one in joined:
                    groups[one] = joined
        return {one: min(members) for one, members in groups.items()}

    def load(self):
        units = {row["id"]: row for row in self.tables["unit"]}
        responses = defaultdict(list)
        for row in sorted(self.tables["response"], key=lambda row: int(row["position"])):
            responses[row["call_id"]].append(row)
        encounters = defaultdict(list)
        for row in self.tables["encounter"]:
            encounters[row["call_id"]].append(row)
        follow = {
            r["encounter_id"]
            for r in self.tables["follow_up"] + self.tables["case_file"]
            if r["encounter_id"]
        }
        self.calls, self.met, self.all_met = [], [], []
        for call in self.tables["call"]:
            call["at"], until = instant(call["received_at"]), instant(call["received_until"])
            call["there"], call["gone"] = instant(call["on_scene_at"]), instant(call["cleared_at"])
            call["day_only"] = call["received_is_day"] == "true"
            call["undated"] = until is not None
            call["left"] = call["gone"] or call["there"] or call["at"]
            of = responses[call["id"]]
            call["models"] = list(dict.fromkeys(row["model"] for row in of))
            call["sent"] = any(
                row["role"] != "follow-up"
                and row["model"] not in ("police-only", "cit")
                and (row["unit_id"] not in units or units[row["unit_id"]]["is_ours"] == "true")
                for row in of
            )
            police = [
                row for row in of if row["role"] == "back-up" and row["model"] in ("police-only", "cit")
            ]
            call["asked"] = bool(police) or any(row["backup_asked_by"] for row in of)
            call["came"] = bool(police) or any(row["backup_arrived"] == "true" for row in of)
            subjects = [one for one in encounters[call["id"]] if one["part"] == "subject"]
            told = [self.scene(one["outcome"]) for one in subjects]
            written = call["end_point"].lower()
            if written:
                call["end"] = "engaged" if written in ENGAGED_WORDS else "not"
            elif any(told):
                call["end"] = "engaged" if any(one not in ("", "not-found") for one in told) else "not"
            else:
                call["end"] = ""
            call["ended"] = (
                next((one for one in told if one), "") or DISPOSITIONS[call["disposition"].lower()]
            )
            if call["undated"]:
                inside = self.start <= call["at"] and until < self.end
                call["whole"] = inside and not call["duplicate_of"]
                call["overlaps"] = call["at"] < self.end and until >= self.start
            else:
                inside = self.start <= call["at"] < self.end
                call["whole"], call["overlaps"] = inside and not call["duplicate_of"], inside
            if call["overlaps"]:
                self.calls.append(call)
            for one in encounters[call["id"]]:
                one["call"] = call
                one["who"] = self.group.get(one["person_id"], "")
                one["planned"] = one["id"] in follow
                one["offers"] = [answer for _what, answer in ast.literal_eval(one["offers"] or "[]")]
                one["outcome"] = self.scene(one["outcome"])
                if call["overlaps"] and call["whole"] and one["part"] == "subject":
                    self.met.append(one)
                back = self.start - timedelta(days=366)
                if (
                    one["part"] == "subject"
                    and one["who"]
                    and not call["duplicate_of"]
                    and back <= call["at"] <= self.now
                ):
                    self.all_met.append((one["who"], call["at"], call["id"]))
        self.good = [call for call in self.calls if call["whole"]]
        self.ours = [call for call in self.good if call["sent"]]
        self.contacts = defaultdict(list)
        kept = {
            row["id"]: row for row in self.tables["contact"] if self.start <= instant(row["at"]) <= self.now
        }
        for row in self.tables["contact_person"]:
            if row["contact_id"] in kept:
                self.contacts[self.group[row["person_id"]]].append(kept[row["contact_id"]])
        self.people()

    def scene(self, word):
        return "" if word in ("", "unknown") else word

    def people(self):
        self.who = defaultdict(lambda: defaultdict(list))
        for row in sorted(self.tables["person"], key=lambda row: row["id"]):
            one = self.who[self.group[row["id"]]]
            for name in ("gender", "veteran", "birth_on", "deceased_on"):
                one[name].append(row[name])
            codes = [c for c in sorted(self.tables["person_code"], key=lambda c: int(c["position"])) if c["person_id"] == row["id"]]  # fmt: skip
            one["races"].append(tuple(c["code"] for c in codes if c["list_name"] == "race_ethnicity"))
            one["language"].append(next((c["code"] for c in codes if c["list_name"] == "language"), ""))
            for place in self.tables["living_situation"]:
                if place["person_id"] == row["id"]:
                    one["living"].append((day(place["from_on"]) or date.min, int(place["position"]), place["code"], day(place["to_on"])))  # fmt: skip

    def first_filled(self, who, name):
        return next((value for value in self.who[who][name] if value), "")

    def living_on(self, who, on):
        places = sorted(self.who[who]["living"], key=lambda place: place[0])
        begun = [code for begin, _p, code, _end in places if begin <= on]
        return begun[-1] if begun else places[0][2] if places else ""

    # how it is written down

    def put(self, name, rows, value=None, parts=None, numerator=None, denominator=None, left=None):
        self.result[name] = {
            "value": value, "parts": parts, "numerator": numerator, "denominator": denominator, "left": left,
        }  # fmt: skip

    def share(self, name, rows, population):
        yes = sum(rows)
        self.put(
            name, rows, 100 * yes / len(rows) if rows else None, None, yes, len(rows), population - len(rows)
        )

    def count(self, name, rows, population):
        self.put(name, rows, float(sum(rows)), None, sum(rows), len(rows), population - len(rows))

    def parted(self, name, rows, population):
        self.put(
            name, rows, float(len(rows)), dict(Counter(rows)), len(rows), len(rows), population - len(rows)
        )

    def number(self, name, rows, population, at):
        ordered = sorted(rows)
        value = ordered[max(0, math.ceil(at * len(ordered)) - 1)] if ordered else None
        self.put(name, rows, value, None, len(rows), len(rows), population - len(rows))

    # the measures

    def calls_part(self):
        total = len(self.calls)
        self.count("dispatches", [True for _ in self.ours], total)
        screened = [call["eligible"] == "yes" for call in self.good if call["eligible"] in ("yes", "no")]
        self.count("eligible_calls", screened, total)
        self.share("eligibility_share", screened, total)
        eligible = [call for call in self.good if call["eligible"] == "yes"]
        self.share("response_share", [call["sent"] for call in eligible], len(eligible))
        mental = [call["sent"] for call in self.good if call["category"] in ("mental-health", "suicide")]
        self.share("mental_health_share", mental, total)
        missed = [call["not_served_reason"] or "not recorded" for call in eligible if not call["sent"]]
        self.parted("not_served_reasons", missed, len(eligible))
        local = [(call, call["at"].astimezone(self.zone)) for call in self.ours]
        n = len(self.ours)
        self.parted("calls_by_month", [f"{at:%Y-%m}" for call, at in local if not call["undated"]], n)
        self.parted("calls_by_hour", [f"{at:%H}:00" for call, at in local if not call["day_only"]], n)
        self.parted("calls_by_weekday", [f"{at:%A}" for call, at in local if not call["undated"]], n)
        self.parted(
            "calls_by_type", [call["type_text"] or call["type_initial_text"] for call in self.ours], n
        )
        self.parted("calls_by_model", [" + ".join(call["models"]) for call in self.ours], n)
        self.parted("calls_by_source", [call["source"] or "not recorded" for call in self.ours], n)
        self.parted(
            "calls_by_area", [call["city"] or call["district"] or "not recorded" for call in self.ours], n
        )
        self.share("records_end_point", [bool(call["end"]) for call in self.ours], n)
        self.share("records_outcome", [bool(call["ended"]) for call in self.ours], n)
        self.share("records_screened", [call["eligible"] in ("yes", "no") for call in self.calls], total)

    def scene_part(self):
        n, two_days = len(self.ours), timedelta(hours=48)
        waits = [
            (call["there"] - call["at"]) / timedelta(minutes=1)
            for call in self.ours
            if not call["day_only"]
            and call["there"]
            and timedelta(0) <= call["there"] - call["at"] <= two_days
        ]
        stays = [
            (call["gone"] - call["there"]) / timedelta(minutes=1)
            for call in self.ours
            if call["there"] and call["gone"] and timedelta(0) <= call["gone"] - call["there"] <= two_days
        ]
        for name, rows, at in (
            ("response_minutes_median", waits, 0.5), ("response_minutes_p90", waits, 0.9),
            ("on_scene_minutes_median", stays, 0.5), ("on_scene_minutes_p90", stays, 0.9),
        ):  # fmt: skip
            self.number(name, rows, n, at)
        self.put("response_minutes_mean", waits, mean(waits) if waits else None, None, len(waits), len(waits), n - len(waits))  # fmt: skip
        self.put("response_minutes_longest", waits, max(waits, default=None), None, len(waits), len(waits), n - len(waits))  # fmt: skip
        self.share("response_within_60", [wait <= 60 for wait in waits], n)
        self.share("records_times", [True] * len(waits) + [False] * (n - len(waits)), n)
        engaged = [call for call in self.ours if call["end"] == "engaged"]
        known = [call for call in self.ours if call["end"]]
        self.share("remained_in_community_engaged", [call["ended"] == "community" for call in engaged], n)
        self.share("remained_in_community_all", [call["ended"] == "community" for call in self.ours], n)
        self.share("engaged_share", [call["end"] == "engaged" for call in known], n)
        self.share("nobody_engaged_share", [call["end"] != "engaged" for call in known], n)
        self.share("transport_hospital", [call["ended"] == "hospital" for call in engaged], n)
        self.share("transport_community", [call["ended"] in PLACES for call in engaged], n)
        ended = [call for call in self.ours if call["ended"]]
        self.share("transport_hospital_all", [call["ended"] == "hospital" for call in ended], n)
        self.share("arrests", [call["ended"] == "jail" for call in ended], n)
        blind = [call for call in self.ours if call["models"] == ["unknown"]]
        self.share("police_backup", [c["asked"] for c in self.ours if c["asked"] or c not in blind], n)

        def police(call):
            return call["came"] or any(m.startswith(("police", "cit", "co-response")) for m in call["models"])

        known = [call for call in self.ours if police(call) or call not in blind]
        self.share("diversion_gross", [not police(call) for call in known], n)
        public = [c for c in self.good if c["source"] != "officer" and (not c["sent"] or police(c) or c not in blind)]  # fmt: skip
        self.share("diversion_net", [c["sent"] and not police(c) for c in public], len(self.calls))
        m = len(self.met)
        moved = [
            bool(one["transported_to"]) and one["is_voluntary"] == "false"
            for one in self.met
            if (one["outcome"] or one["transported_to"])
            and not (one["transported_to"] and not one["is_voluntary"])
        ]
        self.share("involuntary_transports", moved, m)
        self.share("offers_declined", [set(o["offers"]) == {"declined"} for o in self.met if o["offers"]], m)
        self.share("service_given", ["accepted" in one["offers"] for one in self.met if one["outcome"]], m)
        self.share(
            "injuries", [o["injuries"] != "none" for o in self.met if o["injuries"] in ("none", "person")], m
        )

    def due(self, window):
        for one in self.met:
            call = one["call"]
            wished = one["planned"] or one["follow_up_wished"] == "yes"
            if not one["who"] or not wished or call["left"] + window > self.now:
                continue
            first, last = self.utc_day(call["left"]), self.utc_day(call["left"] + window)
            died = [day(text) for text in self.who[one["who"]]["deceased_on"] if text][:1]
            if died and died[0] <= last:
                continue
            if any(c in AWAY and b <= first and (e is None or e >= last) for b, _p, c, e in self.who[one["who"]]["living"]):  # fmt: skip
                continue
            yield one, call["left"]

    def utc_day(self, at):
        return (at - at.utcoffset()).replace(tzinfo=None).date()

    def reached(self, contact):
        return contact["outcome"] in ("reached", "declined")

    def follow_part(self):
        m = len(self.met)
        for code, window in (("24h", 1), ("48h", 2), ("72h", 3), ("7d", 7), ("30d", 30)):
            span = timedelta(days=window)
            tries, meets = [], []
            for one, left in self.due(span):
                near = [c for c in self.contacts[one["who"]] if left < instant(c["at"]) <= left + span]
                tries.append(bool(near))
                meets.append(any(map(self.reached, near)))
            self.share(f"follow_up_attempt_{code}", tries, m)
            self.share(f"follow_up_contact_{code}", meets, m)
        waits = []
        for one, left in self.due(timedelta(0)):
            after = sorted(instant(c["at"]) for c in self.contacts[one["who"]] if self.reached(c) and instant(c["at"]) > left)  # fmt: skip
            end = after[0] if after else self.now
            waits.append(((end - left) / timedelta(hours=1), bool(after)))
        survival, value = 1.0, None
        for hours in sorted({hours for hours, _happened in waits}):
            risk = sum(other >= hours for other, _h in waits)
            events = sum(other == hours and happened for other, happened in waits)
            survival *= 1 - events / risk
            if events and survival <= 0.5 + 1e-12:
                value = hours
                break
        self.put("hours_to_contact_median", waits, value, None, sum(h for _w, h in waits), len(waits), m - len(waits))  # fmt: skip
        people = {one["who"] for one in self.met if one["who"]}
        tries = [len(self.contacts[who]) for who in people if any(map(self.reached, self.contacts[who]))]
        self.put("attempts_per_person_reached", tries, mean(tries) if tries else None, None, len(tries), len(tries), len(people) - len(tries))  # fmt: skip
        promised = [f for f in self.tables["follow_up"] if self.first <= day(f["due_on"]) <= self.last]
        kept, today = [], self.now.astimezone(self.zone).date()
        for f in promised:
            if f["status"] == "cancelled":
                continue
            until = [(day(f["latest_on"]), instant(f["latest_at"])), (day(f["due_on"]), instant(f["due_at"]))]
            over = [(at < self.now if at else on < today) if on or at else False for on, at in until]
            if f["status"] in ("done", "missed"):
                kept.append(f["status"])
            elif any(over):
                kept.append("missed" if over[0] else "overdue")
            else:
                kept.append("due today" if day(f["due_on"]) <= today else "to come")
        self.parted("follow_ups_due", kept, len(promised))
        made = {
            c["id"]: c for of in self.contacts.values() for c in of if instant(c["at"]) < self.end
        }.values()
        self.count("attempts_made", [True for _ in made], len(made))
        self.count("contacts_made", [self.reached(c) for c in made], len(made))
        self.count(
            "visits_made", [self.reached(c) and c["channel"] in ("visit", "office") for c in made], len(made)
        )
        told = [int(c["minutes"]) >= 15 for c in made if self.reached(c) and c["minutes"]]
        self.count("substantive_meetings", told, len(made))

    def again(self, one, days):
        left = one["call"]["left"]
        return any(
            who == one["who"] and call != one["call"]["id"] and left < at <= left + timedelta(days=days)
            for who, at, call in self.all_met
        )

    def repeat_part(self):
        by_person = defaultdict(list)
        for one in sorted((one for one in self.met if one["who"]), key=lambda one: one["call"]["at"]):
            by_person[one["who"]].append(one)
        self.by_person = by_person
        for days in (7, 30, 90):
            late = self.now - timedelta(days=days)
            over = [one for one in self.met if one["who"] and one["call"]["left"] <= late]
            self.share(f"repeat_contact_{days}d", [self.again(one, days) for one in over], len(self.met))
            firsts = [of[0] for of in by_person.values() if of[0]["call"]["left"] <= late]
            self.share(
                f"repeat_contact_people_{days}d", [self.again(one, days) for one in firsts], len(by_person)
            )
        counts = sorted((len({one["call"]["id"] for one in of}) for of in by_person.values()), reverse=True)
        value = mean(counts) if counts else None
        self.put("responses_per_person", counts, value, None, len(counts), len(counts), 0)
        least = int(self.tables["agency"][0]["repeat_threshold"])
        self.share("people_in_repeat_contact", [count >= least for count in counts], len(counts))
        for name, part in (("top_1_percent", 0.01), ("top_10_percent", 0.1)):
            top = sum(counts[: math.ceil(part * len(counts))])
            self.put(name, counts, 100 * top / sum(counts) if counts else None, None, top, sum(counts), 0)
        self.cases()
        oldest = min((instant(row["received_at"]) for row in self.tables["call"]), default=self.now)
        calls = {row["id"]: row for row in self.tables["encounter"]}
        for days in (90, 180, 365):
            span, before, after, n = timedelta(days=days), 0, 0, 0
            for case in self.opened:
                at = datetime.combine(case["from"], datetime.min.time(), self.zone)
                at = at.astimezone(oldest.tzinfo)
                died = [day(text) for text in self.who[case["who"]]["deceased_on"] if text][:1]
                if at - span < oldest or at + span > self.now or (died and died[0] <= case["from"] + span):
                    continue
                index = calls[case["encounter_id"]]["call_id"] if case["encounter_id"] else ""
                mine = {
                    (at_, call) for who, at_, call in self.all_met if who == case["who"] and call != index
                }
                before += sum(at - span <= when < at for when, _call in mine)
                after += sum(at < when <= at + span for when, _call in mine)
                n += 1
            value = 100 * (after - before) / before if before else None
            self.put(f"calls_before_after_{days}d", [], value, None, after, before, len(self.opened) - n)

    def referral_part(self):
        steps = defaultdict(list)
        for row in sorted(self.tables["referral_step"], key=lambda row: int(row["position"])):
            steps[row["referral_id"]].append(row)
        kinds = {
            row["id"]: ast.literal_eval(row["lists"])["service_category"][0] for row in self.tables["service"]
        }
        all_of = []
        for row in self.tables["referral"]:
            one = {
                "who": self.group[row["person_id"]],
                "kind": kinds.get(row["service_id"], ""),
                "need": row["need"],
            }
            for step in steps[row["id"]]:
                one.setdefault(step["step"], day(step["on"]))
            one["steps"] = steps[row["id"]]
            answers = ("agency-accepted", "agency-waitlisted", "agency-declined", "appointment", "attended")
            one["answer"] = min((one[name] for name in answers if name in one), default=None)
            yes = ("agency-accepted", "appointment", "attended")
            one["yes"] = min((one[name] for name in yes if name in one), default=None)
            all_of.append(one)
        today = self.now.astimezone(self.zone).date()
        offered = [one for one in all_of if self.first <= one["offered"] <= self.last]
        sent = [one for one in all_of if "sent" in one and self.first <= one["sent"] <= self.last]
        self.count("referrals_made", [True for _ in offered], len(offered))
        self.share("referrals_sent_share", ["sent" in one for one in offered], len(offered))
        self.parted(
            "referrals_by_category", [one["kind"] or "no kind recorded" for one in offered], len(offered)
        )
        for name, step in (("sent", "sent"), ("appointment", "appointment"), ("attended", "attended"), ("engaged", "engaged-30-days")):  # fmt: skip
            self.count(f"referrals_{name}", [step in one for one in sent], len(sent))
        self.count("referrals_answered", [one["answer"] is not None for one in sent], len(sent))

        def within(one, on, days):
            return on is not None and on <= one["sent"] + timedelta(days=days)

        for name, key, days in (
            ("referrals_answered_72h", "answer", 3),
            ("referrals_connected_30d", "attended", 30),
        ):
            over = [one for one in sent if one["sent"] + timedelta(days=days) <= today]
            self.share(name, [within(one, one.get(key), days) for one in over], len(sent))
        decided = [one["yes"] is not None for one in sent if one["yes"] or "agency-declined" in one]
        self.share("referrals_accepted", decided, len(sent))
        came = [one for one in sent if "attended" in one and one["attended"] + timedelta(days=30) <= today]
        self.share(
            "referrals_engaged_30d", ["engaged-30-days" in o or "completed" in o for o in came], len(sent)
        )
        over = ("completed", "closed", "agency-declined")
        self.share("referrals_loop_closed", [any(name in one for name in over) for one in sent], len(sent))
        still = [one for one in sent if "completed" not in one and "closed" not in one]
        heard = ("sent", "appointment", "attended")
        silent = [
            (today - max([one[n] for n in heard if n in one] + [one["answer"] or one["sent"]])).days > 14
            for one in still
        ]
        self.share("referrals_unknown", silent, len(sent))
        waits = [float((one["answer"] - one["sent"]).days) for one in sent if one["answer"]]
        self.number("referral_days_to_answer_median", waits, len(sent), 0.5)
        self.parted("referral_outcomes", [self.stand(one) for one in sent], len(sent))
        care = {"treatment", "detox", "mental-health"}
        asked = [one for one in sent if one["kind"] in care or one["need"] in care]
        self.share("treatment_connected", ["attended" in one for one in asked], len(sent))
        people = list(self.by_person)
        referred = {one["who"] for one in all_of if one["offered"] >= self.first}
        connected = {one["who"] for one in all_of if one.get("attended", date.min) >= self.first}
        self.share("people_referred", [who in referred for who in people], len(people))
        self.share("people_connected", [who in connected for who in people], len(people))

    def stand(self, one):
        for name, words in (("completed", "completed"), ("engaged-30-days", "engaged at 30 days"), ("attended", "attended")):  # fmt: skip
            if name in one:
                return words
        if "closed" in one:
            return f"closed by {[s['ended_by'] for s in one['steps'] if s['ended_by']][-1]}"
        if "agency-declined" in one and not one["yes"]:
            return "declined by agency"
        for name, words in (("appointment", "appointment"), ("agency-accepted", "accepted"), ("agency-waitlisted", "waiting list")):  # fmt: skip
            if name in one:
                return words
        return "no answer"

    def people_part(self):
        people, n = list(self.by_person), len(self.by_person)
        self.count("people_served", [True for _ in people], n)
        self.share("people_identified", [bool(one["who"]) for one in self.met], len(self.met))
        earliest = {}
        for who, at, _call in self.all_met:
            earliest[who] = min(at, earliest.get(who, at))
        new = [
            "returning" if earliest[who] < self.by_person[who][0]["call"]["at"] else "new" for who in people
        ]
        self.parted("people_new", new, n)
        self.parted("people_by_age", [self.band(who) for who in people], n)
        for name in ("gender", "veteran", "language"):
            told = [self.first_filled(who, name) or "not recorded" for who in people]
            self.parted(f"people_by_{name}", told, n)
        races = [self.first_filled(who, "races") or ("not recorded",) for who in people]
        self.parted("people_by_race", [one[0] if len(one) == 1 else "several" for one in races], n)
        words = {"": "not recorded", "116": "homeless or in a shelter", "410": "housed", "207": "in an institution", "9": "declined", "302": "temporary or other"}  # fmt: skip
        self.parted("people_by_living", [words[self.living_on(who, self.first)] for who in people], n)
        full = [
            bool(
                self.first_filled(w, "birth_on")
                and self.first_filled(w, "gender")
                and self.first_filled(w, "races")
            )
            for w in people
        ]
        self.share("records_described", full, n)

    def band(self, who):
        born = day(self.first_filled(who, "birth_on"))
        if born is None:
            return "not recorded"
        age = self.last.year - born.year - ((self.last.month, self.last.day) < (born.month, born.day))
        limits = ((18, "under 18"), (25, "18 to 24"), (35, "25 to 34"), (45, "35 to 44"), (55, "45 to 54"), (65, "55 to 64"))  # fmt: skip
        return next((words for limit, words in limits if age < limit), "65 and over")

    def cases(self):
        today = self.now.astimezone(self.zone).date()
        self.every_case = []
        for row in self.tables["case_file"]:
            case = {**row, "who": self.group[row["person_id"]], "from": day(row["opened_on"]), "to": day(row["closed_on"])}  # fmt: skip
            if case["from"] <= today:
                self.every_case.append(case)
        self.opened = [case for case in self.every_case if self.first <= case["from"] <= self.last]

    def case_part(self):
        closed = [c for c in self.every_case if c["to"] and self.first <= c["to"] <= self.last]
        still = [
            c for c in self.every_case if c["from"] <= self.last and (not c["to"] or c["to"] > self.last)
        ]
        for name, rows in (("cases_enrolled", still), ("cases_new", self.opened), ("cases_exited", closed)):
            self.count(name, [True for _ in rows], len(rows))
        self.parted(
            "cases_by_door", [c["opened_from"] or "not recorded" for c in self.opened], len(self.opened)
        )
        self.parted(
            "cases_by_close_reason", [c["close_reason"] or "not recorded" for c in closed], len(closed)
        )
        self.parted("cases_by_outcome", [c["outcome"] or "not recorded" for c in closed], len(closed))
        self.number("case_days_median", [float((c["to"] - c["from"]).days) for c in closed], len(closed), 0.5)
        met_on = {one["id"]: one["call_id"] for one in self.tables["encounter"]}
        received = {call["id"]: instant(call["received_at"]) for call in self.tables["call"]}
        late = [
            0 <= (c["from"] - self.utc_day(received[met_on[c["encounter_id"]]])).days <= 14
            for c in self.opened
            if c["encounter_id"]
        ]
        self.share("intake_on_time", late, len(self.opened))
        moved = []
        for case in still:
            if self.who[case["who"]]["living"] and self.living_on(case["who"], case["from"]) not in HOUSED:
                moved.append(self.living_on(case["who"], self.last) in HOUSED)
        self.share("housed_since_intake", moved, len(still))
        planned = [row for row in self.tables["follow_up"] if row["status"] == "planned"]
        of_case = {row["case_id"] for row in planned if row["case_id"]}
        of_person = {row["person_id"] for row in planned if not row["case_id"]}
        steps = [case["id"] in of_case or case["person_id"] in of_person for case in still]
        self.share("cases_with_next_step", steps, len(still))
        quiet = []
        for case in still:
            begun = datetime.combine(case["from"], datetime.min.time(), self.zone)
            met = [instant(c["at"]) for c in self.contacts[case["who"]] if self.reached(c) and instant(c["at"]) < self.end]  # fmt: skip
            quiet.append(self.end.astimezone(self.now.tzinfo) - max([begun.astimezone(self.now.tzinfo), *met]) > timedelta(days=30))  # fmt: skip
        self.share("cases_quiet", quiet, len(still))
        names = {row["id"]: row["name"] for row in self.tables["staff"]}
        workers = {}
        for row in sorted(self.tables["case_assignment"], key=lambda row: row["from_on"]):
            if row["is_primary"] == "true":
                workers[row["case_id"]] = names[row["staff_id"]]
        self.parted("cases_by_worker", [workers.get(case["id"], "nobody") for case in still], len(still))

    def cit_part(self):
        courses = defaultdict(list)
        for row in self.tables["cit_training"]:
            courses[row["responder_id"]].append(day(row["on"]))
        officers = [row for row in self.tables["responder"] if row["discipline"] == "officer"]
        trained = [row for row in officers if courses[row["id"]] and min(courses[row["id"]]) <= self.last]
        self.share("cit_officers_share", [row in trained for row in officers], len(officers))
        self.parted("cit_officers_by_agency", [row["agency"] for row in trained], len(officers))
        police = [call for call in self.good if {"cit", "police-only"} & set(call["models"])]
        self.share("cit_calls_share", ["cit" in call["models"] for call in police], len(self.calls))
