"""A referral as a client submits it: the public form's questions, group by group."""

import strawberry
from strawberry import UNSET

from schema.choices import Age, Consent, Nation, ReferralKind
from schema.disclosures.account_input import AccountInput
from schema.disclosures.child_protection import ChildProtectionInput
from schema.disclosures.contact_input import ContactInput
from schema.disclosures.credibility import CredibilityInput
from schema.disclosures.criminal_justice import CriminalJusticeInput
from schema.disclosures.duty_to_notify import DutyToNotifyInput
from schema.disclosures.evidence import EvidenceInput
from schema.disclosures.exploiters import ExploitersInput
from schema.disclosures.identity import IdentityInput
from schema.disclosures.immigration import ImmigrationInput
from schema.disclosures.mapping import answered, said, spoken
from schema.disclosures.referrer import ReferrerInput
from schema.disclosures.support_plan import SupportPlanInput
from services.referrals.answers import GROUPS
from services.referrals.draft import ReferralDraft


@strawberry.input(
    description="What one first responder says of one person. Every question of the form stands in the group it "
    "belongs to; which of them must be answered depends on other answers, and a refusal names each by its path."
)
class ReferralInput:
    kind: ReferralKind = strawberry.field(default=ReferralKind.NRM, description="A referral, or a Duty to Notify.")
    nation: Nation = strawberry.field(description="Where you met the person.")
    age: Age = strawberry.field(description="Adult, child or not sure; not sure acts as child everywhere.")
    age_at_exploitation: Age | None = strawberry.field(
        default=UNSET, description="Whether an adult was an adult when it happened; must be answered for every adult."
    )
    organisation: str = strawberry.field(
        description="Your first responder organisation: a name or code from the reference list organisations."
    )
    current_town: str | None = strawberry.field(
        default=UNSET, description='Where the person is now: exactly a name from the list towns, or "Unknown".'
    )
    current_region: str | None = strawberry.field(
        default=UNSET, description='The region they are in now: exactly a name from the list regions, or "Unknown".'
    )
    cooperates: bool | None = strawberry.field(
        default=UNSET, description="Whether the person is willing to cooperate with the authorities; must be answered."
    )
    consent: Consent = strawberry.field(
        description="GIVEN for an adult, or BEST_INTERESTS for one who lacks the capacity to decide; NOT_ASKED for a "
        "child or an age not sure; nobody is referred otherwise. REFUSED makes a Duty to Notify."
    )
    identity: IdentityInput | None = strawberry.field(default=UNSET, description="Who the person is.")
    contact: ContactInput | None = strawberry.field(default=UNSET, description="How to reach them, and is it safe.")
    account: AccountInput | None = strawberry.field(default=UNSET, description="What happened.")
    exploiters: ExploitersInput | None = strawberry.field(default=UNSET, description="Who did it.")
    evidence: EvidenceInput | None = strawberry.field(default=UNSET, description="What supports the account.")
    referrer: ReferrerInput | None = strawberry.field(default=UNSET, description="The officer who refers.")
    immigration: ImmigrationInput | None = strawberry.field(default=UNSET, description="What the Home Office knows.")
    criminal_justice: CriminalJusticeInput | None = strawberry.field(default=UNSET, description="What the police know.")
    support_plan: SupportPlanInput | None = strawberry.field(default=UNSET, description="Whether support is wanted.")
    child_protection: ChildProtectionInput | None = strawberry.field(
        default=UNSET, description="Whose children's services know; for a child or an age not sure."
    )
    credibility: CredibilityInput | None = strawberry.field(default=UNSET, description="Concerns about the account.")
    duty_to_notify: DutyToNotifyInput | None = strawberry.field(
        default=UNSET, description="What a Duty to Notify says instead of who the adult is."
    )

    def draft(self, external_id: str, form_version: str) -> ReferralDraft:
        """The referral before anything is decided about it; a group in which nothing is said is left out."""
        own = {name: value for name, value in said(self).items() if name not in GROUPS}
        return ReferralDraft(
            external_id=external_id,
            form_version=form_version,
            answers=spoken(answered(self)),
            **own,
        )
