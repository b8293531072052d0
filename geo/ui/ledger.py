"""The ledger in the running app: read once for each content of its files, shared by all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from geo.paths import data_folder
from geo.records.dataset import Dataset
from geo.records.snapshot import Snapshot


def _signature(folder: Path) -> tuple[tuple[str, int, int], ...]:
    files = sorted(folder.glob("*.csv"))
    return tuple((f.name, (s := f.stat()).st_size, s.st_mtime_ns) for f in files)


@st.cache_resource(show_spinner=False, max_entries=2)
def _load(folder: Path, signature: tuple[tuple[str, int, int], ...], day: date) -> Dataset:
    return Dataset.load(folder, day)


def dataset(today: date) -> Dataset:
    """
    Return the ledger as its files are now.

    Raises
    ------
    LedgerUnreadable
        With a sentence for the reader, when nothing can be served.
    """
    folder = data_folder()
    return _load(folder, _signature(folder), today)


@st.cache_resource(show_spinner=False, max_entries=64)
def _snapshot(_dataset: Dataset, version: str, register: int, day: date) -> Snapshot:
    return Snapshot(_dataset, day)


def snapshot(data: Dataset, day: date) -> Snapshot:
    """Return the ledger as it stood at the end of a day."""
    # the register is no part of the version, and grows without it
    return _snapshot(data, data.version, hash((data.released, data.corrections)), day)
