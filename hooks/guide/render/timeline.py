"""The strip at the head of the timeline: meetings a year, and terms of office as bands, drawn as SVG."""

import html
import re
from collections import Counter
from collections.abc import Iterator

from guide.library import Library
from guide.records import Leader, Summit

FIRST_YEAR = 1955
WIDTH, HEIGHT = 960, 190
LEFT, BASE, BAR = 8, 108, 7
BANDS = (("japan", 118), ("russia", 146))
HEAD_OF_JAPAN = re.compile(r"^Prime Minister of Japan", re.IGNORECASE)
HEAD_OF_RUSSIA = re.compile(r"^(President|General Secretary|First Secretary)", re.IGNORECASE)
"""One row has no room for the premiers who served beside these."""


def strip(library: Library) -> str:
    """An inline SVG of the leaders' meetings from 1955 on; its text alternative is the list below it."""
    meetings = [record for record in library.section("summits") if isinstance(record, Summit) and _of_leaders(record)]
    years = Counter(meeting.date.year for meeting in meetings if meeting.date.year >= FIRST_YEAR)
    last = max(years, default=FIRST_YEAR) + 1
    last = max([last, *(record.date.last[0] for record in library.dated())])
    scale = (WIDTH - 2 * LEFT) / (last + 1 - FIRST_YEAR)
    parts = [*_axis(scale, last), *_bars(years, scale), *_bands(library, scale, last)]
    label = f"Meetings of the leaders a year, {FIRST_YEAR} to {last}, with terms of office"
    return (
        f'<div class="strip" role="group" aria-label="{label}" tabindex="0">'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg></div>'
    )


def _of_leaders(meeting: Summit) -> bool:
    return meeting.kind in ("summit", "visit", "treaty-signing") and bool(
        meeting.leaders.japan and meeting.leaders.russia
    )


def _x(year: float, scale: float) -> float:
    return round(LEFT + (year - FIRST_YEAR) * scale, 1)


def _axis(scale: float, last: int) -> Iterator[str]:
    yield f'<line class="axis" x1="{LEFT}" y1="{BASE}" x2="{WIDTH - LEFT}" y2="{BASE}"/>'
    for year in range(1960, last + 1, 10):
        yield f'<text class="year" x="{_x(year, scale)}" y="{HEIGHT - 4}">{year}</text>'
        yield f'<line class="tick" x1="{_x(year, scale)}" y1="12" x2="{_x(year, scale)}" y2="{HEIGHT - 16}"/>'


def _bars(years: Counter[int], scale: float) -> Iterator[str]:
    for year, number in sorted(years.items()):
        height = number * BAR + number
        title = f"{year}: {number} meeting{'s' if number > 1 else ''}"
        yield (
            f'<rect class="bar" x="{_x(year, scale) + 1}" y="{BASE - height}" width="{round(scale - 2, 1)}" '
            f'height="{height}"><title>{title}</title></rect>'
        )


def _bands(library: Library, scale: float, last: int) -> Iterator[str]:
    for side, top in BANDS:
        for number, (start, end, name) in enumerate(_terms(library, side, last)):
            left, width = _x(start, scale), round((end - start) * scale, 1)
            short = html.escape(name.split()[0] if side == "japan" else name.split()[-1])
            years = f"{html.escape(name)}, {int(start)}–{int(end)}"
            box = f'class="band {side} n{number % 2}" x="{left}" y="{top}" width="{width}" height="22"'
            yield f"<rect {box}><title>{years}</title></rect>"
            if width > len(short) * 6.2:
                yield f'<text class="name" x="{left + 3}" y="{top + 15}">{short}</text>'


def _terms(library: Library, side: str, last: int) -> list[tuple[float, float, str]]:
    """(from, to, name) in decimal years for each term of a head of government or state whose ends are known."""
    wanted = HEAD_OF_JAPAN if side == "japan" else HEAD_OF_RUSSIA
    found = []
    for record in library.section("leaders"):
        if not isinstance(record, Leader) or record.side != side:
            continue
        for office in record.offices:
            if wanted.match(office.title) and office.since and (office.until or office.current):
                start = _decimal(office.since.first)
                end = _decimal(office.until.last) if office.until else float(last + 1)
                found.append((max(start, float(FIRST_YEAR)), end, record.title))
    return sorted(term for term in found if term[1] > term[0])


def _decimal(point: tuple[int, ...]) -> float:
    month = point[1] if len(point) > 1 else 1
    return round(point[0] + (month - 1) / 12, 2)
