"""Places in the explorer's picture and in the overview: steady, apart, the same every time."""

from __future__ import annotations

from itertools import combinations

from visualisations.overview_layout import member_places
from visualisations.part_files import GraphEdge, GraphNode, graphml
from visualisations.part_layout import places

BATCHES = [[0], list(range(1, 26)), list(range(26, 51))]
PARENTS = {0: 0} | dict.fromkeys(range(1, 26), 0) | dict.fromkeys(range(26, 51), 1)
EDGES = [(parent, thing) for thing, parent in PARENTS.items() if thing]


def test_a_new_step_leaves_what_stands_where_it_is() -> None:
    before = places(BATCHES[:2], EDGES[:25], PARENTS, {})
    after = places(BATCHES, EDGES, PARENTS, {})
    assert {thing: after[thing] for thing in before} == before


def test_no_two_names_lie_over_each_other() -> None:
    where = places(BATCHES, EDGES, PARENTS, {})
    for (x1, y1), (x2, y2) in combinations(where.values(), 2):
        assert abs(x1 - x2) >= 131 or abs(y1 - y2) >= 83


def test_a_pinned_thing_stands_where_it_was_pinned() -> None:
    assert places(BATCHES, EDGES, PARENTS, {30: (999, -5)})[30] == (999.0, -5.0)


def test_members_of_a_group_stay_together() -> None:
    groups = [list(range(40)), list(range(40, 80))]
    where = member_places(groups, [(0, 40), (1, 2)])
    assert len(where) == 80
    left, right = ([where[member] for member in group] for group in groups)
    widths = [max(x for x, _ in half) - min(x for x, _ in half) for half in (left, right)]
    middles = [
        (sum(x for x, _ in half) / 40, sum(y for _, y in half) / 40) for half in (left, right)
    ]
    apart = ((middles[0][0] - middles[1][0]) ** 2 + (middles[0][1] - middles[1][1]) ** 2) ** 0.5
    assert apart > max(widths) / 2
    assert where == member_places(groups, [(0, 40), (1, 2)])


def test_a_graph_of_nothing_has_no_places() -> None:
    assert member_places([], []) == {}


def test_parallel_edges_stay_apart_in_graphml() -> None:
    nodes = [GraphNode("urn:a", "A & <B>", "K", 1.0, 2.0), GraphNode("urn:b", "B", "K", 0.0, 0.0)]
    edges = [
        GraphEdge("urn:a", "urn:b", "r", is_proposal=False, probability=-1),
        GraphEdge("urn:a", "urn:b", "s", is_proposal=True, probability=0.4),
    ]
    text = graphml(nodes, edges).decode()
    assert text.count("<edge ") == 2
    assert "A &amp; &lt;B&gt;" in text
    assert text.count("0.4") == 1
