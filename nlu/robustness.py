"""Messages made harder to read, as people also write them."""

import random
from collections.abc import Callable, Mapping

from nlu.normalise import fold
from nlu.variants import shortened, slipped

HARDER: Mapping[str, Callable[[str], str]] = {
    "no_accents": fold,
    "capitals": str.upper,
    "typos": lambda text: slipped(text, random.Random(f"typos {text}")),
    "sms": lambda text: shortened(text, random.Random(f"sms {text}")),
}
"""By name: without accents, in capitals, with one slip for six words, in short spellings. The same each time."""
