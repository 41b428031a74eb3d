"""A new model serves at once, waits beside the one in service, or leaves its place to the former one."""

from pathlib import Path

import pytest

from knowledge.search.embedding import Embedder, load_embedder
from nlu.training import NotTrained, TrainingReport, load, train
from nlu.versions import Versions

MESSAGES = {
    "greet": ["bonjour", "salut", "bonsoir", "coucou", "hello", "bonjour madame"],
    "thank": ["merci", "merci beaucoup", "un grand merci", "mille mercis", "je vous remercie", "merci bien"],
}


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(None)


class Workshop:
    """A corpus one can add to, and the models trained on it."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.corpus, self.models, self._embedder = folder / "corpus", folder / "models", embedder
        self.corpus.mkdir()
        for intent, texts in MESSAGES.items():
            self.write(intent, *texts)

    def write(self, intent: str, *texts: str) -> None:
        lines = "".join(f"    - {text}\n" for text in texts)
        file = self.corpus / f"{intent}-{len(list(self.corpus.iterdir()))}.yml"
        file.write_text(f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{lines}', "utf-8")

    def train(self, *, waits: bool = False) -> TrainingReport:
        return train(self.models, self._embedder, waits=waits, corpus=self.corpus)

    def serving(self) -> int | None:
        version = Versions(self.models).in_service()
        return version.number if version else None


@pytest.fixture
def workshop(tmp_path: Path, embedder: Embedder) -> Workshop:
    return Workshop(tmp_path, embedder)


def test_the_first_model_serves_even_when_it_should_wait(workshop: Workshop) -> None:
    assert workshop.train(waits=True).trained
    assert workshop.serving() == 1


def test_the_same_corpus_is_learnt_once(workshop: Workshop) -> None:
    workshop.train()
    again = workshop.train()
    assert (again.trained, again.number) == (False, 1)


def test_a_new_one_waits_until_it_is_chosen_even_through_a_restart(workshop: Workshop) -> None:
    workshop.train()
    workshop.write("greet", "wesh tout le monde")
    assert workshop.train(waits=True).number == 2
    assert workshop.serving() == 1
    workshop.train()  # what a start does
    assert workshop.serving() == 1


def test_after_an_upgrade_the_new_one_serves_at_once(workshop: Workshop) -> None:
    workshop.train()
    workshop.write("greet", "wesh tout le monde")
    workshop.train()
    assert workshop.serving() == 2


def test_the_former_one_comes_back_and_stays(workshop: Workshop, embedder: Embedder) -> None:
    workshop.train()
    workshop.write("greet", "wesh tout le monde")
    corpus = str(workshop.train() and Versions(workshop.models).all()[-1].metadata["corpus"])
    Versions(workshop.models).use(1, corpus)
    workshop.train()
    assert workshop.serving() == 1
    assert load(workshop.models, embedder).classifier.classes == load(workshop.models, embedder, 2).classifier.classes


def test_nothing_trained_is_said(workshop: Workshop, embedder: Embedder) -> None:
    with pytest.raises(NotTrained):
        load(workshop.models, embedder)
