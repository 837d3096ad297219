"""What each chart shows, in words: the same numbers, for those who read rather than look.

Every sentence has one form for all targets and groups, so that none reads better than another.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.records import Stance
from pipeline.report.charts import counted, percent
from pipeline.report.tables import FEW, REVIEW, SHOWN, SIDES
from pipeline.report.wording import Lang, text


def stance_sentence(table: pd.DataFrame, group: str, name: str, lang: Lang) -> str:
    """One group's stances toward one target: counts below ``FEW`` posts, else shares with intervals."""
    rows = table[table["group"] == group].set_index("stance")
    total = int(rows["total"].iloc[0]) if len(rows) else 0
    if total == 0:
        return text("say.nobody", lang, group=name)
    parts = []
    for stance in SHOWN:
        n = int(rows.loc[stance, "n"])
        if n == 0 and stance not in SIDES:
            continue
        word = text(f"stance.{stance}", lang)
        if total < FEW:
            parts.append(text("say.count", lang, stance=word, n=n))
        else:
            low, high = percent(float(rows.loc[stance, "low"])), percent(float(rows.loc[stance, "high"]))
            parts.append(text("say.share", lang, stance=word, share=counted(n, total), low=low, high=high))
    line = text("say.group", lang, group=name, n=f"{total:,}", parts=text("say.comma", lang).join(parts))
    return line + (" " + few_sentence(rows, total, lang) if total < FEW else "")


def few_sentence(rows: pd.DataFrame, total: int, lang: Lang) -> str:
    """How wide chance is at so few posts, for the side with more posts."""
    side = max(SIDES, key=lambda stance: int(rows.loc[stance, "n"]))
    n, low, high = int(rows.loc[side, "n"]), float(rows.loc[side, "low"]), float(rows.loc[side, "high"])
    word = text(f"stance.{side}", lang)
    return text("say.few", lang, stance=word, share=counted(n, total), low=percent(low), high=percent(high))


def headline(table: pd.DataFrame, group: str, name: str, targets: Sequence[tuple[str, str]], lang: Lang) -> str:
    """One group in one line: against and favor toward every target, of how many posts; "" for an empty group.

    ``targets`` are pairs of key and name.
    """
    rows = table[table["group"] == group].set_index(["target", "stance"])
    total = int(rows["total"].max()) if len(rows) else 0
    if total == 0:
        return ""
    parts = [
        text(
            "say.toward",
            lang,
            target=word,
            **{side: f"{int(rows.loc[(key, side), 'n']):,}" for side in SIDES},
            rest=f"{total - sum(int(rows.loc[(key, side), 'n']) for side in SIDES):,}",
        )
        for key, word in targets
    ]
    return text("say.headline", lang, group=name, n=f"{total:,}", parts=text("say.comma", lang).join(parts))


def weighted_sentence(table: pd.DataFrame, group: str, name: str, lang: Lang) -> str:
    """Shares of votes beside shares of posts, and how many posts show no votes."""
    rows = table[table["group"] == group].set_index("stance")
    total = int(rows["total"].iloc[0]) if len(rows) else 0
    votes = int(rows["votes_total"].iloc[0]) if len(rows) else 0
    if total == 0:
        return text("say.nobody", lang, group=name)
    with_votes = int(rows["with_votes_total"].iloc[0])
    left_out = text("say.left_out", lang, n=f"{total - with_votes:,}")
    if votes == 0:
        return text("say.no_votes", lang, group=name, n=f"{total:,}")
    parts = [
        text("say.votes", lang, stance=text(f"stance.{stance}", lang), votes=f"{int(rows.loc[stance, 'votes']):,}")
        for stance in SHOWN
        if stance in SIDES or int(rows.loc[stance, "votes"])
    ]
    joined = text("say.comma", lang).join(parts)
    return (
        text("say.weighted", lang, group=name, n=f"{with_votes:,}", total=f"{votes:,}", parts=joined) + " " + left_out
    )


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
    sums = table.groupby("period")["n"].sum()
    said = text(
        "say.time",
        lang,
        first=str(sums.index[0]),
        last=str(sums.index[-1]),
        n=f"{int(sums.sum()):,}",
        most=str(sums.idxmax()),
        most_n=f"{int(sums.max()):,}",
    )
    return said + (" " + text("say.undated", lang, n=f"{undated:,}") if undated else "")


def speaker_sentence(matrix: pd.DataFrame, names: Sequence[tuple[str, str]], lang: Lang) -> str:
    """Toward each target, how many quotations are against and in favor, and of how many speakers."""
    if matrix.empty:
        return text("say.no_quotations", lang)
    parts = []
    for key, word in names:
        rows = matrix[matrix["target"] == key]
        sums = {side: int(rows.loc[rows["stance"] == side, "n"].sum()) for side in SIDES}
        rest = int(rows["n"].sum()) - sum(sums.values())
        parts.append(text("say.toward", lang, target=word, **sums, rest=rest))
    n = f"{int(matrix['n'].sum()):,}"
    return text(
        "say.speakers", lang, speakers=matrix["speaker"].nunique(), n=n, parts=text("say.comma", lang).join(parts)
    )


def difference_sentence(row: pd.Series, names: tuple[str, str], target: str, lang: Lang) -> str:
    """One difference of a :func:`tables.difference_table` in words, with its interval and whether it can be told."""
    if not row["total_1"] or not row["total_2"]:
        return text("say.nobody", lang, group=names[0] if not row["total_1"] else names[1])
    verdict = "say.too_few" if row["few"] and not row["clear"] else "say.clear" if row["clear"] else "say.unclear"
    return text(
        "say.difference",
        lang,
        target=target,
        stance=text(f"stance.{row['stance']}", lang),
        first=names[0],
        second=names[1],
        share_1=counted(int(row["n_1"]), int(row["total_1"])),
        share_2=counted(int(row["n_2"]), int(row["total_2"])),
        points=points(float(row["difference"])),
        low=points(float(row["low"])),
        high=points(float(row["high"])),
        verdict=text(verdict, lang),
    )


def points(difference: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    return f"{100 * difference:+.0f}".replace("-", "−")
