"""Forms as invented people fill them in, valid by default; a test changes what it is about."""

from typing import Any

CONCERN = {
    "age": "CHILD",
    "nation": "ENGLAND",
    "concern": "Falls asleep in class and has a second telephone that never stops ringing.",
    "localAuthority": "Leeds City Council",
    "currentTown": "Leeds",
    "currentRegion": "West Yorkshire",
    "identity": {"firstName": "Testa", "lastName": "Inventedgirl", "gender": "FEMALE", "dateOfBirth": "2011-02"},
}

AGREED = {
    "consentForm": "VERBAL",
    "consentOn": "2026-03-30",
    "consentTakenBy": "Asha Invented, police officer",
    "consentInterpreterUsed": False,
}
EXPLAINED = {"explained": True, "explainedOn": "2026-03-30", "explainedHow": "In her own words, beside her mother."}


def adult_referral(**changes: Any) -> dict[str, Any]:
    """An adult in Leeds, referred by West Yorkshire Police."""
    form: dict[str, Any] = {
        "nation": "ENGLAND",
        "age": "ADULT",
        "ageAtExploitation": "ADULT",
        "organisation": "West Yorkshire Police",
        "currentTown": "Leeds",
        "currentRegion": "West Yorkshire",
        "cooperates": True,
        "consent": "GIVEN",
        "identity": {
            "firstName": "Testo",
            "lastName": "Inventedman",
            "gender": "MALE",
            "nationality": "Albanian",
            "hasChildren": False,
        },
        "contact": {
            "interpreterNeeded": False,
            "communicationHelpNeeded": False,
            "decisionRecipient": "PERSON",
            "contactMethods": ["EMAIL"],
            "decisionMethods": ["EMAIL"],
            "email": "testo@invented.example",
            "safeToEmail": True,
        },
        "account": {
            "birthplace": "unknown",
            "family": "unknown",
            "education": "unknown",
            "employmentHistory": "unknown",
            "severalSituations": "NO",
            "dates": "Spring 2026",
            "howStarted": "Promised a job on a farm.",
            "takenSomewhere": False,
            "requiredToDo": "Washed cars all day.",
            "livingConditions": "A shed.",
            "treatment": "Threatened.",
            "stillInSituation": False,
            "howLeft": "Ran away at night.",
            "lastContact": "WITHIN_A_MONTH",
            "reportedBefore": "NO",
            "whyNotSooner": "Was afraid.",
            "indicatorsSeen": False,
            "interviewDetails": "At the station, with a break.",
            "professionalInsight": "Consistent.",
            "othersInvolved": False,
            "exploitationPlace": "UK",
            "ukTowns": ["Leeds"],
            "exploitationTypes": ["FORCED_WORK"],
            "otherVictims": "NO",
            "futureConcerns": False,
        },
        "exploiters": {"who": "Two men with a van.", "locationKnown": False},
        "immigration": {},
        "criminalJustice": {"reportedToPolice": False},
        "supportPlan": {"wanted": False},
        "credibility": {"concerns": False},
        "referrer": {
            "firstName": "Asha",
            "lastName": "Invented",
            "role": "Police officer",
            "phone": "+44 113 496 0000",
            "email": "asha@invented.example",
            "alternativeEmail": "desk@invented.example",
            **AGREED,
        },
    }
    return form | changes


def child_referral(**changes: Any) -> dict[str, Any]:
    """A girl in Leeds, referred by Leeds City Council."""
    form = adult_referral(
        age="CHILD",
        organisation="Leeds City Council",
        consent="NOT_ASKED",
        childProtection={
            "localAuthority": "Leeds City Council",
            "contactPhone": "+44 113 496 0001",
            "contactEmail": "duty@invented.example",
            "receivingInput": False,
        },
    )
    for left_out in ("ageAtExploitation", "supportPlan"):
        del form[left_out]
    form["identity"] = {
        "firstName": "Testa",
        "lastName": "Inventedgirl",
        "gender": "FEMALE",
        "nationality": "British",
    } | {"hasChildren": False}
    form["contact"] = {"interpreterNeeded": False, "communicationHelpNeeded": False}
    form["referrer"] = {key: said for key, said in form["referrer"].items() if key not in AGREED} | EXPLAINED
    return form | changes


def told_on(day: str, **changes: Any) -> dict[str, Any]:
    """The same girl's form, to whom it was explained on that day."""
    form = child_referral(**changes)
    return form | {"referrer": form["referrer"] | {"explainedOn": day}}


def asked_on(day: str, **changes: Any) -> dict[str, Any]:
    """The same adult's form, who was asked on that day."""
    form = adult_referral(**changes)
    return form | {"referrer": form["referrer"] | {"consentOn": day}}


def of_then(form: dict[str, Any]) -> dict[str, Any]:
    """The form of 2019, which asked for one account."""
    return form | {"account": form["account"] | {"whatHappened": "Washed cars for nothing."}}


def by_post(received: str, form: dict[str, Any] | None = None) -> dict[str, Any]:
    """What is sent of a form on paper, as it came up to 28 August 2019, and the way it came."""
    paper = of_then(form or signed(received[:10]))
    return {"form": paper, "formVersion": "2019-04", "channel": "POST", "receivedAt": received}


def signed(day: str, **changes: Any) -> dict[str, Any]:
    """The same adult's form on which they signed, as it was done up to 28 August 2019."""
    form = adult_referral(**changes)
    spoken = form["referrer"]
    kept = {key: said for key, said in spoken.items() if key not in AGREED}
    return form | {"referrer": kept | {"consentForm": "WRITTEN", "consentOn": day}}
