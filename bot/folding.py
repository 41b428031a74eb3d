"""Text folded for comparison: lower case, no accents, plain apostrophes and spaces."""

import unicodedata


def fold(text: str) -> str:
    """`text` in lower case without accents, with plain apostrophes and single spaces.

    >>> fold("L’Été  à Épinal")
    "l'ete a epinal"
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
