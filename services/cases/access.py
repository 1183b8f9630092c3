"""From what the rules say of each group to an explanation in words. Pure: asks nobody and reads nothing."""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from typing import Any, Final

from policies.explanation import GroupSight, Reason
from policies.meanings import meaning
from policies.vocabulary import ACT_GROUP, Action, CaseClass, DataGroup, Relation
from services.cases.access_views import AccessView, GroupAccessView, RuleView, Verdict
from services.cases.disclosure import withheld_reason
from services.clocks.rules import LONDON

OPENS: Final = {Action.SEE: Verdict.WHOLE, Action.SUMMARY: Verdict.SUMMARY}
ASSIGNMENT: Final = "Being assigned to this record: your manager can do that, or you take it on with a reason."
WIDENING: Final = "What your agency was given leaves this out; whoever gave it may give more."
ASKED_AS_AUTHOR: Final = frozenset({DataGroup.CAVEATED})
"""Nobody reads these by how they stand to the record, so that an explanation of it has nothing to say of them."""
REFERENCE_ONLY: Final = "That is all a colleague is shown."


def access_view(
    sights: Iterable[GroupSight], relations: Set[Relation], recorded: Set[DataGroup], ways: Iterable[Mapping[str, Any]]
) -> AccessView:
    """The whole explanation; `recorded` are the open groups in which anything stands."""
    is_colleague = Relation.COLLEAGUE in relations
    return AccessView(
        standing=" ".join(_standing(way) for way in sorted(ways, key=lambda way: (way["since"], way["relation"]))),
        groups=tuple(
            _group(sight, relations, recorded, is_colleague=is_colleague)
            for sight in sights
            if sight.group not in ASKED_AS_AUTHOR
        ),
    )


def _group(
    sight: GroupSight, relations: Set[Relation], recorded: Set[DataGroup], *, is_colleague: bool
) -> GroupAccessView:
    verdict = _verdict(sight, recorded)
    return GroupAccessView(
        group=sight.group,
        verdict=verdict,
        version=sight.pin if verdict is Verdict.WHOLE else None,
        says=_says(sight, verdict),
        rules=tuple(_rule(reason, sight) for reason in sight.reasons),
        would_change=tuple(_changes(sight, verdict, is_colleague=is_colleague)),
        withheld=withheld_reason(relations) if verdict is Verdict.WITHHELD else None,
    )


def _verdict(sight: GroupSight, recorded: Set[DataGroup]) -> Verdict:
    """A group that tells a hidden fact by being open must look empty when it is empty: like one that is not open."""
    if sight.is_telling and (sight.action is None or sight.group not in recorded):
        return Verdict.NOTHING_TO_SEE
    return OPENS[sight.action] if sight.action else Verdict.WITHHELD


def _says(sight: GroupSight, verdict: Verdict) -> str:
    if verdict is Verdict.NOTHING_TO_SEE:
        return (
            "There is nothing here for you to see. Whether nothing is recorded or it is not for you is not said, "
            "because that would tell you something about this person that you may not know."
        )
    if verdict is Verdict.WITHHELD:
        return "This is not for you, whether anything is recorded or not."
    if verdict is Verdict.SUMMARY:
        return "You see a fixed summary of this, and no free text."
    return (
        "You see this as your agency last wrote it, and not what came later." if sight.pin else "You see all of this."
    )


def _rule(reason: Reason, sight: GroupSight) -> RuleView:
    refuses = sight.action is None and not sight.is_telling
    return RuleView(
        number=reason.rule,
        because=reason.because,
        opens=None if refuses else OPENS[reason.action],
        when=tuple(sorted(reason.when - {CaseClass.ALWAYS})),
    )


def _changes(sight: GroupSight, verdict: Verdict, *, is_colleague: bool) -> Iterable[str]:
    if verdict is Verdict.WHOLE:
        return
    if is_colleague and sight.group is not ACT_GROUP:
        yield ASSIGNMENT
    if sight.is_narrowed:
        yield WIDENING
    for reason in sight.openings:
        opened = "the whole of it" if reason.action is Action.SEE else "a summary"
        facts = " ".join(meaning(word) for word in sorted(reason.when))
        yield f"You would see {opened} if this were true: {facts} ({reason.rule}: {reason.because}.)"


def _standing(way: Mapping[str, Any]) -> str:
    relation = Relation(way["relation"])
    what = meaning(relation).removesuffix(".")
    agency = f"Your agency {what[0].lower()}{what[1:]} ({relation.replace('_', ' ')}), since {_day(way['since'])}"
    if way["assigned_since"] is None:
        return f"{agency}; you are not assigned."
    through = f" through the team {way['team']}" if way["team"] else ""
    return f"{agency}; you are assigned{through} since {_day(way['assigned_since'])}."


def _day(instant: str) -> str:
    day = datetime.fromisoformat(instant).astimezone(LONDON).date()
    return f"{day.day} {day:%B %Y}"
