"""The summary says what was said and shown, each line with its messages, and nothing else."""

from bot.summary import ConversationRecord, Line, summarise
from bot.turn import BotServices

TRANSCRIPT = (
    Line(1, "bot", "text", "Bonjour."),
    Line(2, "person", "text", "je voudrais devenir comptable, j'habite à Sedan"),
    Line(
        3,
        "bot",
        "certifications",
        "Voici…",
        {"items": [{"code": "RNCP37949", "title": "Gestionnaire comptable et fiscal"}]},
    ),
    Line(4, "bot", "question", "Quelle est votre situation ?", {"field": "status", "choices": []}),
    Line(5, "person", "text", "je préfère voir quelqu'un"),
    Line(6, "bot", "handover", "Transmis.", {"reasons": ["asked"]}),
)


def record(services: BotServices, **changes: object) -> ConversationRecord:
    given: dict[str, object] = {
        "messages": TRANSCRIPT,
        "profile": {"target_job": "M1203", "location": "08409", "project": "find_training", "phone": "+33612345678"},
        "evidence": {"target_job": [2], "location": [2], "project": [2], "phone": [7]},
        "memory": {"request_seq": 2},
        "catalogue": services.catalogue,
        "reasons": ("asked",),
    }
    return ConversationRecord(**(given | changes))  # type: ignore[arg-type]


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
    assert summary.request is None
    assert summary.situation == summary.already_proposed == summary.blocking == []
    assert summary.contact_consent is False


def test_a_long_request_is_cut(services: BotServices) -> None:
    long = (Line(1, "person", "text", "je voudrais " * 100),)
    summary = summarise(record(services, messages=long, memory={}))
    assert summary.request is not None
    assert len(summary.request.text) < 320
