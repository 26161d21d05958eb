"""Fill the gaps in the legal texts, and receive reports about barriers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.errors import StaleVersion
from fdplattform.jobs.mail import send_mail
from fdplattform.journal.services import Actor, record
from fdplattform.legal.gaps import GAPS, Gap
from fdplattform.legal.models import BarrierReport, LegalPage, LegalText

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True)
class FilledPage:
    """One legal page with what is known: the municipality's own entries before those of the deployment."""

    page: LegalPage
    values: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """What fills the gap; empty when nobody filled it. Raises KeyError for a gap that the page does not have."""
        if name not in {gap.name for gap in GAPS[self.page]}:
            raise KeyError(name)
        return self.values.get(name, "")

    @property
    def missing(self) -> list[Gap]:
        """The required gaps that nobody filled."""
        return [gap for gap in GAPS[self.page] if gap.required and not self.values.get(gap.name)]


def load_page(session: Session, page: LegalPage, municipality_id: int | None = None) -> FilledPage:
    """The page as it is for the deployment or for one municipality; one query."""
    owners: ColumnElement[bool] = LegalText.municipality_id.is_(None)
    if municipality_id is not None:
        owners = or_(owners, LegalText.municipality_id == municipality_id)
    query = select(LegalText.municipality_id, LegalText.gaps).where(LegalText.page == page, owners)
    by_owner = {row.municipality_id: row.gaps for row in session.execute(query)}
    own = {name: text for name, text in by_owner.get(municipality_id, {}).items() if text}
    return FilledPage(page, {**by_owner.get(None, {}), **own})


def own_entries(session: Session, page: LegalPage, municipality_id: int | None) -> LegalText | None:
    """What the deployment (None) or the municipality itself has entered."""
    owner = LegalText.municipality_id
    same = owner.is_(None) if municipality_id is None else owner == municipality_id
    return session.scalar(select(LegalText).where(LegalText.page == page, same))


def save_entries(
    session: Session,
    page: LegalPage,
    municipality_id: int | None,
    values: Mapping[str, str | None],
    *,
    version: int,
    now: datetime,
    actor: Actor,
) -> None:
    """Fill the gaps of a page. `version` is 0 when nothing had been entered yet. Raises StaleVersion."""
    text = own_entries(session, page, municipality_id)
    if (text.version if text else 0) != version:
        raise StaleVersion(_("Somebody else has changed this in the meantime."), text)
    gaps = {gap.name: value for gap in GAPS[page] if (value := (values.get(gap.name) or "").strip())}
    if text is None:
        session.add(LegalText(page=page, municipality_id=municipality_id, gaps=gaps, updated_at=now))
    elif text.gaps != gaps:
        text.gaps, text.updated_at = gaps, now
    else:
        return
    record(session, "legal:edit", actor=actor, municipality_id=municipality_id, payload={"page": page.value})


def missing_gaps(session: Session) -> dict[LegalPage, list[Gap]]:
    """The required gaps of the deployment's pages that nobody filled; one query."""
    query = select(LegalText.page, LegalText.gaps).where(LegalText.municipality_id.is_(None))
    filled = {page: FilledPage(page, gaps) for page, gaps in session.execute(query)}
    return {page: missing for page in LegalPage if (missing := filled.get(page, FilledPage(page)).missing)}


@dataclass(frozen=True, kw_only=True)
class Barrier:
    """What somebody tells about a barrier."""

    message: str
    page: str | None = None
    contact: str | None = None


def report_barrier(
    session: Session, barrier: Barrier, *, municipality_id: int | None, now: datetime, locale: str
) -> BarrierReport:
    """Keep the report for staff, and mail it to the address in the declaration, if one is given there."""
    report = BarrierReport(
        municipality_id=municipality_id,
        received_at=now,
        page=barrier.page,
        message=barrier.message,
        contact=barrier.contact,
    )
    session.add(report)
    session.flush()
    address = load_page(session, LegalPage.ACCESSIBILITY, municipality_id).get("contact")
    if "@" in address:
        send_mail(
            session,
            address,
            _("Somebody reported a barrier"),
            [barrier.message, *(part for part in (barrier.page, barrier.contact) if part)],
            locale=locale,
            dedup_key=f"barrier:{report.id}",
        )
    return report


def barrier_reports(session: Session, municipality_id: int | None, *, limit: int = 100) -> Sequence[BarrierReport]:
    """The latest reports, open ones first: of one municipality, or (None) of all."""
    query = select(BarrierReport)
    if municipality_id is not None:
        query = query.where(BarrierReport.municipality_id == municipality_id)
    open_first = BarrierReport.handled_at.is_not(None)
    return session.scalars(
        query.order_by(open_first, BarrierReport.received_at.desc(), BarrierReport.id.desc()).limit(limit)
    ).all()


def find_report(session: Session, report_id: int, municipality_id: int | None) -> BarrierReport | None:
    """The report with this id, if it belongs to the municipality (None: whomever it belongs to)."""
    report = session.get(BarrierReport, report_id)
    if report is None or municipality_id not in (None, report.municipality_id):
        return None
    return report


def settle_report(session: Session, report: BarrierReport, *, now: datetime, actor: Actor) -> None:
    """Note that the report was dealt with."""
    if report.handled_at is None:
        report.handled_at = now
        record(session, "legal:barrier", actor=actor, subject_id=report.id, municipality_id=report.municipality_id)


def delete_old_reports(session: Session, before: datetime) -> int:
    """Delete reports that were dealt with before this moment. Returns how many."""
    reports = session.scalars(select(BarrierReport).where(BarrierReport.handled_at < before)).all()
    for report in reports:
        session.delete(report)
    return len(reports)
