"""The one error hierarchy. An error carries a code and parameters; its French sentence lives in
`api/texts/errors.yml`."""

from collections.abc import Mapping
from typing import ClassVar


class HubError(Exception):
    """An error that a person may be told of.

    `code` names it (snake_case), `status` is the HTTP status that fits it, `field` the input at fault,
    and `params` fill the sentence kept for this code in `api/texts/errors.yml`.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500

    def __init__(self, *, field: str | None = None, **params: object) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.field = field
        self.params = params


class NotFound(HubError):
    """What was asked for does not exist, or not for this caller."""

    code = "not_found"
    status = 404


class InvalidInput(HubError):
    """The input does not have the form or the value expected."""

    code = "invalid_input"
    status = 422


class InvalidFields(InvalidInput):
    """Several fields are not of the form expected: `problems` holds the kind of problem by path of field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(field=next(iter(problems), None))
        self.problems = problems


class Unavailable(HubError):
    """A part of the application is not up."""

    code = "unavailable"
    status = 503
