"""What each chart shows, in words: the same numbers, for those who read rather than look.

Every sentence has one form for all targets and groups, so that none reads better than another.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.records import Stance
from pipeline.report.charts import counted, percent, signed
from pipeline.report.charts_stance import Group
from pipeline.report.tables import FEW, REVIEW, SIDES, Difference, StanceCell, cells
from pipeline.report.wording import Lang, text

Names = Sequence[tuple[str, str]]  # key and name of each target


def headline(table: pd.DataFrame, names: Names, lang: Lang) -> str:
    """All groups in one sentence: toward each target, how many posts take a side, and how many are undecided.

    "" for no posts.
    """
    total = int(table.groupby("group")["total"].max().sum())
    if not total:
        return ""
    sums = table.groupby(["target", "stance"])["n"].sum()
    clear = [_clear(name, int(sums[key, SIDES[0]]), int(sums[key, SIDES[1]]), lang) for key, name in names]
    undecided = [text("say.target_count", lang, target=name, n=f"{int(sums[key, REVIEW]):,}") for key, name in names]
    review = text("say.dot", lang).join(undecided)
    return text("say.headline", lang, n=f"{total:,}", clear=_joined(clear, lang), review=review)


def _clear(target: str, against: int, favor: int, lang: Lang) -> str:
    if not against + favor:
        return text("say.headline_none", lang, target=target)
    numbers = {"n": f"{against + favor:,}", "against": f"{against:,}", "favor": f"{favor:,}"}
    return text("say.headline_some", lang, target=target, **numbers)


def stance_sentence(table: pd.DataFrame, groups: Sequence[Group], lang: Lang) -> str:
    """Each group's stances toward one target, a line a group: counts below ``FEW`` posts, else shares; intervals."""
    return _lines([_group(group, cells(table, group.key), lang, intervals=True) for group in groups], lang)


def short_sentence(table: pd.DataFrame, groups: Sequence[Group], lang: Lang) -> str:
    """Stances of many groups toward one target, a line a group, without intervals."""
    return _lines([_group(group, cells(table, group.key), lang, intervals=False) for group in groups], lang)


def _lines(said: Sequence[str], lang: Lang) -> str:
    return "\n".join(line for line in said if line) or text("say.nobody", lang)


def _total(of_group: dict[str, StanceCell]) -> int:
    return next((cell.total for cell in of_group.values()), 0)


def _group(group: Group, of_group: dict[str, StanceCell], lang: Lang, *, intervals: bool) -> str:
    total = _total(of_group)
    if not total:
        return ""
    parts = [
        _part(stance, cell, lang, interval=intervals and stance in SIDES)
        for stance, cell in of_group.items()
        if cell.n or stance in SIDES
    ]
    return text("say.group", lang, group=group.name, n=f"{total:,}", parts=_joined(parts, lang))


def _part(stance: str, cell: StanceCell, lang: Lang, *, interval: bool) -> str:
    """One stance: its count below ``FEW`` posts, where a share misleads, else its share with the count."""
    few = cell.total < FEW
    number = f"{cell.n:,}" if few else counted(cell.n, cell.total)
    if not interval:
        return text("say.count", lang, stance=_word(stance, lang), n=number)
    ends = {"low": percent(cell.low).removesuffix(" %"), "high": percent(cell.high)}
    return text("say.count_interval", lang, stance=_word(stance, lang), n=number, **ends)


def _word(stance: str, lang: Lang) -> str:
    """A stance within a sentence; Japanese has no capitals."""
    return text(f"stance.{stance}", lang).lower()


def _joined(parts: Sequence[str], lang: Lang) -> str:
    return text("say.comma", lang).join(parts)


def weighted_sentence(table: pd.DataFrame, groups: Sequence[Group], lang: Lang) -> str:
    """Each group's shares of votes, a line a group, and how many posts show none and are left out."""
    return _lines([_votes(group, cells(table, group.key), lang) for group in groups], lang)


def _votes(group: Group, of_group: dict[str, StanceCell], lang: Lang) -> str:
    total = _total(of_group)
    if total == 0:
        return ""
    cell = next(iter(of_group.values()))
    if cell.votes_total == 0:
        return text("say.no_votes", lang, group=group.name, n=f"{total:,}")
    parts = [
        text("say.count", lang, stance=_word(stance, lang), n=counted(found.votes, cell.votes_total))
        for stance, found in of_group.items()
        if stance in SIDES or found.votes
    ]
    numbers = {"n": f"{cell.with_votes_total:,}", "total": f"{cell.votes_total:,}"}
    said = text("say.weighted", lang, group=group.name, parts=_joined(parts, lang), **numbers)
    missing = total - cell.with_votes_total
    return said + (text("say.left_out", lang, n=f"{missing:,}") if missing else "")


def toward(against: int, favor: int, rest: int, target: str, lang: Lang) -> str:
    """Counts toward one target in a few words."""
    return text("say.toward", lang, target=target, against=f"{against:,}", favor=f"{favor:,}", rest=f"{rest:,}")


def mood_sentence(table: pd.DataFrame, target: str, lang: Lang) -> str:
    """How tone and stance go apart: posts of negative tone that are not against the target."""
    sided = table[~table["stance"].isin([Stance.NONE, REVIEW])]
    negative = sided[sided["sentiment"] == "negative"]
    total = int(negative["n"].sum())
    if total == 0:
        return text("say.no_negative", lang, target=target)
    other = total - int(negative.loc[negative["stance"] == Stance.AGAINST, "n"].sum())
    return text("say.mood", lang, target=target, total=f"{total:,}", other=f"{other:,}")


def time_sentence(table: pd.DataFrame, undated: int, lang: Lang) -> str:
    """First and last period with posts, the fullest one, and how many posts have no date."""
    if table.empty:
        return text("say.no_dates", lang, n=f"{undated:,}")
    sums = {str(period): int(n) for period, n in table.groupby("period")["n"].sum().items()}
    most = max(sums, key=sums.__getitem__)
    ends = {"first": min(sums), "last": max(sums), "n": f"{sum(sums.values()):,}"}
    said = text("say.time", lang, most=most, most_n=f"{sums[most]:,}", **ends)
    return said + (text("say.undated", lang, n=f"{undated:,}") if undated else "")


def speaker_sentence(matrix: pd.DataFrame, names: Names, lang: Lang) -> str:
    """Toward each target, how many quotations are against and in favor, and of how many speakers."""
    if matrix.empty:
        return text("say.no_quotations", lang)
    parts = []
    for key, word in names:
        rows = matrix[matrix["target"] == key]
        against, favor = (int(rows.loc[rows["stance"] == side, "n"].sum()) for side in SIDES)
        parts.append(toward(against, favor, int(rows["n"].sum()) - against - favor, word, lang))
    numbers = {"speakers": matrix["speaker"].nunique(), "n": f"{int(matrix['n'].sum()):,}"}
    return text("say.speakers", lang, parts=_joined(parts, lang), **numbers)


def difference_sentence(found: Difference, names: tuple[str, str], lang: Lang) -> str:
    """One difference in words, with its interval and whether it can be told from chance."""
    for total, name in ((found.total_1, names[0]), (found.total_2, names[1])):
        if not total:
            return text("say.no_posts_of", lang, group=name)
    verdict = "say.clear" if found.clear else "say.too_few" if found.few else "say.unclear"
    return text(
        "say.difference",
        lang,
        stance=text(f"stance.{found.stance}", lang),
        first=names[0],
        second=names[1],
        share_1=counted(found.n_1, found.total_1),
        share_2=counted(found.n_2, found.total_2),
        points=signed(found.difference),
        low=signed(found.low),
        high=signed(found.high),
        verdict=text(verdict, lang),
    )
