from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.search.engine import SearchAnswer, SearchEngine, SearchQuery
from tests.knowledge.search.certifications import CATALOGUE


def codes(answer: SearchAnswer) -> list[str]:
    return [hit.certification.code for hit in answer.hits]


class TestNumbers:
    @pytest.mark.parametrize(
        "text", ["RNCP90003", "rncp 90 003", "R.N.C.P. n° 90003", "90003", "c'est quoi le RNCP90003 ?"]
    )
    def test_a_number_gives_its_record_alone(self, engine: SearchEngine, text: str) -> None:
        answer = engine.search(SearchQuery(text))
        assert codes(answer) == ["RNCP90003"]
        assert answer.confident
        assert answer.understood.certification == "RNCP90003"
        assert "numéro" in answer.hits[0].why[0]

    def test_an_expired_number_leads_to_the_active_successor_through_all_links(self, engine: SearchEngine) -> None:
        answer = engine.search(SearchQuery("RNCP80001"))
        assert codes(answer) == ["RNCP90001"]
        assert "RNCP80001" in answer.hits[0].why[0]

    def test_an_expired_record_is_shown_to_who_asks_for_it(self, engine: SearchEngine) -> None:
        answer = engine.search(SearchQuery("RNCP80001", active=False))
        assert codes(answer) == ["RNCP80001", "RNCP90001"]
        assert answer.hits[0].replaced_by == ("RNCP90001",)

    def test_an_expired_record_without_successor_gives_what_is_near_and_says_so(self, engine: SearchEngine) -> None:
        answer = engine.search(SearchQuery("RNCP80003"))
        assert not answer.confident
        assert "RNCP80003" not in codes(answer)

    def test_an_unknown_number_gives_nothing(self, engine: SearchEngine) -> None:
        answer = engine.search(SearchQuery("RNCP99999"))
        assert not answer.confident
        assert answer.hits == ()


class TestWords:
    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("CAP boulanger", "RNCP90001"),
            ("BP boulanger", "RNCP90002"),
            ("CAP AEPE", "RNCP90006"),
            ("BTS MCO", "RNCP90007"),
            ("DCG", "RNCP90005"),
            ("bac+2 en comptabilité", "RNCP90004"),
            ("coifeuse", "RNCP90009"),
            ("elektricien batiment", "RNCP90008"),
            ("SST", "RS90012"),
            ("apprendre à soigner les gens malades", "RNCP90010"),
            ("je veux m'occuper des tout-petits", "RNCP90006"),
        ],
    )
    def test_the_best_answer_comes_first(self, engine: SearchEngine, text: str, first: str) -> None:
        assert codes(engine.search(SearchQuery(text)))[0] == first

    @pytest.mark.parametrize(
        "text", ["CAP boulanger", "aide-soignante", "BTS MCO", "comptable", "je voudrais être boulanger", "coifeuse"]
    )
    def test_a_plain_request_is_answered_with_confidence(self, engine: SearchEngine, text: str) -> None:
        assert engine.search(SearchQuery(text)).confident

    @pytest.mark.parametrize(
        "text", ["le résultat du match de rugby", "une tondeuse à gazon d'occasion", "zzz qqq", "", "?!"]
    )
    def test_what_nothing_answers_is_not_answered_with_confidence(self, engine: SearchEngine, text: str) -> None:
        assert not engine.search(SearchQuery(text)).confident

    def test_the_query_is_understood(self, engine: SearchEngine) -> None:
        understood = engine.search(SearchQuery("je suis boulanger et je veux devenir comptable, niveau bac")).understood
        assert (understood.job, understood.level, understood.certification) == ("M1203", 4, None)

    def test_a_reason_is_not_given_twice_in_other_words(self, engine: SearchEngine) -> None:
        hits = engine.search(SearchQuery("boulanger")).hits
        assert all(len(hit.why) == 1 for hit in hits if "Boulanger / Boulangère" in hit.why[0])
        assert "Boulanger / Boulangère" in hits[0].why[0]

    def test_each_hit_says_why(self, engine: SearchEngine) -> None:
        hits = engine.search(SearchQuery("CAP boulanger")).hits
        assert all(hit.why for hit in hits)
        assert any("Boulanger / Boulangère" in reason for reason in hits[0].why)

    def test_an_acronym_is_explained(self, engine: SearchEngine) -> None:
        why = engine.search(SearchQuery("BTS MCO")).hits[0].why
        assert any("MCO" in reason and "management commercial operationnel" in reason for reason in why)

    def test_records_that_share_title_and_type_are_shown_once_the_newest(self, engine: SearchEngine) -> None:
        found = codes(engine.search(SearchQuery("aide-soignant")))
        assert "RNCP90010" in found
        assert "RNCP80004" not in found

    def test_the_other_twin_is_still_reached_by_its_number(self, engine: SearchEngine) -> None:
        assert codes(engine.search(SearchQuery("RNCP80004"))) == ["RNCP80004"]


class TestFilters:
    def test_level(self, engine: SearchEngine) -> None:
        hits = engine.search(SearchQuery("comptabilité", level=5)).hits
        assert {hit.certification.level for hit in hits} == {5}

    def test_levels_from_and_to(self, engine: SearchEngine) -> None:
        hits = engine.search(SearchQuery("comptabilité", min_level=4, max_level=5)).hits
        assert {hit.certification.level for hit in hits} <= {4, 5}

    def test_kind(self, engine: SearchEngine) -> None:
        assert codes(engine.search(SearchQuery("secouriste", kind="rs"))) == ["RS90012"]

    def test_limit(self, engine: SearchEngine) -> None:
        assert len(engine.search(SearchQuery("boulanger", limit=1)).hits) == 1

    def test_expired_records_are_never_found_by_words(self, engine: SearchEngine) -> None:
        assert not {"RNCP80001", "RNCP80002", "RNCP80003"} & set(codes(engine.search(SearchQuery("pain", limit=50))))


class TestJobAimedAt:
    def test_what_leads_to_the_job_comes_first_whatever_the_words(self, engine: SearchEngine) -> None:
        query = SearchQuery("sans arrêter la boulangerie", rome=("M1203",), min_level=4, max_level=6, limit=3)
        answer = engine.search(query)
        assert set(codes(answer)) == {"RNCP90003", "RNCP90004", "RNCP90005"}
        assert answer.confident
        assert "Comptable" in answer.hits[0].why[0]

    def test_no_words_are_needed(self, engine: SearchEngine) -> None:
        assert codes(engine.search(SearchQuery("", rome=("F1602",))))[0] == "RNCP90008"

    def test_the_same_question_has_the_same_answer(self, engine: SearchEngine) -> None:
        query = SearchQuery("comptable", rome=("M1203",))
        assert engine.search(query) == engine.search(query)


class TestJobs:
    def test_jobs_are_found_by_name_then_by_meaning(self, engine: SearchEngine) -> None:
        assert engine.jobs("boulangère")[0].rome == "D1102"
        assert engine.jobs("couper les cheveux des clientes")[0].rome == "D1202"

    def test_a_job_found_by_meaning_is_never_sure(self, engine: SearchEngine) -> None:
        assert engine.jobs("couper les cheveux des clientes")[0].score < 0.8


class TestWithoutVectors:
    def test_words_numbers_and_jobs_still_answer(self, words_only: SearchEngine) -> None:
        assert words_only.degraded
        assert codes(words_only.search(SearchQuery("CAP boulanger")))[0] == "RNCP90001"
        assert codes(words_only.search(SearchQuery("RNCP90003"))) == ["RNCP90003"]
        assert words_only.jobs("coiffeuse")[0].rome == "D1202"

    def test_meaning_is_there_when_vectors_are(self, engine: SearchEngine) -> None:
        assert not engine.degraded


def test_threads_share_one_engine(engine: SearchEngine) -> None:
    texts = ["CAP boulanger", "comptable", "aide-soignante", "SST", "coiffeuse"] * 4
    expected = [engine.search(SearchQuery(text)) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: engine.search(SearchQuery(text)), texts)) == expected


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=120), st.integers(1, 20))
def test_any_text_is_answered_with_known_records_once_each(words_only: SearchEngine, text: str, limit: int) -> None:
    found = codes(words_only.search(SearchQuery(text, limit=limit)))
    assert len(found) == len(set(found)) <= limit
    assert set(found) <= set(CATALOGUE.certifications)
