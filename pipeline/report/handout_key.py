"""The teacher's key to a sheet: estimates with confidence and evidence, people's labels, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from pipeline.report.export import evidence_words
from pipeline.report.handout import Sheet, page_html, printable, sources_html
from pipeline.report.pseudonyms import pseudonymise
from pipeline.report.wording import Lang, text
from pipeline.targets import Target

_SIZE = 9.0
_COLUMNS = ("target", "estimate", "confidence", "evidence", "human")


def key_html(sheet: Sheet, posts: pd.DataFrame, targets: Sequence[Target], lang: Lang, *, names: bool = False) -> str:
    """The key to ``sheet``, which was made from the wide table ``posts``. ``names`` keeps authors' names."""
    frame = posts if names else pseudonymise(posts, lang)
    rows = {str(row["id"]): row for _, row in frame.iterrows()}
    chosen = [rows[item.post_id] for item in sheet.items]
    body = "".join(
        _post(number, item.words, rows[item.post_id], targets, lang) for number, item in enumerate(sheet.items, 1)
    )
    notes = [agreement_line(chosen, targets, lang), text("caveat.posts", lang, n=len(chosen)), _models(chosen, lang)]
    page = (
        f"<header><h1>{_word('handout.key_title', lang)}</h1><p class='task'>{_word('handout.key_note', lang)}</p>"
        f"</header><main>{body}</main><footer><p>{escape(' '.join(filter(None, notes)))}</p>"
        f"{sources_html(sheet.items, lang)}</footer>"
    )
    return page_html(text("handout.key_title", lang), page, _SIZE, lang)


def agreement_line(rows: Sequence[pd.Series], targets: Sequence[Target], lang: Lang) -> str:
    """How often people's stances and the model's decided ones are the same, in words; says so where there are none."""
    pairs = [
        (_text(row, f"human_stance_{target.key}"), _text(row, f"stance_{target.key}"), _undecided(row, target))
        for row in rows
        for target in targets
    ]
    both = [(human, model, undecided) for human, model, undecided in pairs if human and model]
    decided = [(human, model) for human, model, undecided in both if not undecided]
    if not both:
        return text("handout.key_no_agreement", lang)
    same = sum(human == model for human, model in decided)
    return text("handout.key_agreement", lang, same=same, n=len(decided), review=len(both) - len(decided))


def _post(number: int, words: str, row: pd.Series, targets: Sequence[Target], lang: Lang) -> str:
    votes = row.get("votes")
    facts = [
        text(f"kind.{row['kind']}", lang),
        _text(row, "author") or "",
        text("handout.key_no_votes", lang) if pd.isna(votes) else text("handout.key_votes", lang, votes=int(votes)),
    ]
    heads = "".join(f"<th scope='col'>{_word(f'handout.key_{name}', lang)}</th>" for name in _COLUMNS)
    lines = "".join(f"<tr>{_cells(row, target, lang)}</tr>" for target in targets)
    return (
        f"<section class='keypost'><p><b>{number}</b> {escape(' · '.join(filter(None, facts)))}</p>"
        f"<p class='words' dir='auto'>{escape(words)}</p>"
        f"<table class='key'><colgroup>{'<col>' * len(_COLUMNS)}</colgroup><tr>{heads}</tr>{lines}</table></section>"
    )


def _cells(row: pd.Series, target: Target, lang: Lang) -> str:
    column = f"stance_{target.key}"
    stance, confidence = _text(row, column), row.get(f"{column}_confidence")
    estimate, share = "—", "—"
    if stance:
        shown = "review" if _undecided(row, target) else stance
        estimate = f"{text(f'stance.{shown}', lang)} ({text('model.estimate', lang)})"
        share = "—" if confidence is None or pd.isna(confidence) else f"{float(confidence):.0%}"
    evidence = evidence_words(str(row["text"]), row.get(f"{column}_evidence"), lang)
    cells = [estimate, share, printable(evidence, lang) if evidence else "—", _human(row, target, lang)]
    name = target.ja if lang == "ja" else target.en
    return f"<th scope='row'>{escape(name)}</th>" + "".join(f"<td dir='auto'>{escape(cell)}</td>" for cell in cells)


def _human(row: pd.Series, target: Target, lang: Lang) -> str:
    human, model = _text(row, f"human_stance_{target.key}"), _text(row, f"stance_{target.key}")
    if not human:
        return text("handout.key_no_human", lang)
    word = text(f"stance.{human}", lang)
    if not model or _undecided(row, target):
        return word
    return f"{word} ({text('handout.key_agree' if human == model else 'handout.key_differ', lang)})"


def _models(rows: Sequence[pd.Series], lang: Lang) -> str:
    names = {f"{row['model']} {row.get('model_version', '')}".strip() for row in rows if _text(row, "model")}
    return text("handout.key_model", lang, model=", ".join(sorted(names))) if names else ""


def _text(row: pd.Series, column: str) -> str | None:
    value = row.get(column)
    return value if isinstance(value, str) and value else None


def _undecided(row: pd.Series, target: Target) -> bool:
    review = row.get(f"stance_{target.key}_review")
    return review is not None and not pd.isna(review) and bool(review)


def _word(key: str, lang: Lang) -> str:
    return escape(text(key, lang))
