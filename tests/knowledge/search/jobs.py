"""A small table of jobs, with titles written as ROME writes them."""

from knowledge.records import Job, JobTitle

_JOBS = {
    "D1102": ("Boulanger / Boulangère", "D1102", ["Ouvrier boulanger / Ouvrière boulangère"], []),
    "D1108": ("Chef boulanger / Cheffe boulangère", "D1102", [], []),
    "D1202": ("Coiffeur / Coiffeuse", "D1202", ["Coiffeur / Coiffeuse mixte"], []),
    "F1602": ("Electricien / Electricienne du bâtiment", "F1602", [], []),
    "G1602": ("Cuisinier / Cuisinière", "G1602", ["Commis / Commise de cuisine"], ["cuistot"]),
    "I1604": (
        "Mécanicien / Mécanicienne automobile",
        "I1604",
        ["Mécanicien réparateur / Mécanicienne réparatrice de véhicules"],
        [],
    ),
    "J1501": ("Aide-soignant / Aide-soignante", "J1501", ["Aide-soignant / Aide-soignante de nuit"], []),
    "K1304": ("Auxiliaire de vie sociale -AVS-", "K1302", [], ["aide à domicile"]),
    "L1508": ("Technicien / Technicienne du son", "L1508", [], []),
    "M1203": ("Comptable", "M1203", ["Comptable spécialisé / Comptable spécialisée paie"], []),
    "M1213": ("Assistant / Assistante comptable", "M1203", [], []),
    "N4105": ("Chauffeur-livreur / Chauffeuse-livreuse", "N4105", [], []),
}

JOBS = {
    rome: Job(
        rome,
        label,
        rome[:3],
        parent,
        (
            *(JobTitle(title, rome) for title in titles),
            *(JobTitle(title, rome, colloquial=True) for title in colloquial),
        ),
    )
    for rome, (label, parent, titles, colloquial) in _JOBS.items()
}
