"""HTTP of the watch, for the whole team."""

from fastapi import APIRouter

from api.accounts.access import CounsellorDep
from api.database import ServicesDep, SessionDep
from api.watch.schemas import Watch
from api.watch.service import watch

router = APIRouter(prefix="/api/watch")


@router.get("")
async def read_watch(who: CounsellorDep, services: ServicesDep, session: SessionDep) -> Watch:
    """What to look at again, and what to do about it."""
    return await watch(services, session, who)
