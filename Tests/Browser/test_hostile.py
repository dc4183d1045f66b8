"""Whatever tenants and pull requests call things: it is shown, and does nothing."""

from urllib.parse import quote

import company
from conftest import address


def test_names_do_nothing_on_any_page(hostile, watched):
    _, site = hostile
    pages = ["index.html", "recommendations.html", "instances.html", "matrix.html", "drift.html",
             "compare.html", "instances/acme-one.html", "instances/acme-two.html"]
    pages += [f"recommendations/acme-{number:03}.html" for number in range(len(company.HOSTILE))]
    for path in pages:
        page = watched.open(site / path)
        page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
        for name in ("iframe", "img", "base", "object", "embed", "main svg script", "main script:not([type='application/json'])", "main style", "main form:not(.filters)"):
            assert page.locator(name).count() == 0, (path, name)
        for element in page.locator("[href]").evaluate_all("(all) => all.map((one) => one.href)"):
            assert element.startswith(("file:", "https:")), (path, element)
    watched.is_quiet(site)


def test_names_are_shown_as_they_are(hostile, watched):
    _, site = hostile
    page = watched.open(site / "recommendations.html", "?sort=title")
    shown = page.locator("table.results tbody tr td:nth-child(2) a").all_inner_texts()
    for name in company.HOSTILE[:34]:
        # A runner of GitHub Actions obeys `##[`: it is spelt out as what is hidden is.
        name = name.replace("##[", "##\\u{5B}")
        assert any(name in text for text in shown), name
    # What is hidden is spelt out.
    assert any("\\u{202E}right to left" in text for text in shown)
    watched.is_quiet(site)


def test_names_do_nothing_in_the_address(hostile, watched):
    _, site = hostile
    watched.open(site / "recommendations.html", "?q=%&app=%zz#%")
    for name in company.HOSTILE[:34]:
        page = watched.open(site / "recommendations.html", f"?q={quote(name)}&app={quote(name)}#{quote(name)}")
        assert page.locator("h1").inner_text() == "Recommendations"
    watched.is_quiet(site)


def test_names_do_nothing_in_one_file(hostile, watched, work):
    repository, _ = hostile
    path = work / "hostile.html"
    company.run(
        company.plumb(), "show", "-q", "--at", "2026-06-02T07:00:00Z", "--output", f"html={path}",
        "--format", "json", cwd=repository)
    for place in ("", "#recommendations", "#instances/acme-one", "#drift"):
        page = watched.open(path, place)
        assert page.locator("img, iframe, base, main style").count() == 0
    assert {url.split("#")[0] for url in watched.requests} == {address(path)}
    watched.is_quiet(path)
