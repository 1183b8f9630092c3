"""Every key of the public form's message: in which field of which group it lands, and how it is read."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from services.imports import readers
from services.imports.account_keys import ACCOUNT
from services.imports.key import Key, answers, texts
from services.imports.person_keys import CONTACT, PERSON
from services.imports.readers import Reader
from services.referrals.paths import CORE, Place

FORM_VERSION = "2025-04"
"""The wording of the form whose message this is; older answers keep their own version."""

DOCUMENTS = Place("evidence", "documents")
DOCUMENT_KEY = re.compile(r"Document([1-9][0-9]{0,2})\.(URL|Name|MimeType|URLLoadContent)")
DOCUMENT_FIELDS: Mapping[str, tuple[str, Reader]] = MappingProxyType(
    {
        "URL": ("url", readers.address_without_token),
        "Name": ("name", readers.text),
        "MimeType": ("media_type", readers.text),
        "URLLoadContent": ("load_content", readers.always_true),
    }
)

_CORE = {
    "Type": Key(Place(CORE, "kind"), readers.kind),
    "NRMOrDuty": Key(Place(CORE, "kind"), readers.kind_again, repeats=True),
    "ExternalId": Key(Place(CORE, "external_id")),
    "Agent.Organisation": Key(Place(CORE, "organisation")),
    "Country": Key(Place(CORE, "nation"), readers.nation),
    "CountryLabel": Key(Place(CORE, "nation"), readers.nation_label, repeats=True),
    "Case.Jurisdiction": Key(Place(CORE, "nation"), readers.jurisdiction, repeats=True),
    "AdultOrChild": Key(Place(CORE, "age"), readers.age),
    "AdultOrChildDuringExploitation": Key(Place(CORE, "age_at_exploitation"), readers.age),
    "PVCurrentCityTown": Key(Place(CORE, "current_town")),
    "PVCurrentCounty": Key(Place(CORE, "current_region")),
    "WillingToCooperate": Key(Place(CORE, "cooperates"), readers.yes_no),
}

_OTHERS = {
    **texts("exploiters", {"ExploiterDetails": "who", "InformationOnExploitersCurrentLocation": "location_details"}),
    **answers(
        "exploiters",
        readers.yes_no,
        {"ExploitersLocationInformationPresent": "location_known", "ExploitersInUK": "in_uk"},
    ),
    **texts("evidence", {"EvidenceSubmitted": "description"}),
    **texts(
        "referrer",
        {
            "Agent.Forename1": "first_name",
            "Agent.Name": "last_name",
            "Agent.Jobtitle": "role",
            "Agent.Email": "email",
            "Agent.Phone": "phone",
            "AlternateFREmail": "alternative_email",
        },
    ),
    **texts("immigration", {"CIDReference": "home_office_reference"}),
    **answers("criminal_justice", readers.yes_no, {"ReportedCase": "reported_to_police"}),
    **texts(
        "criminal_justice",
        {
            "PoliceForce": "police_force",
            "PoliceForceCRN": "crime_reference",
            "CollaborationInfo": "cooperation_details",
        },
    ),
    **answers("support_plan", readers.yes_no, {"NeedSupport": "wanted"}),
    **texts(
        "child_protection",
        {
            "LocalAuthority": "local_authority",
            "LAFirstName": "contact_first_name",
            "LALastName": "contact_last_name",
            "LAPhone": "contact_phone",
            "LAEmail": "contact_email",
        },
    ),
    **answers("credibility", readers.yes_no, {"EvidenceOfDishonesty": "concerns"}),
    **texts("credibility", {"DetailsOfEvidenceOfDishonesty": "concerns_details"}),
    **texts("duty_to_notify", {"DTNReason": "why_not_referred"}),
}

KEYS: Mapping[str, Key] = MappingProxyType({**_CORE, **PERSON, **CONTACT, **ACCOUNT, **_OTHERS})
