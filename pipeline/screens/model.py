"""Model."""


def show() -> None:
    """Draw the screen."""
