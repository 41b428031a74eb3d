"""A small catalogue for the search: records of our own making, with numbers that the registers do not use."""

from datetime import date

from knowledge.catalogue import Catalogue
from knowledge.records import Block, Certification, Source
from tests.knowledge.search.jobs import JOBS

SOURCE = Source("Fiche d'essai", "https://example.org/fiche", date(2026, 4, 22))


def certification(
    code: str,
    title: str,
    kind: str = "",
    level: int | None = None,
    rome: tuple[str, ...] = (),
    *,
    active: bool = True,
    replaced_by: tuple[str, ...] = (),
    summary: str = "",
    blocks: tuple[str, ...] = (),
) -> Certification:
    """A record with little to write."""
    return Certification(
        code=code,
        title=title,
        kind="rs" if code.startswith("RS") else "rncp",
        type=kind,
        level=level,
        active=active,
        source=SOURCE,
        rome=rome,
        replaced_by=replaced_by,
        summary=summary,
        blocks=tuple(Block(f"{code}BC{n:02}", label) for n, label in enumerate(blocks, 1)),
    )


RECORDS = (
    certification("RNCP90001", "Boulanger", "CAP", 3, ("D1102",), summary="Faire du pain et des viennoiseries."),
    certification("RNCP90002", "Boulanger", "BP", 4, ("D1102",)),
    certification("RNCP90003", "Comptable assistant", "TP", 4, ("M1203", "M1213")),
    certification(
        "RNCP90004", "Comptabilité et gestion", "BTS", 5, ("M1203",), blocks=("Établir les comptes annuels",)
    ),
    certification("RNCP90005", "Diplôme de comptabilité et de gestion (DCG)", "", 6, ("M1203",)),
    certification(
        "RNCP90006", "Accompagnant éducatif petite enfance", "CAP", 3, summary="S'occuper de jeunes enfants."
    ),
    certification("RNCP90007", "Management commercial opérationnel", "BTS", 5),
    certification("RNCP90008", "Electricien d'équipement du bâtiment", "TP", 3, ("F1602",)),
    certification(
        "RNCP90009", "Métiers de la coiffure", "CAP", 3, ("D1202",), summary="Couper et coiffer les cheveux."
    ),
    certification("RNCP90010", "Aide-soignant", "DE", 4, ("J1501",), summary="Aider les malades à l'hôpital."),
    certification("RNCP90011", "Conducteur livreur sur véhicule utilitaire léger", "TP", 3, ("N4105",)),
    certification("RS90012", "Certificat de sauveteur secouriste du travail", "", None),
    certification("RNCP80001", "Pain et boulange", "CAP", 3, ("D1102",), active=False, replaced_by=("RNCP80002",)),
    certification("RNCP80002", "Pain", "CAP", 3, active=False, replaced_by=("RNCP90001",)),
    certification("RNCP80003", "Vannerie d'osier", "CAP", 3, active=False),
    certification("RNCP80004", "Aide-soignant", "DE", 4, ("J1501",)),
)

CATALOGUE = Catalogue.of(certifications=RECORDS, jobs=JOBS.values(), fingerprint="test")
