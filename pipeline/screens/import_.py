"""Import."""


def show() -> None:
    """Draw the screen."""
