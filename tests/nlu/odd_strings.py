"""Strings that no one should type: halves of characters, hidden ones, other writings, commands."""

import random


def odd_strings(count: int) -> list[str]:
    """The same strings at each run."""
    chance = random.Random(20261123)
    return [_odd(chance) for _ in range(count)]


_PIECES = (
    *("\ud800", "\udfff", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\x00", "\r\n", "\u0301", "ﬁ", "İ", "ß"),
    *("👩🏽‍🎓", "🇫🇷", "مرحبا", "שלום", "你好", "٣", "½", "je suis", "à Reims", "4 ans", "2 400 €", "bac", "pas", "CDI"),
    *("comptable", "06 12 34 56 78", "a@b.fr", "/inform", "{", "<b>", "%s", "'", '"', "\\", " "),
)


def _odd(chance: random.Random) -> str:
    pieces = chance.choices(_PIECES, k=chance.randrange(12))
    return "".join(piece + chance.choice(["", " ", chr(chance.randrange(0x110000))]) for piece in pieces)
