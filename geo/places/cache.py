"""The answers of a service, cached on disk so that no question is asked twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geo.errors import FileUnusable
from geo.files.regular import read_regular
from geo.files.strict_json import json_object
from geo.files.writing import write_atomically
from geo.places.errors import FileBroken
from geo.wording import _

# "no such place" is asked again after a while: maps grow
EMPTY_FOR = timedelta(days=30)
_NUMBERS = ("latitude", "longitude")
_WORDS = ("name", "country", "gazetteer_id")


class Answers:
    """
    A small JSON file of answers by question.

    Parameters
    ----------
    path : Path
        The file; made at the first answer.
    attribution : str
        Whom to credit, written into the file with the answers.
    today : callable
        Returns the day.
    """

    def __init__(self, path: Path, *, attribution: str, today: Callable[[], date]) -> None:
        self._path, self._attribution, self._today = path, attribution, today
        self._cached: dict[str, dict[str, Any]] | None = None

    def get(self, key: str) -> tuple[bool, dict[str, Any] | None]:
        """
        Return whether an answer is cached, and the answer (None: no such place).

        Raises
        ------
        FileBroken, FileUnusable
            When the file cannot be read.
        """
        entry = self._entries().get(key)
        if entry is None:
            return False, None
        answer: dict[str, Any] | None = entry["answer"]
        if answer is None and date.fromisoformat(entry["asked_on"]) + EMPTY_FOR < self._today():
            return False, None
        return True, answer

    def put(self, key: str, answer: dict[str, Any] | None) -> None:
        """
        Cache an answer and write the file at once, so that an interrupted run loses none.

        Parameters
        ----------
        key : str
            The question.
        answer : dict or None
            With coordinates in decimal degrees (WGS 84); None for “no such place”.

        Raises
        ------
        FileBroken, FileUnusable
            When the file cannot be read or written.
        """
        entries = self._entries()
        entries[key] = {"asked_on": self._today().isoformat(), "answer": answer}
        text = json.dumps(
            {"attribution": self._attribution, "answers": dict(sorted(entries.items()))},
            ensure_ascii=False,
            indent=1,
        )
        write_atomically(self._path, text + "\n")

    def _entries(self) -> dict[str, dict[str, Any]]:
        if self._cached is None:
            self._cached = self._read()
        return self._cached

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            content = read_regular(self._path)
        except FileNotFoundError:
            return {}
        except OSError as error:
            message = _("{file} cannot be read: {why}.")
            raise FileUnusable(message.format(file=self._path, why=error.strerror)) from error
        try:
            entries = json_object(content)["answers"]
            usable = all(map(_usable, entries.values()))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._broken() from error
        if not usable:
            raise self._broken()
        return dict(entries)

    def _broken(self) -> FileBroken:
        message = _(
            "{file} is damaged. It only caches answers that can be requested again: delete it "
            "and rerun the command."
        )
        return FileBroken(message.format(file=self._path))


def _usable(entry: dict[str, Any]) -> bool:
    date.fromisoformat(entry["asked_on"])
    answer = entry["answer"]
    return answer is None or (
        all(isinstance(answer[key], int | float) for key in _NUMBERS)
        and all(isinstance(answer[key], str) for key in _WORDS)
    )
