"""Renders forms with the templates in `templates/forms/`, and only with those: Deform's own break our rules."""

from importlib.resources import files
from typing import Any

from deform.template import ZPTRendererFactory

from fdplattform.forms.look import Look
from fdplattform.forms.messages import translate


class Renderer(ZPTRendererFactory):
    """Hands every template the `look` of its field."""

    def __call__(self, template_name: str, **values: Any) -> Any:
        return self.load(template_name)(**{"look": Look(values["field"]), **values})


def make_renderer() -> Renderer:
    """The renderer of all forms. Raises deform.exception.TemplateError for a widget that has no template of ours."""
    return Renderer((str(files("fdplattform.templates") / "forms"),), auto_reload=False, translator=translate)
