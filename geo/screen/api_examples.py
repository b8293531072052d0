"""How programs read the files: a few lines each, as the documentation prints them."""

from __future__ import annotations

from dataclasses import dataclass

from geo.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """
    Lines that read a file.

    Attributes
    ----------
    program : str
        What runs them.
    words : str
        What they take care of, as a sentence.
    lines : str
        With ``{origin}`` where scheme and host belong.
    """

    program: str
    words: str
    lines: str


EXAMPLES = (
    Example(
        program="Python, pandas",
        words=N_(
            "Without keep_default_na=False, NA (Namibia) would be a missing value. pandas drops "
            "the byte-order mark itself."
        ),
        lines="""\
import pandas
address = "{origin}/api/records.csv"
records = pandas.read_csv(address, dtype=str, keep_default_na=False)
records["claimed_on_first"] = pandas.to_datetime(records["claimed_on_first"])
""",
    ),
    Example(
        program="Python, csv",
        words=N_(
            "With utf-8 in place of utf-8-sig, the first column would begin with the byte-order "
            "mark."
        ),
        lines="""\
import csv, io, urllib.request
answer = urllib.request.urlopen("{origin}/api/records.csv")
records = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8-sig", newline="")))
""",
    ),
    Example(
        program="R",
        words=N_(
            "Without na.strings, NA (Namibia) would be a missing value. bom=0 leaves out the "
            "byte-order mark."
        ),
        lines="""\
address <- "{origin}/api/records.csv?bom=0"
records <- read.csv(address, colClasses = "character", na.strings = "", encoding = "UTF-8")
records$claimed_on_first <- as.Date(records$claimed_on_first)
""",
    ),
    Example(
        program="ogr2ogr",
        words=N_(
            "QGIS reads the same address: Layer, Add Layer, Add Vector Layer, Protocol, GeoJSON."
        ),
        lines="""\
ogr2ogr -nln records records.gpkg "{origin}/api/records.geojson"
""",
    ),
)
