"""The pages of the accounts: what they hold is asked for by their scripts, once someone is signed in."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.database import ServicesDep
from connectors.pages.desk import render_desk

router = APIRouter(prefix="/conseil", default_response_class=HTMLResponse)


@router.get("/comptes")
async def accounts(services: ServicesDep) -> str:
    """The accounts of the hubs, for managers."""
    return render_desk("accounts", hubs={hub.id: hub.town for hub in services.catalogue.hubs.values()})


@router.get("/profil")
async def profile(services: ServicesDep) -> str:
    """One's own account."""
    return render_desk("profile", hubs={hub.id: hub.town for hub in services.catalogue.hubs.values()})


@router.get("/invitation")
@router.get("/mot-de-passe")
async def password(services: ServicesDep) -> str:
    """Choosing a password by a link, whose token stands behind `#` and is read by the page alone; asking for one."""
    return render_desk("password", sends_mail=services.settings.sends_mail)
