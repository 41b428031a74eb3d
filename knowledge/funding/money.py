"""The euros of a plan: one CPF balance, its caps, the fee, and money that comes on top.

Who pays first: the employer, then the account, then points or the money of an accident, which take the place of the
fee. Nothing that a body decides is counted. Source: convention 6 of the labelled set; L6323-4, L6323-7, D6323-1 A.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from knowledge.funding.loading import Records
from knowledge.funding.situation import Situation
from knowledge.funding.values import CENT, amount_on

_CAPS = {"rs": "cpf_cap_rs", "bilan": "cpf_cap_bilan", "licence_b": "cpf_cap_licence_b"}
_FEE_FOR = ("employee", "self_employed")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts by scheme. Without a price they are ceilings, and `covered`, `remaining`, `fee` are None."""

    amounts: dict[str, Decimal] = field(default_factory=dict)
    covered: Decimal | None = None
    remaining: Decimal | None = None
    fee: Decimal | None = None


def share(situation: Situation, eligible: frozenset[str], records: Records) -> Money:
    """Share the price between the schemes that are eligible."""
    cost = situation.training.cost
    given = situation.amount("employer_contribution") or _ZERO if "cpf_abondement_employeur" in eligible else _ZERO
    balance = situation.amount("cpf_balance") or _ZERO if "cpf" in eligible else _ZERO
    points = _points(situation, records) if "cpf_c2p" in eligible else _ZERO
    accident = amount_on(records, "atmp_most", situation.on) or _ZERO if "cpf_atmp" in eligible else _ZERO
    if cost is None:
        wanted = {
            "cpf_abondement_employeur": given,
            "cpf": _capped(balance, situation, records),
            "cpf_c2p": points,
            "cpf_atmp": accident,
        }
        return Money({name: _cents(amount) for name, amount in wanted.items() if name in eligible})
    employer = min(given, cost)
    left = cost - employer
    fee = _fee(situation, records, cost) if "cpf" in eligible and employer == 0 else _ZERO
    account = max(_ZERO, min(_capped(balance, situation, records), left - fee))
    from_points = min(points, left - account)
    from_accident = min(accident, left - account - from_points)
    if from_points or from_accident or {"cpf_c2p", "cpf_atmp"} & eligible:
        fee = _ZERO
    found = {
        "cpf_abondement_employeur": employer,
        "cpf": account,
        "cpf_c2p": from_points,
        "cpf_atmp": from_accident,
    }
    amounts = {name: _cents(amount) for name, amount in found.items() if name in eligible}
    covered = sum(amounts.values(), _ZERO)
    return Money(amounts, _cents(covered), _cents(cost) - covered, _cents(fee))


def _fee(situation: Situation, records: Records, cost: Decimal) -> Decimal:
    if situation.get("status") not in _FEE_FOR:
        return _ZERO
    return min(amount_on(records, "cpf_fee", situation.on) or _ZERO, cost)


def _capped(balance: Decimal, situation: Situation, records: Records) -> Decimal:
    name = _CAPS.get(situation.cpf_kind or "")
    cap = amount_on(records, name, situation.on) if name else None
    return balance if cap is None else min(balance, cap)


def _points(situation: Situation, records: Records) -> Decimal:
    each = amount_on(records, "c2p_point", situation.on) or _ZERO
    return each * Decimal(situation.get("c2p_points") or 0)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT)
