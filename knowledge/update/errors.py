"""Why a file could not be fetched. What was there before stays."""

from knowledge.errors import HubError, Unavailable


class Offline(Unavailable):
    """The site does not answer: `source`, `host`."""

    code = "update_offline"


class NotThere(HubError):
    """The site answers that the file is not there: `source`, `status`."""

    code = "update_not_there"


class NothingPublished(HubError):
    """The data set holds no such file: `source`, `title`."""

    code = "update_nothing_published"


class ChecksumDiffers(HubError):
    """What arrived is not what was published: `source`."""

    code = "update_checksum"


class CutTooOften(Unavailable):
    """The connection was cut again and again: `source`; what has arrived will be taken up next time."""

    code = "update_cut"


class UnknownSource(HubError):
    """No source has this name: `source`, `known`."""

    code = "update_unknown_source"
