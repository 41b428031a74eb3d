"""The addresses that the assistant cites, and what they answered last."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from api.watch.models import LinkCheckRow
from knowledge.catalogue import Catalogue
from knowledge.funding.loading import Records
from knowledge.links import LinkAnswer

_URL_MAX = 700


def cited(catalogue: Catalogue, records: Records) -> Mapping[str, str]:
    """Each address with the names of what cites it: notions, funding schemes, real offers. The registers' own pages,
    thousands of one site, are not asked one by one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for notice in catalogue.notices.values():
        for source in notice.sources:
            found[source.url].append(notice.title)
    for scheme in records.schemes.values():
        for name in scheme.sources:
            found[records.sources[name].url].append(scheme.name)
    for offer in catalogue.offers.values():
        if offer.url and not offer.example:
            found[offer.url].append(offer.title)
    return {url: ", ".join(dict.fromkeys(names)) for url, names in found.items() if len(url) <= _URL_MAX}


def keep(session: Session, answers: Iterable[LinkAnswer], used_by: Mapping[str, str], now: datetime) -> None:
    """Keep the answers, and forget addresses that nothing cites any more."""
    for answer in answers:
        row = session.get(LinkCheckRow, answer.url) or LinkCheckRow(url=answer.url, dead_since=None)
        row.used_by, row.checked_at, row.said = used_by[answer.url], now, answer.said
        row.dead_since = None if answer.is_there else row.dead_since or now
        session.add(row)
    session.flush()
    session.execute(delete(LinkCheckRow).where(LinkCheckRow.url.not_in(used_by)))
