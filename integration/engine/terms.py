"""What the kinds ask of their own rules, before a distribution is kept."""


class BadTerms(ValueError):
    """A field of a kind's own that does not fit the others; the text says how."""

    def __init__(self, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field
