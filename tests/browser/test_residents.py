"""Residents with a phone, in Arabic, without JavaScript: register, change, wait, move up, cancel."""

import re
from typing import Any

import pytest

from fdplattform.events.models import Event
from fdplattform.testing.people import Person
from fdplattform.testing.registration import registrations
from fdplattform.tools.registration.models import Status

pytestmark = [pytest.mark.browser]


@pytest.fixture
def forum(make: Any) -> Event:
    """A forum with four places that is announced."""
    event: Event = make.event(format_id="grossgruppenforum", state="invited", capacity=4, title="Forum am Fluss")
    return event


def register(person: Person, path: str, name: str, people: int = 1) -> None:
    person.go(path)
    person.follow("التسجيل")
    person.write("الاسم", name)
    person.write("كم عدد الأشخاص القادمين؟", str(people))
    person.press("سجّل الآن")


def code_of(person: Person) -> str:
    code = person.page.locator(".code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    return code


def test_a_place_is_taken_changed_and_passed_on(make: Any, meet: Any, forum: Event) -> None:
    path = make.path(forum)
    resident = meet(phone=True, scripts=False, language="ar")
    register(resident, path, "أمل", people=2)
    assert resident.page.locator("html").get_attribute("dir") == "rtl"
    assert resident.reads("تم تسجيلك")
    assert resident.page.locator("img.qr").evaluate("image => image.naturalWidth") > 0
    code = code_of(resident)

    group = meet(phone=True, scripts=False, language="ar")
    register(group, path, "عائلة حداد", people=3)
    assert group.reads("أنت على قائمة الانتظار")

    later = meet(phone=True, scripts=False, language="ar")
    later.go(path)
    later.follow("لدي رمز")
    later.page.locator("main input:visible").first.fill(code.replace("-", " ").lower())
    later.page.locator("main form button").first.click()
    later.follow("تغيير")
    later.write("كم عدد الأشخاص القادمين؟", "1")
    later.press("حفظ")

    group.page.reload()
    assert group.reads("تم تسجيلك"), "one of four left: the group of three has moved up"

    later.follow("إلغاء التسجيل")
    later.press("نعم، ألغِ")
    assert later.reads("تم إلغاء تسجيلك")
    assert {each.name: each.status for each in registrations(make.session)} == {
        "أمل": Status.CANCELLED,
        "عائلة حداد": Status.CONFIRMED,
    }
