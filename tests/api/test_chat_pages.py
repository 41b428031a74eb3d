"""A conversation written as Markdown reads as it was said."""

from typing import Any

import pytest

from api.chat.markdown import to_markdown
from api.chat.messages import Message
from api.chat.visitor import Answer


def said(text: str, author: str = "bot", **payload: Any) -> Message:
    return Message(seq=1, author=author, text=text, kind="text", payload=payload or None)


def test_lines_are_paragraphs_and_bullets_are_a_list() -> None:
    page = to_markdown("Essai", [said("Voici :\n• Un\n• Deux\nFin.")], [])
    assert page == "# Essai\n\nVoici :\n\n- Un\n- Deux\n\nFin.\n"


def test_choices_are_numbered_across_the_messages_of_an_answer() -> None:
    oui, non = ({"id": name, "label": name} for name in ("oui", "non"))
    page = to_markdown("Essai", [said("A ?", choices=[oui]), said("B ?", choices=[non])], [])
    assert page == "# Essai\n\nA ?\n\n1. oui\n\nB ?\n\n2. non\n"


def test_the_person_is_quoted_and_another_author_is_named() -> None:
    answer = Answer("bonjour\nvous êtes là ?", False, [said("Oui.", "counsellor")], 3.0)
    page = to_markdown("Essai", [], [answer])
    assert page == "# Essai\n\n> bonjour\n>\n> vous êtes là ?\n\n**Conseiller**\n\nOui.\n"


def test_sources_are_links() -> None:
    sources = [{"url": f"https://www.example.fr/{name}"} for name in "ab"]
    page = to_markdown("Essai", [said("Oui.", sources=sources)], [])
    assert page == "# Essai\n\nOui.\n\n- <https://www.example.fr/a>\n- <https://www.example.fr/b>\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# titre", "\\# titre"),
        ("3. trois", "3\\. trois"),
        ("- tiret", "\\- tiret"),
        ("<b> *gras* [lien](x)", "\\<b\\> \\*gras\\* \\[lien\\](x)"),
        ("bac + 2, 1 500 €", "bac + 2, 1 500 €"),
    ],
)
def test_what_is_said_is_never_markup(text: str, shown: str) -> None:
    assert to_markdown("Essai", [said(text)], []) == f"# Essai\n\n{shown}\n"
