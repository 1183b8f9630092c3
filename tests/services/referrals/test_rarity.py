"""Beside a town, an answer that few people give is not kept of an adult who stays unnamed."""

from dataclasses import replace
from typing import Any

import pytest

from services.imports import message as messages
from services.reference import queries as reference
from services.referrals import rarity
from services.referrals.answers import Account, DutyToNotify
from services.referrals.choices import Age, Gender, ReferralKind
from services.referrals.draft import ReferralDraft
from services.referrals.notifying import unkeepable
from services.referrals.rarity import Counted, rare_beside_a_town
from services.referrals.screening import UnscreenedError, require_screened, screened
from tests.services.imports import upstream


def draft(**changes: Any) -> ReferralDraft:
    """A notification of a woman who stays unnamed, as the public form sends it, with other closed answers."""
    read = messages.read(upstream.message("duty_to_notify_without_cooperation"))
    assert isinstance(read, ReferralDraft)
    towns = changes.pop("uk_towns", ("Leeds",))
    said = replace(read.of(DutyToNotify), **changes)
    account = replace(read.of(Account), uk_towns=towns)
    return replace(read, answers={**read.answers, "duty_to_notify": said, "account": account})


@pytest.mark.parametrize(
    ("changes", "rare"),
    [
        ({}, None),
        ({"nationality": "Bangladeshi"}, None),  # 31 people, the fewest of the listed ones
        ({"nationality": "Brazilian"}, Counted.NATIONALITY),  # 24 people in the quarter
        ({"nationality": "Unknown"}, None),
        ({"nationality": None}, None),
        ({"nationality": "Brazilian", "uk_towns": ("Unknown",)}, None),
        ({"nationality": "Brazilian", "uk_towns": None}, None),
        ({"nationality": "Brazilian", "uk_towns": ("Unknown", "Leeds")}, Counted.NATIONALITY),
        ({"second_nationality": "Albanian"}, Counted.SECOND_NATIONALITY),
        ({"gender": Gender.OTHER}, Counted.GENDER),
        ({"gender": Gender.MALE}, None),
    ],
)
def test_what_is_rare_beside_a_town(changes: dict[str, Any], rare: Counted | None) -> None:
    asked = draft(**changes)
    assert rare_beside_a_town(asked) == rare
    named = [(one.path, one.code) for one in unkeepable(screened(asked) if rare is None else asked)]
    assert (("account.ukTowns", "rare_combination") in named) == (rare is not None)


def test_a_message_keeps_the_answer_and_not_the_town() -> None:
    kept = screened(draft(nationality="Brazilian"))
    assert kept.of(Account).uk_towns == (rarity.UNKNOWN,)
    assert kept.of(DutyToNotify).nationality == "Brazilian"
    assert screened(draft()).of(Account).uk_towns == ("Leeds",)
    require_screened(kept)


def test_what_was_forgotten_to_be_coarsened_is_never_stored() -> None:
    kept = screened(draft(nationality="Brazilian"))
    forgotten = replace(kept, answers={**kept.answers, "account": replace(kept.of(Account), uk_towns=("Leeds",))})
    with pytest.raises(UnscreenedError, match=r"account\.ukTowns"):
        require_screened(forgotten)


def test_whoever_cooperates_is_named_anyway() -> None:
    willing = replace(draft(nationality="Brazilian"), cooperates=True)
    assert rare_beside_a_town(willing) is None
    assert screened(willing) == willing


def test_a_referral_is_not_looked_at() -> None:
    referral = replace(draft(nationality="Brazilian"), kind=ReferralKind.NRM, age=Age.ADULT)
    assert rare_beside_a_town(referral) is None


def test_every_counted_nationality_stands_in_the_list_of_the_form() -> None:
    for answer, value in rarity.common():
        if answer == Counted.NATIONALITY:
            assert reference.entry("nationalities", value), value
