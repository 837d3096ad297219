"""The filters above a screen; what they hold stands in the address bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from pipeline.records import Kind, Sentiment
from pipeline.report.tables import SHOWN
from pipeline.screens import address, state
from pipeline.screens.plain import markdown
from pipeline.store import Filters, LabelSource

NAMES = ("site", "doc", "kind", "target", "stance", "mood", "conf", "since", "until", "votes", "q", "review", "marked")
_LABELS = (LabelSource.MODEL, LabelSource.HUMAN_FIRST, LabelSource.HUMAN)


def current() -> Filters:
    """Filters that the address holds; what cannot be read restricts nothing."""
    low, high = _range(address.get("conf"))
    return Filters(
        document_ids=tuple(address.get("doc")),
        sites=tuple(address.get("site")),
        kinds=tuple(_known(address.get("kind"), [str(kind) for kind in Kind])),
        target=_one(address.get("target")),
        stances=tuple(_known(address.get("stance"), SHOWN)) if address.get("target") else (),
        sentiments=tuple(_known(address.get("mood"), [str(mood) for mood in Sentiment])),
        min_confidence=low if low > 0 else None,
        max_confidence=high if high < 1 else None,
        since=_one(address.get("since")),
        until=_one(address.get("until")),
        min_votes=_number(address.get("votes")),
        text=_one(address.get("q")) or "",
        needs_review=True if address.get("review") else None,
        bookmarked=bool(address.get("marked")),
        labels=_source(address.get("labels")),
    )


def draw() -> Filters:
    """Draw the filters; what they hold now. One line says in words what restricts the posts."""
    documents = state.documents()
    box = st.expander(state.say("filter.title"), icon=":material/filter_alt:", key="filter.box", on_change="rerun")
    # A dozen widgets take the browser half a second, so a closed box holds them only where the address names filters,
    # of which the widgets drop what makes no sense.
    if box.open or any(address.get(name) for name in (*NAMES, "labels")):
        with box:
            _widgets(documents)
    filters = current()
    _summary(documents)
    return filters


def _widgets(documents: pd.DataFrame) -> None:
    first, second, third = st.columns(3)
    with first:
        _text()
        _many("kind", [str(kind) for kind in Kind], lambda code: state.say(f"kind.{code}"))
        _sources(documents)
    with second:
        _stances()
        _many("mood", [str(mood) for mood in Sentiment], lambda code: state.say(f"sentiment.{code}"))
        _confidence()
    with third:
        _dates()
        _votes()
        _switches()


def _summary(documents: pd.DataFrame) -> None:
    parts = words(documents)
    if not parts:
        return
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.markdown(f"**{state.say('filter.active')}** {markdown(' / '.join(parts))}")
    right.button(state.say("filter.clear"), on_click=clear, key="filter.clear", width="stretch")


def clear() -> None:
    """Take all filters away."""
    address.change(**{name: [] for name in NAMES})


def words(documents: pd.DataFrame) -> list[str]:
    """What restricts the posts, in words."""
    names = {target.key: state.name_of(target) for target in state.targets()}
    titles = dict(zip(documents["id"], documents["title"].fillna(documents["source"]), strict=True))
    said: dict[str, Callable[[str], str]] = {
        "doc": lambda code: str(titles.get(code, code)),
        "kind": lambda code: state.say(f"kind.{code}"),
        "target": lambda code: names.get(code, code),
        "stance": lambda code: state.say(f"stance.{code}"),
        "mood": lambda code: state.say(f"sentiment.{code}"),
        "review": lambda _: state.say("filter.review"),
        "marked": lambda _: state.say("filter.marked"),
    }
    parts = []
    for name in NAMES:
        codes = address.get(name)
        if codes:
            shown = "・".join(said.get(name, str)(code) for code in codes)
            parts.append(shown if name in ("review", "marked") else f"{state.say(f'filter.{name}')}: {shown}")
    return parts


def _text() -> None:
    label, hint = state.say("filter.q"), state.say("filter.q_hint")
    value = st.text_input(label, key=address.bind("q", lambda codes: "".join(codes[:1])), placeholder=hint)
    address.put("q", [value] if value else [])


def _many(name: str, options: Sequence[str], words: Callable[[str], str]) -> None:
    key = address.bind(name, lambda codes: _known(codes, options))
    said = {code: words(code) for code in options}
    chosen = st.pills(
        state.say(f"filter.{name}"), options, selection_mode="multi", format_func=said.__getitem__, key=key
    )
    address.put(name, chosen)


def _sources(documents: pd.DataFrame) -> None:
    sites = sorted(documents["site"].dropna().unique())
    choose = state.say("filter.choose")
    key = address.bind("site", lambda codes: _known(codes, sites))
    address.put("site", st.multiselect(state.say("filter.site"), sites, key=key, placeholder=choose))
    titles = dict(zip(documents["id"], documents["title"].fillna(documents["source"]), strict=True))
    key = address.bind("doc", lambda codes: _known(codes, list(titles)))
    chosen = st.multiselect(
        state.say("filter.doc"), list(titles), format_func=lambda code: titles[code], key=key, placeholder=choose
    )
    address.put("doc", chosen)


def _stances() -> None:
    names = {target.key: state.name_of(target) for target in state.targets()}
    key = address.bind("target", lambda codes: next(iter(_known(codes, list(names))), None))
    choose = state.say("filter.any_target")
    target = st.selectbox(
        state.say("filter.target"), list(names), index=None, format_func=names.__getitem__, key=key, placeholder=choose
    )
    address.put("target", [target] if target else [])
    if target:
        _many("stance", SHOWN, lambda code: state.say(f"stance.{code}"))
    else:
        address.put("stance", [])


def _confidence() -> None:
    key = address.bind("conf", lambda codes: tuple(round(100 * end) for end in _range(codes)))
    st.slider(state.say("filter.conf"), 0, 100, step=5, format="%d %%", key=key, help=state.say("filter.conf_help"))
    low, high = st.session_state[key]
    address.put("conf", [] if (low, high) == (0, 100) else [f"{low / 100:g}", f"{high / 100:g}"])


def _dates() -> None:
    left, right = st.columns(2)
    for place, name in ((left, "since"), (right, "until")):
        key = address.bind(name, _date)
        value = place.date_input(state.say(f"filter.{name}"), value=None, format="YYYY-MM-DD", key=key)
        address.put(name, [value.isoformat()] if isinstance(value, date) else [])


def _votes() -> None:
    key = address.bind("votes", _number)
    help_ = state.say("filter.votes_help")
    value = st.number_input(state.say("filter.votes"), value=None, step=1, key=key, help=help_)
    address.put("votes", [] if value is None else [str(int(value))])


def _switches() -> None:
    for name in ("review", "marked"):
        key = address.bind(name, lambda codes: codes == ["1"])
        address.put(name, ["1"] if st.toggle(state.say(f"filter.{name}"), key=key) else [])
    key = address.bind("labels", _source)
    words = {source: state.say(f"labels.{source}") for source in _LABELS}
    chosen = st.selectbox(
        state.say("filter.labels"),
        _LABELS,
        format_func=words.__getitem__,
        key=key,
        help=state.say("filter.labels_help"),
    )
    address.put("labels", [] if chosen is LabelSource.MODEL else [str(chosen)])


def _known(codes: Sequence[str], options: Sequence[str]) -> list[str]:
    return [code for code in codes if code in options]


def _one(codes: Sequence[str]) -> str | None:
    return codes[0] if codes and codes[0] else None


def _number(codes: Sequence[str]) -> int | None:
    try:
        return int(codes[0]) if codes else None
    except ValueError:
        return None


def _range(codes: Sequence[str]) -> tuple[float, float]:
    try:
        low, high = (min(1.0, max(0.0, float(code))) for code in codes)
    except ValueError:
        return 0.0, 1.0
    return (low, high) if low <= high else (0.0, 1.0)


def _date(codes: Sequence[str]) -> date | None:
    return date.fromisoformat(codes[0]) if codes else None


def _source(codes: Sequence[str]) -> LabelSource:
    return next((source for source in _LABELS if codes and source == codes[0]), LabelSource.MODEL)
