"""Why a sign-in was refused: a code for the log, never words for the browser."""

from enum import StrEnum, auto


class Reason(StrEnum):
    """Every reason; operators read them in the log, the person sees one plain page."""

    UNKNOWN_PROVIDER = auto()
    BAD_CALLBACK = auto()
    UNKNOWN_STATE = auto()
    WRONG_CALLBACK_ISSUER = auto()
    PROVIDER_ERROR = auto()
    ANOTHER_PERSON = auto()
    BAD_LOGOUT_REQUEST = auto()
    NOTHING_TO_ASK_WITH = auto()
    SECRET_UNREADABLE = auto()
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
    # a token or an assertion
    TOKEN_MISSING = auto()
    TOKEN_TOO_LARGE = auto()
    TOKEN_MALFORMED = auto()
    TOKEN_HEADER = auto()
    TOKEN_ALGORITHM = auto()
    TOKEN_TYPE = auto()
    TOKEN_KEY = auto()
    TOKEN_SIGNATURE = auto()
    TOKEN_ISSUER = auto()
    TOKEN_AUDIENCE = auto()
    TOKEN_AUTHORISED_PARTY = auto()
    TOKEN_EXPIRED = auto()
    TOKEN_ISSUED_AT = auto()
    TOKEN_NOT_YET_VALID = auto()
    TOKEN_NONCE = auto()
    TOKEN_SUBJECT = auto()
    TOKEN_AUTH_TIME = auto()
    TOKEN_TEXT_CLAIM = auto()
    TOKEN_LEVEL = auto()
    TOKEN_EVENT = auto()
    TOKEN_ID = auto()
    TOKEN_USED = auto()
    OTHER_CLIENT = auto()


class SignInError(Exception):
    """The sign-in ends here."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
