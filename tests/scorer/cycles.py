"""The days of each cycle of a calendar, and what is counted in it, written without a look at the program: takes the first month,
which year names the fiscal one, and a site, and prints what differs. Where the site's cycles have a team `desk`, its key results
count an export of days (`daily`: a row is worth its day of the month) and one of weeks (`weekly`: a row is worth the number of its
ISO week), up to the site's day; a week belongs to the cycle that holds its Thursday, and one that has begun and not come so far to
the cycle that holds the site's day.

A fiscal year begins on the first of its first month, in the year that names it or, where the year in which it ends does, in the one
before. Halves, thirds and quarters are equal parts of it in months. A month is the calendar's.
"""

import json
import sys
from datetime import date, timedelta

PARTS = {"": 1, "H": 2, "T": 3, "Q": 4}


def first_of(month_number):
    return date(month_number // 12, month_number % 12 + 1, 1)


def cycles(first_month, named_by, year):
    begins = (year - (named_by == "end" and first_month != 1)) * 12 + first_month - 1
    for letter, parts in PARTS.items():
        for part in range(parts):
            name = f"{year}-{letter}{part + 1}" if letter else str(year)
            start = begins + part * 12 // parts
            yield name, first_of(start), first_of(start + 12 // parts)
    for month in range(1, 13):
        yield f"{year}-{month:02}", date(year, month, 1), first_of(year * 12 + month)


def counted(start, end, as_of):
    """Returns the sums of days and of weeks so far; nothing where none is over."""
    days = [start + timedelta(n) for n in range((min(end, as_of + timedelta(1)) - start).days)]
    daily = sum(day.day for day in days) if days else None
    begun = {as_of} if as_of.weekday() < 3 else set()
    thursdays = [day for day in days if day.weekday() == 3 or day in begun]
    weekly = sum(day.isocalendar()[1] for day in thursdays) if thursdays else None
    return {"daily": daily, "weekly": weekly}


def compare_counts(site, name, start, end):
    with open(f"{site}/data/{name}.json", encoding="utf-8") as file:
        cycle = json.load(file)
    as_of = date.fromisoformat(cycle["as_of"])
    wanted = counted(start, end, as_of)
    for team in cycle["teams"]:
        for found in team["objectives"][0]["key_results"]:
            value = found.get("so_far") or (found["value"] if found["state"] != "projected" else None)
            if float(value or 0) != (wanted[found["id"]] or 0):
                print(f"{name} on {as_of}, {found['id']}: okrbook {value} ({found['state']}), here {wanted[found['id']]}")


if __name__ == "__main__":
    first_month, named_by, site = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    with open(f"{site}/data/book.json", encoding="utf-8") as file:
        read = {cycle["id"]: (cycle["start"], cycle["end"]) for cycle in json.load(file)["quarters"]}
    wanted = {name: (str(start), str(end)) for name, start, end in cycles(first_month, named_by, 2025)}
    for name in sorted(set(read) | set(wanted)):
        if read.get(name) != wanted.get(name):
            print(f"{name}: okrbook {read.get(name)}, here {wanted.get(name)}")
    for name, start, end in cycles(first_month, named_by, 2025):
        compare_counts(site, name, start, end)
