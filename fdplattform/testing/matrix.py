"""The permission matrix: every registered view × role × state, computed from the views and ACLs that decide.

`tests/security/matrix.csv` is what has been agreed; a view that is not listed there, or that lets somebody else in than
listed, fails the test. `make matrix` writes it anew, and the difference belongs into the review.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from types import SimpleNamespace
from typing import Any, get_type_hints

from pyramid.interfaces import IException, IExceptionResponse, IRoutesMapper
from pyramid.registry import Registry
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.static import static_view

from fdplattform.accounts.resources import AccountResource, Accounts, OwnAccount
from fdplattform.db import Base
from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events import series_resources as series
from fdplattform.events.models import Event
from fdplattform.events.resources import EventResource
from fdplattform.events.transitions import workflow_of
from fdplattform.findings import resources as findings
from fdplattform.formats.resources import FormatResource, Formats
from fdplattform.groups.resources import GroupResource, GroupsResource
from fdplattform.municipalities.models import Municipality
from fdplattform.municipalities.resources import Municipalities, MunicipalityResource
from fdplattform.programmes.resources import AgreementResource, ProgrammeResource, Programmes
from fdplattform.security.access import may
from fdplattform.security.permissions import Role
from fdplattform.tools.board import resources as board
from fdplattform.tools.draw.criteria import resources as criteria
from fdplattform.tools.draw.panel import resources as panel
from fdplattform.tools.draw.register import resources as register
from fdplattform.tools.draw.replies import resources as replies
from fdplattform.tools.letters import resources as letters
from fdplattform.tools.registration import resources as registration
from fdplattform.tools.statement import resources as statement
from fdplattform.web.tree import Administration, Resource, Root

#: Where in the tree each kind of resource hangs. A new kind of resource is entered here.
PARENTS: Mapping[type[Resource], type[Resource]] = {
    Administration: Root,
    OwnAccount: Administration,
    Accounts: Administration,
    AccountResource: Accounts,
    Programmes: Administration,
    ProgrammeResource: Programmes,
    AgreementResource: ProgrammeResource,
    Municipalities: Root,
    MunicipalityResource: Municipalities,
    Formats: MunicipalityResource,
    FormatResource: Formats,
    DialogueResource: MunicipalityResource,
    findings.FindingsResource: DialogueResource,
    findings.FindingResource: findings.FindingsResource,
    findings.FieldsResource: DialogueResource,
    findings.FieldResource: findings.FieldsResource,
    findings.ProposalsResource: DialogueResource,
    findings.ProposalResource: findings.ProposalsResource,
    GroupsResource: DialogueResource,
    GroupResource: GroupsResource,
    series.SeriesList: DialogueResource,
    series.SeriesResource: series.SeriesList,
    EventResource: DialogueResource,
    criteria.Criteria: EventResource,
    criteria.CriterionResource: criteria.Criteria,
    register.Register: EventResource,
    register.Sample: EventResource,
    letters.Letters: EventResource,
    letters.KindResource: letters.Letters,
    letters.RunResource: letters.KindResource,
    replies.Replies: EventResource,
    replies.Invited: replies.Replies,
    replies.ReplyDesk: Root,
    replies.SpentCode: replies.ReplyDesk,
    replies.ReplyResource: replies.ReplyDesk,
    panel.DrawDesk: EventResource,
    panel.DrawRecord: EventResource,
    panel.Panel: EventResource,
    panel.PanelMember: panel.Panel,
    registration.Participants: EventResource,
    registration.Participant: registration.Participants,
    board.BoardResource: EventResource,
    board.CardResource: board.BoardResource,
    statement.StatementResource: EventResource,
    statement.PointResource: statement.StatementResource,
    registration.RegistrationDesk: Root,
    registration.RegistrationResource: registration.RegistrationDesk,
}
EVERY_STATE = "yes"
COLUMNS = ("place", "view", "method", "permission", "format", *(role.value for role in Role))


class Unlisted(LookupError):
    """A view is registered for something that the matrix does not know, or names no permission."""


@dataclass(frozen=True)
class View:
    """A registered view."""

    #: The class of its context, or the pattern of its route.
    place: type[Resource] | str
    name: str
    method: str
    permission: str

    @property
    def place_name(self) -> str:
        """The place as the matrix writes it."""
        return self.place if isinstance(self.place, str) else self.place.__name__


@dataclass(frozen=True)
class Variant:
    """The states in which a sample of a resource is looked at."""

    format_id: str = ""
    state: str = ""
    dialogue: DialogueState = DialogueState.PUBLISHED


def matrix(registry: Registry) -> str:
    """The whole matrix as CSV, sorted. Raises Unlisted."""
    rows = sorted({row for view in views(registry) for row in _rows(registry, view)})
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue()


def views(registry: Registry) -> Iterator[View]:
    """Every view that a request can reach. Error pages are left out: they show what has been refused."""
    mapper = registry.queryUtility(IRoutesMapper)
    patterns = {route.name: route.pattern for route in mapper.get_routes()} if mapper else {}
    for item in registry.introspector.get_category("views") or ():
        found = item["introspectable"]
        context = found["context"]
        if found["exception_only"] or _is_exception(context):
            continue
        permission = getattr(found["derived_callable"], "__permission__", None)
        if permission is None and not isinstance(found["callable"], static_view):
            raise Unlisted(f"the view {found['callable']!r} names no permission")
        place = patterns[found["route_name"]] if found["route_name"] else context
        for method in _methods(found["request_methods"]):
            yield View(place, str(found["name"] or ""), method, permission or NO_PERMISSION_REQUIRED)


def _methods(declared: str | tuple[str, ...] | None) -> tuple[str, ...]:
    methods = (declared,) if isinstance(declared, str) else declared or ("GET", "POST")
    return tuple(method for method in methods if method != "HEAD")


def _rows(registry: Registry, view: View) -> Iterator[tuple[str, ...]]:
    kind = Root if isinstance(view.place, str) else view.place
    if kind not in PARENTS and kind is not Root:
        raise Unlisted(f"{kind.__name__} hangs nowhere: enter it in PARENTS of fdplattform/testing/matrix.py")
    by_format: dict[str, list[Variant]] = {}
    for variant in _variants(registry, kind):
        by_format.setdefault(variant.format_id, []).append(variant)
    for format_id, variants in by_format.items():
        samples = [(variant, sample(registry, kind, variant)) for variant in variants]
        cells = (_cell(view.permission, role, samples) for role in Role)
        yield (
            view.place_name,
            view.name,
            view.method,
            "" if view.permission == NO_PERMISSION_REQUIRED else view.permission,
            format_id,
            *cells,
        )


def _cell(permission: str, role: Role, samples: list[tuple[Variant, Resource]]) -> str:
    free = permission == NO_PERMISSION_REQUIRED
    allowed = [variant for variant, place in samples if free or may(place, role, permission)]
    if len(allowed) == len(samples):
        return EVERY_STATE
    return " ".join(variant.state or variant.dialogue.value for variant in allowed)


def _variants(registry: Registry, kind: type[Resource]) -> Iterator[Variant]:
    above = _ancestors(kind)
    if EventResource in above:
        for found in registry.plugins.formats.values():
            for state in workflow_of(found).states:
                yield Variant(found.id, state.id)
    elif DialogueResource in above:
        for dialogue_state in DialogueState:
            yield Variant(dialogue=dialogue_state)
    else:
        yield Variant()


def _ancestors(kind: type[Resource]) -> list[type[Resource]]:
    chain = [kind]
    while chain[-1] in PARENTS:
        chain.append(PARENTS[chain[-1]])
    return chain


def sample(registry: Registry, kind: type[Resource], variant: Variant) -> Resource:
    """A resource of this kind with everything above it, in municipality 1."""
    place: Resource | None = None
    for each in reversed(_ancestors(kind)):
        place = _make(registry, each, place, variant)
    assert place is not None
    return place


def _make(registry: Registry, kind: type[Resource], parent: Resource | None, variant: Variant) -> Resource:
    hints = get_type_hints(kind)
    values: dict[str, Any] = {
        "__name__": kind.__name__.lower() if parent else "",
        "__parent__": parent,
        "request": SimpleNamespace(registry=registry),
    }
    for field in fields(kind):
        if field.name in values or field.default is not MISSING:
            continue
        hint = hints[field.name]
        values[field.name] = _model(hint, variant) if issubclass(hint, Base) else _nearest(parent, hint)
    return kind(**values)


def _model(model: type[Base], variant: Variant) -> Base:
    if model is Municipality:
        return Municipality(id=1)
    if model is Dialogue:
        return Dialogue(id=1, municipality_id=1, state=variant.dialogue)
    if model is Event:
        return Event(id=1, dialogue_id=1, format_id=variant.format_id, state=variant.state, hidden=False, tools_off=[])
    return model(id=1)


def _nearest(place: Resource | None, kind: type[Resource]) -> Resource:
    while place is not None and not isinstance(place, kind):
        place = place.__parent__
    assert place is not None, kind
    return place


def _is_exception(context: Any) -> bool:
    """True for error pages, also Pyramid's own, which are registered for interfaces."""
    if isinstance(context, type):
        return issubclass(context, Exception)
    return context in (IExceptionResponse, IException)
