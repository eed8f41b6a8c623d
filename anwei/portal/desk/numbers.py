"""Reading numbers out of an address."""


def number(text: str | None) -> int | None:
    """A row's id out of an address or a form; None for everything that cannot be one."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else None
