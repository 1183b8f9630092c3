"""The message's keys about what happened."""

from services.imports import readers
from services.imports.key import Key, answers, texts
from services.referrals.choices import ExploitationType
from services.referrals.paths import Place


def _ticked(exploitation: ExploitationType) -> Key:
    return Key(Place("account", "exploitation_types"), readers.ticked(exploitation), collects=True)


ACCOUNT = {
    **texts(
        "account",
        {
            "VictimAccount": "what_happened",
            "PVBirthplace": "birthplace",
            "PVFamily": "family",
            "PVEducation": "education",
            "PVEmploymentHistory": "employment_history",
            "MultipleExploitationSituations": "several_situations_details",
            "ExploitationDates": "dates",
            "HowExploitationStarted": "how_started",
            "ExploitationJourneyDetails": "journey_details",
            "ExploitationAverageDay": "required_to_do",
            "ExploitationLivingConditions": "living_conditions",
            "ExploitationTreatment": "treatment",
            "ExploitationWhyTheyStayed": "why_stayed",
            "KeepingPVInSituation": "what_keeps_them",
            "ExploitationReasonTheyLeft": "how_left",
            "DetailsLastContact": "last_contact_details",
            "ReportedBeforeFurtherInfo": "reported_before_details",
            "ReasonForReportingNow": "why_not_sooner",
            "ReasonForMakingReferral": "reason_for_referral",
            "IdentifiedModernSlaveryIndicatorsDetails": "indicators_details",
            "ProfessionalInsight": "professional_insight",
            "DetailsAboutInterview": "interview_details",
            "DetailsOfProfessionalsInvolved": "others_involved_details",
            "ExploitationUKAddress": "uk_other_location",
            "ExploitationOverseasAddress": "overseas_other_location",
            "ExploitationOther": "exploitation_other_details",
            "ReasonForConcernsReFurtherExploitation": "future_concerns_reasons",
        },
    ),
    **answers(
        "account",
        readers.yes_no,
        {
            "ExploitationTakenSomewhere": "taken_somewhere",
            "PVStillInExploitativeSituation": "still_in_situation",
            "IdentifiedModernSlaveryIndicators": "indicators_seen",
            "ProfessionalsInvolved": "others_involved",
            "ConcernsOfFurtherExploitationToPV": "future_concerns",
        },
    ),
    **answers(
        "account", readers.yes_no_not_sure, {"FirstChanceToReport": "reported_before", "OtherVictims": "other_victims"}
    ),
    "OtherVictimsFurtherInfo": Key(Place("account", "other_victims_details"), readers.added_text),
    "MoreThanOneExploitationSituations": Key(Place("account", "several_situations"), readers.several_situations),
    "PVExploitersLastContact": Key(Place("account", "last_contact"), readers.last_contact),
    "ExploitationLocationPresented": Key(Place("account", "exploitation_place"), readers.exploitation_place),
    **{f"City{number}": Key(Place("account", "uk_towns"), collects=True) for number in range(1, 11)},
    **{f"Country{number}": Key(Place("account", "countries"), collects=True) for number in range(1, 11)},
    "ComponentForcedToWorkForNothing": _ticked(ExploitationType.FORCED_WORK),
    "ComponentWagesTaken": _ticked(ExploitationType.WAGES_TAKEN),
    "ComponentFraud": _ticked(ExploitationType.FORCED_FRAUD),
    "ComponentProstitution": _ticked(ExploitationType.PROSTITUTION),
    "ComponentChildExploitation": _ticked(ExploitationType.CHILD_SEXUAL_EXPLOITATION),
    "ComponentSexuallyassaulted": _ticked(ExploitationType.SEXUAL_ASSAULT),
    "ComponentForcedCrime": _ticked(ExploitationType.FORCED_CRIME),
    "ComponentOrgansRemoved": _ticked(ExploitationType.ORGANS_REMOVED),
    "ComponentDomesticServitude": _ticked(ExploitationType.DOMESTIC_SERVITUDE),
}
