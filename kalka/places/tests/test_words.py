import ast
from pathlib import Path

from kalka.places import services
from kalka.ui.words import places as said


def test_every_refusal_of_the_module_has_words():
    here = Path(services.__file__).parent
    codes = {
        node.value
        for path in (here / "rules.py", here / "listing.py", here / "said.py", here / "services.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("places.")
    }
    steps = {"places.import", "places.write_list", "places.install_builtin", "places.install_file"}
    assert codes - steps == set(said.WORDS)
