"""Who is asking: the signed-in counsellor of a request, and the proof that a change comes from our own page."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Cookie, Depends, Header, Request

from api.accounts.models import AccountRow, CounsellorSessionRow
from api.accounts.roles import ADMINISTRATORS, ALL_HUBS, MANAGERS, STEERERS, Role, role_of
from api.accounts.sessions import NotSignedIn, signed_in
from api.accounts.tokens import same
from api.database import ServicesDep, SessionDep
from knowledge.errors import HubError

COOKIE = "hub_session"
_OPEN_TO_NEW_PASSWORDS = frozenset({"/api/me", "/api/me/password", "/api/session"})
_OPEN_TO_ENROLMENT = _OPEN_TO_NEW_PASSWORDS | {"/api/me/totp", "/api/me/totp/confirm"}


class CsrfMismatch(HubError):
    """The CSRF token of the request is not that of the session."""

    code = "csrf_mismatch"
    status = 403


class MustChangePassword(HubError):
    """The password was given by the program: nothing else can be done before it is replaced."""

    code = "must_change_password"
    status = 403


class MustEnrolTotp(HubError):
    """The second step is the rule here: nothing else can be done before it is on."""

    code = "must_enrol_totp"
    status = 403


class NotAllowed(HubError):
    """The role of the account does not allow this."""

    code = "not_allowed"
    status = 403


class Counsellor:
    """The signed-in counsellor of a request. `must_enrol`: they have to turn the second step on first."""

    def __init__(self, account: AccountRow, session: CounsellorSessionRow, *, must_enrol: bool = False) -> None:
        self.account = account
        self.session = session
        self.must_enrol = must_enrol

    @property
    def role(self) -> Role:
        """What they may do beside following cases."""
        return role_of(self.account.role)

    @property
    def hubs(self) -> list[str] | None:
        """The hubs whose cases are theirs to see; None for all."""
        return None if ALL_HUBS in self.account.hubs else self.account.hubs

    def may_see(self, hub: str | None) -> bool:
        """Whether a case of this hub is theirs to see; a case without a hub is everyone's."""
        return may_see(self.account, hub)


def may_see(account: AccountRow, hub: str | None) -> bool:
    """Whether a case of this hub is for this account to see."""
    return hub is None or ALL_HUBS in account.hubs or hub in account.hubs


async def counsellor(
    request: Request, services: ServicesDep, session: SessionDep, hub_session: Annotated[str | None, Cookie()] = None
) -> Counsellor:
    """The signed-in counsellor. Raises NotSignedIn, MustChangePassword, MustEnrolTotp."""
    if not hub_session:
        raise NotSignedIn
    account, row = await signed_in(session, hub_session, services.clock.now())
    # Who has no password signs in at their organisation's provider alone, which asks for what it asks.
    must_enrol = services.settings.totp_required and bool(account.password_hash) and not account.totp_on
    signed = Counsellor(account, row, must_enrol=must_enrol)
    if account.must_change and request.url.path not in _OPEN_TO_NEW_PASSWORDS:
        raise MustChangePassword
    if signed.must_enrol and request.url.path not in _OPEN_TO_ENROLMENT:
        raise MustEnrolTotp
    return signed


CounsellorDep = Annotated[Counsellor, Depends(counsellor, scope="function")]


async def changing_counsellor(signed: CounsellorDep, x_csrf_token: Annotated[str, Header()] = "") -> Counsellor:
    """The signed-in counsellor of a request that changes something. Raises CsrfMismatch."""
    if not same(x_csrf_token, signed.session.csrf):
        raise CsrfMismatch
    return signed


ChangingCounsellorDep = Annotated[Counsellor, Depends(changing_counsellor, scope="function")]


def _allowed(
    roles: frozenset[Role], signed_in_by: Callable[..., Awaitable[Counsellor]] = counsellor
) -> Callable[[Counsellor], Awaitable[Counsellor]]:
    async def check(signed: Annotated[Counsellor, Depends(signed_in_by, scope="function")]) -> Counsellor:
        if signed.role not in roles:
            raise NotAllowed
        return signed

    return check


SteererDep = Annotated[Counsellor, Depends(_allowed(STEERERS), scope="function")]
ManagerDep = Annotated[Counsellor, Depends(_allowed(MANAGERS), scope="function")]
ChangingManagerDep = Annotated[Counsellor, Depends(_allowed(MANAGERS, changing_counsellor), scope="function")]
AdministratorDep = Annotated[Counsellor, Depends(_allowed(ADMINISTRATORS), scope="function")]
ChangingAdministratorDep = Annotated[
    Counsellor, Depends(_allowed(ADMINISTRATORS, changing_counsellor), scope="function")
]
