"""The choice of a module. It stands in the address, so the form is sent by GET and not protected."""

from collections.abc import Mapping, Sequence

from lms.db import text_of
from lms.forms import ChoiceField, Form
from lms.i18n import gettext, language
from lms.i18n import lazy_gettext as _
from lms.reports.queries.modules import ReportModule


class ModuleForm(Form):
    """One module of a report, or all."""

    class Meta(Form.Meta):
        csrf = False

    module = ChoiceField(_("Module"), default="")

    def __init__(self, arguments: Mapping[str, str], modules: Sequence[ReportModule]) -> None:
        super().__init__(arguments)
        self.modules = modules
        titles = [(module.public_id, text_of(module.titles, language())) for module in modules]
        self.module.choices = [*self.others(), *titles]

    def others(self) -> list[tuple[str, str]]:
        """What can be chosen beside a module."""
        return [("", gettext("All modules"))]

    def chosen(self) -> ReportModule | None:
        """The module that is asked for."""
        return next((module for module in self.modules if module.public_id == self.module.data), None)

    def arguments(self) -> dict[str, str]:
        """What is chosen as an address holds it: what is empty or usual is left out."""
        return {"module": self.module.data} if self.module.data else {}

    def in_words(self) -> list[tuple[str, str]]:
        """(label, value) of what is chosen."""
        module = self.chosen()
        return [(gettext("Module"), text_of(module.titles, language()))] if module else []


class OneModuleForm(ModuleForm):
    """One module, the first unless another is asked for."""

    def __init__(self, arguments: Mapping[str, str], modules: Sequence[ReportModule]) -> None:
        super().__init__(arguments, modules)
        if modules and not self.module.data:
            self.module.data = modules[0].public_id

    def others(self) -> list[tuple[str, str]]:
        """There is nothing to say of all modules together."""
        return []
