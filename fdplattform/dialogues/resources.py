"""`/kommunen/{municipality}/{dialogue}`"""

from dataclasses import dataclass

from pyramid.authorization import Allow, Everyone
from pyramid.config import Configurator
from pyramid.request import Request

from fdplattform.dialogues.models import Dialogue, DialogueState
from fdplattform.dialogues.services import find_dialogue
from fdplattform.municipalities.resources import MunicipalityResource
from fdplattform.security.permissions import Permission
from fdplattform.web.tree import Acl, Resource


@dataclass(kw_only=True)
class DialogueResource(Resource):
    """A dialogue. A draft is seen by the municipality's staff only, whose rights come from the municipality."""

    dialogue: Dialogue

    def __acl__(self) -> Acl:
        if self.dialogue.state is DialogueState.DRAFT:
            return []
        return [(Allow, Everyone, Permission.DIALOGUE_VIEW)]

    def page_title(self, request: Request) -> str:
        """For the breadcrumbs: the title in the reader's language."""
        return str(request.texts(self.dialogue).get(self.dialogue, "title"))


def dialogue_resource(parent: MunicipalityResource, dialogue: Dialogue) -> DialogueResource:
    """The resource of `dialogue`, e.g. to make addresses with."""
    return DialogueResource(__name__=dialogue.slug, __parent__=parent, request=parent.request, dialogue=dialogue)


def _find_dialogue(parent: MunicipalityResource, name: str) -> Resource | None:
    dialogue = find_dialogue(parent.request.db, parent.municipality.id, name)
    return None if dialogue is None else dialogue_resource(parent, dialogue)


def includeme(config: Configurator) -> None:
    config.add_child_finder(MunicipalityResource, _find_dialogue)
