"""What a statement has to say in letters: its points with their responses, for those who made it."""

from collections.abc import Callable

from sqlalchemy.orm import Session
from translationstring import TranslationStringFactory

from fdplattform.events.models import Event
from fdplattform.plugins.format import ToolUse
from fdplattform.tools.letters.offered import ToolPlaceholder
from fdplattform.tools.letters.writing import Writer
from fdplattform.tools.statement.models import PointStatus, StatementPoint
from fdplattform.tools.statement.points import points_of
from fdplattform.tools.statement.schemas import STATUSES
from fdplattform.tools.statement.services import TOOL, owner_id
from fdplattform.translation.services import Texts, load_texts

_ = TranslationStringFactory("fdplattform")


def responses(session: Session, event: Event, use: ToolUse) -> Callable[[Writer], str]:
    """Writes, in a language, each point with what becomes of it; nothing as long as no point has a response."""

    def written(write: Writer) -> str:
        points = points_of(session, owner_id(event, use))
        if all(point.status is PointStatus.OPEN for point in points):
            return ""
        texts = load_texts(session, points, write.language)
        return "\n".join(_line(point, texts, write) for point in points)

    return written


def _line(point: StatementPoint, texts: Texts, write: Writer) -> str:
    status, response = write(dict(STATUSES)[point.status]), texts.get(point, "response").value
    said = f"{status}. {response}" if response else f"{status}."
    return f"{point.position}. {texts.get(point, 'text').value}: {said}"


RESPONSES = ToolPlaceholder(
    name="responses",
    tool=TOOL,
    title=_("The points of the statement with their responses"),
    page="erklaerung/",
    value=responses,
)
