"""Why you see what you see: one explanation for each group of a record, in words fit to show."""

from typing import Any

import strawberry

from policies.vocabulary import CaseClass, DataGroup
from schema.groups import WithheldReason, value
from services.cases.access_views import AccessView, GroupAccessView, RuleView, Verdict

strawberry.enum(
    Verdict,
    name="AccessVerdict",
    description="What stands in a group's place. NOTHING_TO_SEE: null, because nothing is recorded or because it is "
    "not for you; to say which would tell something you may not know.",
)
strawberry.enum(CaseClass, description="Something that rules depend on and that is true of a record or not.")


@strawberry.type(directives=[value], description="A rule of the policy.")
class AccessRule:
    number: str = strawberry.field(description="Its number; it also stands in the ledger beside a look.")
    because: str = strawberry.field(description="Why it exists, in its author's words.")
    opens: Verdict | None = strawberry.field(description="What it opens. Null: it refuses.")
    when: list[CaseClass] = strawberry.field(
        description="When it would open it: one of these is enough. Empty: it speaks as things stand."
    )


@strawberry.type(directives=[value], description="What you get of one group, and why.")
class GroupAccess:
    group: DataGroup = strawberry.field(description="The group.")
    verdict: Verdict = strawberry.field(description="What stands in its place when you ask for it.")
    version: int | None = strawberry.field(description="The only version that you see. Null: the newest.")
    says: str = strawberry.field(description="The verdict in a sentence, fit to show.")
    rules: list[AccessRule] = strawberry.field(
        description="The rules that say so. With NOTHING_TO_SEE and wherever a rule depends on what you may not always "
        "know: all that could open it, whether they do or not. Empty: no rule opens it."
    )
    would_change: list[str] = strawberry.field(description="What would give you more, in sentences. Empty: nothing.")
    withheld: WithheldReason | None = strawberry.field(description="As `Withheld` has it. Null: it is not withheld.")
    requestable: bool = strawberry.field(description="Whether an information request for it could be answered.")


@strawberry.type(directives=[value], description="How you stand to a record, and what follows from it.")
class Access:
    standing: str = strawberry.field(
        description="What your agency is to the record and since when, and whether you are assigned; fit to show."
    )
    groups: list[GroupAccess] = strawberry.field(description="One for each group there is.")


def access(view: AccessView | None) -> Any:
    """The explanation in the language's types; never null where it was asked for."""
    return view and Access(standing=view.standing, groups=[_group(one) for one in view.groups])


def is_requestable(reason: WithheldReason) -> bool:
    """Whether a group that is withheld for this reason can be asked for."""
    return reason is WithheldReason.NOT_FOR_YOUR_FUNCTION


def _group(view: GroupAccessView) -> GroupAccess:
    reason = WithheldReason(view.withheld.value) if view.withheld else None
    return GroupAccess(
        group=view.group,
        verdict=view.verdict,
        version=view.version,
        says=view.says,
        rules=[_rule(rule) for rule in view.rules],
        would_change=list(view.would_change),
        withheld=reason,
        requestable=reason is not None and is_requestable(reason),
    )


def _rule(view: RuleView) -> AccessRule:
    return AccessRule(number=view.number, because=view.because, opens=view.opens, when=list(view.when))
