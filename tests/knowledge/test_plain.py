"""HTML made plain, whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sources.plain import plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (None, ""),
        ("a  b\n\nc", "a b\nc"),
        ("5 < 6 et 7 > 3", "5 < 6 et 7 > 3"),
        ("<p>Un</p><p>Deux &amp; trois</p>", "Un\nDeux & trois"),
        ("Avant<br/>après", "Avant\naprès"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<p>x</p><script>alert(1)</script><style>p{}</style><!-- c -->y", "x\ny"),
        ("<p>a\x01b&#2;c</p>", "a b c"),
    ],
)
def test_tags_go_and_lines_stay(text: str | None, plain: str) -> None:
    assert plain_text(text) == plain


@given(st.text() | st.text("<>/&;!-pli abc\"'=\x00", max_size=200))
def test_any_text_gives_a_text(text: str) -> None:
    assert "\x00" not in plain_text(f"<p>{text}</p>")


@given(st.integers(0, 300))
def test_it_is_cut_at_its_longest(longest: int) -> None:
    assert len(plain_text("<p>mot</p>" * 200, longest)) <= longest


def test_deep_nesting_is_read_or_cut_never_fatal() -> None:
    assert "x" in plain_text("<div>" * 200 + "x")
    plain_text("<div>" * 100_000 + "x")
