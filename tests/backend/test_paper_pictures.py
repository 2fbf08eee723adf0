"""The example pages of the documentation can be drawn again."""

from pathlib import Path

from django.core.management import call_command
from PIL import Image

from tests.meta.source import ROOT


def test_the_pages_in_the_documentation_are_those_that_the_command_draws(tmp_path: Path) -> None:
    call_command("paper_pictures", folder=tmp_path, verbosity=0)
    drawn = {path.name: path for path in tmp_path.iterdir()}
    assert sorted(drawn) == ["paper-dossier.png", "paper-forms.png"]
    for name, path in drawn.items():
        assert Image.open(path).size == Image.open(ROOT / "docs" / "pictures" / name).size
