"""Putting a form's answers into a record: each group whole, each changing fact dated. Nothing is dropped silently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from policies.permit import Permit
from policies.vocabulary import DataGroup
from services.cases.store import writes
from services.cases.store.writes import Content, Fact
from services.cases.views import Stage
from services.referrals.answers import GROUPS, Answers
from services.referrals.choices import Age
from services.referrals.content import to_content
from services.referrals.summarising import summarise
from services.tools import Reading

KEPT = {"account": ("what_happened",)}
"""The words of a concern: the form of a referral has no question for them, so they stay in the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What may change with time: each becomes a row with its day, in the group it belongs to."""

    age: Age
    nation: str
    age_group: DataGroup = DataGroup.IDENTITY
    age_at_exploitation: Age | None = None
    current_town: str | None = None
    current_region: str | None = None
    cooperates: bool | None = None
    support_wanted: bool | None = None
    consent: str | None = None
    duty_row: str | None = None  # by which a notification was owed, or was not
    stage: Stage | None = None  # where a case stands from now on

    def rows(self) -> Iterator[Fact]:
        """Each fact that is known."""
        known = {
            (DataGroup.CORE, "stage"): self.stage and self.stage.value,
            (self.age_group, "age"): self.age.value,
            (DataGroup.CORE, "nation"): self.nation,
            (DataGroup.IDENTITY, "age_at_exploitation"): self.age_at_exploitation and self.age_at_exploitation.value,
            (DataGroup.CONTACT, "current_town"): self.current_town,
            (DataGroup.CONTACT, "current_region"): self.current_region,
            (DataGroup.CRIMINAL_JUSTICE, "cooperation"): _yes_no(self.cooperates),
            (DataGroup.SUPPORT_PLAN, "support_wanted"): _yes_no(self.support_wanted),
            (DataGroup.REFERRER, "consent"): self.consent,
            (DataGroup.DUTY_TO_NOTIFY, "duty_row"): self.duty_row,
        }
        for (group, kind), value in known.items():
            if value is not None:
                yield Fact(group, kind, value)


def groups_written(answers: Mapping[str, Answers], facts: Facts) -> frozenset[DataGroup]:
    """Every group that recording these touches; the permit has to cover them all."""
    filled = {DataGroup(group) for group, given in answers.items() if to_content(given)}
    return frozenset(filled | {group for group, _, _ in facts.rows()} | {DataGroup.CORE, DataGroup.CLOCKS})


async def record(
    reading: Reading, permit: Permit, answers: Mapping[str, Answers], facts: Facts, on: date, *, is_first: bool = False
) -> None:
    """Store every group that was answered, and every fact that is known, from this day on. What is recorded first gives
    a group of which only facts are known a version too: its recorder keeps reading by version."""
    await writes.add_facts(reading, permit, facts.rows(), on)
    bare = {group.value for group, _, _ in facts.rows() if is_first and group.value in GROUPS}
    groups = {group: GROUPS[group]() for group in sorted(bare)} | dict(answers)
    contents = [
        Content(DataGroup(name), content, summarise(name, given, facts.age), KEPT.get(name, ()))
        for name, given in groups.items()
        if (content := to_content(given)) or name in bare
    ]
    await writes.record_groups(reading, permit, contents)


def _yes_no(answer: bool | None) -> str | None:
    return None if answer is None else "yes" if answer else "no"
