"""The pages as `plumb serve` shows them: each filter gives the same rows with a script and without, and nothing else is asked for."""

import re
import subprocess

import pytest

import company

QUERIES = [
    "app=Okta", "instance=okta-contoso-eu&impact=high", "status=toAddress", "compliance=unknown",
    "category=identity", "framework=okta-stig", "initiative=saas-security&impact=low", "label=region%3Deu",
    "q=password+okta", "q=nothing+like+it", "sort=instance&app=Okta", "sort=-affected&impact=high", "app=None",
]


@pytest.fixture(scope="module")
def served(contoso):
    repository, _ = contoso
    server = subprocess.Popen(
        [company.plumb(), "serve", "--repo", str(repository), "--listen", "127.0.0.1:0", "--admin", "none",
         "--access-log", "/dev/null"],
        stderr=subprocess.PIPE, text=True)
    said = ""
    while "Serving a report" not in said:
        line = server.stderr.readline()
        assert line, said
        said += line
    yield re.search(r"http://127\.0\.0\.1:\d+/", said).group()
    server.terminate()
    assert server.wait(60) == 0


def rows(page):
    return page.locator("table.results tbody tr").evaluate_all("(rows) => rows.map((row) => row.id)")


@pytest.fixture
def scriptless(browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("query", QUERIES)
def test_a_filter_gives_the_same_rows_without_a_script(served, page, scriptless, query):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{served}recommendations.html?{query}")
    scriptless.goto(f"{served}recommendations.html?{query}")
    found, without = rows(page), scriptless.locator("table.results tbody tr")
    ids = [without.nth(index).get_attribute("id") for index in range(without.count())]
    assert sorted(ids) == sorted(found) and len(ids) <= 200
    if "sort" not in query:
        assert ids == found
    assert all(url.startswith(served) for url in asked) and len(asked) == 3, asked
    assert said == []


def test_the_form_works_without_a_script(served, scriptless):
    page = scriptless
    page.goto(f"{served}recommendations.html")
    everything = int(re.search(r"of (\d+)", page.locator("[data-count]").inner_text()).group(1))
    assert page.locator("table.results tbody tr").count() == 200
    page.get_by_role("link", name="The next rows").click()
    assert "Rows 201 to 400" in page.locator("noscript").inner_text()
    page.get_by_label("App", exact=True).select_option("Okta")
    page.get_by_label("Search").fill("password")
    page.get_by_role("button", name="Filter").click()
    assert "app=Okta" in page.url and "q=password" in page.url
    assert page.get_by_label("App", exact=True).input_value() == "Okta"
    assert page.get_by_label("Search").input_value() == "password"
    count = page.locator("table.results tbody tr").count()
    assert 0 < count < 60
    assert f"{count} of {everything} rows" in page.locator("[data-count]").inner_text()
    page.get_by_role("link", name="Instance", exact=True).click()
    assert "sort=instance" in page.url and "q=password" in page.url
    assert page.locator("table.results tbody tr").count() == count
    page.get_by_role("link", name="Clear").click()
    assert page.locator("table.results tbody tr").count() == 200


def test_every_page_is_quiet_and_linked(served, page):
    asked, said = [], []
    page.on("response", lambda response: asked.append((response.url, response.status)))
    page.on("console", lambda message: said.append(message.text))
    page.goto(served)
    for name in page.locator("nav a").evaluate_all("(links) => links.map((link) => link.href)"):
        page.goto(name)
    assert all(status in (200, 304) for _, status in asked), asked
    assert said == []
