"""`report` as text, as HTML and as JSON, with badges only where they are asked for."""

from __future__ import annotations

import json
from pathlib import Path

from rich.cells import cell_len

from console.drop_box.spools import Spools
from tests.dialogues.in_process import answer
from tests.screens.scenes import charging_station
from tests.stations import log_in, running_station

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
