"""The training messages: all the intents of the contract, enough of each, each message once."""

from collections import Counter, defaultdict
from pathlib import Path

from nlu.corpus_reader import read_corpus
from nlu.linting import lint, read_messages
from nlu.normalise import fold
from tests.nlu.sentences import sentences

INTENTS = frozenset(sentences("contract"))
FEWEST = 20
HELD_OUT = Path(__file__).with_name("held_out.jsonl")


def test_holds_the_intents_of_the_contract_and_no_other() -> None:
    assert {example.intent for example in read_corpus()} == INTENTS


def test_each_intent_has_enough_messages() -> None:
    counts = Counter(example.intent for example in read_corpus())
    assert {intent: count for intent, count in counts.items() if count < FEWEST} == {}


def test_no_message_comes_twice() -> None:
    intents: defaultdict[str, list[str]] = defaultdict(list)
    for example in read_corpus():
        words = fold(example.text.replace("?", " ? ")).replace("-", " ").split()
        intents[" ".join(word.strip(".,;:!…") for word in words).strip()].append(example.intent)
    assert {text: given for text, given in intents.items() if len(given) > 1} == {}


def test_no_message_resembles_one_that_is_held_out() -> None:
    leaks = [one.texts for one in lint(read_corpus(), read_messages(HELD_OUT)) if one.kind == "leak"]
    assert leaks == []
