"""The official XML export: what is taken of it, and what is refused by name."""

from datetime import date
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.records import Block, Source
from tests.knowledge.official import PUBLISHED, fiche, fiches, read

WHOLE = """
<FICHE>
  <ID_FICHE>12</ID_FICHE>
  <NUMERO_FICHE>RNCP17108</NUMERO_FICHE>
  <NOUVELLES_CERTIFICATIONS>
    <NOUVELLE_CERTIFICATION><ID_FICHE_NOUVELLE_CERTIFICATION>RNCP35340</ID_FICHE_NOUVELLE_CERTIFICATION></NOUVELLE_CERTIFICATION>
    <NOUVELLE_CERTIFICATION><ID_FICHE_NOUVELLE_CERTIFICATION>RNCP40792</ID_FICHE_NOUVELLE_CERTIFICATION></NOUVELLE_CERTIFICATION>
  </NOUVELLES_CERTIFICATIONS>
  <INTITULE>  Services
    informatiques </INTITULE>
  <ABREGE><CODE>BTS</CODE><LIBELLE>Brevet de technicien supérieur</LIBELLE></ABREGE>
  <NOMENCLATURE_EUROPE><NIVEAU>NIV5</NIVEAU><LIBELLE>Niveau 5</LIBELLE></NOMENCLATURE_EUROPE>
  <CODES_NSF><NSF><CODE>326</CODE><LIBELLE>Informatique</LIBELLE></NSF><NSF><CODE>200</CODE></NSF></CODES_NSF>
  <FORMACODES><FORMACODE><CODE>31054</CODE><LIBELLE>Systèmes</LIBELLE></FORMACODE></FORMACODES>
  <CERTIFICATEURS>
    <CERTIFICATEUR><SIRET_CERTIFICATEUR>1</SIRET_CERTIFICATEUR><NOM_CERTIFICATEUR>Ministère</NOM_CERTIFICATEUR></CERTIFICATEUR>
    <CERTIFICATEUR><SIRET_CERTIFICATEUR>2</SIRET_CERTIFICATEUR><NOM_CERTIFICATEUR>Ministère</NOM_CERTIFICATEUR></CERTIFICATEUR>
  </CERTIFICATEURS>
  <CODES_ROME><ROME><CODE>M1801</CODE><LIBELLE>Administration</LIBELLE></ROME><ROME><CODE>I1401</CODE></ROME></CODES_ROME>
  <SI_JURY_FI><ACTIF>Oui</ACTIF><COMPOSITION>…</COMPOSITION></SI_JURY_FI>
  <SI_JURY_CA><ACTIF>Non</ACTIF></SI_JURY_CA>
  <SI_JURY_VAE><ACTIF>Oui</ACTIF></SI_JURY_VAE>
  <BLOCS_COMPETENCES>
    <BLOC_COMPETENCES><CODE>RNCP17108BC01</CODE><LIBELLE>Support</LIBELLE></BLOC_COMPETENCES>
    <BLOC_COMPETENCES><CODE>RNCP17108BC02</CODE><LIBELLE/></BLOC_COMPETENCES>
    <BLOC_COMPETENCES><CODE>RNCP17108BC03</CODE><LIBELLE>Réseaux</LIBELLE></BLOC_COMPETENCES>
  </BLOCS_COMPETENCES>
  <OBJECTIFS_CONTEXTE>Tenir un parc.</OBJECTIFS_CONTEXTE>
  <DATE_FIN_ENREGISTREMENT>31/08/2025</DATE_FIN_ENREGISTREMENT>
  <UN_ELEMENT_NOUVEAU><ACTIF>Peut-être</ACTIF></UN_ELEMENT_NOUVEAU>
  <ACTIF>Non</ACTIF>
</FICHE>
"""


def test_each_element_of_a_record_is_taken() -> None:
    (record,), refused = read(fiches(WHOLE))
    assert not refused
    assert (record.code, record.kind, record.active, record.level) == ("RNCP17108", "rncp", False, 5)
    assert (record.title, record.type) == ("Services informatiques", "BTS")
    assert record.replaced_by == ("RNCP35340", "RNCP40792")
    assert record.rome == ("M1801", "I1401")
    assert record.certifiers == ("Ministère",)
    assert record.nsf == ("Informatique", "200")
    assert record.formacodes == ("Systèmes",)
    assert record.access == {"initial", "vae"}
    assert record.blocks == (Block("RNCP17108BC01", "Support"), Block("RNCP17108BC03", "Réseaux"))
    assert record.objectives == "Tenir un parc."
    assert record.ends_on == date(2025, 8, 31)


def test_the_source_of_a_record_is_its_official_page() -> None:
    (rncp, rs), _ = read(fiches(fiche("RNCP7"), fiche("RS7")))
    assert rncp.source == Source(
        "France compétences, RNCP7", "https://www.francecompetences.fr/recherche/rncp/7/", PUBLISHED
    )
    assert (rs.kind, rs.source.url) == ("rs", "https://www.francecompetences.fr/recherche/rs/7/")


def test_what_a_record_does_not_say_is_left_empty() -> None:
    (record,), refused = read(fiches(fiche()))
    assert not refused
    assert (record.type, record.level, record.ends_on, record.blocks, record.access) == (
        "",
        None,
        None,
        (),
        frozenset(),
    )


LEVEL = "<NOMENCLATURE_EUROPE><NIVEAU>{}</NIVEAU></NOMENCLATURE_EUROPE>"
ENDS = "<DATE_FIN_ENREGISTREMENT>{}</DATE_FIN_ENREGISTREMENT>"


@pytest.mark.parametrize(
    ("broken", "number", "reason", "value"),
    [
        (fiche("12345"), "12345", "code", "12345"),
        (fiche("RNCP١٢"), "RNCP١٢", "code", "RNCP١٢"),
        (fiche("RNCP1234567"), "RNCP1234567", "code", "RNCP1234567"),
        (fiche(""), "2", "code", ""),
        (fiche("RNCP5", " "), "RNCP5", "title", ""),
        (fiche("RNCP5", active="Vrai"), "RNCP5", "active", "Vrai"),
        ("<FICHE><NUMERO_FICHE>RNCP5</NUMERO_FICHE><INTITULE>A</INTITULE></FICHE>", "RNCP5", "active", ""),
        (fiche("RNCP5", inside=LEVEL.format("NIV9")), "RNCP5", "level", "NIV9"),
        (fiche("RNCP5", inside=LEVEL.format("5")), "RNCP5", "level", "5"),
        (fiche("RNCP5", inside=ENDS.format("2025-08-31")), "RNCP5", "date", "2025-08-31"),
        (fiche("RNCP5", inside=ENDS.format("31/02/2025")), "RNCP5", "date", "31/02/2025"),
    ],
)
def test_a_broken_record_is_refused_by_name_and_the_others_are_kept(
    broken: str, number: str, reason: str, value: str
) -> None:
    kept, (refused,) = read(fiches(fiche("RNCP1"), broken, fiche("RNCP9")))
    assert [record.code for record in kept] == ["RNCP1", "RNCP9"]
    assert (refused.file, refused.record, refused.reason, refused.value) == ("fiches.xml", number, reason, value)


def test_an_endless_title_is_refused_with_its_length() -> None:
    kept, (refused,) = read(fiches(fiche("RNCP1"), fiche("RNCP2", "a" * 9_900_000), fiche("RNCP3")))
    assert [record.code for record in kept] == ["RNCP1", "RNCP3"]
    assert (refused.record, refused.reason, refused.value) == ("RNCP2", "title_too_long", "9900000")


def test_a_title_beyond_what_the_reader_holds_stops_the_file_with_one_refusal() -> None:
    kept, (refused,) = read(fiches(fiche("RNCP1"), fiche("RNCP2", "a" * 11_000_000), fiche("RNCP3")))
    assert [record.code for record in kept] == ["RNCP1"]
    assert (refused.record, refused.reason) == ("2", "broken_xml")


def test_a_file_cut_in_the_middle_keeps_the_records_before_and_names_the_line() -> None:
    whole = fiches(fiche("RNCP1"), fiche("RNCP2"), fiche("RNCP3"))
    kept, (refused,) = read(whole[: whole.index(b"RNCP3")])
    assert [record.code for record in kept] == ["RNCP1", "RNCP2"]
    assert (refused.record, refused.reason, refused.value) == ("3", "broken_xml", "5")


def test_bytes_of_another_encoding_than_the_one_declared_stop_the_file() -> None:
    content = fiches(fiche("RNCP1"), fiche("RNCP2", "Métallier")).decode().encode("latin-1")
    kept, (refused,) = read(content)
    assert [record.code for record in kept] == ["RNCP1"]
    assert refused.reason == "broken_xml"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "windows-1252"])
def test_a_declared_encoding_is_read(encoding: str) -> None:
    content = fiches(fiche(title="Métallier")).decode().replace("utf-8", encoding).encode(encoding)
    (record,), refused = read(content)
    assert (record.title, refused) == ("Métallier", [])


BOMB = (
    '<!DOCTYPE FICHES [<!ENTITY a "'
    + "x" * 1_000
    + '">'
    + "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    "doctype", [BOMB, '<!DOCTYPE FICHES [<!ENTITY file SYSTEM "file:///etc/hostname">]>', "<!DOCTYPE FICHES>"]
)
def test_a_file_with_a_document_type_is_refused_by_name(doctype: str) -> None:
    record = fiche("RNCP1", "TITLE").replace("TITLE", "&i;&file;" if "ENTITY" in doctype else "Soudeur")
    kept, (refused,) = read(fiches(record, before=doctype))
    assert (kept, refused.reason) == ([], "doctype")


def test_texts_in_html_become_plain_lines() -> None:
    text = "<![CDATA[<p>Souder&nbsp;:</p><ul><li>à l'arc</li><li>au <b>gaz</b></li></ul><script>x()</script>]]>"
    (record,), _ = read(fiches(fiche(inside=f"<ACTIVITES_VISEES>{text}</ACTIVITES_VISEES>")))
    assert record.activities == "Souder :\n- à l'arc\n- au gaz"


def test_long_texts_are_kept_for_active_records_only() -> None:
    inside = (
        "<CAPACITES_ATTESTEES>Lire un plan</CAPACITES_ATTESTEES><BLOCS_COMPETENCES><BLOC_COMPETENCES><CODE>B1</CODE>"
        "<LIBELLE>Souder</LIBELLE><LISTE_COMPETENCES>Préparer</LISTE_COMPETENCES></BLOC_COMPETENCES></BLOCS_COMPETENCES>"
    )
    (active, expired), _ = read(fiches(fiche("RNCP1", inside=inside), fiche("RNCP2", active="Non", inside=inside)))
    assert (active.abilities, active.blocks[0].skills) == ("Lire un plan", "Préparer")
    assert (expired.abilities, expired.blocks[0].skills) == ("", "")


@pytest.mark.parametrize("content", [b"<FICHES/>", b"<autre><FICHES_X/></autre>"])
def test_a_file_without_any_record_is_told(content: bytes) -> None:
    kept, (refused,) = read(content)
    assert (kept, refused.reason) == ([], "no_record")


@pytest.mark.parametrize(
    "content", [b"", b"code;titre\n1;2", b"\x00\x01\x02", b"<?xml version='1.0' encoding='x-y'?><a/>"]
)
def test_a_file_that_is_no_xml_gives_one_refusal(content: bytes) -> None:
    kept, (refused,) = read(content)
    assert (kept, refused.reason) == ([], "broken_xml")


def test_a_lone_record_after_a_comment_is_read() -> None:
    (record,), refused = read(f"<!-- export -->{fiche('RNCP1')}".encode())
    assert (record.code, refused) == ("RNCP1", [])


ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_in_any_field_gives_a_record_or_a_refusal(
    number: str, title: str, active: str, level: str, day: str
) -> None:
    inside = LEVEL.format(escape(level)) + ENDS.format(escape(day))
    kept, refused = read(fiches(fiche(number, title, active=active, inside=inside)))
    assert len(kept) + len(refused) == 1


@given(st.binary(max_size=200))
def test_any_bytes_after_a_record_leave_it_whole(tail: bytes) -> None:
    kept, _ = read(b"<FICHES>" + fiche("RNCP1").encode() + b"\n" + tail.replace(b"FICHE", b""))
    assert [record.code for record in kept] == ["RNCP1"]
