"""The table at the head of the overview: who stands where toward whom, each post counted once and each vote once."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.report.charts_stance import Group
from pipeline.report.tables import REST, SIDES, StanceCell, cells
from pipeline.screens import state
from pipeline.screens.plain import escape


def table(stances: pd.DataFrame, groups: Sequence[Group]) -> str:
    """HTML of a stance table: a row for each group that has posts, one more for its votes where it has some."""
    heads = "".join(f"<th scope=col>{escape(state.name_of(target))}</th>" for target in state.targets())
    rows = "".join(_rows(stances, group) for group in groups)
    return f'<div class="wide"><table class="glance"><tr><td></td>{heads}</tr>{rows}</table></div>'


def _rows(stances: pd.DataFrame, group: Group) -> str:
    found = [cells(stances, group.key, target.key) for target in state.targets()]
    first = next((cell for of_target in found for cell in of_target.values()), None)
    if first is None or not first.total:
        return ""
    rows = _row(group.name, f"n={first.total:,}", [_cell(of_target, votes=False) for of_target in found])
    if first.votes_total:
        n = state.say("overview.votes_n", votes=f"{first.votes_total:,}", n=f"{first.with_votes_total:,}")
        name = state.say("overview.votes_row", group=group.name)
        rows += _row(name, n, [_cell(of_target, votes=True) for of_target in found])
    return rows


def _row(name: str, n: str, found: Sequence[str]) -> str:
    return f"<tr><th scope=row>{escape(name)}<small>{escape(n)}</small></th>{''.join(found)}</tr>"


def _cell(of_target: dict[str, StanceCell], *, votes: bool) -> str:
    number = {stance: cell.votes if votes else cell.n for stance, cell in of_target.items()}
    words = {stance: escape(state.say(f"stance.{stance}")) for stance in (*SIDES, *REST)}
    sides = "".join(
        f'<span class="side"><i class="dot {side}"></i>{words[side]} <b>{number[side]:,}</b></span>' for side in SIDES
    )
    rest = " ".join(f"<span>{words[stance]} {number[stance]:,}</span>" for stance in REST)
    return f"<td>{sides}<small>{rest}</small></td>"
