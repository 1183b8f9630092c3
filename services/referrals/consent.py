"""In which form an adult's agreement to be referred counts: that of the day on which the form is received."""

from collections.abc import Iterator
from datetime import date

from services.errors import Problem
from services.referrals.answers import Referrer
from services.referrals.draft import ReferralDraft
from services.referrals.paths import Place, path_of
from services.regimes import queries as regimes
from services.regimes.words import Matter, StatementForm

WORDS = {StatementForm.WRITTEN: "the adult's signature", StatementForm.VERBAL: "the adult's verbal consent"}
REMEDIES = {
    StatementForm.WRITTEN: "Let the adult sign the form, and say on what day they did.",
    StatementForm.VERBAL: "Ask the adult, and say who heard their answer, when, and with which interpreter.",
}


def consent_problems(draft: ReferralDraft, on: date) -> Iterator[Problem]:
    """What is missing of the permission of an adult whose form is received on that London date."""
    given = draft.of(Referrer).consent_form
    if given is None or regimes.accepted_statement(Matter.REFERRAL, given, on):
        return
    needed = next(form for form in StatementForm if regimes.accepted_statement(Matter.REFERRAL, form, on))
    yield Problem(
        path=path_of(Place("referrer", "consent_form")),
        code="signature_needed" if needed is StatementForm.WRITTEN else "verbal_consent_needed",
        message=f"A referral received on {on:%-d %B %Y} needs {WORDS[needed]}.",
        remedy=REMEDIES[needed],
    )
