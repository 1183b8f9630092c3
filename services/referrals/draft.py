"""One form as it arrived, in the platform's words, before anything was decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from services.referrals.answers import GROUPS, Answers, ChildProtection, SupportPlan
from services.referrals.choices import Age, Consent, Nation, ReferralKind

G = TypeVar("G", bound=Answers)


@dataclass(frozen=True, kw_only=True)
class ReferralDraft:
    """What one form says about one person. `external_id` is the sender's own, and makes a repeat harmless."""

    kind: ReferralKind
    external_id: str
    form_version: str
    organisation: str
    nation: Nation
    age: Age
    age_at_exploitation: Age | None = None
    current_town: str | None = None
    current_region: str | None = None
    cooperates: bool | None = None
    consent: Consent
    answers: Mapping[str, Answers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Freeze the mapping too, and refuse answers filed under another group's name."""
        for group, answers in self.answers.items():
            if type(answers) is not GROUPS.get(group):
                raise ValueError(f"{type(answers).__name__} is not the answers of {group}")
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def of(self, cls: type[G]) -> G:
        """The answers of this class; all of them None when the form said nothing of it."""
        for answers in self.answers.values():
            if isinstance(answers, cls):
                return answers
        return cls()

    @property
    def acts_as_child(self) -> bool:
        """Every rule treats a person whose age is in doubt as a child."""
        return self.age.acts_as_child

    @property
    def is_duty_to_notify(self) -> bool:
        """A Duty to Notify form makes no case."""
        return self.kind is ReferralKind.DUTY_TO_NOTIFY

    @property
    def is_anonymous(self) -> bool:
        """A Duty to Notify record holds no identity unless the adult cooperates; silence is not cooperation."""
        return self.is_duty_to_notify and self.cooperates is not True

    @property
    def support_wanted(self) -> bool | None:
        """Whether the adult wants support; None when the form does not ask."""
        return self.of(SupportPlan).wanted

    @property
    def local_authority(self) -> str | None:
        """The authority whose children's services were contacted, as named by the form."""
        return self.of(ChildProtection).local_authority
