"""The ways to choose the posts that a class reads: apart from the choosing, so that naming them imports nothing."""

from __future__ import annotations

from enum import StrEnum


class Pick(StrEnum):
    """How posts are chosen."""

    ORIGINAL = "original"
    RANDOM = "random"
    CONTESTED = "contested"
