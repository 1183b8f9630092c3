"""What a signed-in person may know and do about their own sign-in."""

from services.sessions import store
from services.sessions.views import SignInAge
from services.tools import Reading


async def sign_in_age(reading: Reading) -> SignInAge:
    """When this person proved who they are, and until when that counts as fresh; nothing that is past is fresh."""
    age = await store.my_sign_in(reading)
    is_fresh = age.fresh_until is not None and age.fresh_until > reading.now
    return age if is_fresh else SignInAge(age.authenticated_at, None)


async def sign_out_everywhere(reading: Reading) -> int:
    """End every session of this person, this one too; how many ended."""
    return await store.end_mine(reading)
