"""Which involvement leads a case: exactly one answer for every case."""

from policies.vocabulary import Relation
from services.regimes.words import AgeClass


def lead(age_class: str, support_wanted: bool, concern_only: bool) -> Relation:
    """The relation whose agency leads; whoever may be a child is led by children's services, support or not."""
    age = AgeClass(age_class)
    if concern_only:
        return Relation.OPENER
    if age is not AgeClass.ADULT:
        return Relation.SAFEGUARDING_LEAD
    return Relation.SUPPORT_INTAKE if support_wanted else Relation.REFERRER
