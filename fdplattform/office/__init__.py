"""My week: what somebody has to do, by when, in all their dialogues."""

from pyramid.config import Configurator
from translationstring import TranslationStringFactory

from fdplattform.dialogues.tasks import draft_tasks, first_tasks, phase_tasks
from fdplattform.events.series_tasks import synthesis_tasks
from fdplattform.events.tasks import event_tasks, follow_up_tasks
from fdplattform.findings.tasks import finding_tasks
from fdplattform.groups.tasks import group_tasks
from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")


def includeme(config: Configurator) -> None:
    config.add_task_source("first", first_tasks)
    config.add_task_source("drafts", draft_tasks)
    config.add_task_source("phases", phase_tasks)
    config.add_task_source("events", event_tasks)
    config.add_task_source("follow-ups", follow_up_tasks)
    config.add_task_source("series", synthesis_tasks)
    config.add_task_source("findings", finding_tasks)
    config.add_task_source("groups", group_tasks)
    config.add_menu_item("office", _("My week"), "/verwaltung", permission=Permission.WORK_VIEW, order=10)
