"""Which cases are whose to see: those of one's hubs, those one holds; of those given to the regional level, that level
alone."""

from sqlalchemy import ColumnElement, or_, true

from api.accounts.access import Counsellor
from api.accounts.roles import REGIONALS
from api.cases.models import CaseRow


def may_read(who: Counsellor, case: CaseRow) -> bool:
    """Whether this counsellor may see this case."""
    is_theirs = who.may_see(case.hub) and (who.role in REGIONALS or not case.regional)
    return is_theirs or case.claimed_by == who.account.id


def readable(who: Counsellor) -> ColumnElement[bool]:
    """The same for a query."""
    rule = true() if who.hubs is None else or_(CaseRow.hub.is_(None), CaseRow.hub.in_(who.hubs))
    if who.role not in REGIONALS:
        rule &= ~CaseRow.regional
    return or_(rule, CaseRow.claimed_by == who.account.id)
