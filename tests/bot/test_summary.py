"""The summary says what was said and shown, each line with its messages, and nothing else."""

from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import HandoverReason
from bot.profile import FIELDS, labels
from bot.state import State
from bot.summary import ConversationRecord, Line, Summary, SummaryItem, summarise
from bot.summary.measuring import measure
from bot.summary.rendering import LINES, as_text, parts
from bot.turn import BotServices

COMPTABLE = {"items": [{"code": "RNCP37949", "title": "Gestionnaire comptable et fiscal"}]}
TRANSCRIPT = (
    Line(1, "bot", "text", "Bonjour."),
    Line(2, "person", "text", "je voudrais devenir comptable, j'habite à Sedan"),
    Line(3, "bot", "certifications", "Voici…", COMPTABLE),
    Line(4, "bot", "question", "Quelle est votre situation ?", {"field": "status", "choices": []}),
    Line(5, "person", "text", "je préfère voir quelqu'un"),
    Line(6, "bot", "handover", "Transmis.", {"reasons": ["asked"]}),
)


def record(services: BotServices, **changes: object) -> ConversationRecord:
    given: dict[str, Any] = {
        "messages": TRANSCRIPT,
        "profile": {"target_job": "M1203", "location": "08409", "project": "find_training", "phone": "+33612345678"},
        "evidence": {"target_job": [2], "location": [2], "project": [2], "phone": [7]},
        "memory": {"request_seq": 2},
        "catalogue": services.catalogue,
        "reasons": ("asked",),
    }
    return ConversationRecord(**(given | changes))


def talk(*said: str | tuple[Any, ...]) -> tuple[Line, ...]:
    """Lines from 1 on: a text is the person's, a tuple is (author, kind, text, payload?) or ("touched", label)."""
    lines = []
    for seq, one in enumerate(said, 1):
        if isinstance(one, str):
            lines.append(Line(seq, "person", "text", one))
        elif one[0] == "touched":
            lines.append(Line(seq, "person", "text", one[1], touched=True))
        else:
            lines.append(Line(seq, *one))
    return tuple(lines)


def test_each_line_points_to_the_messages_it_comes_from(services: BotServices) -> None:
    summary = summarise(record(services))
    assert summary.request is not None
    assert "devenir comptable" in summary.request.text
    assert summary.request.evidence == [2]
    assert {tuple(item.evidence) for item in summary.situation} == {(2,)}
    assert summary.already_proposed[0].evidence == [3]
    assert "RNCP37949" in summary.already_proposed[0].text
    assert summary.blocking[0].evidence == [5]
    assert ("situation" in summary.open_questions[0].text) and summary.open_questions[0].evidence == [4]


def test_contact_details_are_not_among_the_facts(services: BotServices) -> None:
    summary = summarise(record(services))
    assert "+33612345678" not in summary.model_dump_json()
    assert summary.contact_consent is True


def test_an_empty_conversation_gives_an_empty_summary(services: BotServices) -> None:
    summary = summarise(record(services, messages=(), profile={}, evidence={}, memory={}, reasons=()))
    assert summary.items() == ()
    assert summary.contact_consent is False


def test_a_long_request_is_cut(services: BotServices) -> None:
    long = (Line(1, "person", "text", "je voudrais " * 100),)
    summary = summarise(record(services, messages=long, memory={}))
    assert summary.request is not None
    assert len(summary.request.text) < 320


class TestRequest:
    @pytest.mark.parametrize(
        ("said", "wanted"),
        [
            (("Bonjour. Il pleut. Je voudrais un CAP cuisine. Merci !",), "Je voudrais un CAP cuisine."),
            (("bonjour", "je cherche à devenir soudeur", "je veux parler à quelqu'un"), "je cherche à devenir soudeur"),
            ((("touched", "Trouver une formation"), "je veux soigner des animaux"), "je veux soigner des animaux"),
            ((("touched", "Trouver une formation"),), "Trouver une formation"),
        ],
    )  # fmt: skip
    def test_it_is_the_sentence_that_says_what_they_want(
        self, services: BotServices, said: tuple[Any, ...], wanted: str
    ) -> None:
        made = summarise(record(services, messages=talk(*said), profile={}, evidence={}, memory={}))
        assert made.request is not None
        assert made.request.text == f"« {wanted} »"

    def test_a_change_of_mind_is_told_with_both_wishes(self, services: BotServices) -> None:
        said = talk("je veux devenir soudeur", "à Sedan", "finalement je veux plutôt devenir comptable")
        made = summarise(
            record(services, messages=said, profile={"target_job": "M1203"}, evidence={"target_job": [3]},
                   memory={"request_seq": 1})
        )  # fmt: skip
        assert made.request == SummaryItem(
            text="« je veux devenir soudeur » « finalement je veux plutôt devenir comptable »", evidence=[1, 3]
        )


class TestSituation:
    def test_a_corrected_fact_has_its_last_value_and_the_message_that_corrected_it(self, services: BotServices) -> None:
        said = talk("j'ai 40 ans", "pardon, 41")
        state = State().learn({"age": 40}, 1).learn({"age": 41}, 2)
        made = summarise(record(services, messages=said, profile=state.profile, evidence=state.evidence))
        assert made.situation == [SummaryItem(text="41 ans", evidence=[2], field="age")]

    def test_the_counsellor_reads_of_the_person_and_the_person_is_spoken_to(self, services: BotServices) -> None:
        given = {"messages": talk("à mon compte"), "profile": {"status": "self_employed"}, "evidence": {"status": [1]}}
        assert "à son compte" in summarise(record(services, **given)).situation[0].text
        assert "à votre compte" in summarise(record(services, **given, reader="person")).situation[0].text


class TestProposed:
    def shown(self, services: BotServices, *after: Any, profile: Any = None, evidence: Any = None) -> Summary:
        said = talk("comptable", ("bot", "certifications", "Voici", COMPTABLE), *after)
        return summarise(record(services, messages=said, profile=profile or {}, evidence=evidence or {}))

    @pytest.mark.parametrize(
        ("answer", "told"),
        [
            ("ça ne m'intéresse pas du tout", "N'en veut pas : « ça ne m'intéresse pas du tout »"),
            ("vous avez autre chose ?", "A demandé autre chose"),
            ("la première, ça dure combien ?", "Question : « la première, ça dure combien ? »"),
        ],
    )
    def test_how_it_was_received(self, services: BotServices, answer: str, told: str) -> None:
        (item,) = self.shown(services, answer).already_proposed
        assert item.text == f"Certifications : Gestionnaire comptable et fiscal (RNCP37949). {told}"
        assert item.evidence == [2, 3]

    def test_what_was_chosen(self, services: BotServices) -> None:
        chosen = {"target_certification": "RNCP37949"}
        made = self.shown(services, "la RNCP37949", profile=chosen, evidence={"target_certification": [3]})
        assert "A choisi : Gestionnaire comptable et fiscal" in made.already_proposed[0].text

    def test_what_is_said_of_something_else_is_no_reception(self, services: BotServices) -> None:
        (item,) = self.shown(services, "j'habite à Sedan").already_proposed
        assert item.evidence == [2]

    def test_a_list_shown_twice_is_one_line(self, services: BotServices) -> None:
        (item,) = self.shown(services, "et ?", ("bot", "certifications", "Encore", COMPTABLE)).already_proposed
        assert item.evidence == [2, 4]

    def test_lists_without_a_word_of_the_person_are_counted_but_the_last_of_each_kind(
        self, services: BotServices
    ) -> None:
        lists = [("bot", "jobs", "Voici", {"items": [{"rome": f"A{n}", "label": f"Métier {n}"}]}) for n in range(4)]
        made = summarise(record(services, messages=talk("je cherche", *lists)))
        assert [item.text for item in made.already_proposed] == [
            "Listes plus anciennes, sans réaction : 3", "Métiers : Métier 3 (A3)"
        ]  # fmt: skip
        assert made.already_proposed[0].evidence == [2, 3, 4]

    def test_a_list_they_spoke_of_has_two_titles_and_one_they_left_aside_one(self, services: BotServices) -> None:
        long = {"items": [{"code": f"RNCP{n}", "title": f"Titre {n}"} for n in range(1, 6)]}
        three = {"items": long["items"][:3]}
        made = summarise(
            record(services, messages=talk("comptable", ("bot", "certifications", "Voici", long), "autre chose ?",
                                           ("bot", "certifications", "Voici", three)))
        )  # fmt: skip
        assert [item.text for item in made.already_proposed] == [
            "Certifications : Titre 1 (RNCP1) ; Titre 2 (RNCP2) et 3 de plus. A demandé autre chose",
            "Certifications : Titre 1 (RNCP1) et 2 de plus",
        ]

    def test_what_was_said_of_two_lists_at_once_is_told_once(self, services: BotServices) -> None:
        ways = {"items": [{"title": "Faire la VAE : Comptable"}, {"title": "Bloc par bloc : Comptable"}]}
        made = self.shown(services, ("bot", "pathways", "Voici", ways), "ça dure longtemps ?")
        assert [item.text for item in made.already_proposed] == [
            "Certifications : Gestionnaire comptable et fiscal (RNCP37949)",
            "Parcours : Faire la VAE : Comptable ; Bloc par bloc. Question : « ça dure longtemps ? »",
        ]

    def test_the_plan_says_who_may_pay(self, services: BotServices) -> None:
        plan = {
            "remaining": 300.0,
            "lines": [
                {"scheme": "ptp", "name": "PTP", "verdict": "ineligible", "amount": None},
                {"scheme": "cpf", "name": "CPF", "verdict": "eligible", "amount": 1200.0},
            ],
        }
        made = summarise(record(services, messages=talk("qui paie ?", ("bot", "funding", "…", plan))))
        assert made.already_proposed[-1].text == (
            "Financement possible : CPF (1\u202f200 € au plus) ; pas possible : PTP. Reste à payer : 300 €"
        )


class TestBlocking:
    def handed(self, services: BotServices, reason: str, *said: Any, **changes: Any) -> Summary:
        lines = talk(*said, ("bot", "handover", "Transmis.", {"reasons": [reason]}))
        return summarise(record(services, messages=lines, reasons=(reason,), **changes))

    def test_an_offer_that_was_accepted_is_told_with_the_words_that_called_for_it(self, services: BotServices) -> None:
        made = self.handed(
            services,
            "resignation",
            "je voudrais devenir comptable",
            "je pense démissionner",
            ("bot", "question", "Voulez-vous ?"),
            ("touched", "Oui, je veux bien"),
        )
        assert made.blocking == [SummaryItem(text="Pense à démissionner : « je pense démissionner »", evidence=[2, 4])]
        assert made.urgency is not None
        assert made.urgency.evidence == [2, 4]

    def test_words_already_quoted_as_the_request_are_not_told_twice(self, services: BotServices) -> None:
        (item,) = self.handed(services, "resignation", "je veux démissionner et devenir comptable").blocking
        assert item == SummaryItem(text="Pense à démissionner", evidence=[1])

    def test_words_that_ask_for_a_person_are_not_told_after_the_reason(self, services: BotServices) -> None:
        (item,) = self.handed(services, "asked", "un bac", "je veux voir quelqu'un").blocking
        assert item == SummaryItem(text="Demande une personne", evidence=[2])

    def test_a_button_that_asks_for_a_person_is_no_words_of_theirs(self, services: BotServices) -> None:
        (item,) = self.handed(services, "asked", "un bac", ("touched", "Parler à une personne")).blocking
        assert item == SummaryItem(text="Demande une personne", evidence=[2])

    def test_two_messages_not_understood_are_both_shown(self, services: BotServices) -> None:
        made = self.handed(services, "not_understood", "brzt", ("bot", "text", "?"), "kprt")
        assert made.blocking[0].evidence == [1, 3]

    def test_distress_comes_first(self, services: BotServices) -> None:
        made = self.handed(services, "distress", "bonjour", "je veux mourir")
        assert made.urgency is not None
        assert made.urgency.text.startswith("À contacter en premier")
        assert made.urgency.evidence == [2]

    def test_what_was_offered_and_left_aside_is_told_too(self, services: BotServices) -> None:
        made = self.handed(
            services,
            "asked",
            "mon employeur refuse",
            "quelqu'un ?",
            memory={"escalation_offered": ["employer_conflict"]},
        )
        assert made.blocking[1].text == "Désaccord avec l'employeur (conseiller proposé, sans suite)"


class TestReach:
    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ("je voudrais qu'on me rappelle", "Souhaite être rappelée"),
            ("rappelez-moi jeudi après 17 h", "Souhaite être rappelée : « rappelez-moi jeudi après 17 h »"),
        ],
    )
    def test_the_wish_with_when_and_the_means(self, services: BotServices, words: str, told: str) -> None:
        said = talk(words, ("bot", "question", "Numéro ?", {"field": "phone"}), "0612345678")
        made = summarise(record(services, messages=said, profile={"phone": "+33612345678"}, evidence={"phone": [3]}))
        assert [item.text for item in made.reach] == [
            told,
            "Par téléphone",
        ]

    def test_who_leaves_nothing_is_answered_in_the_conversation(self, services: BotServices) -> None:
        said = talk("quelqu'un ?", ("bot", "question", "Numéro ?", {"field": "phone"}), "non")
        made = summarise(record(services, messages=said, profile={}, evidence={}, memory={"refused": ["phone"]}))
        assert [item.text for item in made.reach] == ["N'a pas laissé de coordonnées. À joindre dans la conversation"]


class TestNotes:
    def test_what_the_person_added_is_told_word_for_word(self, services: BotServices) -> None:
        note = Line(7, "person", "text", "Je ne peux pas conduire.", {"note": True})
        made = summarise(record(services, messages=(*TRANSCRIPT, note)))
        assert made.notes == [SummaryItem(text="« Je ne peux pas conduire. »", evidence=[7])]


WORDS = ("je voudrais devenir comptable", "à Sedan", "non", "oui", "autre chose ?", "je pense démissionner",
         "qu'on me rappelle", "0612345678", "je veux mourir", "", "42 ans")  # fmt: skip
BOT = (
    ("bot", "text", "D'accord."),
    ("bot", "certifications", "Voici", COMPTABLE),
    ("bot", "question", "Où ?", {"field": "location", "choices": []}),
    ("bot", "handover", "Transmis.", {"reasons": ["asked", "distress"]}),
    ("bot", "funding", "…", {"lines": [{"name": "CPF", "verdict": "eligible", "amount": 10}], "questions": ["age"]}),
    ("touched", "Oui"),
)
FACTS = {"age": 42, "location": "08409", "target_job": "M1203", "status": "self_employed", "modality": ["evening"],
         "education_level": 4, "disability": True, "phone": "+33612345678", "cpf_balance": 1200}  # fmt: skip
REASONS: tuple[HandoverReason, ...] = ("asked", "distress", "minor", "not_understood", "resignation", "complaint")
talks = st.lists(st.sampled_from([*WORDS, *BOT]), max_size=14)
facts = st.dictionaries(st.sampled_from(sorted(FACTS)), st.lists(st.integers(1, 16), max_size=2))


@settings(max_examples=150)
@given(talks, facts, st.sets(st.sampled_from(REASONS)), st.sampled_from(["counsellor", "person"]))
def test_whatever_was_said_nothing_is_told_without_its_message(
    services: BotServices, said: list[Any], evidence: dict[str, list[int]], reasons: set[str], reader: str
) -> None:
    profile = {name: FACTS[name] for name in evidence}
    lines = talk(*said)
    given_record = record(services, messages=lines, profile=profile, evidence=evidence, memory={"request_seq": 1},
                          reasons=tuple(sorted(reasons)), reader=reader)  # fmt: skip
    made = summarise(given_record)
    known = {line.seq: line.text for line in lines}
    for item in made.items():
        assert item.evidence
        assert set(item.evidence) <= set(known)
        for quote in item.text.split("« ")[1:]:
            words = " ".join(quote.split(" »")[0].rstrip("…").split())
            assert any(words in " ".join(known[seq].split()) for seq in item.evidence)
    told = {item.field for item in made.situation}
    assert told == {name for name in profile if set(evidence[name]) & set(known)} - {"phone"}
    said_labels = labels(profile, services.catalogue)
    if reader == "person":
        assert all(said_labels[str(item.field)] in item.text for item in made.situation)
    assert summarise(given_record) == made


def test_every_fact_the_profile_may_hold_can_be_told(services: BotServices) -> None:
    values: dict[str, Any] = {"enum": None, "list": None, "int": 3, "eur": 12.5, "bool": True, "str": "x",
                              "date": "2027-01-15", "rome": "M1203", "insee": "08409", "code": "RNCP37949",
                              "email": "a@b.fr", "phone": "+33612345678", "when": "2027-03"}  # fmt: skip
    for name, field in FIELDS.items():
        value = [field.values[0]] if field.type == "list" else values[field.type] or field.values[0]
        made = summarise(record(services, messages=talk("…"), profile={name: value}, evidence={name: [1]}))
        assert [item.field for item in made.situation] == ([] if field.contact else [name])


class TestReading:
    def test_parts_without_content_are_left_out(self, services: BotServices) -> None:
        made = summarise(record(services))
        assert [part.id for part in parts(made)] == [
            *("request", "blocking", "situation", "already_proposed", "open_questions")
        ]
        assert as_text(made).startswith("Demande\n- « je voudrais devenir comptable")

    def test_a_part_is_never_longer_than_a_screen_holds(self, services: BotServices) -> None:
        many = {name: 3 for name, field in FIELDS.items() if field.type == "int"}
        evidence = {name: [2] for name in many}
        made = summarise(record(services, profile=many, evidence=evidence))
        (situation,) = [part for part in parts(made) if part.id == "situation"]
        assert len(situation.lines) == LINES
        assert situation.lines[-1].startswith(f"Et {len(many) - LINES + 1} autres lignes")


class TestMeasure:
    STATE: ClassVar[dict[str, Any]] = {
        "profile": {"location": "08409", "age": 40},
        "labels": {"location": "Sedan (08200)", "age": "40 ans"},
        "messages": [{"seq": 1, "author": "person", "text": "j'ai 40 ans, je voudrais un CAP, à Sedan"}],
    }

    def made(self, services: BotServices, **changes: Any) -> Summary:
        given = {"messages": talk(self.STATE["messages"][0]["text"]), "profile": self.STATE["profile"], "reasons": (),
                 "evidence": {"location": [1], "age": [1]}, "memory": {}}  # fmt: skip
        return summarise(record(services, **(given | changes)))

    def test_a_true_summary_has_every_fact_and_nothing_else(self, services: BotServices) -> None:
        found = measure(self.STATE, self.made(services), {"age": {"min": 39}, "location": ["08409", "08105"]})
        assert (found.known, found.told, found.expected, found.expected_told, found.unsaid) == (2, 2, 2, 2, ())

    def test_a_missing_fact_and_one_that_nobody_said_are_counted(self, services: BotServices) -> None:
        wrong = self.made(services, profile={"age": 41, "status": "employee"}, evidence={"age": [1], "status": [1]})
        found = measure(self.STATE, wrong, {"age": 41})
        assert (found.known, found.told, found.expected_told) == (2, 0, 0)
        assert found.unsaid == ("salarié du privé",)

    def test_words_that_are_not_in_the_message_are_counted(self, services: BotServices) -> None:
        true = self.made(services)
        false = true.model_copy(update={"request": SummaryItem(text="« je veux un BTS »", evidence=[1])})
        assert measure(self.STATE, false, {}).unsaid == ("« je veux un BTS »",)
