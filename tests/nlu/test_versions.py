"""Models side by side: the one in service is a choice, and the one before can come back."""

from pathlib import Path

import pytest

from nlu.versions import MODEL, NoSuchModel, Versions


def trained(versions: Versions, **metadata: object) -> int:
    folder = versions.begin()
    (folder / MODEL).write_bytes(b"model")
    return versions.finish(folder, {"recipe": "r", **metadata}).number


def test_none_is_in_service_before_one_is_chosen(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    assert versions.in_service() is None
    trained(versions)
    assert versions.in_service() is None


def test_the_former_one_comes_back(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    first, second = trained(versions), trained(versions)
    for number in (second, first):
        versions.use(number, "corpus")
        serving = Versions(tmp_path).in_service()
        assert serving is not None
        assert serving.number == number


def test_a_choice_holds_for_the_corpus_it_was_made_with(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    versions.use(trained(versions), "one")
    assert versions.is_chosen_for("one")
    assert not versions.is_chosen_for("another")


def test_an_unknown_number_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    versions.use(trained(versions), "corpus")
    with pytest.raises(NoSuchModel):
        versions.use(9, "corpus")
    assert versions.in_service() is not None


def test_an_interrupted_training_counts_as_none(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    versions.begin()
    assert versions.all() == []
    assert trained(versions) == 2


def test_the_oldest_go_but_never_the_one_in_service(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    versions.use(trained(versions), "corpus")
    for _ in range(8):
        trained(versions)
    numbers = [one.number for one in versions.all()]
    assert numbers[0] == 1
    assert numbers[-1] == 9
    assert len(numbers) <= 6


def test_a_broken_file_is_seen_as_no_choice(tmp_path: Path) -> None:
    (tmp_path / "in_service.json").write_text("{", "utf-8")
    assert Versions(tmp_path).in_service() is None
