"""The files of the evidence of a draft answer the question of the form about them, and are checked with its answers."""

import io
import json
import zipfile

import pytest

from tests.journeys.test_attachments import TEXT
from tests.journeys.test_attachments import got as got_of_case
from tests.journeys.test_attachments import listed as files_of
from tests.journeys.test_draft_files import add, added, got, listed
from tests.journeys.test_drafts import answers as bare_answers
from tests.services.attachments import files
from tests.world.drafts import read, save, saved, submit
from tests.world.form_filler import published, questions
from tests.world.platform import Platform
from tests.world.stories import counted

pytestmark = pytest.mark.anyio

DESCRIPTION = "evidence.description"


async def test_files_of_the_evidence_are_an_answer_of_the_form(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    (asked,) = [one for one in questions(await published(asha)) if one["kind"] == "DOCUMENTS"]
    assert (asked["key"], asked["most"], asked["largest"]) == ("evidence.documents", "100", 25 * 1024 * 1024)
    assert {"PDF", "JPG", "PNG", "DOCX", "TXT"} == {one["label"] for one in asked["options"]}
    named = (await save(asha, {"evidence.documents": ["diary.pdf"]}))["problem"]["problems"]
    assert [(one["path"], one["code"]) for one in named] == [("evidence.documents", "wrong_type")]

    draft = await saved(asha, await bare_answers(asha))
    note = await added(asha, draft, TEXT, "health")
    assert (await read(asha, draft))["problems"] == [], "only files of the evidence are asked about"
    await added(asha, draft, TEXT)
    before = await counted(platform)
    for problems in ((await read(asha, draft))["problems"], (await submit(asha, draft))["problem"]["problems"]):
        assert [(one["path"], one["code"]) for one in problems] == [(DESCRIPTION, "required")]
    assert await counted(platform) == before
    assert (await got(asha, note["id"])).status_code == 200

    described = await saved(asha, {DESCRIPTION: ["A diary of May."]}, draft)
    assert (await read(asha, described))["problems"] == []
    assert (await submit(asha, described))["problem"] is None
    kept_there = await platform.admin.fetchval("SELECT content FROM group_content WHERE data_group = 'evidence'")
    assert "documents" not in json.loads(kept_there), "the files themselves are there"


async def test_a_word_document_is_taken_without_its_author_and_an_old_one_is_not(platform: Platform) -> None:
    asha = await platform.sign_in("wyp-1")
    draft = await saved(asha, {**await bare_answers(asha), DESCRIPTION: ["A letter of May."]})
    old = await add(asha, draft["id"], bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))
    (problem,) = old.json()["problem"]["problems"]
    assert (problem["code"], problem["remedy"]) == ("wrong_type", "Save it as a PDF.")
    macros = await add(asha, draft["id"], files.docx({"word/vbaProject.bin": b"x"}))
    assert [one["code"] for one in macros.json()["problem"]["problems"]] == ["unreadable"]
    assert (await listed(asha, draft["id"])).json()["files"] == []

    letter = await added(asha, draft, files.docx())
    assert letter["name"] == "attachment-1.docx"
    assert [one["kind"] for one in (await read(asha, draft))["files"]] == ["WORD"]
    case = (await submit(asha, draft))["case"]
    (there,) = (await files_of(asha, case)).json()["attachments"]
    with zipfile.ZipFile(io.BytesIO((await got_of_case(asha, there["id"])).content)) as kept:
        assert not any(files.SECRET in kept.read(name) for name in kept.namelist())
        assert b"What was said" in kept.read("word/document.xml")
