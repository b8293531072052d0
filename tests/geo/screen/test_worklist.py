"""The worklist on the About page: what may be seen, and on the ledger's own day only."""

from __future__ import annotations

from datetime import date

import pytest

from geo.ledger import worklist
from geo.link.state import State
from geo.screen.about import about
from geo.screen.worklist import SHOWN, task_groups
from tests.entities import real
from tests.geo.views.test_rendering import Page
from tests.ledger_files import TODAY
from tests.screens import screen_of

SEEN = (("ie-dublin-1", "ie-2022-10-25-told-to-stop"), "who said it?")


def test_each_kind_has_its_number_and_its_first_tasks() -> None:
    screen = screen_of(real(), State(), "about")
    groups = {group.title.rpartition(": ")[0]: group for group in task_groups(screen)}
    found = groups["Latest word without an archived copy"]
    assert len(found.lines) == SHOWN
    assert found.more.startswith("and ")
    (event, address), *_others = found.lines[0].ids
    assert f"event={event}" in address


def test_a_past_day_has_no_worklist() -> None:
    for day in (None, date(2023, 1, 1)):
        page = Page(about(screen_of(real(), State(as_of=day), "about")))
        assert ("worklist" in page.values("id")) == (day is None)


@pytest.mark.parametrize("hidden", ["held-1", "za-1", "nobody-2022-01-01-claim"])
def test_a_question_about_a_hidden_row_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, hidden: str
) -> None:
    questions = (SEEN, (("ie-dublin-1", hidden), "is it so?"))
    monkeypatch.setattr(worklist, "project_questions", lambda: questions)
    snapshot = screen_of(real(), State(), "about").snapshot
    assert snapshot.day == TODAY
    found = worklist.current_worklist(snapshot)["open_question"]
    assert [task.ids for task in found] == [SEEN[0]]


def test_a_page_shows_no_text_of_the_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "project_questions", lambda: (SEEN,))
    # a snapshot of its own, since what is derived from one is kept
    screen = screen_of(real(), State(as_of=date(2026, 11, 23)), "about")
    lines = [line for group in task_groups(screen) for line in group.lines]
    assert all(SEEN[1] not in line.detail for line in lines)
    assert any(SEEN[0][0] in (row for row, _address in line.ids) for line in lines)
