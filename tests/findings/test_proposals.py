"""Proposals: written by staff, read by everybody once they are published."""

import pytest

from fdplattform.errors import DomainError
from fdplattform.findings import proposals as services
from fdplattform.findings.models import Proposal
from fdplattform.findings.proposals import ProposalText
from fdplattform.journal.services import SYSTEM
from fdplattform.testing.queries import queries


def propose(make, dialogue, *findings, published: bool = False, **text) -> Proposal:
    given = {"title": "Bänke aufstellen", "idea": "Zehn Bänke am Bach"}
    proposal = services.create_proposal(
        make.session,
        dialogue,
        ProposalText(**{**given, **text}),
        finding_ids=[each.id for each in findings],
        now=dialogue.created_at,
        actor=SYSTEM,
    )
    services.set_published(make.session, dialogue, proposal, published=published, actor=SYSTEM)
    make.session.commit()
    return proposal


def test_a_draft_is_seen_by_staff_only(client, make, dialogue):
    propose(make, dialogue)
    assert "Bänke aufstellen" not in client.get(make.path(dialogue, "vorschlaege"))


def test_a_published_proposal_shows_the_published_findings_it_came_from(client, make, dialogue):
    event = make.event(dialogue, state="held")
    shown, hidden = make.finding(event, "Mehr Bänke"), make.finding(event, "Noch geheim")
    hidden.published = False
    propose(make, dialogue, shown, hidden, published=True, first_step="Ein Gespräch mit dem Bauhof")
    page = client.get(make.path(dialogue, "vorschlaege"))
    for text in ("Bänke aufstellen", "Zehn Bänke am Bach", "Ein Gespräch mit dem Bauhof", "Mehr Bänke"):
        assert text in page.text
    assert "Noch geheim" not in page.text


def test_staff_publish_and_take_back(staff, make, session, dialogue):
    proposal = propose(make, dialogue)
    for published in (True, False):
        page = staff.get(make.path(dialogue, "vorschlaege"))
        next(form for form in page.forms.values() if f"/{proposal.id}/" in form.action).submit(status=303)
        session.refresh(proposal)
        assert proposal.published is published


def test_staff_change_a_proposal_and_put_it_into_a_field(staff, make, session, dialogue):
    proposal, field = propose(make, dialogue), make.field(dialogue)
    form = staff.get(make.path(dialogue, "vorschlaege", str(proposal.id))).forms["form"]
    form["title"], form["field_id"] = "Mehr Bänke aufstellen", str(field.id)
    form.submit("submit", status=303)
    session.refresh(proposal)
    assert (proposal.title, proposal.field_id) == ("Mehr Bänke aufstellen", field.id)


def test_the_field_must_be_one_of_the_dialogue(make, session, dialogue):
    with pytest.raises(DomainError) as refusal:
        propose(make, dialogue, field_id=make.field(make.dialogue()).id)
    assert refusal.value.field == "field_id"


def test_findings_stay_when_a_proposal_is_deleted(staff, make, session, dialogue):
    finding = make.finding(make.event(dialogue, state="held"))
    number = propose(make, dialogue, finding).id
    page = staff.get(make.path(dialogue, "vorschlaege", str(number), "loeschen"))
    next(form for form in page.forms.values() if form.action.endswith("/loeschen")).submit(status=303)
    session.expire_all()
    assert session.get(Proposal, number) is None
    session.refresh(finding)


def test_residents_change_nothing(client, make, dialogue):
    proposal = propose(make, dialogue, published=True)
    for view in ("anlegen", str(proposal.id), f"{proposal.id}/loeschen"):
        client.get(make.path(dialogue, "vorschlaege", view), status=303)


def test_the_number_of_queries_does_not_grow(client, make, engine, dialogue):
    event = make.event(dialogue, state="held")
    path = make.path(dialogue, "vorschlaege")
    propose(make, dialogue, make.finding(event), published=True)
    with queries(engine) as few:
        client.get(path)
    for number in range(8):
        propose(make, dialogue, make.finding(event, f"Idee {number}"), published=True)
    with queries(engine) as many:
        client.get(path)
    assert len(many) == len(few)
