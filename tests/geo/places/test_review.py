"""Small towns in places.csv are pointed out, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from geo.places.review import small_towns

HEAD = (
    "country,region,city,latitude,longitude,precision,geocoder,gazetteer_id,geocoded_on,attribution"
)


def _folder(tmp_path: Path, *rows: str) -> Path:
    (tmp_path / "places.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return tmp_path


def test_a_small_town_is_a_warning_with_its_row(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        "NL,,Amsterdam,52.37,4.89,city,gazetteer,2759794,2026-11-21,GeoNames",
        "IT,,Venice,45.44,12.33,city,gazetteer,3164603,2026-11-21,GeoNames",
        "NL,,,,,country,,,2026-11-21,",
    )
    (problem,) = small_towns(folder)
    assert str(problem).startswith("places.csv:3 city: Venice has 51,298 people")
    assert problem.warning


def test_no_file_and_no_text_are_for_other_checks(tmp_path: Path) -> None:
    assert small_towns(tmp_path) == []
    (tmp_path / "places.csv").write_bytes(b"\xff\xfe\x00")
    assert small_towns(tmp_path) == []
