"""What a decision about sharing must say, before anybody looks at the record. Pure."""

from collections.abc import Iterator
from datetime import date

from services.errors import Invalid, Problem
from services.sharing.decisions import Consent, Decision, LawfulWords, Share, SharedGroup
from services.sharing.words import LawfulKind, share_limit, word

LONGEST = 2_000


def decision_problem(decided: Decision, today: date) -> Invalid | None:
    """Everything that is wrong with the input, at once."""
    found = [
        *text_problems(purpose=decided.purpose, risks=decided.risks),
        *_group_problems(decided.groups),
        *lawful_problems(decided.lawful, today),
        *_consent_problems(decided.consent, decided.lawful),
        *(_share_problems(decided, today) if isinstance(decided, Share) else ()),
    ]
    return Invalid(tuple(found)) if found else None


def text_problems(**said: str) -> Iterator[Problem]:
    """Texts that say nothing, or too much; by the field's name."""
    for field, text in said.items():
        if not text.strip() or len(text) > LONGEST:
            yield Problem(field, "length", "This says nothing, or too much.", f"Say it in 1 to {LONGEST} characters.")


def lawful_problems(lawful: LawfulWords, today: date) -> Iterator[Problem]:
    """Words that are not in force today."""
    said = {
        LawfulKind.ARTICLE_6: ("article6", lawful.article_6),
        LawfulKind.CONDITION: ("condition", lawful.condition),
        LawfulKind.POWER: ("power", lawful.power),
    }
    for kind, (field, text) in said.items():
        if word(kind, text, today) is None:
            remedy = "Choose one of `lawfulWords`."
            yield Problem(f"lawful.{field}", "unknown_word", "This word is not in force today.", remedy)


def word_rows(lawful: LawfulWords, today: date) -> list[str]:
    """The rows behind the words, to be stored with what they justify."""
    said = zip(LawfulKind, (lawful.article_6, lawful.condition, lawful.power), strict=True)
    return [row.row for kind, text in said if (row := word(kind, text, today))]


def _group_problems(groups: tuple[SharedGroup, ...]) -> Iterator[Problem]:
    if not groups:
        yield Problem("groups", "required", "Nothing is named.", "Name each group, with why.")
    for place, one in enumerate(groups):
        if one.group in {other.group for other in groups[:place]}:
            yield Problem(f"groups.{place}.group", "twice", "This group was named before.", "Name each group once.")
        for problem in text_problems(necessity=one.necessity, proportionality=one.proportionality):
            yield Problem(f"groups.{place}.{problem.path}", problem.code, problem.message, problem.remedy)


def _consent_problems(consent: Consent, lawful: LawfulWords) -> Iterator[Problem]:
    if consent.given and not consent.asked:
        yield Problem("consent.given", "not_asked", "Nobody was asked.", "Say that the person was asked.")
    if not consent.given and not (consent.why_without or "").strip():
        remedy = "Say why it is right to decide this without consent."
        yield Problem("consent.whyWithout", "required", "There is no consent, and no reason.", remedy)
    if consent.given and consent.why_without:
        yield Problem("consent.whyWithout", "too_much", "There is consent.", "Leave it out.")
    if len(consent.why_without or "") > LONGEST:
        yield Problem("consent.whyWithout", "length", "This says too much.", f"At most {LONGEST} characters.")
    if lawful.article_6 == "consent" and not consent.given:
        remedy = "Name another basis, or share nothing."
        yield Problem("lawful.article6", "no_consent", "Consent is the basis, and there is none.", remedy)


def _share_problems(share: Share, today: date) -> Iterator[Problem]:
    yield from text_problems(conditions=share.conditions)
    last = share_limit(today).last_day(today)
    if not today <= share.ends_on <= last:
        remedy = f"Name a day from {today.isoformat()} to {last.isoformat()}."
        yield Problem("endsOn", "out_of_range", "A share ends on a day that is not too far.", remedy)
