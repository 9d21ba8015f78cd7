"""Draws the guide's map from Natural Earth 1:10m (public domain), as the npm package world-atlas carries it.

    make map      # fetches the package and writes hooks/guide/render/templates/map.svg.j2

The coast is Natural Earth's. The boundary lines are schematic: they run through the straits that the treaties divide,
and join them over open sea only so that one sees which islands lie on which side.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]

WEST, EAST, SOUTH, NORTH = 138.6, 158.2, 41.2, 54.6
SCALE = 52.0
SQUEEZE = math.cos(math.radians(48))
COARSE, FINE = 0.03, 0.006


@dataclass(frozen=True)
class Island:
    """One of the four: the record it leads to, where it lies, and where its label goes."""

    record: str
    box: tuple[float, float, float, float]
    label: Point
    anchor: str


ISLANDS = (
    Island("etorofu", (146.7, 149.0, 44.4, 45.6), (149.15, 44.85), "start"),
    Island("kunashiri", (145.3, 146.6, 43.6, 44.6), (146.8, 44.2), "start"),
    Island("shikotan", (146.55, 146.95, 43.6, 43.95), (147.3, 43.75), "start"),
    Island("habomai", (145.8, 146.5, 43.3, 43.68), (146.8, 43.2), "start"),
)
PLACES: tuple[tuple[str, str, Point], ...] = (
    ("hokkaido", "Hokkaidō", (142.6, 43.3)),
    ("sakhalin", "Sakhalin", (145.2, 48.9)),
    ("kuril-islands", "Kuril Islands", (153.6, 47.2)),
)
SEAS: tuple[tuple[str, Point], ...] = (
    ("Sea of Okhotsk", (148.5, 51.2)),
    ("Pacific Ocean", (153.6, 43.2)),
    ("Kamchatka", (156.6, 52.6)),
)
BOUNDARIES: dict[str, Iterable[Ring]] = {
    "1855": [[(147.9, 46.9), (149.2, 45.65), (150.3, 44.7)]],
    "1875": [[(140.6, 45.7), (143.4, 45.8), (146.5, 47.9), (151.0, 49.9), (155.9, 51.15), (157.6, 50.3)]],
    "1905": [[(140.9, 50.0), (145.2, 50.0), (151.0, 50.6), (155.9, 51.15), (157.6, 50.3)]],
    "1945": [
        [(140.6, 45.7), (143.4, 45.75), (144.9, 44.75), (145.35, 44.15), (145.5, 43.75), (145.82, 43.4), (146.6, 42.6)]
    ],
}


def main() -> None:
    """Read the TopoJSON file named on the command line and print the SVG."""
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(svg(list(rings(atlas))))


def rings(atlas: dict[str, object]) -> Iterator[Ring]:
    """The outer rings of Japan and Russia, in degrees, that touch the map."""
    arcs = decoded(atlas)
    for country in atlas["objects"]["countries"]["geometries"]:  # type: ignore[index]
        if country["properties"]["name"] in ("Russia", "Japan"):
            for polygon in country["arcs"]:
                ring = joined(polygon[0], arcs)
                if any(WEST < x < EAST and SOUTH < y < NORTH for x, y in ring):
                    yield ring


def decoded(atlas: dict[str, object]) -> list[Ring]:
    """TopoJSON's delta-coded arcs in degrees."""
    (scale_x, scale_y), (left, bottom) = atlas["transform"]["scale"], atlas["transform"]["translate"]  # type: ignore[index]
    arcs: list[Ring] = []
    for arc in atlas["arcs"]:  # type: ignore[attr-defined]
        x = y = 0
        points: Ring = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(points)
    return arcs


def joined(indices: list[int], arcs: list[Ring]) -> Ring:
    """The arcs of a ring one after the other; a negative index is an arc read backwards."""
    ring: Ring = []
    for index in indices:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += points[1:] if ring else points
    return ring


def clipped(ring: Ring) -> Ring:
    """The part of a ring within the map (Sutherland and Hodgman 1974)."""
    for axis, bound, keep_greater in ((0, WEST, True), (0, EAST, False), (1, SOUTH, True), (1, NORTH, False)):
        ring = _half(ring, axis, bound, keep_greater)
    return ring


def _half(ring: Ring, axis: int, bound: float, keep_greater: bool) -> Ring:
    def inside(point: Point) -> bool:
        return (point[axis] >= bound) == keep_greater

    kept: Ring = []
    for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True) if ring else ():
        if inside(point) != inside(before):
            share = (bound - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if inside(point):
            kept.append(point)
    return kept


def simplified(points: Ring, tolerance: float) -> Ring:
    """Fewer points, none of the left out ones farther off than the tolerance in degrees (Douglas and Peucker 1973)."""
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    distances = [_distance(point, first, last) for point in points[1:-1]]
    farthest = max(range(len(distances)), key=distances.__getitem__) + 1
    if distances[farthest - 1] <= tolerance:
        return [first, last]
    return simplified(points[: farthest + 1], tolerance)[:-1] + simplified(points[farthest:], tolerance)


def _distance(point: Point, first: Point, last: Point) -> float:
    width, height = last[0] - first[0], last[1] - first[1]
    length = math.hypot(width, height)
    if not length:
        return math.hypot(point[0] - first[0], point[1] - first[1])
    return abs(width * (first[1] - point[1]) - (first[0] - point[0]) * height) / length


def project(point: Point) -> Point:
    """Degrees to pixels: equirectangular, true along 48 degrees north."""
    return round((point[0] - WEST) * SQUEEZE * SCALE, 1), round((NORTH - point[1]) * SCALE, 1)


def path(points: Ring, closed: bool = True) -> str:
    """The d attribute of an SVG path."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in map(project, points)) + ("Z" if closed else "")


def island_of(ring: Ring) -> Island | None:
    """Which of the four a ring belongs to, by its middle."""
    x = sum(point[0] for point in ring) / len(ring)
    y = sum(point[1] for point in ring) / len(ring)
    boxes = ((island, island.box) for island in ISLANDS)
    return next((island for island, (west, east, south, north) in boxes if west < x < east and south < y < north), None)


def svg(found: list[Ring]) -> str:
    """The whole drawing; links lead to records by `guide:` addresses that the build resolves."""
    width, height = project((EAST, SOUTH))
    land = "".join(path(simplified(clipped(ring), COARSE)) for ring in found if not island_of(ring) and _is_large(ring))
    parts = [f'<path class="land" d="{land}"/>']
    for island in ISLANDS:
        shape = "".join(path(simplified(ring, FINE)) for ring in found if island_of(ring) is island)
        x, y = project(island.label)
        name = f'{{{{ svg_name("{island.record}") }}}}'
        label = f'<text x="{x:g}" y="{y:g}" text-anchor="{island.anchor}">{name}</text>'
        parts.append(f'<a class="island" href="guide:{island.record}"><path d="{shape}"/>{label}</a>')
    for year, lines in BOUNDARIES.items():
        shape = "".join(path(line, closed=False) for line in lines)
        parts.append(f'<path class="boundary y{year}" data-year="{year}" d="{shape}"/>')
    parts += [f'<a href="guide:{record}">{_text(name, point)}</a>' for record, name, point in PLACES]
    parts += [_text(name, point, "sea") for name, point in SEAS]
    return (
        f'<svg class="map" viewBox="0 0 {width:g} {height:g}" role="group" aria-labelledby="map-title">'
        f'<title id="map-title">Hokkaidō, Sakhalin, the Kuril chain and the four islands</title>{"".join(parts)}</svg>'
    )


def _is_large(ring: Ring) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys)) > COARSE


def _text(name: str, point: Point, kind: str = "place") -> str:
    x, y = project(point)
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="middle">{name}</text>'


if __name__ == "__main__":
    main()
