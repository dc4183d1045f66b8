"""The pages in Debian's chromium: companies are made once, each test has a page that tells what it asked for and said."""

import pathlib

import pytest

import company

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # As root, chromium has no sandbox.
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("companies")


@pytest.fixture(scope="session")
def contoso(work):
    """The example company: its repository and its site."""
    repository = company.contoso(work / "contoso")
    return repository, company.site(repository, work / "contoso-site")


@pytest.fixture(scope="session")
def crowd(work):
    """Fifty instances and two hundred recommendations."""
    repository = company.crowd(work / "crowd")
    return company.site(repository, work / "crowd-site")


@pytest.fixture(scope="session")
def hostile(work):
    repository = company.hostile(work / "hostile")
    return repository, company.site(repository, work / "hostile-site")


@pytest.fixture(scope="session")
def one_file(contoso, work):
    """The example company as one file."""
    repository, _ = contoso
    path = work / "contoso.html"
    company.run(
        company.plumb(), "show", "-q", "--at", "2026-06-08T07:00:00Z", "--output", f"html={path}",
        "--format", "json", cwd=repository)
    return path


def address(path, rest=""):
    return pathlib.Path(path).as_uri() + rest


class Watched:
    """A page, and everything that it asked for, said and opened."""

    def __init__(self, page):
        self.page = page
        self.requests, self.messages, self.dialogs = [], [], []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def open(self, path, rest=""):
        self.page.goto(address(path, rest))
        return self.page

    def is_quiet(self, *beside):
        """Nothing was asked for but the page, its stylesheet and its script; nothing was said."""
        folders = {str(pathlib.Path(path)) for path in beside}
        for url in self.requests:
            assert url.startswith("file://"), url
            path = url.split("?")[0].split("#")[0].removeprefix("file://")
            assert any(path.startswith(folder) for folder in folders), url
        assert self.messages == []
        assert self.dialogs == []


@pytest.fixture
def watched(page):
    return Watched(page)
