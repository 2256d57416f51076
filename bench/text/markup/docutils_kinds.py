"""What docutils takes each line of reStructuredText files for: one letter a line.

Reads file names from standard input, one a line; writes one JSON line a file: {"file": …, "kinds": "WW.H…"}.
W words, H title, C code, M math, T table, K comment, X other markup, . blank
"""

import io
import json
import sys

import docutils.nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles, states

kinds = []  # of the lines of the file at hand


def mark(first, last, kind, override=False):
    """`first` and `last` are counted from 1."""
    for number in range(max(1, first), min(last, len(kinds) - 1) + 1):
        if override or kinds[number] == "X":
            if kinds[number] != ".":
                kinds[number] = kind


def wrap(owner, name, kind, skip_first=False, override=False):
    original = getattr(owner, name)

    def wrapped(self, *arguments, **options):
        first = self.state_machine.abs_line_number() + (1 if skip_first else 0)
        try:
            return original(self, *arguments, **options)
        finally:
            mark(first, self.state_machine.abs_line_number(), kind, override)

    setattr(owner, name, wrapped)


wrap(states.Body, "comment", "K")
wrap(states.Body, "doctest", "C")
wrap(states.Body, "table", "T", override=True)
wrap(states.Text, "literal_block", "C", skip_first=True)
wrap(states.Text, "quoted_literal_block", "C", skip_first=True)

paragraph = states.RSTState.paragraph
section = states.RSTState.section
run_directive = states.Body.run_directive
unknown_directive = states.Body.unknown_directive


def marked_paragraph(self, lines, lineno):
    mark(lineno, lineno + len(lines) - 1, "W")
    return paragraph(self, lines, lineno)


def marked_section(self, title, source, style, lineno, messages):
    mark(lineno - (1 if len(style) == 2 else 0), lineno + 1, "H", override=True)
    return section(self, title, source, style, lineno, messages)


field_marker = states.Body.field_marker


def marked_fields(self, match, context, next_state):
    """A field list above all words is the document's own."""
    first = self.state_machine.abs_line_number()
    is_docinfo = "W" not in kinds
    try:
        return field_marker(self, match, context, next_state)
    finally:
        if is_docinfo:
            mark(first, self.state_machine.abs_line_number(), "X", override=True)


states.Body.field_marker = marked_fields

opaque = {
    "C": "code code-block sourcecode parsed-literal raw prompt doctest testcode testsetup testcleanup testoutput "
    "productionlist graphviz mermaid uml highlight ipython code-cell console snippet",
    "M": "math",
    "T": "table list-table csv-table",
    "X": "contents toctree include image index meta unicode replace literalinclude class-diagram",
}
letters = {name: letter for letter, names in opaque.items() for name in names.split()}


def marked_directive(self, directive, match, type_name, option_presets):
    first = self.state_machine.abs_line_number()
    result = run_directive(self, directive, match, type_name, option_presets)
    letter = letters.get(type_name.lower())
    if letter:
        mark(first, self.state_machine.abs_line_number(), letter, override=True)
    return result


def marked_unknown(self, type_name):
    first = self.state_machine.abs_line_number()
    result = unknown_directive(self, type_name)
    mark(first, self.state_machine.abs_line_number(), "C", override=True)
    return result


states.RSTState.paragraph = marked_paragraph
states.RSTState.section = marked_section
states.Body.run_directive = marked_directive
states.Body.unknown_directive = marked_unknown


class Any(dict):
    """Every option is known and any value will do."""

    def __bool__(self):
        return True

    def __contains__(self, key):
        return True

    def __getitem__(self, key):
        return directives.unchanged


class Words(Directive):
    """A directive of Sphinx that holds prose and takes no argument."""

    has_content = True
    option_spec = Any()

    def run(self):
        node = docutils.nodes.container()
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class Described(Words):
    """A directive of Sphinx with an argument that is no prose."""

    optional_arguments = 1
    final_argument_whitespace = True


class Version(Described):
    """`versionadded:: 1.2 Words`: the argument's words are prose."""

    def run(self):
        words = (self.arguments or [""])[0].split(None, 1)
        if len(words) > 1:
            mark(self.lineno, self.lineno + self.arguments[0].count("\n"), "W")
        return super().run()


class Opaque(Described):
    def run(self):
        return []


for name in "seealso todo impl-detail".split():
    directives.register_directive(name, Words)
for name in (
    "only glossary hlist function method class attribute data exception describe object option cmdoption program "
    "confval envvar directive role staticmethod classmethod decorator property type var macro member struct enum "
    "module setting django-admin django-admin-option templatetag templatefilter fieldlookup tab tabs rst-class centered"
).split():
    directives.register_directive(name, Described)
    for domain in ("py", "c", "cpp", "js", "rst", "std"):
        directives.register_directive(f"{domain}:{name}", Described)
for name in "versionadded versionchanged versionremoved deprecated".split():
    directives.register_directive(name, Version)
for name in (
    "toctree index literalinclude highlight currentmodule codeauthor sectionauthor moduleauthor autosummary automodule "
    "autoclass autofunction automethod tabularcolumns include raw image csv-table"
).split():
    directives.register_directive(name, Opaque)
    letters.setdefault(name, "X")
roles._roles[""] = lambda *arguments, **options: ([], [])
roles.role = lambda *arguments: ((lambda *a, **o: ([], [])), [])


def kinds_of(file):
    global kinds
    with open(file, encoding="utf-8", errors="replace", newline=None) as stream:
        text = stream.read().replace("\x0c", " ")
    lines = text.split("\n")
    kinds = ["-"] + ["X" if line.strip() else "." for line in lines]
    settings = {
        "report_level": 5,
        "halt_level": 6,
        "input_encoding": "unicode",
        "file_insertion_enabled": False,
        "raw_enabled": True,
        "_disable_config": True,
        "warning_stream": io.StringIO(),
        "doctitle_xform": False,
        "docinfo_xform": False,
        "sectsubtitle_xform": False,
    }
    publish_doctree(text, source_path=file, settings_overrides=settings)
    return "".join(kinds[1:])


for file in sys.stdin.read().split("\n"):
    if file:
        try:
            print(json.dumps({"file": file, "kinds": kinds_of(file)}), flush=True)
        except Exception as error:
            print(json.dumps({"file": file, "error": f"{type(error).__name__}: {error}"}), flush=True)
