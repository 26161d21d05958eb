"""Choose a format: compare what is offered here, or be advised."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.choosing.tasks import choosing_tasks
from fdplattform.dialogues.resources import DialogueResource
from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    config.add_toolbar_link(
        DialogueResource, "format-waehlen", _("New event"), permission=Permission.EVENT_CREATE, order=20
    )
    config.add_task_source("choosing", choosing_tasks)
