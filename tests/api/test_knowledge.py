import httpx
import pytest


class TestSearchCertifications:
    async def test_the_answer_has_the_form_of_the_contract(self, http: httpx.AsyncClient) -> None:
        reply = await http.get("/api/certifications", params={"q": "devenir comptable", "limit": 4})
        assert reply.status_code == 200
        body = reply.json()
        assert body.keys() == {"query", "understood", "confident", "relaxed", "results"}
        assert body["query"] == "devenir comptable"
        assert body["understood"] == {"job": "M1203", "certification": None, "level": None}
        assert body["confident"] is True
        assert len(body["results"]) == 4
        first = body["results"][0]
        assert first.keys() == {
            "code", "title", "kind", "type", "level", "active", "replaced_by", "rome", "score", "why",
        }  # fmt: skip
        assert "omptab" in first["title"]
        assert first["why"]

    async def test_a_number_gives_its_record(self, http: httpx.AsyncClient) -> None:
        body = (await http.get("/api/certifications", params={"q": "rncp 37121"})).json()
        assert [item["code"] for item in body["results"]] == ["RNCP37121"]
        assert body["understood"]["certification"] == "RNCP37121"

    async def test_filters_are_strict(self, http: httpx.AsyncClient) -> None:
        body = (await http.get("/api/certifications", params={"q": "comptabilité", "level": 5, "kind": "rncp"})).json()
        assert body["results"]
        assert {(item["level"], item["kind"]) for item in body["results"]} == {(5, "rncp")}

    async def test_what_can_be_obtained_in_a_way(self, http: httpx.AsyncClient) -> None:
        body = (await http.get("/api/certifications", params={"q": "comptabilité", "access": "vae"})).json()
        assert body["results"]
        assert body["relaxed"] == []
        for item in body["results"]:
            assert "vae" in (await http.get(f"/api/certifications/{item['code']}")).json()["access"]

    async def test_a_condition_that_leaves_nothing_is_relaxed_and_it_is_said(self, http: httpx.AsyncClient) -> None:
        params = {"q": "coiffure", "kind": "rs", "level": "8"}
        body = (await http.get("/api/certifications", params=params)).json()
        assert body["results"]
        assert body["relaxed"]
        assert all(sentence.endswith(".") for sentence in body["relaxed"])

    async def test_near_a_town_nothing_is_known_and_it_is_said(self, http: httpx.AsyncClient) -> None:
        body = (await http.get("/api/certifications", params={"q": "comptabilité", "near": "08105"})).json()
        assert body["results"]
        assert "près d'ici" in body["relaxed"][0]

    async def test_what_nothing_answers_is_said(self, http: httpx.AsyncClient) -> None:
        body = (await http.get("/api/certifications", params={"q": "les paroles d'une chanson d'amour"})).json()
        assert body["confident"] is False

    @pytest.mark.parametrize(
        ("params", "field"),
        [
            ({}, "q"),
            ({"q": ""}, "q"),
            ({"q": "pain", "limit": 0}, "limit"),
            ({"q": "pain", "level": 12}, "level"),
            ({"q": "pain", "kind": "bts"}, "kind"),
        ],
    )
    async def test_a_bad_request_names_its_field(
        self, http: httpx.AsyncClient, params: dict[str, str], field: str
    ) -> None:
        reply = await http.get("/api/certifications", params=params)
        assert reply.status_code == 422
        assert reply.json()["error"]["field"] == field
        assert reply.json()["error"]["message"]


class TestReadCertification:
    async def test_the_whole_record_with_its_source(self, http: httpx.AsyncClient) -> None:
        reply = await http.get("/api/certifications/rncp37121")
        assert reply.status_code == 200
        record = reply.json()
        assert record["code"] == "RNCP37121"
        assert record["summary"]
        assert record["source"]["url"].startswith("https://")
        assert {"rome": "M1203", "label": "Comptable"} in record["jobs"]

    async def test_an_unknown_number(self, http: httpx.AsyncClient) -> None:
        reply = await http.get("/api/certifications/RNCP999999")
        assert reply.status_code == 404
        assert reply.json()["error"]["code"] == "unknown_certification"


class TestSearchJobs:
    async def test_the_job_that_is_named_comes_first(self, http: httpx.AsyncClient) -> None:
        results = (await http.get("/api/jobs", params={"q": "comptable", "limit": 3})).json()["results"]
        assert results[0] == {"rome": "M1203", "label": "Comptable", "score": 1.0}
        assert len(results) <= 3

    async def test_a_name_that_is_being_typed_comes_first(self, http: httpx.AsyncClient) -> None:
        results = (await http.get("/api/jobs", params={"q": "compta", "typed": "true"})).json()["results"]
        assert results[0]["rome"] == "M1203"
        assert len({item["rome"] for item in results}) == len(results)


class TestSearchCommunes:
    async def test_a_commune_by_the_beginning_of_its_name_or_postcode(self, http: httpx.AsyncClient) -> None:
        for q in ("seda", "08200"):
            results = (await http.get("/api/communes", params={"q": q, "limit": 3})).json()["results"]
            assert results[0] == {"insee": "08409", "label": "Sedan (08200)", "department": "08"}
            assert len(results) <= 3
