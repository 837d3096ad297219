"""One post in a room: its text, and of all else only what has been revealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.classroom.room import Part
from pipeline.records import Stance
from pipeline.report.tables import shown_stance
from pipeline.report.wording import Lang, text
from pipeline.screens.plain import escape
from pipeline.screens.post_card import body, evidence
from pipeline.targets import Target


def post_html(row: Mapping[str, Any], parts: frozenset[Part], targets: Sequence[Target], lang: Lang) -> str:
    """HTML of a row of the wide posts table. Author, votes, kind and labels are in it only where ``parts`` says so."""
    facts = [*_kind(row, parts, lang), *_votes(row, parts, lang)]
    head = f"<header><span>{escape(' · '.join(facts))}</span></header>" if facts else ""
    chips = "".join(_chips(row, targets, lang)) if Part.MODEL in parts else ""
    under = f'<div class="chips">{chips}</div>' if chips else ""
    words = body(str(row["text"]), evidence(row, targets, lang) if Part.MODEL in parts else (), lang)
    return f'<article class="post room">{head}{words}{under}</article>'


def _kind(row: Mapping[str, Any], parts: frozenset[Part], lang: Lang) -> list[str]:
    return [text(f"kind.{row['kind']}", lang)] if Part.KIND in parts else []


def _votes(row: Mapping[str, Any], parts: frozenset[Part], lang: Lang) -> list[str]:
    if Part.VOTES not in parts:
        return []
    if pd.isna(row["votes"]):
        return [text("chart.no_votes", lang)]
    return [text(f"post.votes_{row['votes_kind']}", lang, n=int(row["votes"]))]


def _chips(row: Mapping[str, Any], targets: Sequence[Target], lang: Lang) -> list[str]:
    found = []
    for target in targets:
        stance = shown_stance(row, target.key)
        if stance is not None:
            name = target.ja if lang == "ja" else target.en
            sure = f" {float(row[f'stance_{target.key}_confidence']):.0%}" if stance in set(Stance) else ""
            words = escape(f"{name}: {text(f'stance.{stance}', lang)}")
            estimate = escape(text("model.estimate", lang) + sure)
            found.append(f'<span class="chip {escape(stance)}"><i></i>{words} <small>{estimate}</small></span>')
    return found
