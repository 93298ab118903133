"""The days of each cycle of a calendar, written without a look at the program: takes the first month, which year
names the fiscal one, and a `data/book.json`, and prints what differs.

A fiscal year begins on the first of its first month, in the year that names it or, where the year in which it ends does, in the one
before. Halves, thirds and quarters are equal parts of it in months. A month is the calendar's.
"""

import json
import sys
from datetime import date

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


if __name__ == "__main__":
    first_month, named_by, book = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    with open(book, encoding="utf-8") as file:
        read = {cycle["id"]: (cycle["start"], cycle["end"]) for cycle in json.load(file)["quarters"]}
    wanted = {name: (str(start), str(end)) for name, start, end in cycles(first_month, named_by, 2025)}
    for name in sorted(set(read) | set(wanted)):
        if read.get(name) != wanted.get(name):
            print(f"{name}: okrbook {read.get(name)}, here {wanted.get(name)}")
