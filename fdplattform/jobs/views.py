"""`/verwaltung/auftraege`: what could not be done, for the admin. Mostly mail, when the server was away for days."""

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from translationstring import TranslationString, TranslationStringFactory

from fdplattform.jobs.models import Job
from fdplattform.jobs.services import backlog, failed_jobs, retry, retry_all
from fdplattform.security.permissions import Permission
from fdplattform.web.ids import parse_id
from fdplattform.web.tree import Administration

_ = TranslationStringFactory("fdplattform")

VIEW = "auftraege"
#: As many as one page bears; who has more mends the cause and lets all run again.
SHOWN = 100

KINDS = {"mail:send": _("Mail")}


@view_config(
    context=Administration,
    name=VIEW,
    permission=Permission.SITE_ADMINISTER,
    request_method="GET",
    renderer="fdplattform.templates:jobs/failed.pt",
)
def show_failed(context: Administration, request: Request) -> dict[str, Any]:
    """The jobs that were given up, newest first, and why. Their content is not shown: it is other people's mail."""
    lanes = backlog(request.db, request.now)
    return {
        "title": _("Failed jobs"),
        "jobs": [row(job) for job in failed_jobs(request.db, SHOWN)],
        "failed": sum(lane.failed for lane in lanes),
        "due": sum(lane.due for lane in lanes),
        "action": request.resource_path(context, VIEW),
    }


def row(job: Job) -> dict[str, Any]:
    """A job as the page shows it."""
    kind: str | TranslationString = KINDS.get(job.kind, job.kind)
    return {"id": job.id, "kind": kind, "at": job.finished_at, "reason": reason_of(job)}


def reason_of(job: Job) -> str:
    """The last line of what went wrong: the message, without the way to it."""
    return (job.last_error or "").strip().rpartition("\n")[2]


@view_config(context=Administration, name=VIEW, permission=Permission.SITE_ADMINISTER, request_method="POST")
def run_again(context: Administration, request: Request) -> Response:
    """Let one job run again, or all of them."""
    wanted = request.POST.get("job")
    if wanted == "all":
        retry_all(request.db, request.now)
    elif not retry(request.db, parse_id(wanted) or 0, request.now):
        raise HTTPNotFound()
    request.flash(_("It runs again in a moment."))
    return HTTPSeeOther(request.resource_path(context, VIEW))


def includeme(config: Configurator) -> None:
    config.add_toolbar_link(Administration, VIEW, _("Failed jobs"), permission=Permission.SITE_ADMINISTER, order=90)
