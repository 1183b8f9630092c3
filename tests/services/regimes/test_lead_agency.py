"""Every case has exactly one leading relation."""

import pytest

from policies.vocabulary import Relation
from services.regimes.lead_agency import lead


@pytest.mark.parametrize("support_wanted", [True, False])
@pytest.mark.parametrize("age_class", ["child", "not_sure"])
def test_whoever_may_be_a_child_is_led_by_childrens_services(age_class: str, support_wanted: bool) -> None:
    assert lead(age_class, support_wanted, False) is Relation.SAFEGUARDING_LEAD


def test_an_adult_who_wants_support_is_led_by_the_support_prime() -> None:
    assert lead("adult", True, False) is Relation.SUPPORT_INTAKE


def test_an_adult_without_support_is_led_by_the_referrer() -> None:
    assert lead("adult", False, False) is Relation.REFERRER


@pytest.mark.parametrize("support_wanted", [True, False])
@pytest.mark.parametrize("age_class", ["adult", "child", "not_sure"])
def test_a_concern_is_led_by_whoever_opened_it(age_class: str, support_wanted: bool) -> None:
    assert lead(age_class, support_wanted, True) is Relation.OPENER


def test_an_unknown_age_class_is_refused_loudly() -> None:
    with pytest.raises(ValueError, match="teenager"):
        lead("teenager", False, True)
