from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.mentions import mask_mentions
from models.tokenizer import SLOT_PIECES
from pipeline.targets import Target, find_mentions, find_related, load_targets, make_target

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


def test_words_that_point_to_a_target_not_named_get_its_slot_behind_them() -> None:
    found = mask_mentions("アイオワの農家がロシアへ", TARGETS)
    assert (found.text, found.slots, found.named) == (
        f"アイオワ{FIRST}の農家が{SECOND}へ",
        (0, 1, None),
        (False, True, False),
    )
    named = mask_mentions("アイオワの米国人", TARGETS)
    assert (named.text, named.named) == (f"アイオワの{FIRST}人", (True, False, False))


def test_related_words_stand_alone_and_the_longest_counts() -> None:
    target = Target("x", "甲", "X", ("甲",), related=("ドン", "ドンバス", "FBI", "連銀"))
    spans = [
        find_related(text, target) for text in ("ドンバスで", "ドンキで", "ドンと", "FBIs", "FBIが", "地区連銀総裁")
    ]
    assert [[(span.start, span.end) for span in found] for found in spans] == [
        [(0, 4)],
        [],
        [(0, 2)],
        [],
        [(0, 3)],
        [(2, 4)],
    ]


def test_no_related_word_names_a_target() -> None:
    for target in TARGETS:
        assert len(target.related) > 1000
        assert not [word for word in target.related for other in TARGETS if find_mentions(word, other)]


def test_a_new_target_needs_no_change() -> None:
    china = make_target("china", "中国", "China", ["北京"])
    assert mask_mentions("中国とロシア", (*TARGETS, china)).slots == (None, 1, None, 0)


@given(
    st.lists(
        st.sampled_from(["ロシア", "米国", "ゼレンスキー", "ハルキウ", "は", "🙂", "を", "\ue006", "対露"]), max_size=12
    ).map("".join)
)
def test_starts_map_back_to_the_original(text: str) -> None:
    masked = mask_mentions(text, TARGETS)
    assert len(masked.starts) == len(masked.text) + 1
    assert masked.starts[-1] == len(text)
    assert list(masked.starts) == sorted(masked.starts)
    for place, char in enumerate(masked.text):
        if char not in SLOT_PIECES:
            assert text[masked.starts[place]] in (char, "\ue006")
