"""What a Word document (DOCX) tells beside its words is taken out: its properties, who wrote, changed and commented on
it and when, the marks of its editing sessions, the template it was made from, and data of programs. It is a zip of
parts in XML; one with other parts than those of words and pictures is refused, macros and embedded files first."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from xml.parsers import expat

from services.attachments.kinds import Kind
from services.attachments.source import UnreadableError
from services.attachments.stripping import stripped

MOST_PARTS: Final = 1_000
MOST_BYTES: Final = 100 * 1024 * 1024
"""Of all parts unpacked: a small file may unpack to more than any memory holds."""
TYPES, MAIN = "[Content_Types].xml", "word/document.xml"
KEPT: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/[A-Za-z0-9]+\.xml\.rels|word/(theme/)?[A-Za-z0-9]+\.xml"
    r"|word/theme/_rels/[A-Za-z0-9]+\.xml\.rels|word/media/[A-Za-z0-9_-]+\.(?i:png|jpe?g)"
)
DROPPED: Final = re.compile(
    r"docProps/.*|customXml/.*|word/(people|commentsIds|commentsExtensible|commentsExtended)\.xml"
    r"|word/glossary/.*|word/printerSettings/.*|.*/"
)
SIGNATURES: Final = {b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}
FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
TAG: Final = re.compile(r"<[A-Za-z_][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*/?>")
TOLD: Final = re.compile(
    r"\s+[\w.-]+:(?:initials|date|dateUtc|rsid\w*|userId|providerId|paraId|textId)\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)
AUTHOR: Final = re.compile(r"(\s+[\w.-]+:author)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
ASIDE: Final = re.compile(r"<!--.*?-->|<\?(?!xml\s).*?\?>", re.DOTALL)
WORDS_OF_PROGRAMS: Final = re.compile(
    r"<(?P<name>[\w.-]+:(?:rsids|docVars|attachedTemplate|mailMerge|docId))\b(?:[^>]*/>|.*?</(?P=name)\s*>)", re.DOTALL
)
RELATION: Final = re.compile(r"<Relationship\b[^>]*/>|<Relationship\b[^>]*>\s*</Relationship>")
OVERRIDE: Final = re.compile(r"<Override\b[^>]*/>|<Override\b[^>]*>\s*</Override>")
ATTRIBUTE: Final = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def stripped_word(content: bytes) -> bytes:
    """The same words, pictures and comments alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as given:
            parts = dict(_parts(given))
        if MAIN not in parts or TYPES not in parts:
            raise UnreadableError
        return _written({name: _clean(name, part, parts) for name, part in parts.items()})
    except Exception as error:
        raise UnreadableError from error


def _parts(given: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every part that is kept; what says that it unpacks to more than it may is not unpacked."""
    members = given.infolist()
    names = [member.filename for member in members]
    if len(names) > MOST_PARTS or len(set(names)) != len(names):
        raise UnreadableError
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise UnreadableError  # and a member that unpacks to more than it says fails where it is read
    for member in members:
        if DROPPED.fullmatch(member.filename):
            continue
        if not KEPT.fullmatch(member.filename):
            raise UnreadableError
        yield member.filename, given.read(member)


def _clean(name: str, part: bytes, parts: dict[str, bytes]) -> bytes:
    if name.startswith("word/media/"):
        kind = next((kind for signature, kind in SIGNATURES.items() if part.startswith(signature)), None)
        if kind is None:
            raise UnreadableError
        return b"".join(stripped(kind, [part]))
    text = _plain(part)
    if name == TYPES:
        if "macroEnabled" in text:
            raise UnreadableError
        text = OVERRIDE.sub(lambda found: _if_there(found[0], "PartName", "", parts), text)
    elif name.endswith(".rels"):
        text = RELATION.sub(lambda found: _if_led_to(found[0], name, parts), text)
    else:
        text = TAG.sub(_untold, WORDS_OF_PROGRAMS.sub("", text))
    return _plain_again(text)


def _plain(part: bytes) -> str:
    """As text without comments; a part that declares anything of its own is none of Word's."""
    text = part.decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnreadableError
    return ASIDE.sub("", text)


def _plain_again(text: str) -> bytes:
    """What is still well formed."""
    part = text.encode()
    expat.ParserCreate().Parse(part, True)
    return part


def _untold(tag: re.Match[str]) -> str:
    """A tag without who and when; Word needs an author where something was changed or said: it has no name."""
    return AUTHOR.sub(r'\1=""', TOLD.sub("", tag[0]))


def _if_there(tag: str, attribute: str, folder: str, parts: dict[str, bytes]) -> str:
    target = _attributes(tag).get(attribute, "")
    return tag if _place(folder, target) in parts else ""


def _if_led_to(tag: str, name: str, parts: dict[str, bytes]) -> str:
    """A relation to a part that is kept, or to an address in the web that a reader may follow; nothing is fetched by
    itself, neither a template nor a picture."""
    said = _attributes(tag)
    if said.get("TargetMode") == "External":
        is_link = said.get("Type", "").endswith("/hyperlink")
        if not is_link and not said.get("Type", "").endswith("/attachedTemplate"):
            raise UnreadableError
        return tag if is_link else ""
    return _if_there(tag, "Target", str(PurePosixPath(name).parent.parent), parts)


def _place(folder: str, target: str) -> str:
    """Where a target lies in the zip, which may be said from its root or from where it is named."""
    steps: list[str] = [] if target.startswith("/") or folder == "." else folder.split("/")
    for step in filter(None, target.split("/")):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _attributes(tag: str) -> dict[str, str]:
    return {found[1]: found[2] or found[3] or "" for found in ATTRIBUTE.finditer(tag)}


def _written(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, part in sorted(parts.items(), key=lambda one: one[0] != TYPES):
            kept.writestr(zipfile.ZipInfo(name, FIRST_DAY), part, zipfile.ZIP_DEFLATED)
    return written.getvalue()
