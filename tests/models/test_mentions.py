from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.mentions import mask_mentions
from models.tokenizer import SLOT_PIECES
from pipeline.targets import load_targets, make_target

FIRST, SECOND, THIRD = SLOT_PIECES[:3]
TARGETS = load_targets()


@pytest.mark.parametrize(
    ("text", "masked", "slots"),
    [
        ("ロシアがウクライナを攻めた", f"{FIRST}が{SECOND}を攻めた", (None, 0, 1)),
        ("米軍と露軍", f"{FIRST}軍と{SECOND}軍", (0, 1, None)),
        ("米国は米ロ会談へ", f"{FIRST}は{FIRST}{SECOND}会談へ", (0, 1, None)),
        ("新米の季節", "新米の季節", (None, None, None)),
    ],
)
def test_names_become_slots(text: str, masked: str, slots: tuple[int | None, ...]) -> None:
    found = mask_mentions(text, TARGETS)
    assert (found.text, found.slots) == (masked, slots)


def test_swapped_names_are_the_same_input() -> None:
    one = mask_mentions("ロシアが正しい。ウクライナは嘘つきだ", TARGETS)
    two = mask_mentions("ウクライナが正しい。アメリカは嘘つきだ", TARGETS)
    assert one.text == two.text
    assert (one.slots, two.slots) == ((None, 0, 1), (1, None, 0))


def test_a_new_target_needs_no_change() -> None:
    china = make_target("china", "中国", "China", ["北京"])
    assert mask_mentions("中国とロシア", (*TARGETS, china)).slots == (None, 1, None, 0)


@given(
    st.lists(st.sampled_from(["ロシア", "米国", "ゼレンスキー", "は", "🙂", "を", "\ue006", "対露"]), max_size=12).map(
        "".join
    )
)
def test_starts_map_back_to_the_original(text: str) -> None:
    masked = mask_mentions(text, TARGETS)
    assert len(masked.starts) == len(masked.text) + 1
    assert masked.starts[-1] == len(text)
    assert list(masked.starts) == sorted(masked.starts)
    for place, char in enumerate(masked.text):
        if char not in SLOT_PIECES:
            assert text[masked.starts[place]] in (char, "\ue006")
