from __future__ import annotations

import torch
from tokenizers import Tokenizer

from models.data import Prepared, collate, prepare
from models.stance import StanceModel, name_tokens
from pipeline.targets import Target, make_target

TEXTS = ["ロシアは嘘つきだ", "", "ウクライナもアメリカもどっちもどっち。" * 5, "😀", "x" * 3000]


def _run(model: StanceModel, items: list[Prepared], names: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    batch = collate(items)
    with torch.inference_mode():
        stance, sentiment = model(batch.ids, batch.slots, names)
    return stance, sentiment


def test_alone_or_in_a_batch_is_the_same(tiny: StanceModel, tokenizer: Tokenizer, targets: tuple[Target, ...]) -> None:
    items, _ = prepare(tokenizer, TEXTS, targets, 64)
    names = tiny.name_vectors(name_tokens(tokenizer, targets))
    stance, sentiment = _run(tiny, items, names)
    for row, item in enumerate(items):
        one, two = _run(tiny, [item], names)
        torch.testing.assert_close(one[0], stance[row], rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(two[0], sentiment[row], rtol=1e-4, atol=1e-5)


def test_a_further_target_changes_no_other(
    tiny: StanceModel, tokenizer: Tokenizer, targets: tuple[Target, ...]
) -> None:
    more = (*targets, make_target("china", "中国", "China", ["北京"]))
    outputs = []
    for chosen in (targets, more):
        items, _ = prepare(tokenizer, TEXTS, chosen, 64)
        outputs.append(_run(tiny, items, tiny.name_vectors(name_tokens(tokenizer, chosen))))
    (one, feeling), (two, feeling_two) = outputs
    assert two.shape == (len(TEXTS), 4, 4)
    torch.testing.assert_close(one, two[:, :3], rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(feeling, feeling_two, rtol=1e-4, atol=1e-5)


def test_targets_not_named_are_told_apart_by_their_names(
    tiny: StanceModel, tokenizer: Tokenizer, targets: tuple[Target, ...]
) -> None:
    items, _ = prepare(tokenizer, ["弁当が値上がりした"], targets, 64)
    stance, _ = _run(tiny, items, tiny.name_vectors(name_tokens(tokenizer, targets)))
    assert not torch.allclose(stance[0, 0], stance[0, 1], atol=1e-4)


def test_a_long_text_keeps_its_beginning_and_its_end(tokenizer: Tokenizer, targets: tuple[Target, ...]) -> None:
    (short, long), _ = prepare(tokenizer, ["始め" + "あ" * 500 + "終り", "始め" + "あ" * 99_000 + "終り"], targets, 32)
    assert len(short.ids) == len(long.ids) == 32
    assert short.ids[:3] == long.ids[:3]
    assert short.ids[-3:] == long.ids[-3:]
