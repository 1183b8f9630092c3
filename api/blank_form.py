"""`GET /referral-form/{edition}/{nation}`: the blank referral form of an edition as a page to print and write on."""

from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.entering import entered
from api.identity.current import session_secret
from api.identity.pages import page
from api.meeting_look import STYLESHEET, nothing
from services.referrals.choices import Nation
from services.referrals.form import queries as form
from services.referrals.form.conditions import ALWAYS, Condition, Term
from services.referrals.form.edition import Question
from services.referrals.form.words import AnswerTest
from services.tools import Tools

OPERATION: Final = "PrintReferralForm"  # that no contract publishes, so that no machine can list it
NOTE: Final = (
    "Nobody is referred by this paper. A referral is received when the online form is sent, "
    "and its time runs from then."
)
WORDS: Final = {AnswerTest.GIVEN: "is answered", AnswerTest.MISSING: "is not answered"}


def routes(tools: Tools) -> list[Route]:
    """The page, for whoever is signed in."""

    async def blank(request: Request) -> Response:
        async with entered(tools, session_secret(request), OPERATION):
            pass  # the form is the same for everybody
        edition = form.edition(request.path_params["edition"])
        nation = request.path_params["nation"]
        if edition is None or nation not in set(Nation):
            return nothing("form")
        questions = [one for one in edition.in_nation(nation).questions if one.asked]
        title = f"Referral form, edition {edition.code}, {nation.replace('_', ' ').title()}"
        return page(title, body_of(questions), stylesheet=STYLESHEET)

    return [Route("/referral-form/{edition}/{nation}", blank, methods=["GET"])]


def body_of(questions: list[Question]) -> str:
    """Every question under its heading, with when it is asked, whether it must be answered, and room to write."""
    labels = {one.path: one.row.label for one in questions}
    parts, heading = [f"<p>{escape(NOTE)}</p>"], None
    for one in questions:
        if one.section != heading:
            heading = one.section
            parts.append(f"<h2>{escape(heading)}</h2>")
        parts.append(_question(one, labels))
    return "\n".join(parts)


def _question(one: Question, labels: dict[str, str]) -> str:
    parts = [f"<h3>{escape(one.row.label)}</h3>"]
    if one.row.help:
        parts.append(f"<p>{escape(one.row.help)}</p>")
    if one.asked != ALWAYS:
        parts.append(f"<p>Only if {_spoken(one.asked, labels)}.</p>")
    if one.required:
        parts.append("<p>Must be answered.</p>" if one.required == ALWAYS else "<p>May have to be answered.</p>")
    options = [option.label for option in one.options]
    if one.row.kind.value == "yes_no":
        options = ["Yes", "No"]
    if options:
        parts.append("<ul>" + "".join(f"<li>☐ {escape(option)}</li>" for option in options) + "</ul>")
    else:
        parts.append("<p>____________________________________________</p>")
    return "\n".join(parts)


def _spoken(condition: Condition, labels: dict[str, str]) -> str:
    return "; or ".join(" and ".join(_term(term, labels) for term in branch) for branch in condition)


def _term(term: Term, labels: dict[str, str]) -> str:
    asked = escape(labels.get(term.path, term.path))
    words = " or ".join(value.replace("_", " ") for value in term.values)
    return f"“{asked}” {WORDS[term.test]}" if term.test in WORDS else f"“{asked}” is {escape(words)}"
