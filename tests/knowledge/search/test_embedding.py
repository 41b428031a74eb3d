from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from knowledge.search.embedding import Embedder, load_embedder


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def test_vectors_have_length_one(embedder: Embedder) -> None:
    vectors = embedder.passages(["CAP Boulanger", "Licence de droit"])
    assert vectors.shape == (2, embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_a_query_is_nearer_to_what_it_means(embedder: Embedder) -> None:
    query = embedder.queries(["apprendre à faire du pain"])[0]
    bread, law = embedder.passages(["Certificat de boulangerie", "Master de droit public"])
    assert query @ bread > query @ law


def test_queries_and_passages_differ(embedder: Embedder) -> None:
    assert not np.allclose(embedder.queries(["boulanger"]), embedder.passages(["boulanger"]), atol=1e-3)


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: Embedder) -> None:
    alone = load_embedder().queries(["soudeur"])
    among = embedder.queries(["un texte bien plus long que les autres pour changer la taille du lot", "soudeur"])
    np.testing.assert_allclose(alone[0], among[1], atol=1e-5)


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    assert embedder.queries([]).shape == (0, embedder.dimension)
    assert embedder.passages([]).shape == (0, embedder.dimension)


def test_any_text_can_be_embedded(embedder: Embedder) -> None:
    vectors = embedder.queries(["", "\0", "\ud800", "🥖", "a" * 4000])
    assert np.isfinite(vectors).all()


def test_remembered_queries_answer_the_same(embedder: Embedder) -> None:
    texts = [f"métier numéro {i % 7}" for i in range(40)]
    assert (embedder.queries(texts) == embedder.queries(texts)).all()
    assert (embedder.queries(texts)[3] == embedder.queries([texts[3]])[0]).all()


def test_threads_get_their_own_answers(embedder: Embedder) -> None:
    texts = [f"je veux devenir technicien {i}" for i in range(24)]
    expected = load_embedder().queries(texts)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda text: embedder.queries([text])[0], texts))
    np.testing.assert_allclose(np.stack(answers), expected, atol=1e-5)


def test_a_named_model_is_opened_from_its_folder_and_has_its_own_fingerprint(
    embedder: Embedder, tmp_path: Path
) -> None:
    first, second = _save_small_model(tmp_path / "first", seed=1), _save_small_model(tmp_path / "second", seed=2)
    named = load_embedder(str(first))
    assert named.queries(["pain", "droit"]).shape == (2, 8)
    assert named.fingerprint == load_embedder(str(first)).fingerprint
    assert len({named.fingerprint, load_embedder(str(second)).fingerprint, embedder.fingerprint}) == 3


def _save_small_model(folder: Path, seed: int) -> Path:
    words = {word: number for number, word in enumerate(["[UNK]", "pain", "droit", "formation", "métier", "pour"])}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(seed).normal(size=(len(words), 8)).astype(np.float32)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")
    model.save(str(folder), create_model_card=False)
    return folder
