"""A first concern as a client opens it: whatever is known, even no name."""

from dataclasses import replace

import strawberry
from strawberry import UNSET

from schema.choices import Age, Nation
from schema.disclosures.account_input import AccountInput
from schema.disclosures.child_protection import ChildProtectionInput
from schema.disclosures.contact_input import ContactInput
from schema.disclosures.identity import IdentityInput
from schema.disclosures.mapping import answered, spoken
from schema.disclosures.phrases import TEXT
from services.referrals import answers as form
from services.referrals.draft_concern import ConcernDraft


@strawberry.input(
    description="What you noticed about one person. Only nation, age and the concern itself are needed; "
    "a referral can follow later."
)
class ConcernInput:
    nation: Nation = strawberry.field(description="Where you met the person.")
    age: Age = strawberry.field(description="Adult, child or not sure; not sure acts as child everywhere.")
    concern: str = strawberry.field(
        description=f"What worries you, in your own words. {TEXT} It becomes whatHappened of the account, before "
        "anything sent there."
    )
    local_authority: str | None = strawberry.field(
        default=UNSET,
        description="Whose children's services are told at once of a child or an age not sure: exactly a name from "
        "the reference list local_authorities. Left out: the one of childProtection.",
    )
    current_town: str | None = strawberry.field(
        default=UNSET, description='Where the person is now: exactly a name from the list towns, or "Unknown".'
    )
    current_region: str | None = strawberry.field(
        default=UNSET, description='The region they are in now: exactly a name from the list regions, or "Unknown".'
    )
    identity: IdentityInput | None = strawberry.field(default=UNSET, description="Who the person is.")
    contact: ContactInput | None = strawberry.field(default=UNSET, description="How to reach them, and is it safe.")
    account: AccountInput | None = strawberry.field(default=UNSET, description="What happened, in more detail.")
    child_protection: ChildProtectionInput | None = strawberry.field(
        default=UNSET, description="Whose children's services know already."
    )

    def draft(self) -> ConcernDraft:
        """The concern before anything is decided about it."""
        account = _opened_by(self.concern, self.account.answers() if self.account else form.Account())
        protection = _naming(
            self.local_authority, self.child_protection.answers() if self.child_protection else form.ChildProtection()
        )
        return ConcernDraft(
            nation=self.nation,
            age=self.age,
            current_town=self.current_town or None,
            current_region=self.current_region or None,
            local_authority=self.local_authority or protection.local_authority,
            answers=spoken(answered(self) | {"account": account, "child_protection": protection}),
        )


def _opened_by(concern: str, account: form.Account) -> form.Account:
    texts = [text for text in (concern, account.what_happened) if text and text.strip()]
    return replace(account, what_happened="\n\n".join(texts) or None)


def _naming(authority: str | None, protection: form.ChildProtection) -> form.ChildProtection:
    return protection if protection.local_authority else replace(protection, local_authority=authority or None)
