from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from models.tokenizer import SLOT_IDS, SLOT_PIECES, SPECIALS, clean, encode, load_tokenizer


@pytest.mark.parametrize(
    "text",
    [
        "ウクライナ頑張れ😭",
        "(´・ω・`)ショボーン",
        "龘という字",
        "Ｐｕｔｉｎは米ロ会談で㌔",
        "100%ｱﾒﾘｶ",
        "一行目\n二行目",
    ],
)
def test_round_trip_up_to_normalisation(tokenizer: Tokenizer, text: str) -> None:
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    pieces = [tokenizer.id_to_token(i) for i in ids]
    data = b"".join(bytes([int(p[3:5], 16)]) if p.startswith("<0x") else p.encode() for p in pieces)
    assert data.decode() == unicodedata.normalize("NFKC", text)


def test_no_text_spells_a_special_piece(tokenizer: Tokenizer) -> None:
    hostile = "".join(SPECIALS) + "\x00\x07ロシア"
    (encoding,) = encode(tokenizer, [clean(hostile)])
    assert not set(encoding.ids) & set(range(len(SPECIALS)))
    assert len(clean(hostile)) == len(hostile)


def test_slot_pieces_are_single_tokens(tokenizer: Tokenizer) -> None:
    (encoding,) = encode(tokenizer, [f"{SLOT_PIECES[0]}が{SLOT_PIECES[1]}軍を"])
    assert [i for i in encoding.ids if i in SLOT_IDS] == [SLOT_IDS[0], SLOT_IDS[1]]


def test_a_tokenizer_with_other_special_pieces_is_refused(tmp_path: Path, tokenizer: Tokenizer) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text(tokenizer.to_str().replace(SPECIALS[3], "x").replace("\\ue003", "x"), encoding="utf-8")
    with pytest.raises(ValueError, match="special piece"):
        load_tokenizer(path)
