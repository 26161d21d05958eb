"""An id is never given out twice: the journal outlives what it is about."""

from sqlalchemy.orm import Session

from fdplattform.findings.models import Finding
from fdplattform.testing.factories import Make


def test_an_id_is_never_given_out_twice(make: Make, session: Session) -> None:
    event = make.event()
    ids = []
    for _time in range(3):
        finding = make.finding(event)
        ids.append(finding.id)
        session.delete(session.get_one(Finding, finding.id))
        session.commit()
    assert sorted(set(ids)) == ids
