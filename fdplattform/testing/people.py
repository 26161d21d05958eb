"""People in front of a browser: they find things by what is written on them."""

import re
from datetime import datetime
from functools import reduce

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

#: What stands behind the label of a required field, in German and Arabic.
REQUIRED = ("erforderlich", "مطلوب")


class Person:
    """Somebody with a browser, who finds things by what is written on them."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.address = address
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, said: ConsoleMessage) -> None:
        # A form that is refused (422) is a line in the console, too; it is what the journey wants to see.
        if said.type in {"error", "warning"} and "422" not in said.text:
            self.complaints.append(said.text)

    def go(self, path: str) -> None:
        """Open an address of the platform."""
        self.page.goto(path if path.startswith("http") else self.address + path)

    def field(self, label: str) -> Locator:
        """The control with this label."""
        labels = [label, *(f"{label} ({word})" for word in REQUIRED)]
        found = [self.page.get_by_label(each, exact=True) for each in labels]
        return reduce(Locator.or_, found)

    def fill(self, **values: str) -> None:
        """Type into fields by their labels; `_` stands for a blank."""
        for label, value in values.items():
            self.write(label.replace("_", " "), value)

    def write(self, label: str, value: str) -> None:
        """Type into the field with this label, or choose from its list."""
        control = self.field(label)
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)

    def tick(self, *labels: str) -> None:
        """Tick boxes and choose options by their labels."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def press(self, name: str) -> None:
        """Press the button that begins with `name`, and wait for the page."""
        self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """Follow the link that begins with `name`, and wait for the page. Opens the part of the tool bar it lies in."""
        begins = re.compile(f"^{re.escape(name)}")
        links = self.page.get_by_role("link", name=begins)
        folded = self.page.get_by_role("link", name=begins, include_hidden=True)
        part = self.page.locator(".toolbar details").filter(has=folded).locator("summary")
        links.or_(part).first.wait_for()
        if not links.count():
            part.first.click()
        links.first.click()
        self.page.wait_for_load_state()

    def take_step(self, event: str, step: str, **answers: str) -> None:
        """Lead the event at this path one step on; `answers` by their labels, `_` for a blank. Fails when refused."""
        self.go(f"{event}/schritte")
        self.follow(step)
        self.fill(**answers)
        self.press(step)
        assert self.reads(f"Erledigt: {step}")

    def enter_finding(self, event: str, finding: str) -> None:
        """Enter what came out of the event at this path."""
        self.go(f"{event}/ergebnisse")
        self.tick("Ideen")
        self.write("Die Ergebnisse, eines pro Zeile", finding)
        self.press("Hinzufügen")
        assert self.reads("Hinzugefügt: 1")

    def heading(self) -> str:
        """What the page is called."""
        return self.page.locator("h1").inner_text()

    def reads(self, text: str) -> bool:
        """True when `text` stands on the page."""
        return text in self.page.locator("body").inner_text()


def link_in(mails: list[str]) -> str:
    """The path of the first link in the first of these mails."""
    found = re.search(r"http://localhost(/\S+)", mails[0])
    assert found, mails
    return found.group(1)


def typed(moment: datetime) -> str:
    """A moment as one types it into a field for date and time."""
    return moment.strftime("%Y-%m-%dT%H:%M")
