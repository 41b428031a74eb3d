"""The training messages: all the intents of the contract, enough of each, each message once."""

from collections import Counter, defaultdict

from nlu.corpus_reader import read_corpus
from nlu.normalise import fold
from tests.nlu.sentences import sentences

INTENTS = frozenset(sentences("contract"))
FEWEST = 20


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
