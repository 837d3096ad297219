"""Names that stand in for authors in every output, unless the user asks for the real ones."""

from __future__ import annotations

import pandas as pd

from pipeline.records import Kind
from pipeline.report.wording import Lang, text


def letters(number: int) -> str:
    """1, 2, … 26, 27 as A, B, … Z, AA: the way spreadsheets number their columns."""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def pseudonym(kind: str, number: int, lang: Lang) -> str:
    """専門家A for experts, 読者03 for everybody else."""
    mark = letters(number) if kind == Kind.EXPERT else f"{number:02d}"
    return text(f"pseudonym.{kind}", lang, mark=mark)


def pseudonymise(posts: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """The wide posts table with ``author`` replaced; a post without an author stays without one.

    The numbers come from the store (column ``author_number``), so that a name is the same in every view and export.
    """
    names = [
        None if pd.isna(number) else pseudonym(kind, int(number), lang)
        for kind, number in zip(posts["kind"], posts["author_number"], strict=True)
    ]
    return posts.assign(author=pd.Series(names, index=posts.index, dtype=object))
