"""Every key the public form can send has one place, and every place exists."""

import pytest

from services.imports.mapping import DOCUMENT_KEY, KEYS
from services.referrals.answers import GROUPS
from services.referrals.draft import ReferralDraft
from services.referrals.paths import CORE
from tests.services.imports import upstream


def fields_of(group: str) -> set[str]:
    return set((ReferralDraft if group == CORE else GROUPS[group]).__dataclass_fields__)


def test_our_keys_are_exactly_the_keys_of_the_form() -> None:
    documents = {key for key in upstream.KEYS if DOCUMENT_KEY.fullmatch(key)}
    assert len(documents) == 4
    assert set(KEYS) == set(upstream.KEYS) - documents


@pytest.mark.parametrize("key", KEYS)
def test_every_key_lands_in_a_field_that_exists(key: str) -> None:
    places = {KEYS[key].place_in(duty_to_notify=duty) for duty in (False, True)}
    assert all(place.field in fields_of(place.group) for place in places)


def test_two_keys_share_a_field_only_as_a_list_or_as_a_repetition() -> None:
    singles = [known.place for known in KEYS.values() if not known.collects and not known.repeats]
    assert len(singles) == len(set(singles))


def test_only_what_does_not_identify_moves_in_a_duty_to_notify() -> None:
    moved = {key for key, known in KEYS.items() if known.in_duty_to_notify}
    assert moved == {"Customer.Custom17", "Customer.Nationality", "Customer.Custom11"}
