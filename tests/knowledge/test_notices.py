"""What a person reads when they ask what a notion or a scheme is, and how the notice is found."""

import re
from collections import Counter
from datetime import date
from urllib.parse import urlparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.notices import NoticeIndex, folded_words
from knowledge.records import Notice
from tests.knowledge.starter_files import STARTER, notices

TOPICS = [
    "cep",
    "rncp",
    "rs",
    "bloc_competences",
    "vae",
    "bilan_competences",
    "clea",
    "afest",
    "apprentissage",
    "alternance",
    "formation_distance",
    "opco",
    "qualiopi",
    "france_travail",
    "mission_locale",
    "cap_emploi",
    "apec",
    "transitions_pro",
    "cnam",
    "hub_competences",
    "ardan",
    "fab_id",
    "rqth",
    "conge_formation",
    "entretien_professionnel",
    "passeport_competences",
    "niveau_qualification",
]
SCHEMES = [
    "cpf",
    "cpf_abondement_employeur",
    "cpf_c2p",
    "cpf_atmp",
    "cpf_agent_public",
    "cfp_agent_public",
    "ptp",
    "demission_reconversion",
    "periode_reconversion",
    "plan_developpement",
    "opco_plan",
    "contrat_apprentissage",
    "contrat_professionnalisation",
    "aif",
    "poei",
    "poec",
    "formation_region",
    "aref",
    "rff",
    "rfft",
    "aide_mobilite",
    "aide_garde_enfants",
    "vae_transitions_pro",
    "conge_vae",
    "agefiph",
    "fiphfp",
    "faf_agefice",
    "faf_fifpl",
    "faf_fafcea",
    "faf_vivea",
    "ardan",
    "autofinancement",
]
CLOSED = {
    "pro_a": "1er février 2026",
    "transco": "1er février 2026",
    "cif": "1er janvier 2019",
    "dif": "1er janvier 2015",
    "afpr": "21 juin 2024",
    "fne_formation": "plus ouvert",
    "aide_vae_france_travail": "8 mai 2026",
    "arif_grand_est": "suspendue",
}
REPLACED_BY = {
    "pro_a": "période de reconversion",
    "transco": "période de reconversion",
    "cif": "projet de transition professionnelle",
    "dif": "compte personnel de formation",
    "afpr": "préparation opérationnelle à l'emploi individuelle",
}
OFFICIAL = {
    "travail-emploi.gouv.fr",
    "www.legifrance.gouv.fr",
    "www.service-public.gouv.fr",
    "entreprendre.service-public.gouv.fr",
    "www.moncompteformation.gouv.fr",
    "www.demission-reconversion.gouv.fr",
    "www.fonction-publique.gouv.fr",
    "www.compteprofessionnelprevention.fr",
    "vae.gouv.fr",
    "www.francetravail.fr",
    "bo.francetravail.org",
    "www.agefiph.fr",
    "www.transitionspro-grandest.fr",
    "www.grandest.fr",
    "www.cnam-grandest.fr",
    "ardan-grandest.fr",
    "communication-agefice.fr",
    "www.fafcea.com",
    "fifpl.fr",
    "vivea.fr",
}
NEWEST = date(2026, 11, 25)
EACH = pytest.mark.parametrize("notice", notices().values(), ids=lambda notice: notice.id)


@pytest.fixture(scope="module")
def index() -> NoticeIndex:
    return NoticeIndex(notices())


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def word_count(sentence: str) -> int:
    return sum(1 for word in sentence.split() if re.search(r"\w", word))


class TestContent:
    @pytest.mark.parametrize("notice_id", [*TOPICS, *SCHEMES, *CLOSED])
    def test_each_topic_and_scheme_has_a_notice(self, notice_id: str) -> None:
        assert notice_id in notices()

    @EACH
    def test_file_is_named_after_the_notice(self, notice: Notice) -> None:
        assert (STARTER / "notices" / f"{notice.id}.yml").is_file()

    @EACH
    def test_text_is_short_and_plain(self, notice: Notice) -> None:
        assert len(notice.text) <= 600
        assert 2 <= len(sentences(notice.text)) <= 4
        assert max(map(word_count, sentences(notice.text))) <= 30

    @EACH
    def test_simple_text_is_simpler(self, notice: Notice) -> None:
        assert len(notice.simple) < len(notice.text)
        assert 1 <= len(sentences(notice.simple)) <= 3
        assert max(map(word_count, sentences(notice.simple))) <= 15

    @EACH
    def test_simple_text_has_no_unexplained_acronym(self, notice: Notice) -> None:
        acronyms = set(re.findall(r"\b[A-Z]{2,}\b", notice.simple))
        assert {acronym for acronym in acronyms if f"({acronym})" not in notice.simple} == set()

    @EACH
    def test_sources_are_official_and_dated(self, notice: Notice) -> None:
        assert notice.sources
        for source in notice.sources:
            url = urlparse(source.url)
            assert url.scheme == "https"
            assert url.hostname in OFFICIAL
            assert source.title.strip()
            assert date(2010, 1, 1) <= source.checked_on <= NEWEST

    @EACH
    def test_amounts_say_of_when_they_are(self, notice: Notice) -> None:
        if "€" in notice.text:
            assert re.search(r"(depuis|lue?s?|le 1er|en|En) .*20\d\d", notice.text)

    @pytest.mark.parametrize("notice_id", CLOSED)
    def test_a_closed_scheme_says_when_it_ended_and_what_replaced_it(self, notice_id: str) -> None:
        text = notices()[notice_id].text
        assert CLOSED[notice_id] in text
        assert REPLACED_BY.get(notice_id, "") in text


class TestAliases:
    def test_no_name_leads_to_two_notices(self) -> None:
        names = Counter(
            name for notice in notices().values() for name in {folded_words(alias) for alias in notice.aliases}
        )
        assert [name for name, count in names.items() if count > 1] == []

    @EACH
    def test_names_can_be_typed(self, notice: Notice) -> None:
        assert notice.aliases
        assert all(len("".join(folded_words(alias))) >= 2 for alias in notice.aliases)

    @EACH
    def test_each_name_finds_its_notice(self, notice: Notice, index: NoticeIndex) -> None:
        found = {alias: index.by_alias(f"c'est quoi : {alias} ?") for alias in notice.aliases}
        assert {alias for alias, other in found.items() if other != notice} == set()


class TestFinding:
    @pytest.mark.parametrize(
        ("text", "notice_id"),
        [
            ("C'est quoi le CPF ?", "cpf"),
            ("comment marche mon compte formation", "cpf"),
            ("et la VAE c'est quoi ?", "vae"),
            ("le congé pour VAE, ça marche comment", "conge_vae"),
            ("CONTRAT D'APPRENTISSAGE", "contrat_apprentissage"),
            ("l'apprentissage", "apprentissage"),
            ("c quoi pole-emploi", "france_travail"),
            ("la Pro-A existe encore ?", "pro_a"),
            ("un CPF de transition", "ptp"),
            ("je suis fonctionnaire, le congé de formation professionnelle", "cfp_agent_public"),
        ],
    )
    def test_longest_name_in_the_text_wins(self, index: NoticeIndex, text: str, notice_id: str) -> None:
        found = index.by_alias(text)
        assert found is not None
        assert found.id == notice_id

    @pytest.mark.parametrize(
        ("text", "notice_id"),
        [
            ("l'aprentissage", "apprentissage"),
            ("c quoi la mision local", "mission_locale"),
            ("qualiopie", "qualiopi"),
            ("contrat de profesionalisation", "contrat_professionnalisation"),
            ("valdiation des acquis", "vae"),
        ],
    )
    def test_small_misspellings_are_forgiven(self, index: NoticeIndex, text: str, notice_id: str) -> None:
        found = index.by_alias(text)
        assert found is not None
        assert found.id == notice_id

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "bonjour",
            "je cherche une formation",
            "il y a quoi comme formation à Troyes",
            "la prochaine réunion d'information",
            "j'ai un bac pro à Reims",
            "quel âge faut-il avoir",
            "ma mission d'intérim se termine",
            "les conditions d'admission",
            "niveau 9",
            "cpx",
            "😀",
        ],
    )
    def test_other_words_find_nothing(self, index: NoticeIndex, text: str) -> None:
        assert index.by_alias(text) is None

    def test_by_id(self, index: NoticeIndex) -> None:
        assert index.by_id("ptp") == notices()["ptp"]
        assert index.by_id("unknown") is None

    def test_find_takes_an_id_or_a_text(self, index: NoticeIndex) -> None:
        assert index.find("bilan_competences") == index.find("un bilan pro")

    def test_nothing_is_found_without_notices(self) -> None:
        assert NoticeIndex({}).by_alias("le CPF") is None

    @given(st.text())
    def test_any_text_is_read(self, index: NoticeIndex, text: str) -> None:
        found = index.find(text)
        assert found is None or found.id in notices()

    @given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=40), st.sampled_from(sorted(notices())))
    def test_words_around_an_acronym_do_not_hide_it(self, index: NoticeIndex, around: str, notice_id: str) -> None:
        alias = max(notices()[notice_id].aliases, key=len)
        assert index.by_alias(f"{around} {alias} {around}") is not None
