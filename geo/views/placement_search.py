"""
The search for places that meet nothing.

Each unit takes its cheapest place in turn until none changes. Where some still meet, one of
them is put elsewhere and those in its way make room, which is kept if all together cost
less. What meets others even then goes further off, and at last without its name.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from geo.views.candidates import Candidate, Reach
from geo.views.hairlines import DOT, PIECES
from geo.views.outline import Floats
from geo.views.placement_problem import (
    BLOCK,
    DOT_PART,
    FAULT,
    LINE,
    MEETING,
    NAME,
    PARTS,
    Choices,
    Problem,
    choices_of,
)
from geo.views.rectangles import ABSENT, Bools, Ints, meet

_ROUNDS, _SEED = 8, 3
#: tries in a row that may help nothing: while a place has a hairline, and while any meets another
_PATIENCE, _PERSISTENCE = 90, 240
#: tries in all, where each of very many units could be a little nearer to its place
_TRIES = 500
#: a place that costs more has a hairline, or is far from its anchor: others may make room
_COSTLY = 4.0
#: candidates whose names are looked at together
_BATCH = 48
#: more units than this are placed in one order, and once
_FEW = 300
_AGAIN: Sequence[Reach] = ("near", "far", "distant", "unnamed")
_NAME_ALONE: Sequence[Reach] = ("near", "unnamed")
_NAME_WITH_LAND: Sequence[Reach] = ("near", "far", "unnamed")


def search(problem: Problem) -> list[Candidate]:
    """
    Choose a candidate for each unit.

    Parameters
    ----------
    problem : Problem
        Units and their surroundings.

    Returns
    -------
    list of Candidate
        In the order of the units; the same for the same problem.
    """
    return _Search(problem).run()


class _Search:
    """One search: the candidates of each unit, and what is drawn of those chosen."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.anchors = np.asarray(problem.anchors, dtype=float).reshape(-1, 2)
        self.largest = problem.frame.largest
        self.marked = [i for i, unit in enumerate(problem.units) if unit.words]
        self.few = len(self.marked) <= _FEW
        self._known: dict[tuple[int, Reach], Choices] = {}
        count = len(problem.units)
        self.picked: list[tuple[Reach, int]] = [("near", 0)] * count
        self.drawn = np.full((count, PARTS, 4), ABSENT)
        self.near = self._neighbours()

    def run(self) -> list[Candidate]:
        """Place all: those with records first, then what is only a name."""
        orders = [sorted(self.marked, key=lambda i: (-len(self.near[i]), i))]
        if self.few:
            orders += [self.marked, self.marked[::-1]]
        found = []
        for order in orders:
            self.drawn[:] = ABSENT
            found.append((self._descend(order), list(self.picked), self.drawn.copy()))
        _total, self.picked, self.drawn = min(found, key=lambda state: state[0])
        if self.few:
            self._make_room()
        # what is moved far off may be in the way of any other
        everyone = np.arange(len(self.problem.units))
        self.near = [np.delete(everyone, i) for i in everyone]
        for i in self.marked:
            if self._cost(i) >= FAULT:
                self._settle(i, _AGAIN)
        for i, unit in enumerate(self.problem.units):
            if not unit.words:
                # further off a name must know where its land is
                known = self.problem.homes and self.problem.homes[i]
                self._settle(i, _NAME_WITH_LAND if known else _NAME_ALONE)
        return [
            self._of(i, reach).options.candidate(at) for i, (reach, at) in enumerate(self.picked)
        ]

    def _of(self, i: int, reach: Reach) -> Choices:
        if (i, reach) not in self._known:
            self._known[i, reach] = choices_of(self.problem, i, reach)
        return self._known[i, reach]

    def _neighbours(self) -> list[Ints]:
        """List of each unit those that it can meet from near or on a hairline."""
        extents = np.zeros((len(self.anchors), 2))
        for i in range(len(self.anchors)):
            rectangles = self._of(i, "near").rectangles[:, :2]
            extents[i] = (np.abs(rectangles[..., :2]) + rectangles[..., 2:]).max(axis=(0, 1))
        extents += 28.0 * self.problem.measures.scale
        found = []
        for i in range(len(self.anchors)):
            close = np.abs(self.anchors - self.anchors[i]) < extents + extents[i]
            close[i] = False
            found.append(np.flatnonzero(close.all(axis=1)))
        return found

    def _descend(self, order: Sequence[int]) -> float:
        """Give each unit its cheapest place, again and again; return what all cost together."""
        for _round in range(_ROUNDS):
            before = list(self.picked)
            for i in order:
                self._settle(i)
            if before == self.picked:
                break
        return self._total()

    def _settle(self, i: int, reaches: Sequence[Reach] = ("near", "far")) -> None:
        """Draw a unit at its cheapest place, going further while it meets others."""
        self.drawn[i] = ABSENT
        least = np.inf
        for reach in reaches:
            cost, at = self._cheapest(i, self._of(i, reach))
            if cost < least:
                least, best = cost, (reach, at)
            # a place on a hairline may be dearer than one further off on its own land
            if least < (_COSTLY if reach == "near" else FAULT) and reach != "distant":
                break
        self._draw(i, *best)

    def _draw(self, i: int, reach: Reach, at: int) -> None:
        self.picked[i] = reach, at
        self.drawn[i] = self._of(i, reach).rectangles[at]

    def _cheapest(self, i: int, choices: Choices) -> tuple[float, int]:
        """Return the cost of a unit's cheapest candidate among what is drawn, and its index."""
        rectangles, between, parts = self._in_reach(i, choices)

        def met(own: Floats, part: int) -> Floats:
            found = meet(own[:, None, :], rectangles[None], between[None], self.largest)
            return np.asarray(found @ MEETING[part, parts], dtype=float)

        # all names at one block share it and its hairline, and all hairlines lead to one dot
        names = choices.options.names
        shared = met(choices.rectangles[::names, BLOCK], BLOCK)
        tied = choices.options.hairline
        if tied.any():
            shared[tied[::names]] += met(np.array([[0.0, 0.0, DOT, DOT]]), DOT_PART)
        cost = choices.cost + np.repeat(shared, names)
        # name and line only add to the cost, so the first few candidates are mostly all to look at
        order = np.argsort(cost, kind="stable")
        least, best = np.inf, 0
        for begin in range(0, len(order), _BATCH):
            batch = order[begin : begin + _BATCH]
            if cost[batch[0]] >= least:
                break
            whole = cost[batch] + met(choices.rectangles[batch, NAME], NAME)
            lines = tied[batch]
            block, first = np.unique(batch[lines] // names, return_inverse=True)
            pieces = choices.rectangles[block * names, LINE].reshape(-1, 4)
            whole[lines] += met(pieces, LINE.start).reshape(-1, PIECES).sum(axis=1)[first]
            at = int(whole.argmin())
            if whole[at] < least:
                least, best = float(whole[at]), int(batch[at])
        return least, best

    def _in_reach(self, i: int, choices: Choices) -> tuple[Floats, Floats, Ints]:
        """Return what is drawn that some candidate may meet: rectangles, anchors, parts."""
        near = self.near[i]
        between = (self.anchors[near] - self.anchors[i])[:, None, :]
        met = meet(choices.hull, self.drawn[near], between, self.largest)
        unit, part = np.nonzero(met)
        return self.drawn[near[unit], part], between[unit, 0], part

    def _met(self, i: int) -> Bools:
        """Say which parts of a unit meet which parts of its neighbours: (neighbour, own, other)."""
        near = self.near[i]
        between = (self.anchors[near] - self.anchors[i])[:, None, None, :]
        return meet(self.drawn[i][None, :, None], self.drawn[near][:, None], between, self.largest)

    def _cost(self, i: int) -> float:
        """Return what the place of a unit costs, with its overlaps."""
        reach, at = self.picked[i]
        return float(self._of(i, reach).cost[at] + (self._met(i) * MEETING).sum())

    def _total(self) -> float:
        return sum(self._cost(i) for i in self.marked)

    def _make_room(self) -> None:
        """Place some units that are close to each other anew, while that makes all cost less."""
        chance = random.Random(_SEED)
        costs = {i: self._cost(i) for i in self.marked}
        idle = 0
        for _try in range(_TRIES):
            worst = max(costs.values(), default=0.0)
            if worst < _COSTLY or idle >= (_PERSISTENCE if worst >= FAULT else _PATIENCE):
                break
            least = FAULT if worst >= FAULT else _COSTLY
            kept = list(self.picked), self.drawn.copy()
            self._place_anew(chance.choice([i for i in costs if costs[i] >= least]), chance)
            now = costs | self._changed_costs(kept[0])
            idle += 1
            if sum(now.values()) < sum(costs.values()) - 1e-6:
                costs, idle = now, 0
            else:
                self.picked, self.drawn = kept

    def _changed_costs(self, before: Sequence[tuple[Reach, int]]) -> dict[int, float]:
        """Return what those cost that have another place than before, and their neighbours."""
        moved = [i for i in self.marked if self.picked[i] != before[i]]
        near = {j for i in moved for j in self.near[i].tolist() if self.problem.units[j].words}
        return {i: self._cost(i) for i in near.union(moved)}

    def _place_anew(self, i: int, chance: random.Random) -> None:
        """Draw a unit at another of its places, let those that it meets settle, then the rest."""
        reach: Reach = chance.choice(("near", "near", "far"))
        order = np.argsort(self._of(i, reach).cost, kind="stable")
        self._draw(i, reach, chance.choice(order[:60].tolist()))
        met = self.near[i][self._met(i).any(axis=(1, 2))]
        group = [j for j in met.tolist() if self.problem.units[j].words]
        chance.shuffle(group)
        if chance.random() < 0.3:
            # those that are met find their places only where others make room in turn
            around = [j for j in self.near[i].tolist() if self.problem.units[j].words]
            group = [*group, *chance.sample(around, min(4, len(around)))]
            self.drawn[group] = ABSENT
        for j in (*group, i, *group):
            self._settle(j)
