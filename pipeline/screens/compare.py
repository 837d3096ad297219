"""Compare two groups of posts."""


def show() -> None:
    """Draw the screen."""
