"""`report` as text, as HTML and as JSON, with badges only where they are asked for."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from rich.cells import cell_len

from console.drop_box.spools import Spools
from core.api import Vehicle
from tests.core.report.test_report import NOT_FOR_USERS, SECRETS, SUPERVISED
from tests.dialogues.in_process import answer
from tests.screens.report.test_page import ATTRIBUTES, HOSTILE, TAGS, parsed, shape, texts
from tests.screens.scenes import charging_station
from tests.stations import PASSWORDS, log_in, running_station

UID, COMMENT = "E1EB1C02", "Van <b>3</b>"


async def test_one_report_in_three_forms_for_both_accounts(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        local = await log_in(core, "local")
        await local.add_badge(UID, comment=COMMENT)
        await local.change_settings({"publication.smtp.password": "Canary-0451"})
        await charging_station(core)
        for account in ("admin", "user"):
            station = await log_in(core, account)
            text = (await answer(station, "report")).output.decode()
            assert "Err #6 Surge Arrestor" in text
            assert max(map(cell_len, text.splitlines())) <= 80
            html = (await answer(station, "report --html")).output.decode()
            assert html.startswith("<!DOCTYPE html>")
            assert "Err #6 Surge Arrestor" in html
            told = json.loads((await answer(station, "report --json")).output)
            assert (told["schema"], told["account"], told["uids"]) == ("evtty/report/1", account, False)
            assert [each["number"] for each in told["status"]["errors"]] == [6]
            assert json.loads((await answer(station, "report --html --json")).output)["file"].startswith("<!")
            for form in (text, html, json.dumps(told)):
                assert UID not in form
                assert "Canary" not in form
                assert "Van" not in form

            asked = (await answer(station, "report --with-uids --with-comments")).output.decode()
            assert UID in asked
            assert COMMENT in asked
            page = (await answer(station, "report --html --with-uids --with-comments")).output.decode()
            assert "Van &lt;b&gt;3&lt;/b&gt;" in page
            assert "<b>" not in page


FORMS = ("report", "report --html", "report --json", "report --html --json")


async def test_no_secret_of_any_kind_is_in_any_form_for_anybody(tmp_path: Path) -> None:
    async with running_station("wallbox-key", tmp_path) as core:
        local = await log_in(core, "local")
        await local.change_settings(SUPERVISED | NOT_FOR_USERS | SECRETS)
        await local.confirm_network()
        for account in ("admin", "user", "local"):
            station = await log_in(core, account)
            for form in FORMS:
                said = (await answer(station, f"{form} --with-uids --with-comments")).output.decode()
                assert "Canary" not in said
                assert not any(password in said for password in PASSWORDS.values())
                assert account != "user" or "hidden" not in said.lower()


async def test_a_station_full_of_hostile_comments_and_names_adds_nothing_to_the_page(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        admin = await log_in(core)
        for number, text in enumerate(HOSTILE, 1):
            await admin.add_badge(f"0400{number:04X}", comment=text[:50])
        await admin.change_settings(
            {
                "publication.smtp.username": HOSTILE[0],
                "publication.ftp.username": HOSTILE[2],
                "publication.http.username": HOSTILE[4],
                "publication.http.path": "/<script>alert(1)</script>",
                "publication.http.field_name": "{{7*7}}",
            }
        )
        local = await log_in(core, "local")
        for number in (1, 2, 5):
            await local.sim_badge(f"0400{number:04X}", 1)
            await local.sim_plug(1, Vehicle())
            await local.sim_advance((await local.clock()).time + timedelta(minutes=5))
            await local.sim_unplug(1)
        await local.sim_badge("04000003", 1)
        await local.sim_plug(1, Vehicle())
        await local.sim_advance((await local.clock()).time + timedelta(minutes=5))
        page = (await answer(admin, "report --html --with-uids --with-comments")).output.decode()
        root = parsed(page)
        told = "\n".join(texts(root))
        for shown in (HOSTILE[0], HOSTILE[1][:50], HOSTILE[2], HOSTILE[4], "{{7*7}}"):
            assert shown in told
        assert {tag for tag, _attributes in shape(root)} <= TAGS
        assert {name for _tag, attributes in shape(root) for name, _value in attributes} == ATTRIBUTES


async def test_the_report_lies_in_the_drop_box_without_badges(tmp_path: Path) -> None:
    async with running_station("parking-2", tmp_path) as core:
        await charging_station(core)
        spools = Spools(await log_in(core, "user"), tmp_path)
        made = await spools.get("report.html")
        assert made is not None
        made.file.seek(0)
        page = made.file.read()
        assert page.startswith(b"<!DOCTYPE html>")
        assert UID.encode() not in page
        spools.close()
