"""What a callback says: read strictly, since anyone can send a browser here with anything."""

from dataclasses import dataclass, field

from starlette.requests import Request

from api.identity.metadata import Metadata
from api.identity.refusal import Reason, SignInError

_LIMITS = {"state": 128, "code": 4096, "iss": 2048, "error": 128}


@dataclass(frozen=True, slots=True)
class Callback:
    """The parameters of an authorization response that we use."""

    state: str = field(repr=False)
    code: str | None = field(repr=False)
    issuer: str | None
    error: str | None

    @classmethod
    def of(cls, request: Request) -> "Callback":
        """Each parameter at most once and of bounded length, or a refusal."""
        found = {name: _only(request, name, limit) for name, limit in _LIMITS.items()}
        if not found["state"]:
            raise SignInError(Reason.BAD_CALLBACK)
        return cls(state=found["state"], code=found["code"], issuer=found["iss"], error=found["error"])

    def code_from(self, metadata: Metadata) -> str:
        """The code, once the response is known to come from the issuer that was asked (RFC 9207)."""
        is_named = self.issuer is not None or metadata.names_itself_in_callback
        if is_named and self.issuer != metadata.issuer:
            raise SignInError(Reason.WRONG_CALLBACK_ISSUER)
        if self.error is not None:
            raise SignInError(Reason.PROVIDER_ERROR)
        if not self.code:
            raise SignInError(Reason.BAD_CALLBACK)
        return self.code


def _only(request: Request, name: str, limit: int) -> str | None:
    values = request.query_params.getlist(name)
    if len(values) > 1 or any(len(value) > limit or "\x00" in value for value in values):
        raise SignInError(Reason.BAD_CALLBACK)
    return values[0] if values else None
