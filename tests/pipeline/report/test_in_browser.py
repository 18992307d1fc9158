"""The page in a real browser: numbers, filters, keyboard, themes, hostile texts."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from handmade import publish, ship, state, told

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Opened = Callable[..., "Page"]
Written = Callable[[Path, Path], Path]

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
MATERIAL = "event_class = 'material' AND factuality = 'actual'"


@pytest.fixture(scope="module")
def report(world: Path, written: Written, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(world, tmp_path_factory.mktemp("report") / "report.html")


def tables(page: "Page") -> dict[str, list[list[list[str]]]]:
    """The cells of all tables by section, their header first; folded ones are opened."""
    page.evaluate("document.querySelectorAll('details.as-table').forEach(details => { details.open = true })")
    page.wait_for_function(
        "[...document.querySelectorAll('details.as-table')].every(({ lastElementChild }) => lastElementChild.tagName !== 'SUMMARY')"
    )
    page.wait_for_selector("main[aria-busy=false]")
    return page.evaluate("""Object.fromEntries([...document.querySelectorAll("section")].map((section) => [section.id,
        [...section.querySelectorAll("table")].map((table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent)))]))""")


def rows(page: "Page", section: str, number: int = 0) -> list[list[str]]:
    """The rows of one of them."""
    return tables(page)[section][number][1:]


def asked(output: Path, sql: str) -> list[tuple[Any, ...]]:
    engine = duckdb.connect()
    for table in ("events", "clusters", "coverage"):
        engine.execute(
            f"CREATE VIEW {table} AS FROM read_parquet('{output}/{table}/**/*.parquet', hive_partitioning = false)"
        )
    return engine.execute(sql).fetchall()


def picked(page: "Page", title: str) -> "Locator":
    picker = page.locator("details.picker").filter(has=page.locator("summary", has_text=title))
    if picker.get_attribute("open") is None:
        picker.locator("summary").click()
    return picker


def pick(page: "Page", title: str, choice: str) -> None:
    picked(page, title).locator("label", has_text=choice).locator("input").check()
    page.keyboard.press("Escape")


def choose(page: "Page", label: str, value: str) -> None:
    page.locator("#filters label", has_text=label).locator("select").select_option(value)


def day(page: "Page", label: str) -> "Locator":
    return page.locator("#filters > label", has_text=re.compile(f"^{label}$")).locator("input")


def agrees(page: "Page", output: Path, where: str) -> int:
    """Sees that all sections count what the Parquet files hold of such clusters; returns how many."""
    shown = tables(page)
    clusters = f"(SELECT c.*, e.restrictiveness FROM (FROM clusters WHERE {where}) c JOIN events e ON e.event_id = c.representative)"
    ((count, undated),) = asked(output, f"SELECT count(*), count(*) - count(series_date) FROM {clusters}")
    assert page.locator("#status").inner_text().startswith(f"{count} event")
    assert page.locator("#latest li").count() == min(count, 20)

    header, *months = shown["time"][0]
    sums = {name: sum(int(row[column]) for row in months) for column, name in enumerate(header) if column}
    by_type = asked(
        output,
        f"SELECT replace(event_type, '_', ' '), count(*) FROM {clusters} WHERE series_date IS NOT NULL GROUP BY 1",
    )
    assert dict(by_type) == {name: sums[name] for name in header[1:-3]}
    assert sums["all events"] == count - undated

    countries = asked(output, f"SELECT count(*) FROM {clusters} GROUP BY place_country ORDER BY 1")
    assert sorted(int(times) for _, times in shown["map"][0][1:]) == [n for (n,) in countries]

    pairs = asked(output, f"""
        SELECT count(*) FROM (SELECT unnest(source_codes) AS s, target_codes FROM {clusters}), unnest(target_codes) AS x(t)
        WHERE s NOT IN ('REF', 'CRM', '---') AND t NOT IN ('REF', 'CRM', '---') GROUP BY s, t ORDER BY 1
    """)  # fmt: skip
    assert sorted(int(times) for *_, times in shown["dyads"][0][1:]) == [n for (n,) in pairs]

    for section, types in (("policy", "= 'policy_change'"), ("others", "<> 'policy_change'")):
        directions = asked(output, f"""
            SELECT replace(restrictiveness, '_', ' '), count(*) FROM {clusters}
            WHERE event_type {types} AND restrictiveness IS NOT NULL GROUP BY 1
        """)  # fmt: skip
        header, *kinds = shown[section][0]
        sums = {name: sum(int(row[column]) for row in kinds) for column, name in enumerate(header[:-2]) if column}
        assert {direction: n for direction, n in sums.items() if n} == dict(directions)
    return count


def test_numbers_agree_with_the_parquet_files_under_every_filter(report: Path, world: Path, opened: Opened) -> None:
    page = opened(report)
    everything = agrees(page, world, MATERIAL)
    choose(page, "Class", "")
    choose(page, "Factuality", "")
    assert agrees(page, world, "true") > everything
    pick(page, "Types", "agreement")
    pick(page, "Types", "refusal")
    assert agrees(page, world, "event_type IN ('agreement', 'refusal')") == 4
    pick(page, "Actors", "Malta (all)")
    assert (
        agrees(
            page, world, "event_type IN ('agreement', 'refusal') AND list_contains(source_codes || target_codes, 'MLT')"
        )
        == 1
    )
    page.get_by_role("button", name="Reset").click()
    assert agrees(page, world, MATERIAL) == everything
    choose(page, "Class", "")
    pick(page, "Countries", "Italy")
    some = agrees(page, world, "factuality = 'actual' AND place_country = 'ITA'")
    day(page, "From").fill("2018-01-01")
    assert (
        0
        < agrees(page, world, "factuality = 'actual' AND place_country = 'ITA' AND series_date >= '2018-01-01'")
        < some
    )
    day(page, "To").fill("2018-01-02")
    page.wait_for_selector("main[aria-busy=false]")
    assert (
        page.locator("#status").inner_text()
        == f"0 events of {asked(world, 'SELECT count(*) FROM clusters')[0][0]} shown"
    )
    assert page.locator("#latest .note").inner_text() == "No event passes the filters."


def test_coverage_stands_by_the_events_of_its_month(report: Path, world: Path, opened: Opened) -> None:
    page = opened(report)
    read = asked(
        world,
        "SELECT strftime(day, '%Y-%m'), sum(articles)::INT, sum(relevant)::INT FROM coverage WHERE day IS NOT NULL GROUP BY 1 ORDER BY 1",
    )
    shown = [(row[0], int(row[-2]), int(row[-1])) for row in rows(page, "time")]
    assert [row for row in shown if row[1]] == read
    assert shown[0][0] == read[0][0]
    assert shown[-1][0] == read[-1][0]


def test_a_named_actor_is_found_by_searching(report: Path, opened: Opened) -> None:
    page = opened(report)
    choose(page, "Class", "verbal")
    picked(page, "Actors").get_by_role("searchbox").fill("lifel")
    assert picked(page, "Actors").locator("label").all_inner_texts() == ["Lifeline\n2"]
    pick(page, "Actors", "Lifeline")
    page.wait_for_selector("main[aria-busy=false]")
    assert sorted(page.locator("#latest blockquote").all_inner_texts()) == [
        '"Somebody must act now", the captain of the Lifeline told Malta.',
        "Italy and Malta refused the Lifeline entry on Sunday.",
    ]


def test_standoffs_say_who_refused_and_for_how_long_and_obey_the_filters(report: Path, opened: Opened) -> None:
    page = opened(report)
    told_of = [row[:7] for row in rows(page, "standoffs")]
    assert told_of == [
        ["Sea-Watch 3", "2019-06-12", "Italy", "not told", "", "", "1"],
        ["Lifeline", "2018-06-24", "Italy, Malta", "2018-06-27", "Malta", "3", "1"],
    ]
    assert (
        "2 stand-offs; 1 of them ended, as far as told, with the ship let in, after 3 days in the median."
        in page.locator("#standoffs .note").inner_text()
    )
    assert page.locator("#standoffs a").first.get_attribute("href") == "https://news.example/5"
    pick(page, "Actors", "Malta (all)")
    page.wait_for_selector("main[aria-busy=false]")
    assert [row[0] for row in rows(page, "standoffs")] == ["Lifeline"]
    page.get_by_role("button", name="Reset").click()
    day(page, "From").fill("2019-01-01")
    page.wait_for_selector("main[aria-busy=false]")
    assert [row[0] for row in rows(page, "standoffs")] == ["Sea-Watch 3"]


def test_latest_events_have_evidence_and_a_link_to_the_article(report: Path, opened: Opened) -> None:
    page = opened(report)
    first = page.locator("#latest li").first
    assert "2021-07-04" in first.inner_text()
    assert "=1+1 was on the banner when migrants marched through Ceuta on Sunday." in first.inner_text()
    link = first.get_by_role("link", name="=Formula in a headline")
    assert link.get_attribute("href") == "https://news.example/12"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_no_word_of_an_article_is_taken_for_html_or_a_script(tmp_path: Path, written: Written, opened: Opened) -> None:
    bad = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    events = [
        told(1, "refusal", date(2019, 6, 12), sources=(state("ITA"),), targets=(ship(bad),), evidence=f"Said {bad}", publisher=bad, url="javascript:alert(3)", place_name=bad,
             place_country="ITA", latitude=41.9, longitude=12.5),
        told(2, "rescue", date(2019, 6, 13), url=f"https://news.example/{bad}"),
    ]  # fmt: skip
    page = opened(written(publish(tmp_path / "out", events, title=bad), tmp_path / "report.html"))
    choose(page, "Class", "")
    pick(page, "Countries", "Italy")
    page.wait_for_selector("main[aria-busy=false]")
    assert f"Said {bad}" in page.locator("#latest blockquote").all_inner_texts()
    assert page.locator("#latest a").count() == 0
    assert [row[0] for row in rows(page, "standoffs")] == [bad]
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 5
    assert page.locator("a[href^=javascript]").count() == 0
    assert rows(page, "map", 1)[0][0] == bad


def test_everything_can_be_done_by_keyboard(report: Path, opened: Opened) -> None:
    page = opened(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the charts"
    page.locator(".picker summary", has_text="Types").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("details.picker[open] input[type=checkbox]")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_selector("main[aria-busy=false]")
    assert page.evaluate("document.activeElement.checked") is True
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.locator(".picker summary", has_text="Types").inner_text() != "Types: all"
    assert page.locator("details.picker[open]").count() == 0
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.get_by_role("button", name="Reset").press("Enter")
    page.wait_for_selector("main[aria-busy=false]")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('section')?.id"))
    assert reached >= {"time", "map", "dyads", "policy", "standoffs", "latest", "about"}


@pytest.mark.parametrize("settings", [{}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_no_barrier(settings: dict[str, Any], report: Path, opened: Opened) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(report, **settings)
    for summary in page.locator("details.as-table > summary").all():
        summary.click()
    picked(page, "Actors")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_phone_shows_it_without_scrolling_sideways(report: Path, opened: Opened) -> None:
    page = opened(report, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    picked(page, "Actors")
    panel = page.locator("details.picker[open] > div").bounding_box()
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 390


def test_charts_are_drawn_and_follow_the_theme(report: Path, opened: Opened) -> None:
    page = opened(report)
    charts = {
        section: page.locator(f"#{section} .chart")
        for section in ("time", "map", "dyads", "policy", "others", "standoffs")
    }
    drawn = {
        section: chart.locator("canvas").first.evaluate("canvas => canvas.toDataURL()")
        for section, chart in charts.items()
    }
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("main[aria-busy=false]")
    for section, chart in charts.items():
        assert chart.get_attribute("role") == "img"
        assert re.search(r"\d", chart.get_attribute("aria-label") or "")
        assert len(drawn[section]) > 2000, "an empty canvas is smaller"
        assert chart.locator("canvas").first.evaluate("canvas => canvas.toDataURL()") != drawn[section]


def test_an_empty_dataset_is_shown_as_such(tmp_path: Path, written: Written, opened: Opened) -> None:
    page = opened(written(publish(tmp_path / "out", []), tmp_path / "report.html"))
    assert page.locator("#status").inner_text() == "0 events of 0 shown"
    assert rows(page, "map") == []
    assert page.locator("#failure").is_hidden()
