#!/usr/bin/env python3
"""Tells again whether metrics moved, in exact fractions where okrbook counts in floats, and prints every difference.

In: a file of lines of tab-separated `key=value` pairs, one for each question; `=movement` is what okrbook found. Out: the
differences, and exit code 1 where there are any. Written from what `okrbook explain within-noise` says.
"""

import sys
from bisect import bisect_left
from datetime import date, timedelta
from fractions import Fraction as F
from math import comb, sqrt

from series import EPOCH, Series

T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131]
T += [2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042]
STEPS = {"day": (1, False), "week": (7, False), "month": (1, True)}


class Unsure(Exception):
    """What is told lies so near a limit that floats may tell it otherwise."""


def months_back(day, months):
    """The day so many months earlier, as many days into its month."""
    known = EPOCH + timedelta(days=day)
    month = known.year * 12 + known.month - 1 - months
    return (date(month // 12, month % 12 + 1, 1) - EPOCH).days + known.day - 1


class Question:
    """A metric's days, and the cycle's days with those before."""

    def __init__(self, case):
        self.series = Series(case, "m_")
        self.days_with = [day for day, _ in self.series.points]
        self.first = self.days_with[0] if self.days_with else None
        self.cycle = int(case["end"]) - int(case["start"])
        self.sign = 1 if case["better"] == "higher" else -1
        self.aims = [tuple(map(int, aim.split(":"))) for aim in case["aims"].split(",") if ":" in aim]
        self.before = (int(case["before"]), int(case["start"]))
        self.begins_within = self.first is not None and self.first > self.before[0] + 7
        self.after = (int(case["start"]), min(int(case["end"]), int(case["as_of"]) + 1))
        if self.series.is_flow and self.first is not None:
            until = self.series.speaks_until(self.after[1] - 1) + 1
            self.before = (max(self.before[0], self.first), self.before[1])
            self.after = (self.after[0], max(self.after[0], min(self.after[1], until)))
        self.days = self.after[1] - self.before[1]
        self.grain = self.series.usual_grain()

    def points(self, start, end):
        return self.series.points[bisect_left(self.days_with, start) : bisect_left(self.days_with, end)]

    def length(self, window):
        if self.series.trailing is not None:
            return self.series.trailing
        return 7 if self.series.aggregate == "last" else window[1] - window[0]

    def value(self, window, last):
        """The value of a window, given the last day that anything is asked of."""
        start, end = window
        if self.series.aggregate == "last" and self.series.trailing is None:
            week = self.points(max(start, end - 7), end)
            if week:
                return sum(value for _, value in week) / len(week)
            return self.points(start, end)[-1][1] if self.points(start, end) else None
        start = end - self.series.trailing if self.series.trailing is not None else start
        if self.series.adds_up:
            if start < self.first or end > self.series.speaks_until(last) + 1:
                return None
            total = sum(value for _, value in self.points(start, end))
            if not self.series.is_flow:
                return total
            return total / (end - start) if end > start else None
        found = self.series.measure(start, end) if self.points(start, end) else None
        return found and found[0]

    def change(self, before, after, last):
        a, b = self.value(before, last), self.value(after, last)
        if a is None or b is None:
            return None
        return F(0) if abs(b - a) <= F(1, 10**9) * max(abs(a), abs(b)) else self.sign * (b - a)

    def back(self, window, steps):
        step, is_months = STEPS[self.grain]
        if is_months:
            return tuple(months_back(day, step * steps) for day in window)
        return tuple(day - step * steps for day in window)

    def count(self, days):
        step, is_months = STEPS[self.grain]
        return (days + 15 + 30 * step) // (31 * step) if is_months else (days + step - 1) // step

    def is_aimed_in(self, start, end):
        return any(first < end and start < behind for first, behind in self.aims)


def verdict(is_unusual, change):
    if not is_unusual or change == 0:
        return "usual-range"
    return "moved" if change > 0 else "moved-back"


def by_counts(question):
    if not question.series.is_flow or question.series.aggregate != "count" or question.begins_within:
        return None
    days = [end - start for start, end in (question.before, question.after)]
    before, within = (sum(value for _, value in question.points(*window)) for window in (question.before, question.after))
    total = int(before + within)
    if total > 100:
        return None
    part = F(days[1], sum(days))
    terms = [comb(total, count) * part**count * (1 - part) ** (total - count) for count in range(total + 1)]
    chance = min(F(1), 2 * min(sum(terms[: int(within) + 1]), sum(terms[int(within) :])))
    change = question.sign * (F(within, days[1]) - F(before, days[0]))
    shown = round(float(chance), 4)
    return f"{verdict(chance <= F(1, 20), change)} counts {before}/{days[0]} {within}/{days[1]} {shown:g}"


def earlier(question):
    first_step = next(k for k in range(1, question.days + 2) if question.back(question.after, k)[1] <= question.before[1])
    pairs = []
    for steps in range(first_step, first_step + 1000):
        before, after = question.back(question.before, steps), question.back(question.after, steps)
        if before[1] - question.length(before) < question.first:
            break
        pairs.append((before, after))
    # Each side is asked at once, the newest window last.
    lasts = [max(pair[side][1] for pair in pairs) - 1 for side in (0, 1)] if pairs else []
    changes = []
    for before, after in pairs:
        values = [question.value(window, last) for window, last in zip((before, after), lasts)]
        known = None not in values and not question.is_aimed_in(before[1], after[1])
        changes.append(question.change(before, after, max(lasts)) if known else None)
    return first_step, changes


def by_windows(question, change):
    series, start = question.series, question.before[1]
    if not series.is_flow and len(question.points(question.first, start)) < 20:
        return None
    first_step, changes = earlier(question)
    free = max(0, 365 - 7 - question.days - question.length(question.before))
    if sum(known is not None for known in changes) < question.count(free):
        return None
    own, known, seasonal = change, [one for one in changes if one is not None], False
    step, is_months = STEPS[question.grain]
    year = 12 // step if is_months else 364 // step
    if start - question.first >= 723 and 0 <= year - first_step < len(changes):
        before = changes[year - first_step]
        pairs = [(a, a - b) for a, b in zip(changes, changes[year:]) if a is not None and b is not None]
        plain, less = (sum(pair[side] ** 2 for pair in pairs) for side in (0, 1))
        if before is not None and len(pairs) >= 20:
            if abs(plain - less) <= F(1, 10**9) * plain:
                raise Unsure
            if less < plain:
                own, known, seasonal = change - before, [pair[1] for pair in pairs], True
    if len(known) < 20:
        return None
    overlap = max(1, question.count(question.length(question.before)) + question.count(question.length(question.after)))
    either = len(known) < 6 * overlap
    way = -1 if own < 0 else 1
    sizes = [abs(one) if either else one * way for one in known]
    scale = max(map(abs, [own, *known]), default=F(0))
    if any(0 < abs(size - abs(own)) < F(1, 10**7) * scale for size in sizes):
        raise Unsure
    as_large = sum(size >= abs(own) for size in sizes)
    if scale and any(size == abs(own) for size in sizes) and seasonal:
        raise Unsure
    said = verdict(20 * as_large <= len(known), own)
    return f"{said} windows {question.days} {len(known)} {as_large} {str(either).lower()} {str(seasonal).lower()}"


def weeks_of(question, window):
    weeks = (window[1] - window[0]) // 7
    first = window[1] - 7 * weeks
    if question.series.is_flow:
        values = [question.value((first + 7 * week, first + 7 * week + 7), window[1] - 1) for week in range(weeks)]
        return [float(value) for value in values if value is not None]
    runs = [[value for _, value in question.points(first + 7 * week, first + 7 * week + 7)] for week in range(weeks)]
    return [float(sum(run) / len(run)) for run in runs if run]


def by_weeks(question):
    """The verdict, or how many weeks there are."""
    before, within = weeks_of(question, question.before), weeks_of(question, question.after)
    if min(len(before), len(within)) < 12:
        return None, (len(before), len(within))
    mean = lambda weeks: sum(weeks) / len(weeks)
    size = max(1, min((question.length(question.before) + 3) // 7, len(before), len(within)))
    times = [place - (len(before) - 1) / 2 for place in range(len(before))]
    slope = sum(time * week for time, week in zip(times, before)) / sum(time * time for time in times)
    off = [week - mean(before) - slope * time for time, week in zip(times, before)]
    squares = sum(one * one for one in off)
    found = sum(a * b for a, b in zip(off, off[1:])) / squares if squares else 0
    alike = min(0.5, max(0, found + (1 + 3 * max(0, found)) / len(before)))
    part = (1 - alike) / (1 + alike)
    jitter = lambda weeks: sum((b - a) ** 2 for a, b in zip(weeks, weeks[1:])) / 2 / (len(weeks) - 1)
    variance = (jitter(before) + jitter(within)) / 2 / (1 - alike)
    freedom = (len(before) + len(within) - 2) * part * 0.75
    usual = T[int(min(30, max(1, freedom))) - 1] * sqrt(2 * variance / max(1, size * part))
    change = question.sign * (mean(within[-size:]) - mean(before[-size:]))
    scale = max(map(abs, before + within), default=0)
    if abs(abs(change) - usual) < 1e-7 * scale or abs(freedom - round(freedom)) < 1e-9:
        raise Unsure
    return f"{verdict(abs(change) > usual, change)} weeks {len(before)} {len(within)}", None


def median(values):
    values = sorted(values)
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


def by_changes(question, change):
    start, into = question.before[1], (EPOCH + timedelta(days=question.before[1])).day - 1
    month = lambda back: months_back(start - into, back) + into
    length = (EPOCH + timedelta(days=start)).year * 12 + (EPOCH + timedelta(days=start)).month
    first = EPOCH + timedelta(days=question.before[0])
    length -= first.year * 12 + first.month
    is_whole = first.day == 1 and into == 0
    quarters = [question.before]
    while len(quarters) < 20:
        end = quarters[-1][0]
        before = months_back(end, length) if is_whole else end - (question.before[1] - question.before[0])
        quarters.append((before, end))
    months = [(month(back + 1), month(back)) for back in range(60)]
    for windows, fewest, name in ((quarters, 3, "false"), (months, 4, "true")):
        if name == "true" and question.series.is_flow:
            continue
        known = []
        for window in windows:
            if window[0] < question.first - 3 or (known and question.is_aimed_in(*window)):
                break
            if not question.is_aimed_in(*window):
                known.append(window)
        known = known[:12]
        values = []
        for window in known:
            value = question.value(window, known[0][1] - 1)
            if value is None:
                break
            values.append(value)
        changes = [b - a for a, b in zip(values, values[1:])]
        if len(changes) >= fewest:
            middle = median(changes)
            usual = 2 * F(14826, 10000) * median([abs(one - middle) for one in changes])
            if 0 < abs(abs(change) - usual) < F(1, 10**7) * max(abs(change), usual):
                raise Unsure
            return f"{verdict(abs(change) > usual, change)} changes {len(values)} {name}"
    return None


def told(question):
    if 3 * question.days < question.cycle or question.first is None:
        return "-"
    values = [question.value(window, window[1] - 1) for window in (question.before, question.after)]
    if None in values:
        return "-"
    change = question.change(question.before, question.after, question.after[1] - 1)
    said = by_counts(question) or by_windows(question, change)
    if said:
        return said
    said, few = by_weeks(question)
    if said:
        return said
    is_rare = question.grain == "month" or few[0] < (question.before[1] - question.before[0]) // 7 // 2
    return is_rare and by_changes(question, change) or f"cannot-tell few {few[0]} {few[1]}"


def main(path):
    differences, checked, unsure = [], {}, 0
    for line in open(path, encoding="utf-8"):
        case = dict(pair.split("=", 1) for pair in line.rstrip("\n").split("\t")[1:] if not pair.startswith("="))
        found = line.rstrip("\n").rsplit("\t=movement=", 1)[1]
        try:
            wanted = told(Question(case))
        except Unsure:
            unsure += 1
            continue
        kind = " ".join(wanted.split()[:2])
        checked[kind] = checked.get(kind, 0) + 1
        if found != wanted:
            differences.append(f"okrbook {found}, here {wanted}\n    {case}")
    print("\n".join(differences[:20]))
    print(f"{len(differences)} differences, {unsure} unsure; {dict(sorted(checked.items()))}")
    return 1 if differences or unsure * 10 > sum(checked.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
