"""A first concern as it was told, in the platform's words: whatever is known, and nothing is required to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from services.referrals.answers import GROUPS, Answers
from services.referrals.choices import Age, Nation


@dataclass(frozen=True, kw_only=True)
class ConcernDraft:
    """What one agency noticed about one person. `local_authority` is whose children's services are told of a child."""

    nation: Nation
    age: Age
    current_town: str | None = None
    current_region: str | None = None
    local_authority: str | None = None
    answers: Mapping[str, Answers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Freeze the mapping too, and refuse answers filed under another group's name."""
        for group, answers in self.answers.items():
            if type(answers) is not GROUPS.get(group):
                raise ValueError(f"{type(answers).__name__} is not the answers of {group}")
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    @property
    def acts_as_child(self) -> bool:
        """Every rule treats a person whose age is in doubt as a child."""
        return self.age.acts_as_child
