"""Why a sign-in was refused: a code for the log, never words for the browser."""

from enum import StrEnum, auto


class Reason(StrEnum):
    """Every reason; operators read them in the log, the person sees one plain page."""

    UNKNOWN_PROVIDER = auto()
    BAD_CALLBACK = auto()
    UNKNOWN_STATE = auto()
    WRONG_CALLBACK_ISSUER = auto()
    PROVIDER_ERROR = auto()
    # talking to the provider
    FORBIDDEN_ADDRESS = auto()
    PROVIDER_UNREACHABLE = auto()
    PROVIDER_TOO_SLOW = auto()
    PROVIDER_ANSWER_TOO_LARGE = auto()
    PROVIDER_BAD_ANSWER = auto()
    METADATA_ISSUER = auto()
    METADATA_INCOMPLETE = auto()
    METADATA_WITHOUT_S256 = auto()
    TOKEN_REQUEST_REFUSED = auto()
    # the ID token
    ID_TOKEN_MISSING = auto()
    ID_TOKEN_TOO_LARGE = auto()
    ID_TOKEN_MALFORMED = auto()
    ID_TOKEN_HEADER = auto()
    ID_TOKEN_ALGORITHM = auto()
    ID_TOKEN_TYPE = auto()
    ID_TOKEN_KEY = auto()
    ID_TOKEN_SIGNATURE = auto()
    ID_TOKEN_ISSUER = auto()
    ID_TOKEN_AUDIENCE = auto()
    ID_TOKEN_AUTHORISED_PARTY = auto()
    ID_TOKEN_EXPIRED = auto()
    ID_TOKEN_ISSUED_AT = auto()
    ID_TOKEN_NOT_YET_VALID = auto()
    ID_TOKEN_NONCE = auto()
    ID_TOKEN_SUBJECT = auto()
    ID_TOKEN_AUTH_TIME = auto()
    ID_TOKEN_TEXT_CLAIM = auto()


class SignInError(Exception):
    """The sign-in ends here."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
