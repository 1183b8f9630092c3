"""The messages the public form's own mapping made, and which of their keys its pages require."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
RECEIVED = {"adult_from_a_former_first_responder": date(2026, 3, 25)}
NAMES = sorted(path.stem for path in (FOLDER / "messages").glob("*.json"))
KEYS = (FOLDER / "upstream_keys.txt").read_text(encoding="utf-8").split()

ALWAYS = [
    "Type",
    "ExternalId",
    "Agent.Organisation",
    "Agent.Email",
    "Country",
    "AdultOrChild",
    "WillingToCooperate",
    "PVCurrentCityTown",
    "PVCurrentCounty",
    "MoreThanOneExploitationSituations",
    "ExploitationTakenSomewhere",
    "PVStillInExploitativeSituation",
    "PVExploitersLastContact",
    "FirstChanceToReport",
    "IdentifiedModernSlaveryIndicators",
    "EvidenceOfDishonesty",
    "ProfessionalsInvolved",
    "ExploitationLocationPresented",
    "ExploitersLocationInformationPresent",
    "OtherVictims",
    "ConcernsOfFurtherExploitationToPV",
    "ReportedCase",
    "Customer.Custom17",
    "Customer.Nationality",
]
TEXTS = [
    "PVBirthplace",
    "PVFamily",
    "PVEducation",
    "PVEmploymentHistory",
    "ExploitationDates",
    "HowExploitationStarted",
    "ExploitationJourneyDetails",
    "ExploitationAverageDay",
    "ExploitationLivingConditions",
    "ExploitationTreatment",
    "ReasonForReportingNow",
    "KeepingPVInSituation",
    "IdentifiedModernSlaveryIndicatorsDetails",
    "ProfessionalInsight",
    "DetailsAboutInterview",
    "DetailsOfEvidenceOfDishonesty",
    "DetailsOfProfessionalsInvolved",
    "ExploiterDetails",
    "InformationOnExploitersCurrentLocation",
    "ReasonForConcernsReFurtherExploitation",
    "PoliceForceCRN",
]
CHOICES = ["ExploitersInUK", "PoliceForce", "AdultOrChildDuringExploitation"]
NAMED = ["Customer.Forename1", "Customer.Surname"]
WRITTEN_TO = [
    "Customer.ContactMethod",
    "Customer.Email",
    "SafeToEmail",
    "Customer.Address",
    "Customer.Town",
    "Customer.Postcode",
    "SafeToPostal",
]
REFERRAL = [
    "Customer.Custom9",
    "Customer.Custom10",
    "Customer.Custom13",
    "Customer.Custom14",
    "Customer.Custom15",
    "Customer.Custom16",
    "Customer.DOB",
    "Agent.Forename1",
    "Agent.Name",
    "Agent.Jobtitle",
    "Agent.Phone",
    "AlternateFREmail",
    "EvidenceSubmitted",
    "LocalAuthority",
    "LAPhone",
    "LAEmail",
    "NeedSupport",
    "Customer.Phone",
    "AlternativePhoneNumber",
    "AlternativePhoneRelationshipToPV",
    "WhoToSendDecisionTo",
    "AltContactPermissionToSend",
    "AltContactAddress",
    "AltContactTown",
    "AltContactPostcode",
    "Document1.URL",
    "Document2.Name",
    "Document2.MimeType",
    "Document2.URLLoadContent",
]


def message(name: str) -> dict[str, Any]:
    """A fresh copy of the message of that name."""
    found: dict[str, Any] = json.loads(_text(name))
    return found


def received(name: str) -> date:
    """The London day on which it is taken to have arrived."""
    return RECEIVED.get(name, date(2026, 5, 22))


def required_keys(name: str) -> list[str]:
    """The keys of this message that the form's pages do not let anyone leave out."""
    said = message(name)
    keys = [*ALWAYS, *CHOICES]
    anonymous = said["Type"] == "662265" and said["WillingToCooperate"] == "No"
    keys += [] if anonymous else [*TEXTS, *NAMED, *WRITTEN_TO]
    keys += REFERRAL if said["Type"] == "560734" else []
    return [key for key in keys if said.get(key, "") != ""]


@cache
def _text(name: str) -> str:
    return (FOLDER / "messages" / f"{name}.json").read_text(encoding="utf-8")
