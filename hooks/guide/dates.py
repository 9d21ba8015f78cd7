"""Dates as historians have them: a day, a month, a year, a range of these, or about one of them."""

import re
from dataclasses import dataclass
from functools import cached_property, total_ordering
from typing import Self

from pydantic_core import PydanticCustomError

MONTHS = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
POINT = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
PATTERN = rf"^(?:about )?{POINT}(?:/(?:{POINT}|\d{{2}}(?:-\d{{2}})?))?$"

Point = tuple[int, ...]


@total_ordering
@dataclass(frozen=True)
class FuzzyDate:
    """A date with the precision that its source has; first and last are (year[, month[, day]])."""

    first: Point
    last: Point
    about: bool = False

    @classmethod
    def parse(cls, text: object) -> Self:
        """Read '1998', '1998-04', '1998-04-18', '1998-04-18/19', '1998-04/1998-06', 'about 1998'.

        Raises PydanticCustomError of type 'date'.
        """
        if isinstance(text, cls):
            return text
        if not isinstance(text, str) or not re.match(PATTERN, text):
            raise _wrong(text, "must be YYYY, YYYY-MM, YYYY-MM-DD, a range such as 1998-04-18/19, or 'about 1998'")
        start, _, end = text.removeprefix("about ").partition("/")
        first = _point(start)
        last = _point(_completed(end, start)) if end else first
        if _bounds(last)[1] < _bounds(first)[0]:
            raise _wrong(text, "must not end before it begins")
        return cls(first, last, text.startswith("about "))

    @property
    def year(self) -> int:
        """The year in which it begins."""
        return self.first[0]

    def display(self) -> str:
        """In words: '18–19 April 1998', 'April 1998', 'about 1998'."""
        return ("about " if self.about else "") + _range_in_words(self.first, self.last)

    @property
    def machine(self) -> str:
        """In ISO form, the end of a range after a stroke; what tables sort by."""
        first, last = _iso(self.first), _iso(self.last)
        return first if first == last else f"{first}/{last}"

    @property
    def is_point(self) -> bool:
        """Whether it is one day, month or year, and not inferred."""
        return self.first == self.last and not self.about

    def __str__(self) -> str:
        return ("about " if self.about else "") + self.machine

    @cached_property
    def _span(self) -> tuple[Point, Point]:
        """The first and the last day that it can mean."""
        return _bounds(self.first)[0], _bounds(self.last)[1]

    def __lt__(self, other: Self) -> bool:
        return self._span < other._span


def _wrong(text: object, must: str) -> PydanticCustomError:
    return PydanticCustomError("date", "date {text} {must}", {"text": repr(text), "must": must})


def _completed(end: str, start: str) -> str:
    """An abbreviated end of a range ('19', '05-02') with what it leaves out taken from the start."""
    return end if len(end) >= 4 and "-" not in end[:4] else start[: len(start) - len(end)] + end


def _point(text: str) -> Point:
    point = tuple(int(part) for part in text.split("-"))
    if len(point) > 1 and not 1 <= point[1] <= 12:
        raise _wrong(text, "must have a month from 01 to 12")
    if len(point) > 2 and not 1 <= point[2] <= _days(point[0], point[1]):
        raise _wrong(text, f"must have a day that {MONTHS[point[1] - 1]} {point[0]} has")
    return point


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else DAYS_IN_MONTH[month - 1]


def _bounds(point: Point) -> tuple[Point, Point]:
    """The first and the last day that a point can mean."""
    low = point + (1,) * (3 - len(point))
    month = point[1] if len(point) > 1 else 12
    high = (point[0], month, point[2] if len(point) > 2 else _days(point[0], month))
    return low, high


def _iso(point: Point) -> str:
    return "-".join([f"{point[0]:04d}", *(f"{part:02d}" for part in point[1:])])


def _words(point: Point, leave_out: int = 0) -> str:
    """A point in words, without the last `leave_out` of year and month."""
    parts = [str(point[0])]
    if len(point) > 1:
        parts.insert(0, MONTHS[point[1] - 1])
    if len(point) > 2:
        parts.insert(0, str(point[2]))
    return " ".join(parts[: len(parts) - leave_out])


def _range_in_words(first: Point, last: Point) -> str:
    if first == last:
        return _words(first)
    same_year = first[0] == last[0] and len(first) > 1
    same_month = same_year and first[:2] == last[:2] and len(first) > 2
    leave_out = 2 if same_month else 1 if same_year else 0
    return f"{_words(first, leave_out)}–{_words(last)}"
