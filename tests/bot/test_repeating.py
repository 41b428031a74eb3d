"""What is said again and again."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Say
from bot.repeating import vary
from bot.state import State

LONG = "Je m'occupe de métiers, de formations et de leur financement."


@given(times=st.integers(1, 12), text=st.text(min_size=41, max_size=60))
def test_nobody_reads_the_same_long_sentence_more_than_twice(times: int, text: str) -> None:
    state, said = State(), []
    for _ in range(times):
        effects, state = vary((Say(text=text),), state)
        said += [effect.text for effect in effects if isinstance(effect, Say)]
    assert all(one.endswith(text) for one in said)
    assert max(map(said.count, said)) <= 2


def test_a_question_asked_again_says_so() -> None:
    state = State()
    for _ in range(2):
        _, state = vary((Say(kind="question", text=LONG),), state)
    (again,), _ = vary((Say(kind="question", text=LONG),), state)
    assert isinstance(again, Say)
    assert again.text == f"Je repose la question. {LONG}"
