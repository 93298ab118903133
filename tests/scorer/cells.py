"""What single cells of an export say: days and moments, numbers, lengths of time, blanks."""

import re
from datetime import date, timedelta
from fractions import Fraction as F

from series import EPOCH, SECONDS

MONTHS = {name: place for place, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
CLOCK = r"(?:[T ](?P<h>\d{1,2}):(?P<mi>\d\d)(?::(?P<s>\d\d))?(?P<zone>Z|[+-]\d\d:\d\d)?)?"
# How dates are written where nobody says it; none of these can be read in two ways.
WRITTEN = [
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)" + CLOCK),
    re.compile(r"(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y>\d{4})" + CLOCK),
    re.compile(r"(?P<d>\d{1,2}) (?P<mon>[A-Z][a-z]{2}) (?P<y>\d{4})" + CLOCK),
    re.compile(r"(?P<mon>[A-Z][a-z]{2}) (?P<d>\d{1,2}), (?P<y>\d{4})" + CLOCK),
]
STATED = {"YYYY": r"(?P<y>\d{4})", "MMM": r"(?P<mon>[A-Za-z]{3})", "MM": r"(?P<m>\d\d)", "DD": r"(?P<d>\d\d)",
          "hh": r"(?P<h>\d\d)", "mm": r"(?P<mi>\d\d)", "ss": r"(?P<s>\d\d)"}
PERIODS = [
    ("month", re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)")),
    ("month", re.compile(r"(?P<mon>[A-Z][a-z]{2}) (?P<y>\d{4})")),
    ("week", re.compile(r"(?P<y>\d{4})-W(?P<w>\d\d)")),
    ("quarter", re.compile(r"(?P<y>\d{4})-Q(?P<q>\d)")),
]
UNITS = {"ms": "ms", "s": "s", "m": "min", "min": "min", "h": "h", "d": "d"}
BLANKS = {"", "-", "null"}


def is_blank(text):
    return text.strip().lower() in BLANKS


def number_of_day(year, month, day):
    return (date(year, month, day) - EPOCH).days


def offset(zone):
    """The minutes of a zone such as `+02:00`."""
    if zone in ("Z", "UTC", "-", None):
        return 0
    sign = -1 if zone[0] == "-" else 1
    return sign * (int(zone[1:3]) * 60 + int(zone[4:6]))


def pattern_of(stated):
    """The pattern of a format such as `DD/MM/YYYY hh:mm`."""
    parts = re.split(r"(YYYY|MMM|MM|DD|hh|mm|ss)", stated)
    return re.compile("".join(STATED.get(part, re.escape(part)) for part in parts))


class When:
    """A day, and the moment on it in seconds since 1970 where the cell says one."""

    def __init__(self, day, moment=None):
        self.day, self.moment = day, moment

    def seconds(self):
        return self.day * 86400 if self.moment is None else self.moment


class Dates:
    """Reads the dates of a file, whose days are those of the book's zone."""

    def __init__(self, stated, zone, book_zone):
        self.stated, self.zone, self.book_zone = stated, offset(zone or book_zone), offset(book_zone)
        self.patterns = WRITTEN if stated in (None, "unix") else [pattern_of(stated)]

    def read(self, text):
        text = text.strip()
        if self.stated == "unix":
            # Smaller numbers count something else.
            return self.at(int(text)) if re.fullmatch(r"\d{9,10}", text) else None
        for pattern in self.patterns:
            found = pattern.fullmatch(text)
            if found:
                return self.when(found.groupdict())
        return None

    def when(self, parts):
        month = MONTHS[parts["mon"].lower()] if parts.get("mon") else int(parts["m"])
        try:
            day = number_of_day(int(parts["y"]), month, int(parts["d"]))
        except ValueError:
            return None
        if not parts.get("h"):
            return When(day)
        minutes = offset(parts["zone"]) if parts.get("zone") else self.zone
        clock = int(parts["h"]) * 3600 + int(parts["mi"]) * 60 + int(parts.get("s") or 0)
        return self.at(day * 86400 + clock - minutes * 60)

    def at(self, moment):
        return When((moment + self.book_zone * 60) // 86400, moment)


def period(text, grain):
    """The grain and first day of a period: `2026-07`, `2026-W30`, `2026-Q3`, or the grain's own of a day."""
    for named, pattern in PERIODS:
        found = pattern.fullmatch(text.strip())
        if found:
            parts = found.groupdict()
            month = MONTHS[parts["mon"].lower()] if parts.get("mon") else parts.get("m")
            return named, first_of(named, int(parts["y"]), int(month or parts.get("w") or parts.get("q")))
    when = grain and Dates(None, None, "UTC").read(text)
    return when and (grain, first_holding(grain, when.day))


def first_of(grain, year, number):
    """The first day of a year's month, ISO week or quarter."""
    if grain == "week":
        fourth = date(year, 1, 4)
        return (fourth - EPOCH).days - fourth.weekday() + 7 * (number - 1)
    return number_of_day(year, number if grain == "month" else 3 * number - 2, 1)


def first_holding(grain, day):
    """The first day of the period that begins on a day, or holds it."""
    if grain in ("day", "week"):
        return day
    when = EPOCH + timedelta(days=day)
    months = {"month": when.month, "quarter": when.month - (when.month - 1) % 3, "year": 1}
    return number_of_day(when.year, months[grain], 1)


def last_of(grain, first):
    if grain in ("day", "week"):
        return first + (6 if grain == "week" else 0)
    when = EPOCH + timedelta(days=first)
    months = when.year * 12 + when.month - 1 + {"month": 1, "quarter": 3, "year": 12}[grain]
    return number_of_day(months // 12, months % 12 + 1, 1) - 1


def kept_on(grain, first):
    """The day by which a period belongs to a window: a week's Thursday, else its last."""
    return first + 3 if grain == "week" else last_of(grain, first)


def number(text, decimal="."):
    """A number as it is written; nothing where it is none."""
    text = text.strip().rstrip("%").strip()
    if decimal == ",":
        text = text.replace(",", ".")
    found = re.fullmatch(r"(-?\d+)(?:\.(\d+))?", text)
    if not found:
        return None
    whole, decimals = found.group(1), found.group(2) or ""
    return F(int(whole + decimals), 10 ** len(decimals))


def length(text, stated, unit):
    """A length of time in a unit; a bare number counts in the unit already."""
    text = text.strip()
    seconds = None
    if re.fullmatch(r"\d+(:\d\d){1,2}", text):
        signs = {"h": 3600, "hh": 3600, "mm": 60, "ss": 1}
        places = stated.split(":") if stated else ["h", "mm", "ss"]
        parts = text.split(":")
        if len(parts) != len(places):
            return None
        seconds = sum(F(part) * signs[place] for part, place in zip(parts, places))
    elif re.fullmatch(r"PT(\d+H)?(\d+M)?(\d+S)?", text):
        signs = {"H": 3600, "M": 60, "S": 1}
        seconds = sum(F(count) * signs[sign] for count, sign in re.findall(r"(\d+)([HMS])", text))
    elif re.fullmatch(r"(\d+(\.\d+)? ?(ms|min|[smhd]) ?)+", text):
        parts = re.findall(r"(\d+(?:\.\d+)?) ?(ms|min|[smhd])", text)
        seconds = sum(F(count) * SECONDS[UNITS[sign]] for count, sign in parts)
    else:
        return number(text)
    return seconds / SECONDS[unit]
