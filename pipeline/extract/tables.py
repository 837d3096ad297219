"""Tables with a text column: CSV, TSV, XLSX, JSON Lines, Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import PurePath

import pandas as pd

from pipeline.errors import NoTextColumn, PageNotTable, UnreadableInput
from pipeline.load import load
from pipeline.records import Media, Page

# Names under which texts stand in tables, the likeliest first; compared without case, spaces, - and _.
_TEXT_NAMES = [
    "text",
    "commentbody",
    "body",
    "comment",
    "content",
    "本文",
    "コメント",
    "コメント本文",
    "テキスト",
    "投稿",
    "投稿本文",
    "内容",
    "意見",
    "自由記述",
    "surveytext",
    "message",
    "発言",
    "文章",
]
# A first line of several columns: what a text piped in must have to be a table.
_COLUMNS = re.compile(r"\A\s*[^\n]*[,\t;]")
_HEAD = 65_536
# A cell of a table may hold a whole page; Python's own limit is 131,072 characters.
csv.field_size_limit(1 << 27)


def read_table(source: str) -> pd.DataFrame:
    """A table with every cell as it stands: text stays text ("007", "2022-02-21", "NA"), an empty cell is missing.

    Raises:
        NoSuchInput, UnreadableInput, InputTooLarge: as they say.
        PageNotTable: it is a page, or text without columns.
    """
    page = load(source)
    if page.media in (Media.HTML, Media.XML) or (page.media is Media.TEXT and not _COLUMNS.search(page.text[:_HEAD])):
        raise PageNotTable(path=source)
    return page_table(page)


def page_table(page: Page) -> pd.DataFrame:
    """The table that a loaded page holds, of a workbook its first sheet with rows; see :func:`read_table`."""
    return next(iter(page_tables(page).values()))


def page_tables(page: Page) -> dict[str | None, pd.DataFrame]:
    """All tables that a loaded page holds: the sheets with rows of a workbook by their names, else one without a name.

    Raises:
        UnreadableInput: it is damaged, or nothing stands in it.
    """
    try:
        frames = _parse(page)
    except UnreadableInput:
        raise
    except Exception as error:  # openpyxl, pyarrow and csv raise many kinds, all meaning a damaged file
        raise UnreadableInput(path=page.source, detail=f"damaged table: {_first_line(error)}") from error
    # A workbook's header may be a year or a date: names are text from here on.
    frames = {name: frame.set_axis([str(label) for label in frame.columns], axis=1) for name, frame in frames.items()}
    filled = {name: frame for name, frame in frames.items() if not frame.columns.empty and not frame.empty}
    if not filled:
        raise UnreadableInput(path=page.source, detail="a table without rows")
    return filled


def text_column(frame: pd.DataFrame, asked: str | None, source: str) -> str:
    """The column that holds the texts: the one asked for, one with a usual name, or the one with the longest texts.

    Raises:
        NoTextColumn: there is none; the error lists the columns that there are.
    """
    columns = [str(name) for name in frame.columns]
    if asked is not None:
        if asked in columns:
            return asked
        raise NoTextColumn(path=source, columns=", ".join(columns))
    plain = {_plain(name): name for name in reversed(columns)}
    for name in _TEXT_NAMES:
        if name in plain:
            return plain[name]
    lengths = {name: _mean_length(frame[name]) for name in columns}
    longest = max(lengths, key=lambda name: lengths[name])
    # Shorter than this, the longest column holds names or codes.
    if lengths[longest] < 10:
        raise NoTextColumn(path=source, columns=", ".join(columns))
    return longest


def _plain(name: str) -> str:
    return name.lower().replace(" ", "").replace("_", "").replace("-", "")


def _mean_length(column: pd.Series) -> float:
    texts = [value for value in column if isinstance(value, str) and value.strip() and not _is_number(value)]
    return sum(map(len, texts)) / len(column) if texts else 0.0


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _parse(page: Page) -> dict[str | None, pd.DataFrame]:
    suffix = PurePath(page.source).suffix.lower()
    if page.raw.startswith(b"PAR1"):
        return {None: pd.read_parquet(io.BytesIO(page.raw))}
    if page.raw:
        sheets = pd.read_excel(
            io.BytesIO(page.raw), sheet_name=None, dtype=object, na_values=[""], keep_default_na=False
        )
        return {str(name): frame for name, frame in sheets.items()}
    if suffix == ".jsonl" or page.text.lstrip("\ufeff \r\n").startswith("{"):
        return {None: _frame(json_lines(page))}
    separator = "\t" if suffix == ".tsv" or _has_more_tabs(page.text) else ","
    return {None: _separated(page, separator)}


def _has_more_tabs(text: str) -> bool:
    head = text.split("\n", 1)[0]
    return head.count("\t") > head.count(",")


def _separated(page: Page, separator: str) -> pd.DataFrame:
    rows = [row for row in csv.reader(io.StringIO(page.text.lstrip("\ufeff"), newline=""), delimiter=separator) if row]
    if len(rows) < 2:
        raise UnreadableInput(path=page.source, detail="a table needs a header and a row")
    header, *body = rows
    for number, row in enumerate(body, 2):
        if len(row) > len(header):
            raise UnreadableInput(
                path=page.source, detail=f"row {number} has {len(row)} cells, the header {len(header)}"
            )
    cells = [[cell or None for cell in row] + [None] * (len(header) - len(row)) for row in body]
    return pd.DataFrame(cells, columns=_unique(header), dtype=object)


def _unique(header: list[str]) -> list[str]:
    """Column names as they are; a name that comes again gets a number, so that no column is lost."""
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return names


def json_lines(page: Page) -> list[dict[str, object]]:
    """The objects of JSON Lines, one a line.

    Raises:
        UnreadableInput: a line is no JSON object.
    """
    rows = []
    for number, line in enumerate(page.text.lstrip("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UnreadableInput(path=page.source, detail=f"line {number} is no JSON") from error
        if not isinstance(row, dict):
            raise UnreadableInput(path=page.source, detail=f"line {number} is no JSON object")
        rows.append(row)
    return rows


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return pd.DataFrame([[row.get(name) for name in columns] for row in rows], columns=columns, dtype=object)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
