"""Minutes as an accessible page to print: built as a tree, so that nothing anybody wrote can become markup."""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from services.clocks.london_time import LONDON
from services.meetings.content import Attendance, Body, Position
from services.meetings.signing_views import PartView, SignOffView
from services.meetings.views import EntryView, MeetingView

# Control characters that are no part of a page, and those that turn the direction of whatever follows.
NOT_SHOWN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LEFT_OUT: Final = frozenset({"on"})  # the passage, beside which it is printed


def body_of(view: MeetingView) -> str:
    """The inside of the page."""
    return tostring(tree_of(view), encoding="unicode", method="html")


def tree_of(view: MeetingView) -> Element:
    """What this reader sees of the meeting, part by part, numbered in each part; page and PDF are made of it."""
    root = Element("article")
    _facts(root, view)
    _people(root, view)
    for part in view.signing.parts:
        _part(root, view, part)
    return root


def title_of(view: MeetingView) -> str:
    """What the page is called."""
    return f"{view.name}: minutes, case {view.case_reference}"


def _facts(root: Element, view: MeetingView) -> None:
    arranged, sent = view.arrangement, view.signing.sent_out
    facts = [
        ("Held by", view.authority.name),
        ("Responsible", view.responsible.name),
        ("Begins", _text(arranged.starts_at)),
        ("Ends", _text(arranged.ends_at)),
        ("How", f"{_text(arranged.mode)}, {arranged.place}"),
        ("Chair", arranged.chair),
        ("Minutes taken by", arranged.minute_taker),
        ("State", _text(view.state)),
        ("Closed", _text(view.closed_at) if view.closed_at else "not yet: this is no final text"),
        ("To be signed off until", _text(sent.due_on) if sent else "not sent out yet"),
        ("Printed", _text(view.read_at)),
    ]
    _list(root, facts)


def _people(root: Element, view: MeetingView) -> None:
    attended = [one.content for one in view.entries if isinstance(one.content, Attendance) and not one.is_withdrawn]
    _table(
        root,
        "Who was there",
        ("Name", "Agency", "As", "Presence", "Times"),
        (
            (
                one.person + (" (chair)" if one.is_chair else ""),
                one.body.name,
                _text(one.profession),
                _text(one.presence),
                ", ".join(f"{_clock(s.arrived_at)}–{_clock(s.left_at) if s.left_at else 'end'}" for s in one.stretches),
            )
            for one in attended
        ),
    )
    _table(
        root,
        "Who was invited",
        ("Agency", "Function", "Answer"),
        (
            (one.name, _text(one.function), _text(one.answer.answer) if one.answer else "none")
            for one in view.invitations
        ),
    )


def _part(root: Element, view: MeetingView, part: PartView) -> None:
    section = SubElement(root, "section")
    _say(section, "h2", "The record" if part.is_open else f"Closed part: {part.name}")
    if not part.is_open:
        readers = "; ".join(f"{agency.name}, {_text(function)}" for agency, function in part.readers)
        _say(section, "p", f"For these readers alone: {readers}.").set("class", "notice")
    listed = SubElement(section, "ol")
    for one in view.entries:
        if one.part == part.id and not isinstance(one.content, Attendance | Position):
            _entry(SubElement(listed, "li"), view, one)
    _after(section, view, part)


def _entry(item: Element, view: MeetingView, entry: EntryView) -> None:
    _say(item, "h3", f"{_text(entry.kind)}: {entry.author.name}" + (" (withdrawn)" if entry.is_withdrawn else ""))
    inside = SubElement(item, "del") if entry.is_withdrawn else item
    _list(inside, _pairs(entry.content))
    if entry.judgement is not None:
        missing = ", ".join(_text(one) for one in entry.judgement.missing)
        words = "There was a quorum." if entry.judgement.is_quorate else f"There was no quorum: {missing} missing."
        _say(item, "p", words).set("class", "quorum")
    for words in _beside(view, entry):
        _say(SubElement(item, "aside"), "p", words)


def _beside(view: MeetingView, entry: EntryView) -> Iterable[str]:
    """Agreement, dissent, corrections that were asked for, and additions, beside their passage."""
    for one in view.entries:
        if isinstance(one.content, Position) and one.content.on == entry.id and not one.is_withdrawn:
            said = "agrees" if one.content.agrees else "dissents"
            yield f"{one.content.body.name} {said}" + (f": {one.content.reason}" if one.content.reason else ".")
    for signed in view.signing.sign_offs:
        if signed.entry == entry.id:
            yield f"{_who(signed)}, {_text(signed.at)}, {_text(signed.answer)}: {signed.words}"
    for escalated in view.signing.escalations:
        if escalated.entry == entry.id:
            yield f"{escalated.agency.name} took it to the managers, {_text(escalated.at)}: {escalated.words}"
    for added in view.signing.addenda:
        if added.entry == entry.id:
            yield f"Added by {added.agency.name}, {_text(added.at)}: {added.words}"


def _after(section: Element, view: MeetingView, part: PartView) -> None:
    answers = [one for one in view.signing.sign_offs if one.part == part.id and one.entry is None]
    if answers:
        older = {True: "", False: " (to an earlier text)"}
        rows = (
            (_who(one), _text(one.function), _text(one.answer) + older[one.is_of_this_text], _text(one.at))
            for one in answers
        )
        _table(section, "Signed off", ("Agency", "Function", "Answer", "When"), rows)
    for added in view.signing.addenda:
        if added.part == part.id and added.entry is None:
            _say(section, "h3", f"Added by {added.agency.name}, {_text(added.at)}")
            _say(section, "p", added.words)
    if part.sha256:
        _say(section, "p", f"Seal of this part: {part.sha256}").set("class", "seal")


def _who(signed: SignOffView) -> str:
    """Whose answer it is; of a body without an account also who there said it."""
    return signed.name + (f", said by {signed.said_by} and written down for them" if signed.said_by else "")


def _pairs(content: Any) -> list[tuple[str, str]]:
    pairs = ((field.name, getattr(content, field.name)) for field in fields(content) if field.name not in LEFT_OUT)
    return [(_label(name), _text(said)) for name, said in pairs if said not in (None, "", ())]


def _list(parent: Element, pairs: Iterable[tuple[str, str]]) -> None:
    listed = SubElement(parent, "dl")
    for label, words in pairs:
        _say(listed, "dt", label)
        _say(listed, "dd", words)


def _table(parent: Element, caption: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    found = list(rows)
    if not found:
        return
    table = SubElement(parent, "table")
    _say(table, "caption", caption)
    head = SubElement(SubElement(table, "thead"), "tr")
    for words in heads:
        _say(head, "th", words).set("scope", "col")
    body = SubElement(table, "tbody")
    for row in found:
        line = SubElement(body, "tr")
        _say(line, "th", row[0]).set("scope", "row")
        for words in row[1:]:
            _say(line, "td", words)


def _say(parent: Element, tag: str, words: str) -> Element:
    made = SubElement(parent, tag)
    made.text = NOT_SHOWN.sub("\N{REPLACEMENT CHARACTER}", words)
    return made


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M}"


def _text(said: Any) -> str:
    """A value as people read it; times are London's."""
    for kind, written in _WRITTEN:
        if isinstance(said, kind):
            return written(said)
    return str(said)


_WRITTEN: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (
    (bool, lambda said: "yes" if said else "no"),
    (Enum, lambda said: _label(str(said.value))),
    (datetime, lambda said: f"{said.astimezone(LONDON):%-d %B %Y, %H:%M}"),
    (date, lambda said: f"{said:%-d %B %Y}"),
    (tuple, lambda said: "; ".join(_text(one) for one in said)),
    (Body, lambda said: f"{said.name} ({_text(said.function)})"),
)
