"""Where each planted leak shows, and where each difference is likely to show first."""

from typing import Final

from tests.noninterference.file_asks import FILES

IMPORTS = "/imports/referrals"  # the door of an agency's system, at which no person asks
SHOWN_BY = {
    "t7 a page is cut before what is hidden is taken out": "something_is_kept_from_nearly_everybody",
    "t8 a list is ordered by a number that hidden changes move": "access_was_changed_before",
    "t9 a version counts hidden writes": "a_group_gets_a_version",
    "t9 a version counts closed parts": "a_closed_part_is_written",
    "t6 a number is unique among all agencies": "a_form_has_this_number",
    "t7 a cursor carries a hidden count": "another_agency_is_involved",
    "t5 an error says that there is something": "something_happens_elsewhere",
    "t2 a notice is found by its own id whosever it is": "somebody_is_told",
    "t5 what is withheld is said only where there is something": "a_group_begins",
    "t5 a list is there while nothing stands in it": "somebody_is_of_age",
    "t2 an entry is read by whoever has the case": "others_write_under_a_caveat",
    "t9 a version counts requests": "something_is_asked",
    "t8 a case sleeps by what others noted": "others_note_what_cases_wait_for",
    "t9 a version counts links": "two_cases_are_linked",
    "t5 a file is listed whatever its group": "files_are_attached",
    "t2 a request is read by whoever sees requests": "something_is_asked",
    "t2 a share is read by whoever sees shares": "something_is_shared",
    "t2 a link is told to whoever knows one case": "two_cases_are_linked",
    "t12 a reference is compared for who does not read it": "two_cases_have_one_reference",
    "t25 a ledger tells who wrote under a caveat": "others_write_under_a_caveat",
}
"""The difference between two worlds that each leak lets a reader see: the short runs look there."""
ASKED_ABOUT = {
    "t7 a page is cut before what is hidden is taken out": "worklist",
    "t8 a list is ordered by a number that hidden changes move": "worklist",
    "t9 a version counts hidden writes": "case",
    "t9 a version counts closed parts": "worklist",
    "t6 a number is unique among all agencies": IMPORTS,
    "t7 a cursor carries a hidden count": "worklist",
    "t5 an error says that there is something": "assignCase",
    "t2 a notice is found by its own id whosever it is": "acknowledgeNotice",
    "t5 what is withheld is said only where there is something": "case",
    "t5 a list is there while nothing stands in it": "case",
    "t2 an entry is read by whoever has the case": "caveatedEntries",
    "t9 a version counts requests": "case",
    "t8 a case sleeps by what others noted": "worklist",
    "t9 a version counts links": "worklist",
    "t5 a file is listed whatever its group": FILES,
    "t2 a request is read by whoever sees requests": "case",
    "t2 a share is read by whoever sees shares": "case",
    "t2 a link is told to whoever knows one case": "caseLinks",
    "t12 a reference is compared for who does not read it": "possibleDuplicates",
    "t25 a ledger tells who wrote under a caveat": "ledger",
}
"""The field of Query or Mutation, or the other door, through which each leak shows: the short runs ask there only."""
LIKELY: Final = {
    difference: tuple(dict.fromkeys(ASKED_ABOUT[name] for name, other in SHOWN_BY.items() if other == difference))
    for difference in SHOWN_BY.values()
}
"""What every pair of a difference asks about, beside what is drawn: of thirty differences and a hundred questions the
two that belong together are drawn too seldom."""
