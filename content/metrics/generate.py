#!/usr/bin/env python3
"""Writes the metric exports of the example book.

Every export is invented. Each imitates the shape that one kind of tool writes: a monitoring panel, an incident
tracker, a billing statement, a spreadsheet, a survey, a log with one row for each event.

Run it from anywhere; it needs only Python's standard library. The same script gives the same bytes:

    python3 metrics/generate.py
"""

import random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from statistics import median

SEED = "marrowfield-2026"
HERE = Path(__file__).resolve().parent
FIRST = date(2025, 10, 1)
LAST = date(2026, 11, 19)
ENDS = [date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 11, 20)]
NAMES = ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]


# ---- time -----------------------------------------------------------------------------------------------------

def days(first=FIRST, last=LAST):
    """Returns every day from `first` to `last`, both included."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def sundays():
    """Returns the last day of every full week."""
    return [d for d in days() if d.weekday() == 6]


def month_ends():
    """Returns the last day of every month that has ended."""
    return [d for d in days() if (d + timedelta(1)).day == 1]


def quarter_days(index):
    """Returns the days of quarter `index` that the exports cover."""
    first = FIRST if index == 0 else ENDS[index - 1] + timedelta(1)
    return days(first, min(ENDS[index], LAST))


# ---- shapes ---------------------------------------------------------------------------------------------------

# Where in a quarter a change takes place when it is made in the first weeks and then holds.
EARLY = (0.04, 0.36)


def curve(day, start, anchors, ramp, early=()):
    """Returns the trend on `day`.

    Each quarter moves from one anchor to the next, between the `ramp` fractions of its length; quarters whose
    index stands in `early` do so in their first weeks.
    """
    previous, since = start, FIRST
    for index, (end, anchor) in enumerate(zip(ENDS, anchors)):
        if day <= end:
            low, high = EARLY if index in early else ramp
            share = (day - since).days / max(1, (end - since).days)
            share = min(1.0, max(0.0, (share - low) / (high - low)))
            return previous + (anchor - previous) * share * share * (3 - 2 * share)
        previous, since = anchor, end + timedelta(1)
    return previous


def noise(name, count, spread, memory=0.35):
    """Returns `count` values around zero that remember a little of the one before."""
    rng = random.Random(f"{SEED}-{name}")
    values, last = [], 0.0
    for _ in range(count):
        last = memory * last + (1 - memory * memory) ** 0.5 * rng.gauss(0, spread)
        values.append(last)
    return values


def fitted(name, dates, wanted, spread, ramp=(0.08, 0.74), start=None, weights=None, window=28, middle="mean", memory=0.35, early=()):
    """Returns a series for `dates` whose value over the last `window` days of each quarter is the `wanted` one.

    `spread` is relative to the trend; `weights` make the value a weighted mean, as in a ratio.
    """
    start = wanted[0] if start is None else start
    wobble = noise(name, len(dates), spread, memory)
    weights = weights or [1.0] * len(dates)
    anchors = list(wanted)
    values = []
    for _ in range(60):
        values = [curve(d, start, anchors, ramp, early) * (1 + w) for d, w in zip(dates, wobble)]
        for index, end in enumerate(ENDS):
            inside = [i for i, d in enumerate(dates) if end - timedelta(window) < d <= end]
            if not inside:
                continue
            if middle == "median":
                now = median(values[i] for i in inside)
            else:
                now = sum(values[i] * weights[i] for i in inside) / sum(weights[i] for i in inside)
            anchors[index] += 0.7 * (wanted[index] - now)
    return values


def volumes(name, dates, start, end, spread=0.04, week=(0.94, 0.9, 0.95, 1.02, 1.16, 1.1, 0.93)):
    """Returns whole numbers that grow from `start` to `end`, with a weekly rhythm when the dates are days."""
    wobble = noise(name + "-volume", len(dates), spread)
    daily = len(dates) > 200
    span = max(1, len(dates) - 1)
    return [
        round((start + (end - start) * i / span) * (1 + w) * (week[d.weekday()] if daily else 1))
        for i, (d, w) in enumerate(zip(dates, wobble))
    ]


# ---- writing --------------------------------------------------------------------------------------------------

def write(name, lines, newline="\n", bom=False):
    """Writes one export."""
    text = newline.join(lines) + newline
    (HERE / name).write_bytes((b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8"))


def money(value):
    return f'"${value:,.2f}"'


def offset(day):
    """Returns London's offset on `day`."""
    summer = date(2026, 3, 29) <= day < date(2026, 10, 25) or day < date(2025, 10, 26)
    return "+01:00" if summer else "+00:00"


# ---- the business ---------------------------------------------------------------------------------------------

def churn():
    """Subscription system: one row a week, percentages as text."""
    dates = sundays()
    values = fitted("churn", dates, [4.58, 4.51, 4.08, 3.60, 3.34], 0.018, early=(2, 3))
    write("churn.csv", ["week_ending,households,left,monthly_churn"] + [
        f"{d},{n},{round(n * v / 100)},{v:.2f}%"
        for d, v, n in zip(dates, values, volumes("churn", dates, 117400, 128900, 0.002))
    ])


def analytics():
    """Web analytics: comment lines first, then a table, with thousands separators in quotes."""
    dates = days()
    sessions = volumes("sessions", dates, 482000, 508000, 0.03)
    rate = fitted("conversion", dates, [2.80, 2.81, 2.79, 3.12, 3.29], 0.022, weights=sessions, memory=0.2, early=(3,))
    lines = ["# ----------------------------------------", "# Shop: All traffic", "# Purchase funnel",
             f"# {FIRST.strftime('%Y%m%d')}-{LAST.strftime('%Y%m%d')}", "# ----------------------------------------", "",
             "Date,Sessions,Purchases"]
    lines += [f'{d},"{s:,}","{round(s * r / 100):,}"' for d, s, r in zip(dates, sessions, rate)]
    write("web-analytics.csv", lines)


def margin():
    """Finance's spreadsheet: byte order mark, semicolons, decimal comma, CRLF."""
    dates = month_ends()
    wanted = [3.12, 3.09, 3.11, 3.07, 3.10, 3.08, 3.13, 3.21, 3.27, 3.33, 3.41, 3.46, 3.53]
    orders = volumes("orders", dates, 417000, 492000, 0.012)
    lines = ["Month end;Orders;Contribution;Margin per order"]
    for d, m, n in zip(dates, wanted, orders):
        contribution = f"{m * n:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
        lines.append(f"{d};{n};{contribution};{m:.2f}".replace(f";{m:.2f}", f";{m:.2f}".replace(".", ",")))
    write("finance-margin.csv", lines, newline="\r\n", bom=True)


def helpdesk():
    """Help desk: contacts by week, and the orders of that week."""
    dates = sundays()
    orders = volumes("helpdesk", dates, 96300, 113800, 0.015)
    rate = fitted("contacts", dates, [9.10, 9.02, 7.90, 6.90, 6.25], 0.02, weights=orders, early=(2, 3))
    write("helpdesk-contacts.csv", ["week_ending,orders,contacts"] + [
        f"{d},{n},{round(n * r / 100)}" for d, n, r in zip(dates, orders, rate)])


def survey():
    """Survey tool: one row a month, five columns that add up."""
    dates = month_ends()
    wanted = [30, 31, 30, 29, 31, 31, 33, 33, 34, 34, 36, 37, 38]
    rng = random.Random(f"{SEED}-survey")
    lines = ["Period end,Responses,Promoters %,Passives %,Detractors %,NPS"]
    for d, n in zip(dates, wanted):
        detractors = rng.randint(17, 21)
        promoters = detractors + n
        lines.append(f"{d},{rng.randint(2280, 2740)},{promoters},{100 - promoters - detractors},{detractors},{n}")
    write("nps-survey.csv", lines)


# ---- platform -------------------------------------------------------------------------------------------------

def spread_over(rng, candidates, count):
    """Returns `count` different days in order."""
    return sorted(rng.sample(candidates, count))


def incidents():
    """Incident tracker: one row for each incident, newest first."""
    rng = random.Random(f"{SEED}-incidents")
    recover = [119.0, 121.0, 82.0, 43.0, 41.0]
    p1 = [8, 8, 4, 3, 1]
    p2 = [17, 18, 15, 12, 6]
    low = [20, 21, 24, 22, 12]
    services = ["basket", "payments", "slots", "search", "picking", "accounts"]
    rows = []
    for index in range(5):
        chosen = ["P1"] * p1[index] + ["P2"] * p2[index] + ["P3"] * low[index]
        rng.shuffle(chosen)
        when = spread_over(rng, quarter_days(index)[2:-1], len(chosen) - 1) + [quarter_days(index)[-2]]
        when.sort()
        if index == 4:
            chosen.remove("P1")
            chosen[10] = "P1"
            chosen.append("P3")
        serious = [i for i, s in enumerate(chosen) if s != "P3"]
        raw = {i: rng.uniform(0.45, 1.8) * (1.15 if chosen[i] == "P1" else 1) for i in serious}
        scale = recover[index] * len(raw) / sum(raw.values())
        minutes = {i: max(6, round(v * scale)) for i, v in raw.items()}
        minutes[serious[-1]] += round(recover[index] * len(raw)) - sum(minutes.values())
        for i, (day, severity) in enumerate(zip(when, chosen)):
            stamp = datetime(day.year, day.month, day.day, rng.randint(6, 22), rng.randint(0, 59), tzinfo=timezone.utc)
            took = minutes.get(i, rng.randint(30, 900))
            rows.append((stamp, severity, rng.choice(services), took))
    rows.sort()
    lines = ["Incident,Severity,Service,Opened at,Minutes to recover"]
    numbered = [(f"INC-{1180 + n}", *row) for n, row in enumerate(rows)]
    for key, stamp, severity, service, took in reversed(numbered):
        lines.append(f"{key},{severity},{service},{stamp.strftime('%Y-%m-%dT%H:%M:%SZ')},{took}")
    write("incidents.csv", lines)


def payments():
    """Payment gateway: attempts by day and how they ended."""
    dates = days()
    attempts = volumes("payments", dates, 14300, 16900, 0.03)
    failed = fitted("failed", dates, [6.05, 5.98, 3.16, 2.78, 2.44], 0.03, weights=attempts)
    declined = fitted("declined", dates, [3.05, 3.00, 2.24, 2.10, 1.82], 0.025, weights=attempts)
    errors = fitted("errors", dates, [1.82, 1.79, 0.74, 0.50, 0.42], 0.035, weights=attempts)
    wallet = fitted("wallet", dates, [12.1, 12.6, 13.4, 15.0, 15.7], 0.02, weights=attempts)
    lines = ["day,attempts,succeeded,declined,errored,wallet"]
    for i, d in enumerate(dates):
        n = attempts[i]
        no, broken = round(n * declined[i] / 100), round(n * errors[i] / 100)
        lost = max(round(n * failed[i] / 100), no + broken)
        lines.append(f"{d},{n},{n - lost},{no},{broken},{round(n * wallet[i] / 100)}")
    write("payment-gateway.csv", lines)


def probes():
    """External monitoring: checks made from outside in a day, and how many got an answer in time."""
    rng = random.Random(f"{SEED}-probes")
    wanted = [99.69, 99.71, 99.70, 99.87, 99.90]
    lines = ["date,checks,ok"]
    for index in range(5):
        inside = quarter_days(index)
        raw = [rng.expovariate(1) if rng.random() < 0.55 else 0.0 for _ in inside]
        for bad in rng.sample(range(len(inside)), 3):
            raw[bad] += 9
        lost = (100 - wanted[index]) / 100 * 17280 * len(inside)
        scale = lost / sum(raw)
        for d, r in zip(inside, raw):
            lines.append(f"{d},17280,{17280 - round(r * scale)}")
    write("external-probes.csv", lines)


def autoscaler():
    """Autoscaler log: one row for each traffic spike, with the seconds until capacity was there."""
    rng = random.Random(f"{SEED}-autoscaler")
    inside = [8, 9, 25, 31, 20]
    events = [38, 40, 40, 41, 22]
    lines = ["spike_at,group,seconds"]
    for index in range(5):
        when = spread_over(rng, quarter_days(index)[:-2], events[index] - 1) + [quarter_days(index)[-2]]
        order = list(range(len(when)))
        # Good responses become likelier towards the quarter's end.
        order.sort(key=lambda i: i / len(when) + rng.uniform(-0.45, 0.45))
        good = set(order[-inside[index]:])
        for i, day in enumerate(when):
            seconds = rng.randint(31, 56) if i in good else rng.randint(66, 190)
            hour = rng.choice([7, 12, 17, 18, 19, 20])
            lines.append(f"{day} {hour:02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d},{rng.choice(['web', 'slots', 'search'])},{seconds}")
    write("autoscaler.csv", lines)


def billing():
    """Cloud statement: a column for each service, quoted dollars. Settlement report: transactions by month."""
    dates = month_ends()
    spend = [0.156, 0.157, 0.155, 0.154, 0.156, 0.155, 0.147, 0.134, 0.125, 0.123, 0.121, 0.120, 0.099]
    counts = volumes("transactions", dates, 1418000, 1612000, 0.012)
    rng = random.Random(f"{SEED}-billing")
    lines = ['"Invoice date","Compute","Database","Storage","Network","Support","Total"']
    for d, s, n in zip(dates, spend, counts):
        total = round(s * n, 2)
        parts = [round(total * share * rng.uniform(0.97, 1.03), 2) for share in (0.52, 0.23, 0.11, 0.09)]
        parts.append(round(total - sum(parts), 2))
        lines.append(f'"{d}",' + ",".join(money(p) for p in parts) + "," + money(total))
    write("cloud-billing.csv", lines)
    write("settlements.csv", ["month_end,transactions,refunds"] + [
        f"{d},{n},{round(n * rng.uniform(0.021, 0.026))}" for d, n in zip(dates, counts)])
    active = volumes("active", dates, 117900, 129100, 0.004)
    per_user = [2.41, 2.42, 2.39, 2.40, 2.41, 2.40, 2.27, 2.08, 1.96, 1.94, 1.92, 1.90, 1.68]
    write("infrastructure-cost.csv", ["Month end,All infrastructure,Active users"] + [
        f'{d},{money(n * c)},"{n:,}"' for d, n, c in zip(dates, active, per_user)])


def panel():
    """Monitoring panel: series as columns, times with an offset, milliseconds."""
    dates = days()
    checkout = fitted("lcp", dates, [3290, 3210, 1870, 1820, 1790], 0.028)
    basket = fitted("basket", dates, [2740, 2720, 2450, 2210, 2180], 0.025)
    api = fitted("api", dates, [398, 396, 372, 341, 352], 0.018)
    for i, d in enumerate(dates):
        if date(2026, 7, 1) <= d <= date(2026, 9, 30):
            api[i] = min(api[i], 388.0)
        if d in (date(2026, 4, 9), date(2026, 4, 10), date(2026, 4, 23), date(2026, 5, 14), date(2026, 6, 4)):
            api[i] += 61
    lines = ["Time,/checkout p75,/basket p75,orders API p75"]
    lines += [f"{d}T12:00:00{offset(d)},{a:.0f},{b:.0f},{c:.0f}" for d, a, b, c in zip(dates, checkout, basket, api)]
    write("rum-panel.csv", lines)


# ---- delivery of software -------------------------------------------------------------------------------------

def deploys():
    """Deploy log: one row for each deploy. Release summary: deploys and failures by week."""
    rng = random.Random(f"{SEED}-deploys")
    counts = [104, 231, 168, 182, 104]
    when = []
    for index in range(5):
        week = [d for d in quarter_days(index) if d.weekday() < 5]
        chosen = week + [rng.choice(week[len(week) // 3:] if index == 1 else week) for _ in range(counts[index] - len(week))]
        if index == 0:
            chosen = chosen[:counts[index]]
        used = set()
        for d in sorted(chosen):
            stamp = None
            while stamp is None or stamp in used:
                stamp = datetime(d.year, d.month, d.day, rng.randint(8, 17), rng.randint(0, 59), rng.randint(0, 59))
            used.add(stamp)
            when.append(stamp)
    when.sort()
    dates = [s.date() for s in when]
    lead = fitted("lead", dates, [337, 252, 178, 98, 95], 0.24, middle="median", memory=0, early=(1, 2))
    merge = fitted("merge", dates, [48.6, 48.1, 29.6, 10.1, 9.6], 0.25, middle="median", memory=0, early=(2,))
    services = ["basket", "payments", "slots", "search", "picking", "accounts", "web"]
    write("deploys.csv", ["deployed_at,service,lead_hours,merge_to_production_hours"] + [
        f"{s.strftime('%Y-%m-%dT%H:%M:%SZ')},{rng.choice(services)},{max(2, a):.1f},{max(0.4, min(b, a)):.1f}"
        for s, a, b in zip(when, lead, merge)])
    weeks = sundays()
    n = volumes("release", weeks, 118, 171, 0.05)
    rate = fitted("failure", weeks, [8.1, 8.0, 4.97, 2.85, 2.8], 0.06, weights=n, early=(2,))
    write("release-summary.csv", ["week_ending,deployments,failed"] + [
        f"{d},{c},{max(0, round(c * r / 100))}" for d, c, r in zip(weeks, n, rate)])


def build_server():
    """Build server: Unix milliseconds. Its flaky-test report is tab-separated and stopped in October."""
    dates = days()
    build = fitted("build", dates, [25.4, 25.1, 17.2, 9.3, 7.2], 0.035, early=(2, 3))
    write("build-server.csv", ["timestamp_ms,median_build_minutes,runs"] + [
        f"{int(datetime(d.year, d.month, d.day, 12, tzinfo=timezone.utc).timestamp() * 1000)},{b:.1f},{n}"
        for d, b, n in zip(dates, build, volumes("runs", dates, 310, 420, 0.06, (1.2, 1.25, 1.25, 1.2, 1.1, 0.5, 0.5)))])
    dates = [d for d in dates if d <= date(2026, 10, 30)]
    runs = volumes("flaky", dates, 310, 415, 0.06, (1.2, 1.25, 1.25, 1.2, 1.1, 0.5, 0.5))
    rate = fitted("flaky", dates, [6.1, 6.0, 6.1, 6.05, 4.6], 0.05, weights=runs, ramp=(0.0, 0.44))
    write("flaky-tests.csv", ["day\truns\tflaky"] + [
        f"{d}\t{n}\t{round(n * r / 100)}" for d, n, r in zip(dates, runs, rate)])


def delivery_board():
    """Code host by week, people system and portfolio board by month."""
    weeks = sundays()
    wait = fitted("wait", weeks, [30.3, 20.7, 12.9, 12.4, 12.2], 0.04, early=(1,))
    write("review-wait.csv", ["week_ending,median_hours_to_first_review"] + [f"{d},{v:.1f}" for d, v in zip(weeks, wait)])
    months = month_ends()
    first = [9.2, 8.8, 9.0, 7.0, 6.4, 6.2, 5.6, 4.7, 4.1, 4.0, 4.2, 3.9, 4.0]
    launch = [64, 65, 64, 63, 65, 63, 61, 58, 55, 52, 48, 44, 43]
    write("first-change.csv", ["month_end,joined,median_days_to_first_change"] + [
        f"{d},{n},{v}" for d, v, n in zip(months, first, [4, 3, 2, 6, 5, 4, 5, 3, 4, 6, 2, 5, 4])])
    write("portfolio-board.csv", ["month_end,launched,median_days_decision_to_customers"] + [
        f"{d},{n},{v}" for d, v, n in zip(months, launch, [5, 4, 3, 5, 6, 7, 6, 6, 7, 7, 8, 9, 9])])
    lines = ["week_ending,coverage,lint_errors"]
    coverage = fitted("coverage", weeks, [61.0, 80.4, 79.6, 78.9, 78.6], 0.004, ramp=(0.3, 0.85), window=7)
    lint = fitted("lint", weeks, [4180, 1990, 2010, 2080, 2050], 0.01, ramp=(0.3, 0.85), window=7)
    lines += [f"{d},{c:.1f}%,{n:.0f}" for d, c, n in zip(weeks, coverage, lint)]
    write("code-scanner.csv", lines)


# ---- checkout -------------------------------------------------------------------------------------------------

def funnel():
    """Shop funnel: baskets, those left at the slot step, and the seconds to a confirmed slot."""
    dates = days()
    baskets = volumes("baskets", dates, 21400, 24100, 0.03)
    left = fitted("slot", dates, [31.2, 31.0, 31.1, 25.4, 22.4], 0.022, weights=baskets, early=(3,))
    seconds = fitted("slot-time", dates, [95, 96, 95, 58, 56], 0.03)
    write("shop-funnel.csv", ["date,baskets,left_at_slot_step,median_seconds_to_slot"] + [
        f"{d},{n},{round(n * r / 100)},{s:.0f}" for d, n, r, s in zip(dates, baskets, left, seconds)])


def refunds():
    """Refund desk: by week."""
    dates = sundays()
    took = fitted("refund", dates, [6.0, 6.05, 4.2, 2.71, 2.6], 0.03, early=(2,))
    claims = volumes("claims", dates, 2910, 2620, 0.03)
    auto = fitted("auto", dates, [34.8, 35.2, 47.0, 61.6, 62.3], 0.02, weights=claims, early=(2,))
    write("refund-desk.csv", ["week_ending,median_days_to_refund,claims,settled_automatically"] + [
        f"{d},{t:.1f},{n},{round(n * a / 100)}" for d, t, n, a in zip(dates, took, claims, auto)])


def warehouse():
    """Warehouse system: orders, complete orders, substitutions offered and accepted."""
    dates = days()
    orders = volumes("warehouse", dates, 13700, 16200, 0.025)
    complete = fitted("complete", dates, [86.4, 86.2, 86.9, 87.4, 88.8], 0.006, weights=orders)
    offered = [round(n * 0.21) for n in orders]
    accepted = fitted("accepted", dates, [71.2, 70.8, 71.1, 71.0, 74.2], 0.012, weights=offered)
    write("warehouse.csv", ["date,orders,complete,substitutions_offered,substitutions_accepted"] + [
        f"{d},{n},{round(n * c / 100)},{o},{round(o * a / 100)}"
        for d, n, c, o, a in zip(dates, orders, complete, offered, accepted)])


# ---- product --------------------------------------------------------------------------------------------------

def bugs():
    """Bug tracker: one row for each bug found, one for each bug closed, and what came back by week."""
    rng = random.Random(f"{SEED}-bugs")
    production = [35, 36, 19, 24, 9]
    testing = [41, 44, 52, 47, 29]
    rows = []
    for index in range(5):
        inside = quarter_days(index)
        kinds = ["production"] * production[index] + ["testing"] * (testing[index] - 1)
        for kind in kinds:
            rows.append((rng.choice(inside[:-1]), kind))
        rows.append((inside[-1], "testing"))
    rows.sort()
    keys = [f"BUG-{4021 + n}" for n in range(len(rows))]
    write("bugs-found.csv", ["key,found_on,found_in,area"] + [
        f"{k},{d},{kind},{rng.choice(['basket', 'search', 'account', 'delivery', 'payment'])}" for k, (d, kind) in zip(keys, rows)])
    closed = sorted(min(LAST, d + timedelta(rng.randint(0, 5))) for d, _ in rows)
    took = fitted("fix", closed, [5.05, 5.0, 3.5, 0.93, 1.25], 0.3, memory=0, early=(2,))
    clock = {}
    lines = ["key,closed_at,days_to_fix"]
    for k, d, v in zip(keys, closed, took):
        clock[d] = clock.get(d, 0) + 1
        lines.append(f"{k},{d}T{8 + clock[d]:02d}:{rng.randint(0, 59):02d}:00Z,{max(0.1, v):.2f}")
    write("bugs-closed.csv", lines)
    weeks = sundays()
    fixed = volumes("fixed", weeks, 61, 74, 0.06)
    again = fitted("reopened", weeks, [5.2, 5.4, 5.7, 12.6, 8.3], 0.05, weights=fixed)
    write("bugs-reopened.csv", ["week_ending,fixed,reopened"] + [
        f"{d},{n},{round(n * r / 100)}" for d, n, r in zip(weeks, fixed, again)])


def launches():
    """Error tracker: calls and errors of each new feature, for ten days from its launch."""
    rng = random.Random(f"{SEED}-launches")
    plan = [
        ("allergen-filter", date(2026, 3, 3), 1.4), ("saved-baskets", date(2026, 3, 17), 2.9),
        ("order-again", date(2026, 4, 14), 1.1), ("live-driver-map", date(2026, 5, 5), 3.4),
        ("unit-prices", date(2026, 5, 26), 1.6), ("basket-notes", date(2026, 6, 19), 1.2),
        ("saved-baskets-for-all", date(2026, 7, 7), 1.3), ("shared-lists", date(2026, 7, 28), 1.0),
        ("recipe-to-basket", date(2026, 8, 11), 2.8), ("quiet-reminders", date(2026, 9, 1), 1.2),
        ("bag-returns", date(2026, 9, 19), 0.9),
        ("freezer-planner", date(2026, 10, 13), 1.4), ("substitution-rules", date(2026, 11, 3), 1.1),
    ]
    lines = ["date,feature,launched_at,calls,errors"]
    for name, start, rate in plan:
        for n in range(10):
            day = start + timedelta(n)
            calls = round(rng.uniform(0.9, 1.1) * (9000 + 2600 * n))
            share = rate * rng.uniform(0.9, 1.1) * (1 if n < 7 else 0.6)
            lines.append(f"{day},{name},{start},{calls},{round(calls * share / 100)}")
    write("feature-errors.csv", lines)


def households():
    """App console and household cohorts, by week."""
    weeks = sundays()
    sessions = volumes("app", weeks, 1480000, 1910000, 0.02)
    crash = fitted("crash", weeks, [1.21, 1.19, 1.20, 0.70, 0.68], 0.03, weights=sessions)
    write("app-console.csv", ["week_ending,sessions,crashed_sessions"] + [
        f"{d},{n},{round(n * r / 100)}" for d, n, r in zip(weeks, sessions, crash)])
    active = volumes("cohort", weeks, 117500, 129000, 0.004)
    repeat = fitted("repeat", weeks, [41.1, 40.9, 41.0, 44.1, 46.0], 0.006, weights=active, early=(3,))
    write("repeat-orders.csv", ["week_ending,households,ordered_again_within_30_days"] + [
        f"{d},{n},{round(n * r / 100)}" for d, n, r in zip(weeks, active, repeat)])


# ---- data -----------------------------------------------------------------------------------------------------

def dashboards():
    """Dashboard monitor: minutes since each dashboard's last load, every morning."""
    rng = random.Random(f"{SEED}-dashboards")
    first = date(2026, 1, 1)
    names = ["demand", "margin", "picking", "retention", "slots"]
    good = {1: 17, 2: 44, 3: 74, 4: 45}
    lines = ["checked_at,dashboard,minutes_stale"]
    for index in range(1, 5):
        inside = [d for d in quarter_days(index) if d >= first]
        order = sorted(range(len(inside)), key=lambda i: i / len(inside) + rng.uniform(-0.5, 0.5))
        fine = set(order[-good[index]:])
        for i, d in enumerate(inside):
            late = set() if i in fine else set(rng.sample(names, rng.randint(1, 2)))
            for name in names:
                value = rng.randint(22, 140) if name in late else rng.randint(3, 13)
                lines.append(f"{d}T07:00:00Z,{name},{value}")
    write("dashboards.csv", lines)


def data_tickets():
    """Ticket queue: one row for each report; incidents among questions."""
    rng = random.Random(f"{SEED}-tickets")
    broken = [
        ["orders", "stock", "prices", "stock", "customers", "stock", "drivers"],
        ["stock", "stock", "orders", "stock", "prices", "stock"],
        ["prices", "drivers", "customers", "prices"],
        ["prices", "prices"],
        ["orders"],
    ]
    lines = ["ticket,reported_on,kind,dataset"]
    number = 610
    for index in range(5):
        inside = quarter_days(index)
        kinds = ["incident"] * len(broken[index]) + ["question"] * (len(inside) // 4)
        rng.shuffle(kinds)
        when = spread_over(rng, inside[3:-1], len(kinds)) + [inside[-1]]
        for d, kind in zip(when, kinds + ["question"]):
            number += 1
            dataset = rng.choice(["orders", "prices", "stock", "customers", "drivers"])
            if kind == "incident":
                dataset = broken[index].pop(0)
            lines.append(f"DQ-{number},{d},{kind},{dataset}")
    write("data-tickets.csv", lines)


def requests():
    """Request portal: data requests by week, and those that nobody in the data team had to touch."""
    weeks = sundays()
    n = volumes("requests", weeks, 148, 196, 0.05)
    share = fitted("self-serve", weeks, [39.5, 40.2, 55.0, 68.0, 69.0], 0.025, weights=n, early=(2,))
    write("data-requests.csv", ["week_ending,requests,self_served"] + [
        f"{d},{c},{round(c * r / 100)}" for d, c, r in zip(weeks, n, share)])


def supply():
    """Planning system: a long file, one row for each series and week."""
    weeks = sundays()
    error = fitted("forecast", weeks, [24.2, 23.9, 20.2, 16.4, 16.2], 0.025, early=(2,))
    waste = fitted("waste", weeks, [6.42, 6.38, 5.90, 5.20, 5.15], 0.02, early=(2,))
    lines = ["series;time;value"]
    for name, values, places in (("forecast_error_pct", error, 1), ("fresh_waste_pct", waste, 2)):
        lines += [f"{name};{d};{v:.{places}f}" for d, v in zip(weeks, values)]
    write("planning-system.csv", lines)


def claims():
    """Supplier portal: one file up to September, and one since October that has nothing to report."""
    header = "claim,raised_on,supplier,cause,amount"
    write("supplier-claims-to-september.csv", [
        header,
        "SC-011,2026-01-19,Alderbrook Dairy,pack size,$412.80",
        "SC-012,2026-02-11,Norland Bakeries,price,$96.00",
        "SC-013,2026-03-05,Alderbrook Dairy,pack size,$388.20",
        "SC-014,2026-04-22,Quayside Fish,price,$240.50",
        "SC-015,2026-05-27,Teme Valley Fruit,pack size,$131.40",
        "SC-016,2026-06-16,Norland Bakeries,price,$78.00",
        "SC-017,2026-07-14,Quayside Fish,price,$305.10",
        "SC-018,2026-08-20,Teme Valley Fruit,pack size,$164.90",
        "SC-019,2026-09-08,Alderbrook Dairy,price,$221.60",
    ])
    write("supplier-claims-from-october.csv", [header])


def lineage():
    """Lineage tool: not connected yet, so that its export is a header and nothing else."""
    write("lineage-traces.csv", ["asked_at,question,hours_to_source"])


if __name__ == "__main__":
    for export in (churn, analytics, margin, helpdesk, survey, incidents, payments, probes, autoscaler, billing, panel,
                   deploys, build_server, delivery_board, funnel, refunds, warehouse, bugs, launches, households,
                   dashboards, data_tickets, requests, supply, claims, lineage):
        export()
