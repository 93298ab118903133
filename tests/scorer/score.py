#!/usr/bin/env python3
"""An independent scorer: scores cases again, in exact fractions, and prints every difference.

In: a file of lines of tab-separated `key=value` pairs, each line beginning with its kind (`book`, `objective`,
`kr`, `rollup`, `team`); keys that begin with `=` are what okrbook found. A metric is given by its days, or by its
definition and its exports' text, which `rows` reads. Out: the differences, and exit code 1 where there are any. Written
from the book's rules alone; shares nothing with okrbook's own code.
"""

import json
import sys
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction as F

from cells import first_holding
from rows import RowSeries
from series import EPOCH, MANY, TOO_LARGE, Missing, Series, convert, digits_of, finest, fits, held

# How much older than others the rows of periods may be.
GRAINS = {"week": 7, "month": 31, "quarter": 92, "year": 366}
PER_DAYS = {"day": F(1), "week": F(7)}
TENTH = F(1, 10)


def days_before(start, end):
    """The days of the quarter before: of as many months, or as many days where it isn't made of months."""
    first, after = EPOCH + timedelta(days=start), EPOCH + timedelta(days=end)
    if first.day != 1 or after.day != 1:
        return end - start
    month = 2 * (first.year * 12 + first.month) - (after.year * 12 + after.month) - 1
    return (first - date(month // 12, month % 12 + 1, 1)).days


class Moment:
    """A quarter as of a day."""

    def __init__(self, start, end, as_of):
        self.start, self.end = start, end
        self.days = end - start
        self.days_before = days_before(start, end)
        self.over = as_of >= end
        self.upcoming = as_of < start
        self.open = not self.over and not self.upcoming
        self.day = min(as_of, end - 1)
        self.until = self.day + 1


def series_of(case, prefix, book):
    """A metric's days as they are given, or as its exports' rows give them."""
    return RowSeries(case, prefix, book) if prefix + "query" in case else Series(case, prefix)


def window_of(series, now):
    if series.trailing is None:
        return now.start, now.until
    end = now.until
    if series.adds_up and series.heartbeat is not None:
        end = min(series.speaks_until(now.day), now.day) + 1
    return end - series.trailing, end


def nothing(series, now):
    last = series.last_day()
    if series.adds_up and last is None and series.heartbeat is None:
        return Missing("silence-unknown")
    before = [last] if last is not None and last <= now.day else [day for day, _ in series.points if day <= now.day]
    if before and series.divides and series.is_stated and not series.open_rows and series.heartbeat >= now.day - int(now.open):
        return Missing(f"nothing-happened {before[-1]}")
    return Missing(f"no-data-in-window {before[-1]}" if before else "no-data-in-window")


def age_of(series, now, measured_on):
    beat = series.heartbeat if series.heartbeat is not None else measured_on
    if series.heartbeat is not None:
        beat = max(beat, series.speaks_until(now.day))
    if beat is None:
        return None
    is_whole = series.divides and series.is_stated and series.heartbeat >= now.day - int(now.open)
    by_any_row = series.adds_up or series.is_time or is_whole
    if beat > now.day and not by_any_row and measured_on is not None:
        beat = measured_on
    return now.day - min(beat, now.day)


def per_of(goal_per, series):
    return goal_per if goal_per != "-" else series.per


def rate_of(days, per, quarter_days):
    """What a sum over some days is multiplied and divided by as a rate; a month is a third of the quarter."""
    if per == "month":
        return F(quarter_days), F(3 * days)
    return F(PER_DAYS.get(per, quarter_days)), F(days)


def as_rate(total, times_over):
    times, over = times_over
    return total if times == over else fits(total * times) / over


def rate(total, days, per, quarter_days):
    return as_rate(total, rate_of(days, per, quarter_days))


def enough(covered, days):
    return covered > 0 and 3 * covered >= days


def number_of(text):
    return F(text.split(" ")[0])


def unit_of(text):
    return text.split(" ")[1]


class Card:
    """What is found about one key result."""

    def __init__(self):
        self.state, self.patience = "no-data", 0
        self.value = self.progress = self.score = self.age = self.measured_on = None
        self.baseline = self.run_rate = self.hold = None
        self.reasons = []
        self.expected = self.expected_by = self.projected = self.status = self.best = None
        self.rule = "nothing"
        self.outlook = None
        self.is_blurred = self.is_unsure = False

    def is_excused(self):
        """Nothing happened that could be averaged."""
        return any(reason.startswith("nothing-happened") for reason in self.reasons)


def start_of(series, now, per):
    """A measured start: number and where it comes from."""
    if series.is_flow:
        if not series.points:
            raise Missing("no-baseline")
        length = now.days_before
        covered = series.covered(max(now.start - length, series.points[0][0]), now.start)
        found = series.measure(now.start - length, now.start)
        if found is None or not enough(covered, length):
            raise Missing("no-baseline")
        return rate(found[0], covered, per_of(per, series), length), f"before {found[2]}"
    if series.aggregate == "last":
        found = series.measure(*series.narrow(-(10**6), now.start))
    else:
        length = now.days_before if series.trailing is None else series.trailing
        found = series.measure(now.start - length, now.start)
        if series.adds_up and series.covered(now.start - length, now.start) < length:
            found = None
    if found is not None:
        return found[0], f"before {found[2]}"
    if series.trailing is None:
        # What is too large for the quarter is too large for its start.
        series.measure(now.start, now.until)
    days = [] if series.adds_up else series.with_data(now.start, now.until)
    # A day of sums that can't be divided has no value: then it is that of the first day that has one.
    with_values = [day for day, _ in series.points if now.start <= day < now.until]
    for day in [*days[:1], *with_values[:1]] if days else []:
        first = series.measure(*series.narrow(day, day + 1))
        if first is not None:
            return first[0], f"first {day}"
    raise Missing("no-baseline")


class Aim:
    """Both ends in their finest unit, the metric's unit, and the one that readers see."""

    def __init__(self, start, end, fine, unit, shown, wanted=None):
        self.start, self.end, self.fine, self.unit, self.shown, self.wanted = start, end, fine, unit, shown, wanted

    def progress(self, number, times_over=(F(1), F(1))):
        """(value − from) / (to − from), of which no part may be too large."""
        times, over = times_over
        number = convert(number, self.unit, self.fine)
        way = fits(fits(self.end - self.start) * over)
        done = fits(fits(number * times) - fits(self.start * over))
        return fits(done / way)

    def show(self, number, times_over=(F(1), F(1))):
        return as_rate(convert(number, self.unit, self.shown), times_over)


def aim_of(case, series, now, card):
    kind = case["kind"]
    if kind == "move":
        start, end = case["from"], case["to"]
        shown = unit_of(start)
        unit = series.unit if series.unit != "-" else shown
        fine = finest(shown, unit_of(end), unit)
        card.baseline = number_of(start), "stated"
        return Aim(convert(number_of(start), shown, fine), convert(number_of(end), unit_of(end), fine), fine, unit, shown)
    if kind == "target":
        shown = unit_of(case["to"])
        unit = series.unit if series.unit != "-" else shown
        number, origin = start_of(series, now, case["per"])
        fine = finest(unit, shown)
        ends = convert(number, unit, fine), convert(number_of(case["to"]), shown, fine)
        card.baseline = convert(number, unit, shown), origin
        return Aim(*ends, fine, unit, shown, case["better"] if case["better"] != "-" else None)
    by = case["by"]
    relative = kind == "relative"
    is_rounded = False
    if case["from"] != "-":
        shown = unit_of(case["from"])
        unit = series.unit if series.unit != "-" else shown
        number, origin = number_of(case["from"]), "stated"
        card.baseline = number, origin
    else:
        unit = series.unit if series.unit != "-" else ("count" if relative else unit_of(by))
        shown = unit
        number, origin = start_of(series, now, case["per"])
        is_rounded = (series.is_flow or series.divides) and digits_of(held(number)) >= MANY
    fine = finest(shown, unit) if relative else finest(shown, unit_of(by), unit)
    card.baseline = number, origin
    start = convert(number, shown, fine)

    def gain(start):
        if not relative:
            return convert(number_of(by), unit_of(by), fine)
        share = number_of(by) / 100 if unit_of(by) in ("%", "points") else number_of(by)
        return fits(abs(start) * share)

    end = fits(start + gain(start))
    # A gain that the digits of its start can't show is too fine to be scored.
    kept = held(start)
    shown_end = held(kept + gain(kept))
    if shown_end != kept + gain(kept) and (not is_rounded or shown_end == kept):
        raise Missing(TOO_LARGE)
    convert(end, fine, shown)
    return Aim(start, end, fine, unit, shown)


def whole_rate(series, now, per):
    """What a sum over the whole quarter is multiplied and divided by; weeks have their own days."""
    start, end = series.days_of(now.start, now.end)
    return rate_of(end - start, per, end - start)


def rated_flow(series, now, per, falling, card, sums):
    """The sum, with what it is multiplied and divided by, that a goal is held against as far as exports speak."""
    total, so_far = sums
    start, end = series.days_of(now.start, now.end)
    covered, days = series.covered(start, min(end, now.until)), end - start
    since = series.silent_since(now.day, card.patience)
    is_whole = now.over and (covered >= days or not falling)
    if since is not None or not is_whole:
        card.run_rate = [so_far, covered, False]
    if since is not None:
        raise Missing(f"incomplete-events {since}")
    if not is_whole and not enough(covered, days):
        raise Missing("too-early")
    if now.over and covered < days:
        card.reasons.append(f"partly-covered {covered}")
    if is_whole:
        return total, rate_of(days, per, days)
    months = whole_months(series, now) if per == "month" else None
    return months or (total, rate_of(covered, per, days))


def whole_months(series, now):
    """The sum of the whole months so far, and how many they are; nothing where rows are no months, or none is whole."""
    if series.grain != "month":
        return None
    until = first_holding("month", now.day + 1)
    count = len(series.inside(now.start, until))
    return (series.measure(now.start, until)[0], (F(1), F(count))) if count else None


def score_move(case, series, now, card):
    aim = aim_of(case, series, now, card)
    start, end = aim.start, aim.end
    # A target that says which way is better is met or not where it was reached before it began; there is no way to go.
    reached = (aim.wanted == "higher" and end <= start) or (aim.wanted == "lower" and end >= start)
    if start == end and not reached:
        raise Missing("already-there")
    falling = aim.wanted == "lower" if reached else end < start
    if reached:
        aim.progress = lambda number, times_over=(F(1), F(1)): is_there(aim, falling, number, times_over)
    if not series.is_flow:
        found = series.measure(*window_of(series, now))
        if found is None:
            raise nothing(series, now)
        value, _, card.measured_on = found
        card.value = aim.show(value)
        card.state = "measured"
        card.progress = aim.progress(value)
        card.outlook = ("soft", None) if reached else ("level", start, end, card.progress >= 1, aim)
        if now.open and only_worsens(series, falling):
            card.best = short_of_all(card.progress)
    else:
        found = series.measure(now.start, now.until)
        if found is None:
            raise nothing(series, now)
        total, _, last = found
        so_far = aim.show(total)
        per = per_of(case["per"], series)
        if falling and only_grows(series, now):
            try:
                card.best = short_of_all(aim.progress(total, whole_rate(series, now, per)))
            except Missing:
                pass
        rated = rated_flow(series, now, per, falling, card, (total, so_far))
        card.value = aim.show(*rated)
        card.measured_on = last
        card.progress = aim.progress(*rated)
        card.state = "projected" if card.run_rate else "measured"
        card.outlook = ("rate", not falling and aim.progress(total, whole_rate(series, now, per)) >= 1)
    card.score = min(max(card.progress, F(0)), F(1))
    if falling:
        cap(card)


def is_there(aim, falling, number, times_over):
    """1 where a value is at the target or beyond, else 0."""
    times, over = times_over
    value = convert(number, aim.unit, aim.fine) * times / over
    return F(int(value <= aim.end if falling else value >= aim.end))


def only_grows(series, now):
    """Whether what was counted up to today stays counted, whatever comes."""
    return now.open and (series.aggregate == "count" or min((v for _, v in series.inside(now.start, now.until)), default=0) >= 0)


def only_worsens(series, falling):
    """Whether the quarter's extreme is on the wrong side for good: the largest where less is wanted, and so on."""
    return series.trailing is None and series.aggregate == ("max" if falling else "min")


def short_of_all(progress):
    """The best score that is left where a full one is not."""
    return None if progress >= 1 else max(F(0), progress)


def cap(card):
    if card.run_rate and card.score > 9 * TENTH:
        card.score = 9 * TENTH
        card.run_rate[2] = True


def periods(every, start, end):
    """Whole periods between two days."""
    found = []
    if every in ("day", "weekday"):
        for day in range(start, end):
            if every == "day" or (EPOCH + timedelta(days=day)).weekday() < 5:
                found.append((day, day + 1))
    elif every == "week":
        found = [(day, day + 7) for day in range(start, end - 6, 7)]
    else:
        months = sorted({(EPOCH + timedelta(days=day)).replace(day=1) for day in range(start, end + 32)})
        firsts = [(month - EPOCH).days for month in months]
        found = [(a, b) for a, b in zip(firsts, firsts[1:]) if a >= start and b <= end]
    return found


def missing_of(series, now, stale):
    if series.every == "-":
        return 0
    end = now.end
    if now.open:
        end = now.day
        if not stale and series.heartbeat is not None:
            end = min(end, series.heartbeat + 1)
    counts = [len(series.inside(*period)) for period in periods(series.every, now.start, end)]
    empty = sum(count == 0 for count in counts)
    kept = len(counts) - empty
    usual = max(1, -(-sum(counts) // max(1, kept)))
    return empty * usual


class Fence:
    """Bounds in the finest unit: one, or one on either side."""

    def __init__(self, texts, series, shown=None):
        parts = [text.split(" ") for text in texts]
        self.shown = shown or parts[0][2]
        self.unit = series.unit if series.unit != "-" else self.shown
        self.fine = finest(self.unit, *(unit for _, _, unit in parts))
        self.bounds = [(sign, convert(F(limit), unit, self.fine)) for sign, limit, unit in parts]
        self.falling = any(sign[0] == "<" for sign, _ in self.bounds)

    def admits(self, number, times_over=(F(1), F(1))):
        value = convert(as_rate(number, times_over), self.unit, self.fine)
        return all(bound_admits(sign, value, limit) for sign, limit in self.bounds)

    def show(self, number, times_over=(F(1), F(1))):
        return as_rate(convert(number, self.unit, self.shown), times_over)


def score_hold(case, series, now, card, limit_days):
    texts = [case["bound"]] + ([case["upper"]] if case.get("upper", "-") != "-" else [])
    fence = Fence(texts, series)
    sides = [Fence([text], series, fence.shown) for text in texts]
    card.state = "measured" if now.over else "projected"
    per = per_of(case["per"], series)
    if series.is_flow and per != "day":
        found = series.measure(now.start, now.until)
        if found is None:
            raise nothing(series, now)
        total, _, last = found
        so_far = fence.show(total)
        if fence.falling and only_grows(series, now):
            upper = next(side for side in sides if side.falling)
            try:
                card.best = None if upper.admits(total, whole_rate(series, now, per)) else F(0)
            except Missing:
                pass
        rated = rated_flow(series, now, per, fence.falling, card, (total, so_far))
        card.state = "projected" if card.run_rate else card.state
        card.value = fence.show(*rated)
        kept = fence.admits(*rated)
        card.measured_on = last
        card.hold = (int(kept), 1, 0)
        card.progress = F(int(kept))
    else:
        found = series.measure(*window_of(series, now))
        if found is None:
            raise nothing(series, now)
        value = found[0]
        points = series.tallied(now.start, now.until)
        kept = sum(map(fence.admits, points))
        if not points and case["judge"] != "end":
            raise nothing(series, now)
        age = age_of(series, now, None)
        missing = missing_of(series, now, age is not None and age > limit_days)
        rated = (F(1), F(1))
        if series.is_flow:
            rated = rate_of(series.covered(now.start, now.until), per, now.days)
        card.value = fence.show(value, rated)
        card.measured_on = found[2]
        card.hold = (kept, len(points), missing)
        if now.open and case["judge"] == "always" and kept < len(points):
            card.best = F(0)
        if now.open and case["judge"] == "end":
            lost = (only_worsens(series, side.falling) and not side.admits(value, rated) for side in sides)
            card.best = F(0) if any(lost) else None
        if case["judge"] == "share":
            card.progress = F(kept, len(points) + missing)
        elif case["judge"] == "end":
            card.progress = F(int(fence.admits(value, rated)))
        else:
            card.progress = F(int(kept == len(points) and missing == 0))
    card.score = card.progress
    card.outlook = ("hold",)
    if series.is_flow and per != "day" and fence.falling:
        cap(card)


def bound_admits(sign, value, limit):
    return (value < limit if sign[0] == "<" else value > limit) or (sign.endswith("=") and value == limit)


def shown_of(series, now, card):
    """The value where there is no goal to compare it with."""
    try:
        return series.measure(*window_of(series, now))
    except Missing as missing:
        card.reasons.append(str(missing))
        return None


def holds_fractions(case, series, card):
    """Whether the export holds fractions where the goal counts in percent."""
    kind = case["kind"]
    named = []
    if kind == "move":
        named = [case["from"], case["to"]]
    elif kind == "target" and case["better"] != "lower":
        named = [case["to"]]
    elif kind == "hold" and case["bound"][0] == ">":
        named = [case["bound"].split(" ", 1)[1]]
    if not named or any(unit_of(text) != "%" for text in named) or card.value is None:
        return False
    smallest = min(number_of(text) for text in named)
    start, end = series.part_of(card.measured_on)
    points = [value for day, value in series.points if start <= day < end]
    values = [card.value] + points
    return smallest > 0 and points and max(points) > 0 and all(0 <= value <= F(3, 2) and 10 * value <= smallest for value in values)


def score_key_result(case, series, now, book, ambition):
    card = Card()
    kind = case["kind"]
    soft = kind in ("milestone", "baseline")
    if kind == "move" or (kind in ("gain", "relative") and case["from"] != "-"):
        card.baseline = number_of(case["from"]), "stated"
    if now.upcoming:
        card.reasons = ["not-begun"]
        card.state = "unscored" if kind == "none" else "no-data"
        return card
    limit_days = series.fresh if series.fresh is not None else book["stale_after"]
    limit_days += GRAINS.get(series.usual_grain(), 0)
    card.patience = limit_days
    try:
        if kind == "none":
            found = shown_of(series, now, card)
            if found is not None:
                card.value, card.measured_on = found[0], found[2]
            raise Missing("no-goal")
        if soft:
            done = case["done"] != "-" and int(case["done"]) <= now.day
            card.state = "measured"
            card.measured_on = int(case["done"]) if done else None
            if kind == "baseline":
                found = shown_of(series, now, card)
                if found is not None:
                    done, card.value, card.measured_on = True, found[0], found[2]
            card.progress = card.score = F(int(done))
            card.outlook = ("soft", None if case["due"] == "-" else int(case["due"]))
        elif kind == "hold":
            score_hold(case, series, now, card, limit_days)
        else:
            score_move(case, series, now, card)
        if holds_fractions(case, series, card):
            card.value = card.hold = card.run_rate = card.best = None
            raise Missing("fractions-for-percent")
    except Missing as missing:
        card.reasons.insert(0, str(missing))
        card.state = "unscored" if str(missing) in ("no-goal", "already-there") else "no-data"
        card.progress = card.score = card.outlook = None
    card.age = age_of(series, now, card.measured_on)
    if card.age is not None and card.age > limit_days and not soft and card.score is not None:
        card.state = "stale"
        card.reasons.insert(0, f"older-than {limit_days}")
    if card.score is None and now.over and book["zero"] and not card.is_excused():
        card.score = F(0)
        card.reasons.append("counts-as-zero")
    if now.open:
        stand(card, case, series, now, ambition)
    return card


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def trend_points(series, now):
    """For each day with data the value as of that day."""
    days = series.with_data(now.start, now.until)
    found = []
    for day in days:
        start = now.start if series.trailing is None else day + 1 - series.trailing
        try:
            measured = series.measure(start, day + 1)
        except Missing:
            continue
        if measured is not None:
            found.append((day, measured[0]))
    return found


def theil_sen(points, day):
    """In floats: fractions of thousands of slopes take too long, and six decimals are compared."""
    points = [(x, float(y)) for x, y in points]
    slopes = [(y - v) / (x - u) for i, (x, y) in enumerate(points) for u, v in points[:i]]
    slope = median(slopes)
    return median([y - slope * x for x, y in points]) + slope * day


def status_of(ambition, projected, met):
    if ambition == "committed":
        ahead, on_track, at_risk = met, F(1), 7 * TENTH
    else:
        ahead, on_track, at_risk = projected >= 1, 7 * TENTH, 4 * TENTH
    return "ahead" if ahead else "on-track" if projected >= on_track else "at-risk" if projected >= at_risk else "off-track"


def data_day(card, series, now):
    """The last day that the data speaks of: that of the export's last row, else of the reading; never after today."""
    known = [day for day in (series.speaks_until(now.day), card.measured_on) if day is not None]
    return min(known[0], now.day) if known else now.day


def stand(card, case, series, now, ambition):
    card.status = "no-data" if card.best is None else "out-of-reach"
    if card.outlook is None or card.score is None:
        return
    kind = card.outlook[0]
    met = {"level": lambda: card.outlook[3], "rate": lambda: card.outlook[1], "hold": lambda: False,
           "soft": lambda: card.progress >= 1}[kind]()
    pace = case["pace"]
    if kind == "level":
        asked = data_day(card, series, now)
        if pace == "linear":
            card.expected = F(max(0, asked + 1 - now.start), now.days)
        elif pace == "step":
            card.expected = F(0)
        elif pace != "none":
            stages = [stage.split(":") for stage in pace.split(",")]
            reached = [F(progress) for day, progress in stages if int(day) <= asked]
            card.expected = reached[-1] if reached else F(0)
        if card.expected is not None:
            card.expected_by = asked
        points = trend_points(series, now)
        if series.aggregate != "last" and series.trailing is None:
            # What a mean of a few days does says nothing of where it goes.
            points = [(day, value) for day, value in points if day >= now.start + (now.until - now.start) // 2]
        _, start, end, _, aim = card.outlook
        # Floats draw no line between ends that they can't tell apart.
        if pace != "step" and len(points) >= 5 and float(start) != float(end):
            reach = convert(F(1), aim.unit, aim.fine)
            card.projected = (F(theil_sen(points, now.end - 1)) * reach - start) / (end - start)
            card.rule = "trend"
            # Floats tell 15 digits; where the way is shorter than these, nothing can be compared.
            largest = max([abs(start), abs(end)] + [abs(value) * reach for _, value in points])
            card.is_blurred = largest > 10**7 * abs(end - start)
        elif card.expected:
            try:
                card.projected = fits(card.progress / card.expected)
                card.rule = "pace"
            except Missing:
                pass
    elif kind in ("rate", "hold"):
        card.projected, card.rule = card.progress, "run-rate"
    order = ["ahead", "on-track", "at-risk", "off-track"]
    if card.projected is not None:
        card.status = status_of(ambition, card.projected, met)
    elif kind == "soft" and card.outlook[1] is not None and card.outlook[1] < now.day and not met:
        card.status = "off-track"
    else:
        card.status = min(status_of(ambition, card.progress, met), "at-risk", key=order.index)
    if card.state == "stale":
        card.status = max(card.status, "at-risk", key=order.index)
    if card.best is not None:
        card.status = "out-of-reach"
        if card.projected is not None:
            card.projected = min(card.projected, card.progress)


def guardrail(case, now, book):
    try:
        return read_guardrail(case, now, book)
    except Missing as missing:
        return "no-data", None, str(missing) == TOO_LARGE


def read_guardrail(case, now, book):
    if now.upcoming:
        raise Missing("not-begun")
    series = series_of(case, "g_", book)
    fence = Fence([case["g_bound"]], series)
    found = series.measure(*window_of(series, now))
    if found is None:
        raise nothing(series, now)
    value, _, last = found
    rated = (F(1), F(1))
    if series.is_flow:
        per = per_of(case["g_limit_per"], series)
        start, end = series.days_of(now.start, now.end)
        covered, days = series.covered(start, min(end, now.until)), end - start
        whole = rate_of(days, per, days)
        if fence.falling and per != "day" and not fence.admits(value, whole):
            return "broken", fence.show(value, whole), False
        if now.over and (covered >= days or not fence.falling):
            rated = whole
        elif enough(covered, days):
            rated = rate_of(covered, per, days)
        else:
            raise Missing("too-early")
    inside = fence.admits(value, rated)
    shown = fence.show(value, rated)
    if not inside:
        return "broken", shown, False
    age = age_of(series, now, last)
    patience = series.fresh if series.fresh is not None else book["stale_after"]
    stale = age is not None and age > patience + GRAINS.get(series.usual_grain(), 0)
    return "no-data" if stale else "kept", shown, False


def grade(score):
    """The exact score floored to a tenth: nothing is rounded before."""
    return "-" if score is None else str(int(score * 10))


def near(found, wanted, tolerance=F(1, 10**17)):
    if found == "-" or wanted is None:
        return found == "-" and wanted is None
    return abs(F(found) - wanted) <= tolerance * max(1, abs(wanted))


class Checker:
    """Collects differences."""

    def __init__(self):
        self.differences, self.checked, self.too_large, self.shapes = [], 0, 0, Counter()

    def compare(self, case, name, same, wanted):
        self.checked += 1
        if not same:
            wanted = f"{float(wanted):.20g} ({wanted})" if isinstance(wanted, F) else wanted
            shown = {key: value for key, value in case.items() if key != "m_files"}
            files = json.loads(case.get("m_files", "{}"))
            text = "".join(f"\n  {name}:\n{text}" for name, text in files.items())
            self.differences.append(f"{case['id']} {name}: okrbook {case['=' + name]}, here {wanted}\n    {shown}{text}")

    def number(self, case, name, wanted, tolerance=F(1, 10**17)):
        self.compare(case, name, near(case["=" + name], wanted, tolerance), wanted)

    def text(self, case, name, wanted):
        wanted = "-" if wanted is None else str(wanted)
        self.compare(case, name, case["=" + name] == wanted, wanted)

    def rows(self, case, series):
        """What is kept of a metric's rows: each day's value, and windows with the rows that they rest on."""
        self.shapes[case["shape"]] += 1
        self.text(case, "heartbeat", series.heartbeat)
        if series.query.unique_by is None:
            self.text(case, "open", series.open_rows)
        found = [point.split(":") for point in case["=points"].split(",") if ":" in point]
        same = [int(day) for day, _ in found] == [day for day, _ in series.points]
        same = same and all(near(value, here) for (_, value), (_, here) in zip(found, series.points))
        self.compare(case, "points", same, ",".join(f"{day}:{float(value)}" for day, value in series.points))
        for window, told in zip(case["m_windows"].split(","), case["=windows"].split(";")):
            start, end = map(int, window.split(":"))
            value, *rest = told.split("/")
            begun = start if series.trailing is None else end - series.trailing
            measured = series.measure(begun, end)
            evidence = series.evidence(begun, end) if measured else ("-", "-")
            here = "/".join(map(str, [*(measured[1:] if measured else "--"), *evidence, series.covered(start, end)]))
            if series.query.stock:
                # On which rows a stock rests is nowhere said.
                here = here.split("/")
                rest, here = rest[:2] + rest[4:], "/".join(here[:2] + here[4:])
            same = near(value, measured and measured[0]) and "/".join(rest) == here
            self.compare(case, "windows", same, f"in {window} {measured and float(measured[0])}/{here}")

    def key_result(self, case, card, now):
        self.text(case, "state", card.state)
        self.text(case, "reasons", ";".join(card.reasons) or "-")
        self.number(case, "progress", card.progress)
        self.number(case, "score", card.score)
        self.text(case, "grade", grade(card.score))
        self.too_large += TOO_LARGE in card.reasons
        if card.reasons[:1] == [TOO_LARGE]:
            # How far the card was filled before says nothing.
            return
        self.number(case, "value", card.value)
        self.text(case, "age", card.age)
        self.text(case, "measured_on", card.measured_on)
        self.number(case, "baseline", card.baseline and card.baseline[0])
        self.text(case, "origin", card.baseline and card.baseline[1])
        run_rate = card.run_rate or [None, None, None]
        self.number(case, "so_far", run_rate[0])
        self.text(case, "covered", run_rate[1])
        self.text(case, "capped", None if run_rate[2] is None else str(run_rate[2]).lower())
        self.text(case, "hold", card.hold and "/".join(map(str, card.hold)))
        self.number(case, "best", card.best)
        self.number(case, "expected", card.expected)
        self.text(case, "expected_by", card.expected_by)
        if card.is_blurred:
            card.is_unsure = True
        elif card.rule != "trend":
            # A projection is a quotient of kept numbers; its status is told from the exact ones.
            self.number(case, "projected", card.projected, F(1, 10**13))
            self.text(case, "status", card.status)
        else:
            self.number(case, "projected", min(max(card.projected, F(-(10**9))), F(10**9)), F(1, 10**6))
            thresholds = [4 * TENTH, 7 * TENTH, F(1)]
            card.is_unsure = any(abs(card.projected - threshold) <= F(1, 10**5) for threshold in thresholds)
            if not card.is_unsure:
                self.text(case, "status", card.status)
        self.text(case, "rule", card.rule if now.open else None)


def mean(pairs):
    total = sum(weight for weight, _ in pairs)
    return sum(weight * score for weight, score in pairs) / total if pairs else None


def counted(cards):
    """The cards that a mean counts: those that had something to measure, or all where none had."""
    return [pair for pair in cards if not pair[1].is_excused()] or cards


def roll_up(cards, zero):
    zero = zero and not (cards and all(card.is_excused() for _, card in cards))
    scored = [(weight, card.score) for weight, card in cards if card.score is not None]
    alls = [(weight, card.score or F(0)) for weight, card in cards]
    measured = sum(card.state in ("measured", "projected", "stale") and card.score is not None for _, card in cards)
    projected = any(
        card.score is not None
        and (card.state == "projected" or (card.state == "stale" and (card.run_rate or card.hold)))
        for _, card in cards
    )
    score = mean(scored)
    if score is None and zero:
        score = F(0)
    return score, mean(alls) or F(0), measured, len(cards), projected


def team_of(rollups):
    scored = [(F(1), rollup[0]) for rollup in rollups if rollup[0] is not None]
    alls = [(F(1), rollup[1]) for rollup in rollups]
    sums = [sum(rollup[place] for rollup in rollups) for place in (2, 3)]
    return mean(scored), mean(alls) or F(0), sums[0], sums[1], any(rollup[4] for rollup in rollups)


def promise(ambition, cards):
    """How a committed objective stands: as the weakest of its key results that have data."""
    order = ["ahead", "on-track", "at-risk", "off-track", "out-of-reach"]
    said = [card.status for card in cards if card.status is not None]
    if ambition != "committed" or not said:
        return None
    return max((status for status in said if status in order), key=order.index, default="no-data")


def check_rollup(checker, case, found):
    checker.number(case, "score", found[0])
    checker.text(case, "grade", grade(found[0]))
    checker.number(case, "pessimistic", found[1])
    checker.text(case, "measured", f"{found[2]}/{found[3]}")
    checker.text(case, "projected", str(found[4]).lower())


def main(path):
    checker = Checker()
    book, now, ambition, cards, objectives = {}, None, "", [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            kind, *pairs = line.rstrip("\n").split("\t")
            case = dict(pair.rsplit("=", 1) if pair[0] == "=" else pair.split("=", 1) for pair in pairs)
            if kind == "book":
                book = {"stale_after": int(case["stale_after"]), "zero": case["zero"] == "yes"}
                book |= {"as_of": int(case["as_of"]), "zone": case.get("zone")}
                now = Moment(int(case["start"]), int(case["end"]), int(case["as_of"]))
                objectives = []
            elif kind == "objective":
                ambition, cards = case["ambition"], []
            elif kind == "kr":
                series = series_of(case, "m_", book)
                if "m_windows" in case:
                    checker.rows(case, series)
                card = score_key_result(case, series, now, book, ambition)
                checker.key_result(case, card, now)
                if "g_bound" in case:
                    state, value, too_large = guardrail(case, now, book)
                    checker.text(case, "guardrail", state)
                    checker.text(case, "guardrail_too_large", str(too_large).lower())
                    checker.number(case, "guardrail_value", value)
                cards.append((F(case["weight"]), card, case["kind"] in ("milestone", "baseline")))
            elif kind == "rollup":
                zero = now.over and book["zero"]
                weighed = counted(cards)
                found = roll_up([card[:2] for card in weighed], zero)
                check_rollup(checker, case, found)
                scores = [(card.score, place) for place, (_, card, _) in enumerate(cards) if card.score is not None]
                checker.text(case, "lowest", min(scores)[1] if scores else None)
                if not any(card.is_unsure for _, card, _ in cards):
                    checker.text(case, "promise", promise(ambition, [card for _, card, _ in cards]))
                firm = [card[:2] for card in weighed if not card[2]]
                objectives.append((found, roll_up(firm, zero) if firm else None, any(card[2] for card in cards)))
            elif kind == "team":
                check_rollup(checker, case, team_of([found for found, _, _ in objectives]))
                if any(soft for _, _, soft in objectives):
                    firm = team_of([firm for _, firm, _ in objectives if firm is not None])
                    checker.number(case, "without_soft", firm[0])
    for difference in checker.differences[:20]:
        print(difference)
    compared = f"{checker.checked} figures compared, of {checker.too_large} key results with numbers too large"
    print(f"{compared}, {len(checker.differences)} differences")
    print(", ".join(f"{count} {shape}" for shape, count in sorted(checker.shapes.items())))
    return 1 if checker.differences or not checker.checked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
