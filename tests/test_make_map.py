"""The drawing of the map: what is done to coasts before they are drawn."""

import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "hooks"))
import make_map


def test_a_ring_is_cut_at_the_map_s_edge() -> None:
    ring = [(make_map.WEST - 2, 45.0), (make_map.WEST + 2, 45.0), (make_map.WEST + 2, 46.0), (make_map.WEST - 2, 46.0)]
    cut = make_map.clipped(ring)
    assert min(x for x, _ in cut) == pytest.approx(make_map.WEST)
    assert len(cut) == 4


def test_a_ring_off_the_map_leaves_nothing() -> None:
    assert make_map.clipped([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]) == []


def test_points_on_a_line_are_left_out_and_corners_are_kept() -> None:
    line = [(0.0, 0.0), (1.0, 0.001), (2.0, 0.0), (2.0, 2.0)]
    assert make_map.simplified(line, 0.01) == [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0)]


def test_arcs_are_decoded_and_joined_in_both_directions() -> None:
    atlas = {"transform": {"scale": [1, 1], "translate": [10, 20]}, "arcs": [[[0, 0], [1, 0]], [[0, 0], [0, 1]]]}
    arcs = make_map.decoded(atlas)
    assert arcs == [[(10, 20), (11, 20)], [(10, 20), (10, 21)]]
    assert make_map.joined([~1, 0], arcs) == [(10, 21), (10, 20), (11, 20)]


def test_each_of_the_four_islands_is_known_by_its_place() -> None:
    found = make_map.island_of([(148.0, 45.0), (148.1, 45.1)])
    assert found
    assert found.record == "etorofu"
    assert make_map.island_of([(143.0, 43.0), (143.1, 43.1)]) is None
