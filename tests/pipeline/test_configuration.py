import json
from dataclasses import replace

import jsonschema
import pytest

from auditor.errors import ConfigError
from auditor.pipeline.cache import ResultCache
from auditor.pipeline.config import ConfigFinder, line_of, load_config, schema
from auditor.pipeline.knowledge import knowledge


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_the_nearest_file_wins_for_each_document(here):
    write(here / "auditor.toml", 'min-confidence = "high"')
    write(here / "a/auditor.toml", 'min-confidence = "medium"')
    finder = ConfigFinder()
    assert finder.for_path("x.md").min_confidence == "high"
    assert finder.for_path("a/b/x.md").min_confidence == "medium"


def test_within_a_folder_dotfile_before_plain_before_pyproject(here):
    write(here / "pyproject.toml", '[tool.auditor]\nfail-on = "note"')
    assert ConfigFinder().near(here).fail_on == "note"
    write(here / "auditor.toml", 'fail-on = "warning"')
    assert ConfigFinder().near(here).fail_on == "warning"
    write(here / ".auditor.toml", 'fail-on = "never"')
    assert ConfigFinder().near(here).fail_on == "never"


def test_a_pyproject_without_the_table_is_passed_by(here):
    write(here / "auditor.toml", 'fail-on = "never"')
    write(here / "a/pyproject.toml", '[project]\nname = "x"')
    assert ConfigFinder().near(here / "a").fail_on == "never"


def test_nothing_is_merged_unless_extended(here):
    write(
        here / "auditor.toml",
        'ignore = ["hiring"]\nfail-on = "note"\n[thresholds]\ncustomer_remedy_limit = 10\ncurrency = "EUR"',
    )
    write(here / "a/auditor.toml", 'select = ["service"]')
    assert ConfigFinder().near(here / "a").settings.ignore == ()
    write(
        here / "b/auditor.toml",
        'extend = "../auditor.toml"\nselect = ["service"]\n[thresholds]\ncustomer_remedy_limit = 20',
    )
    config = ConfigFinder().near(here / "b")
    assert (config.settings.ignore, config.settings.select, config.fail_on) == (
        ("hiring",),
        ("service",),
        "note",
    )
    assert dict(config.settings.thresholds) == {"customer_remedy_limit": 20, "currency": "EUR"}
    assert [file.parent.name for file in config.files] == [here.name, "b"]


def test_several_bases_in_their_order_none_of_them_lost(here):
    write(here / "one.toml", 'ignore = ["hiring"]\nfail-on = "note"')
    write(here / "two.toml", 'select = ["service"]')
    write(here / "auditor.toml", 'extend = ["one.toml", "two.toml"]')
    config = ConfigFinder().near(here)
    assert (config.settings.ignore, config.settings.select, config.fail_on) == (
        ("hiring",),
        ("service",),
        "note",
    )


def test_a_circle_of_files_is_refused(here):
    write(here / "auditor.toml", 'extend = "b.toml"')
    write(here / "b.toml", 'extend = "auditor.toml"')
    with pytest.raises(ConfigError, match="extends itself"):
        load_config(here / "auditor.toml")


def test_an_extended_file_that_is_missing_is_named_with_its_line(here):
    write(here / "auditor.toml", '\nextend = "gone.toml"')
    with pytest.raises(ConfigError, match=r"auditor\.toml:2: extends gone\.toml"):
        load_config(here / "auditor.toml")


def test_overrides_hold_for_their_paths_and_add_to_what_is_ignored(here):
    write(
        here / "auditor.toml",
        'ignore = ["hiring"]\n[[overrides]]\npaths = ["drafts/"]\nignore = ["voice"]\nmin-confidence = "high"\n'
        '[[overrides]]\npaths = ["*.txt"]\nmin-confidence = "medium"\n',
    )
    finder = ConfigFinder()
    assert finder.for_path("a.md").ignore == ("hiring",)
    draft = finder.for_path("drafts/a.md")
    assert (draft.ignore, draft.min_confidence) == (("hiring", "voice"), "high")
    assert finder.for_path("drafts/a.txt").min_confidence == "medium"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('\nselct = ["x"]', r'auditor\.toml:2: unknown key "selct" \(did you mean "select"\?\)'),
        (
            '[[overrides]]\npaths = ["a"]\nignor = []',
            r'auditor\.toml:3: unknown key "ignor" \(did you mean "ignore"\?\)',
        ),
        ('fail-on = "eror"', r'auditor\.toml:1: fail-on: .*did you mean "error"'),
        ("min-coverage = 2", r"auditor\.toml:1: min-coverage: 2 is greater than"),
        ("select = 5", r"auditor\.toml:1: select: 5 is not of type"),
        ('[severities]\n"hiring" = "fatal"', r"auditor\.toml:2: severities\.hiring"),
        ("select = [", r"auditor\.toml: is not valid TOML"),
    ],
)
def test_mistakes_are_located_and_suggest_what_was_meant(here, text, says):
    with pytest.raises(ConfigError, match=says):
        load_config(write(here / "auditor.toml", text))


def test_all_mistakes_are_told_at_once(here):
    with pytest.raises(ConfigError) as caught:
        load_config(write(here / "auditor.toml", "selct = []\nignor = []\nmin-coverage = 7"))
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'ignore = [\n  "empowerment/neds-approval",\n]',
            r'auditor\.toml:2: unknown rule .*did you mean "empowerment/needs-approval"',
        ),
        (
            'select = ["empowerment:custmer"]',
            r'auditor\.toml:1: unknown scope "custmer" \(did you mean "customer"',
        ),
        (
            "[thresholds]\ncustomer_remedy_limt = 3",
            r'auditor\.toml:2: unknown threshold .*did you mean "customer_remedy_limit"',
        ),
        (
            '[vocabulary]\nsuperior = ["boss"]',
            r'auditor\.toml:2: unknown word list .*did you mean "superiors"',
        ),
        ('\n[severities]\n"hirings" = "note"', r'auditor\.toml:3: unknown rule or dimension "hirings"'),
    ],
)
def test_words_the_packs_do_not_know_are_located(here, tiny_pack, text, says):
    settings = load_config(write(here / "auditor.toml", text)).settings
    with pytest.raises(ConfigError, match=says):
        knowledge(replace(settings, packs=(str(tiny_pack),)), ResultCache(None))


def test_packs_are_found_beside_the_file_that_names_them(here, tiny_pack):
    write(here / "sub/auditor.toml", 'packs = ["../tiny-pack", "customer-focus"]')
    assert ConfigFinder().near(here / "sub").settings.packs == ("tiny-pack", "customer-focus")


def test_the_starting_configuration_is_valid_and_changes_nothing(here):
    from auditor.cli.setup import TEMPLATES
    from auditor.pipeline.settings import Settings

    config = load_config(write(here / "auditor.toml", (TEMPLATES / "auditor.toml").read_text()))
    assert config.settings == Settings()


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(json.dumps(schema())))


def test_lines_are_found_below_the_right_table():
    text = 'ignore = ["a"]\n[x]\nignore = ["b"]\n["y.z"]\nk = 1\n'
    assert line_of(text, ["ignore"]) == 1
    assert line_of(text, ["x", "ignore"]) == 3
    assert line_of(text, ["y.z", "k"]) == 5
