"""One post as a card: who, where, votes, label chips with confidence, and the text with its evidence marked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

import pandas as pd

from pipeline.records import Stance
from pipeline.report.masking import mask
from pipeline.report.tables import shown_stance
from pipeline.report.wording import Lang, text
from pipeline.screens.plain import Spans, escape, marked, spans
from pipeline.targets import Target

# Longer texts open on a click; the whole stays on the page, so that the browser's search finds it.
HEAD = 600
# A reply ten levels deep still has room for its text on a phone.
_DEEPEST = 4

Row = Mapping[str, Any]


def card(
    row: Row,
    targets: Sequence[Target],
    lang: Lang,
    *,
    human: bool = False,
    model: bool = True,
    threaded: bool = True,
) -> str:
    """HTML of one row of the wide posts table (pseudonymised by the caller).

    ``human`` shows people's labels beside the model's; without ``model`` the caller says which model labelled it;
    without ``threaded``, a reply is called one in place of being set in below the post that it answers.
    """
    depth: int = 0 if pd.isna(row["depth"]) or not threaded else min(int(row["depth"]), _DEEPEST)
    marks = evidence(row, targets, lang)
    return (
        f'<article class="post kind-{escape(str(row["kind"]))}" style="--depth:{depth}">'
        f"<header>{_who(row, lang, called=not threaded)}</header>"
        f'<div class="chips">{"".join(_chips(row, targets, lang, human))}</div>'
        f"{body(str(row['text']), marks, lang)}"
        f"<footer>{_where(row, lang, model)}</footer></article>"
    )


def _who(row: Row, lang: Lang, *, called: bool) -> str:
    known = [text(f"kind.{row['kind']}", lang), _given(row["author"]), _given(row["affiliation"]), _given(row["label"])]
    if called and not pd.isna(row["depth"]) and int(row["depth"]):
        known.append(text("posts.answer_to", lang))
    if isinstance(row["quote_kind"], str):
        speaker = _given(row["speaker"]) or text("post.speaker_unknown", lang)
        known += [speaker, _given(row["role"]), text(f"quote.{row['quote_kind']}", lang)]
    words = [f"<b>{escape(known[0] or '')}</b>", *(escape(word) for word in known[1:] if word)]
    return f"<span>{' · '.join(words)}</span><span>{escape(_when(row, lang))} {_votes(row, lang)}</span>"


def _when(row: Row, lang: Lang) -> str:
    value = _given(row["posted_at"])
    if value is None:
        return text("post.no_date", lang)
    value = value.replace("T", " ")
    return value if row["posted_at_how"] == "stated" else f"{value} ({text('post.inferred', lang)})"


def _votes(row: Row, lang: Lang) -> str:
    if pd.isna(row["votes"]):
        return f'<span class="votes none">{escape(text("chart.no_votes", lang))}</span>'
    count = text(f"post.votes_{row['votes_kind']}", lang, n=int(row["votes"]))
    if not pd.isna(row["votes_down"]):
        count += " / " + text("post.votes_down", lang, n=int(row["votes_down"]))
    return f'<span class="votes">{escape(count)}</span>'


def _chips(row: Row, targets: Sequence[Target], lang: Lang, human: bool) -> list[str]:
    chips = []
    for target in targets:
        stance = shown_stance(row, target.key)
        if stance is None:
            continue
        name = target.ja if lang == "ja" else target.en
        chips.append(
            _chip(stance, f"{name}: {text(f'stance.{stance}', lang)}", _confidence(row, target.key, lang), lang)
        )
        given = row.get(f"human_stance_{target.key}")
        if human and isinstance(given, str):
            chips.append(_human_chip(given, f"{name}: {text(f'stance.{given}', lang)}", lang))
    mood = row.get("sentiment")
    if isinstance(mood, str):
        word = f"{text('post.mood', lang)}: {text(f'sentiment.{mood}', lang)}"
        chips.append(_chip("mood", word, f"{100 * float(row['sentiment_confidence']):.0f} %", lang))
    return chips


def _chip(stance: str, words: str, sure: str, lang: Lang) -> str:
    estimate = escape(text("model.estimate", lang))
    return f'<span class="chip {escape(stance)}"><i></i>{escape(words)} <small>{estimate} {escape(sure)}</small></span>'


def _human_chip(stance: str, words: str, lang: Lang) -> str:
    by = escape(text("post.by_person", lang))
    return f'<span class="chip {escape(stance)} person"><i></i>{escape(words)} <small>{by}</small></span>'


def _confidence(row: Row, target: str, lang: Lang) -> str:
    if row.get(f"stance_{target}_review") not in (True, 1):
        return f"{100 * float(row[f'stance_{target}_confidence']):.0f} %"
    given = json.loads(row[f"stance_{target}_probabilities"])
    best = sorted(zip(given, Stance, strict=True), reverse=True)[:2]
    return " / ".join(f"{text(f'stance.{stance}', lang)} {100 * share:.0f} %" for share, stance in best)


def evidence(row: Row, targets: Sequence[Target], lang: Lang) -> Spans:
    """Evidence of the stances that are shown; for an undecided one the words say what was weighed."""
    marks: list[tuple[int, int, str]] = []
    for target in targets:
        stance = shown_stance(row, target.key)
        if stance is None or stance == Stance.NONE:
            continue
        name = target.ja if lang == "ja" else target.en
        title = text("post.evidence", lang, target=name, stance=text(f"stance.{stance}", lang))
        marks += [(start, end, title) for start, end in spans(row.get(f"stance_{target.key}_evidence"))]
    return marks


def body(content: str, marks: Spans, lang: Lang) -> str:
    """HTML of a post's words, contact data masked, its evidence marked; a long text opens on a click."""
    # Masking moves characters, so a text with contact data in it is shown masked and without its marks.
    masked = mask(content, lang)
    if masked != content:
        content, marks = masked, ()
    if len(content) <= HEAD * 1.2:
        return f'<div class="text" dir="auto">{marked(content, marks)}</div>'
    head = marked(content[:HEAD], [mark for mark in marks if mark[0] < HEAD])
    tail = marked(content[HEAD:], [(start - HEAD, end - HEAD, title) for start, end, title in marks if end > HEAD])
    more = escape(text("post.more", lang, n=f"{len(content) - HEAD:,}"))
    return (
        f'<div class="text" dir="auto">{head}<details><summary>{more}</summary>'
        f'<div class="text" dir="auto">{tail}</div></details></div>'
    )


def _where(row: Row, lang: Lang, with_model: bool) -> str:
    place = [_given(row["site"]), _given(row["title"]), PurePath(str(row["source"])).name]
    if not pd.isna(row.get("span_start")):
        place.append(text("post.line", lang, n=int(row["span_start"])))
    model = _given(row.get("model"))
    if with_model and model:
        place.append(text("post.model", lang, model=model, version=_given(row.get("model_version")) or ""))
    return escape(" · ".join(part for part in place if part))


def _given(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
