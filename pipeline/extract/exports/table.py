"""Tables of comments: CSV, TSV, XLSX, Parquet, JSON Lines, a Polis ``comments.csv``. One document a table."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from pipeline.errors import NoTextColumn
from pipeline.extract.dates import from_epoch, parse_date
from pipeline.extract.exports.columns import KINDS, find_columns
from pipeline.extract.exports.rows import Row, extraction_of
from pipeline.extract.ids import document_id
from pipeline.extract.tables import text_column
from pipeline.extract.votes import parse_count
from pipeline.records import Dated, Document, Extraction, Kind, Page, Skipped, SkipReason, Votes, VotesKind

_WHOLE = re.compile(r"([+-]?\d+)\.0+")
_REFUSED = "-1"  # Polis' word for a comment that a moderator refused


def read_tables(page: Page, frames: Mapping[str | None, pd.DataFrame]) -> tuple[Extraction, ...]:
    """One extraction for each table (a workbook's sheets by their names); a sheet without texts is skipped.

    Raises:
        NoTextColumn: no table has a column of texts.
    """
    extractions: list[Extraction] = []
    refused: list[tuple[str | None, int]] = []
    error: NoTextColumn | None = None
    for name, frame in frames.items():
        try:
            column = text_column(frame, None, page.source)
        except NoTextColumn as found:
            error = error or found
            refused.append((name, len(frame)))
            continue
        extractions.append(_read(page, name, frame, column, only=len(frames) == 1))
    if not extractions:
        raise error or NoTextColumn(path=page.source, columns="")
    first = extractions[0]
    left = tuple(
        Skipped(first.document.id, None, rows, SkipReason.UNREADABLE, f"{name}") for name, rows in refused if rows
    )
    extractions[0] = Extraction(first.document, first.posts, first.skipped + left)
    return tuple(extractions)


def _read(page: Page, name: str | None, frame: pd.DataFrame, column: str, *, only: bool) -> Extraction:
    key = page.digest if only else f"{page.digest}:{name}"
    document = Document(
        id=document_id(page.url, key), source=page.source, url=page.url, title=name, encoding=page.encoding
    )
    columns = find_columns(map(str, frame.columns), column)
    fields = {"text": column, **columns}
    cells = {field: [_cell(value) for value in frame[name]] for field, name in fields.items()}
    # The header is row 1, as a spreadsheet counts.
    rows = [_row({field: values[i] for field, values in cells.items()}, i + 2) for i in range(len(frame))]
    return extraction_of(document, rows, in_thread_order=False)


def _cell(value: object) -> str | None:
    """A cell as text; None where it is empty. A date is written as ISO 8601, a whole number without its ``.0``."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    text = value if isinstance(value, str) else str(value)
    return text if text.strip() else None


def _row(cells: Mapping[str, str | None], place: int) -> Row:
    parent = cells.get("parent")
    kind = cells.get("kind")
    return Row(
        place=place,
        text=cells["text"] or "",
        author=cells.get("author"),
        number=_number(cells.get("number")),
        parent=_number(parent) if parent not in (None, "0", "0.0", "-1") else None,
        posted_at=_date(cells.get("posted_at")),
        updated_at=_date(cells.get("updated_at")),
        votes=_votes(cells),
        kind=Kind.EXPERT if kind in (Kind.EXPERT, "専門家") else Kind.READER,
        affiliation=cells.get("affiliation"),
        skip=SkipReason.DELETED if _number(cells.get("moderated")) == _REFUSED else None,
    )


def _number(text: str | None) -> str | None:
    whole = _WHOLE.fullmatch(text) if text else None
    return whole[1] if whole else text


def _date(text: str | None) -> Dated | None:
    return (from_epoch(_number(text) or "") or parse_date(text)) if text else None


def _votes(cells: Mapping[str, str | None]) -> Votes:
    field = next((field for field in KINDS if cells.get(field)), None)
    value = parse_count(_number(cells[field])) if field else None
    down = parse_count(_number(cells.get("down")))
    kind = KINDS[field] if field else VotesKind.UP if down is not None else VotesKind.UNKNOWN
    stated = cells.get("votes_kind")
    if stated in set(VotesKind):
        kind = VotesKind(stated or "")
    return Votes(value, kind, abs(down) if down is not None else None)
