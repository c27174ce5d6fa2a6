"""The pages of the reference, made from what they describe, so that none of them can fall behind it."""

from __future__ import annotations

import argparse
import ast
import io
import os
import re
import tokenize
from collections.abc import Iterator, Mapping
from inspect import getdoc, isclass, isfunction
from pathlib import Path
from typing import Any

import cleaners
import scraper.settings
from cleaners.cli import command_line
from cleaners.data import FIELDS, KEPT, Label
from cleaners.label.neighbours import HTML_PAGE_RULES, HTML_STORY_RULES, PAGE_RULES, STORY_RULES
from cleaners.label.rules import rules
from cleaners.records.schema import article_schema

COLUMNS = "80"
"""How wide the help of the commands is printed."""

SECTION = re.compile(r"^# --- (.+?) -+$")
MODULES = ("cleaners.errors", "cleaners.datatrove", "scraper.addon", "scraper.web_poet.addon")
"""Modules beside `cleaners` itself that people import from."""

SETTINGS_HEAD = "\n| setting | default | what it is |\n|---|---|---|\n"
ADDRESS = re.compile(r"https://\S+")

NAMED = "{show_root_heading: true, show_root_toc_entry: true, show_root_full_path: false}"
"""The options of a part that has its name as a heading."""

Page = tuple[str, str]


def reference_pages() -> Iterator[Page]:
    """The name and the text of each page."""
    yield "python.md", python_page()
    yield "commands.md", commands_page()
    yield "record.md", record_page()
    yield "labels.md", labels_page()
    yield "settings.md", settings_page()


def python_page() -> str:
    """What callers from Python may use: mkdocstrings puts the docstrings in."""
    names = sorted(cleaners.__all__, key=lambda name: (kind_of_name(name), cleaners.__all__.index(name)))
    parts = ["# Python\n\n## cleaners\n\n::: cleaners\n    options: {members: false}\n"]
    parts += [f"::: {home(name)}\n    options: {NAMED}\n" for name in names]
    parts += [f"## {module}\n\n::: {module}\n" for module in MODULES]
    return "\n".join(parts)


def kind_of_name(name: str) -> int:
    """Functions come first, then classes, then constants."""
    value = getattr(cleaners, name)
    return 0 if isfunction(value) else 1 if isclass(value) else 2


def home(name: str) -> str:
    """Where a public name is defined. Constants are, with the values, in `cleaners.data`."""
    return f"{getattr(getattr(cleaners, name), '__module__', 'cleaners.data')}.{name}"


def commands_page() -> str:
    """The help of each command as it is printed."""
    os.environ["COLUMNS"] = COLUMNS
    parser = command_line()
    (commands,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    helps = [("copydesk", parser), *((f"copydesk {name}", each) for name, each in sorted(commands.choices.items()))]
    parts = [f"## {name}\n\n```text\n{each.format_help().rstrip()}\n```\n" for name, each in helps]
    return "\n".join(["# Commands\n", *parts])


def record_page() -> str:
    """The fields of the record, from its JSON Schema."""
    schema = article_schema()
    definitions = schema["$defs"]
    rows = [(name, *field_row(field, definitions)) for name, field in schema["properties"].items()]
    table = "".join(f"| `{name}` | {kind} | {text} |\n" for name, kind, text in rows)
    return (
        f"# The record\n\n{schema['description']} This is made from the schema, which `copydesk schema` prints;"
        " [what comes out](../docs/record.md) says more.\n\n| field | type | what it is |\n|---|---|---|\n" + table
    )


def field_row(field: Mapping[str, Any], definitions: Mapping[str, Any]) -> tuple[str, str]:
    """The type of a field and what it is."""
    whole = {**definitions.get(field.get("$ref", "").removeprefix("#/$defs/"), {}), **field}
    return kind_of(whole, definitions), whole.get("description", "").replace("|", "\\|")


def kind_of(field: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """The type of a field in words: `text or null`, `list of objects (url, alt)`."""
    field = {**definitions.get(field.get("$ref", "").removeprefix("#/$defs/"), {}), **field}
    if "oneOf" in field:
        return " or ".join(sorted((kind_of(each, definitions) for each in field["oneOf"]), key="null".__eq__))
    if "enum" in field:
        return "one of " + ", ".join(f"`{value}`" for value in field["enum"])
    if field["type"] == "array":
        return f"list of {kind_of(field['items'], definitions)}"
    if field["type"] == "object":
        return f"object ({', '.join(f'`{name}`' for name in field.get('properties', ()))})".replace(" ()", "")
    stated = field["type"] if isinstance(field["type"], list) else [field["type"]]
    return " or ".join("text" if kind == "string" else kind for kind in stated)


def labels_page() -> str:
    """The labels with the rules that give them."""
    sides = {
        Label(each): "kept in `text`" if each in KEPT else "a field" if each in FIELDS else "dropped" for each in Label
    }
    table = "".join(f"| [`{label}`](#{label}) | {side} |\n" for label, side in sides.items())
    sections = "\n".join(f"## {label}\n\n{rules_of(label)}" for label in Label)
    return (
        f"# The labels\n\n{getdoc(Label)} The audit names the rule behind each verdict. `en/skip-link` is the rule"
        " `skip-link` in `cleaners/label/phrases/en.toml`; the other rules are the learned scorer (`scorer`), what the"
        f" markup says, and rules on neighbours.\n\n| label | what becomes of it |\n|---|---|\n{table}\n{sections}\n"
        f"## Rules on neighbours\n\nThey may give any label.\n\n{neighbours_table()}"
    )


def rules_of(label: Label) -> str:
    """The phrase rules that give a label, each with its first example."""
    found = [rule for rule in rules() if rule.verdict.label is label]
    if not found:
        return "No rule on phrases gives this label: scorers, markup and neighbours do.\n"
    rows = "".join(
        f"| `{rule.name}` | {rule.where} | {rule.verdict.confidence:.2f} | {cell(rule.match[0])} |\n"
        for rule in sorted(found, key=lambda rule: rule.name)
    )
    return f"| rule | looked for | confidence | for example |\n|---|---|---|---|\n{rows}"


def neighbours_table() -> str:
    """The rules on neighbours with the first sentence of what each says of itself."""
    each = dict.fromkeys([*PAGE_RULES, *STORY_RULES, *HTML_PAGE_RULES, *HTML_STORY_RULES])
    rows = ((rule.__name__.replace("_", "-"), (getdoc(rule) or "").partition("\n\n")[0]) for rule in each)
    return "| rule | what it does |\n|---|---|\n" + "".join(f"| `{name}` | {cell(text)} |\n" for name, text in rows)


def settings_page() -> str:
    """The settings of crawls with their defaults and the remarks behind them."""
    source = Path(scraper.settings.__file__).read_text("utf-8")
    remarks = comments(source)
    sections = {line: found[1] for line, comment in remarks.items() if (found := SECTION.match(comment))}
    about = ADDRESS.sub(lambda found: f"<{found[0]}>", getdoc(scraper.settings) or "")
    text = f"# Settings of crawls\n\n{about}\n{SETTINGS_HEAD}"
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            for line in [line for line in sections if line < node.lineno]:
                text += f"\n## {sections.pop(line)}\n{SETTINGS_HEAD}"
            name = ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
            remark = cell(remarks.get(node.lineno, "").lstrip("# "))
            text += f"| `{name}` | {default(node.value, source)} | {remark} |\n"
    return text


def comments(source: str) -> dict[int, str]:
    """The comment on each line that has one."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def default(value: ast.expr, source: str) -> str:
    """A default as it is written; of tables the number of entries, since they say how the parts are wired."""
    if isinstance(value, ast.Dict) and len(value.keys) > 1:
        return f"{len(value.keys)} entries"
    return f"`{ast.get_source_segment(source, value)}`"


def cell(text: str) -> str:
    """A text as the cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
