"""Why something could not be sent: what may go by itself, and what will not."""

from knowledge.errors import HubError


class MailNotSet(HubError):
    """No mail server is set: nothing would leave."""

    code = "mail_not_set"
    status = 409


class NotSent(Exception):
    """Something was not sent. `reason` is a short code without personal data (`smtp_550`, `http_500`, `unreachable`,
    `timeout`, `bad_address`, `account_closed`, `not_set`, `cut`): servers quote addresses in what they say, which is
    not kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Temporary(NotSent):
    """It may be sent later."""


class Permanent(NotSent):
    """It will never be sent as it is."""
