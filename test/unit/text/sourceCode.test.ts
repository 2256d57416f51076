import { describe, expect, test } from 'vitest';
import { holdsSentences } from '../../../src/text/block.ts';
import { CaretReader } from '../../../src/text/caretReader.ts';
import { readText } from '../../../src/text/readText.ts';
import { unwrapped } from '../../../src/text/sentences.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';
import { atCaret } from '../writing/support/atCaret.ts';
import { checkReading } from './support/outline.ts';

/** What a person wrote in words, one entry a paragraph. */
function wordsIn(languageId: string, code: string): string[] {
  const reading = readText(code, languageId);
  checkReading(reading);
  return reading.blocks.filter(holdsSentences).map((block) => unwrapped(reading, block));
}

const lines = (...all: string[]): string => all.join('\n');

const files: readonly (readonly [languageId: string, code: string, words: readonly string[]])[] = [
  ['typescript', '// One line.\nconst a = 1;\n', ['One line.']],
  ['typescript', '// One line that\n// goes on.\n\n// Another.\n', ['One line that goes on.', 'Another.']],
  ['typescript', '// One.\n//\n// Two.\n', ['One.', 'Two.']],
  ['typescript', 'const a = 1; // The first.\nconst b = 2; // The second.\n', ['The first.', 'The second.']],
  ['typescript', 'const a = "// no comment"; // A comment.\n', ['A comment.']],
  ['typescript', "const a = '/* none */';\n", []],
  ['typescript', 'const a = `\n// no comment\n`;\n// One.\n', ['One.']],
  ['typescript', '/* One. */\n/** Two. */\n', ['One.', 'Two.']],
  ['typescript', '/**\n * One that\n * goes on.\n *\n * Two.\n */\nfunction f() {}\n', ['One that goes on.', 'Two.']],
  ['typescript', '/*\n   Without stars\n   it goes on.\n*/\n', ['Without stars it goes on.']],
  ['typescript', '/** One\n * two. */\n', ['One two.']],
  [
    'typescript',
    '/**\n * Adds.\n * @param {number} a - The first one\n * that goes on.\n * @param b The second one.\n * @returns {number} The sum.\n * @see other\n * @internal\n */\n',
    ['Adds.', 'The first one that goes on.', 'The second one.', 'The sum.'],
  ],
  ['typescript', '/**\n * Adds.\n * @example\n * add(1, 2);\n * // three\n * @since 1.0\n */\n', ['Adds.']],
  ['typescript', '/**\n * Adds:\n * ```ts\n * add(1);\n * ```\n * And so on.\n */\n', ['Adds:', 'And so on.']],
  ['typescript', '/**\n * Does:\n * - one\n * - two\n *   and more\n */\n', ['Does:', 'one', 'two and more']],
  [
    'typescript',
    '// eslint-disable-next-line no-console\n// @ts-expect-error\n// #region x\n// SPDX-License-Identifier: MIT\n',
    [],
  ],
  ['typescript', '// const a = 1;\n// foo(bar)\n// if (x) {\n// }\n', []],
  ['typescript', '/* one */ const a = 1; /* two */\n', ['two']],
  ['typescript', '/* one */ const a = 1;\n', []],
  ['typescript', '// ------\n// Part one\n// ======\n', ['Part one']],
  ['typescript', '// See https://a.b/c for more.\n', ['See https://a.b/c for more.']],
  ['typescript', 'x = a / b; // One.\ny = c /* d */ / e;\n', ['One.']],
  ['python', '# One\n# goes on.\nx = 1  # Two.\n', ['One goes on.', 'Two.']],
  ['python', '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# One.\n', ['One.']],
  ['python', '"""The module.\n\nIt does things.\n"""\nimport os\n', ['The module.', 'It does things.']],
  ['python', "def f():\n    '''One.'''\n    return 1\n", ['One.']],
  ['python', 'def f():\n    r"""One\n    goes on.\n    """\n', ['One goes on.']],
  ['python', 'x = """\nNo docstring. At all.\n"""\n', []],
  ['python', 'f(\n    """No docstring."""\n)\nf(a,\n  """None."""\n)\n', []],
  ['python', 'return """None."""\n', []],
  ['python', "x = '#' # One.\ny = \"it's # none\"\n", ['One.']],
  [
    'python',
    'def f(x):\n    """Adds.\n\n    Args:\n        x (int): The first one\n            that goes on.\n        *args: The others.\n\n    Returns:\n        The sum.\n    """\n',
    ['Adds.', 'The first one that goes on.', 'The others.', 'The sum.'],
  ],
  [
    'python',
    'def f(x):\n    """Adds.\n\n    :param x: The first one.\n    :type x: int\n    :returns: The sum.\n    """\n',
    ['Adds.', 'The first one.', 'int', 'The sum.'],
  ],
  ['python', 'def f(x):\n    """Adds.\n\n    >>> f(1)\n    2\n    """\n', ['Adds.']],
  ['python', '# type: ignore\n# noqa: E501\n# x = 1\n', []],
  ['rust', "/// Adds a lifetime.\nfn f<'a>(x: &'a str) {} // One.\n", ['Adds a lifetime.', 'One.']],
  [
    'rust',
    '//! The crate.\n/* outer /* inner */ still */ // None.\nlet x = 1; // Two.\n',
    ['The crate.', 'None.', 'Two.'],
  ],
  ['rust', 'let x = r#"// none"#; // One.\nlet c = \'"\'; // Two.\n', ['One.', 'Two.']],
  ['rust', '/// Adds.\n///\n/// ```\n/// add(1);\n/// ```\n', ['Adds.']],
  ['go', '// Package a does.\n//\n//\tcode here\n//\n// And so on.\npackage a\n', ['Package a does.', 'And so on.']],
  ['go', 'x := `// none\n// none` // One.\n//go:generate x\n', ['One.']],
  ['c', "/* One\n * two.\n */\nint x; /* three */\nchar c = '\"'; // four\n", ['One two.', 'three', 'four']],
  [
    'c',
    '/**\n * \\brief Adds.\n * \\param x The first.\n * \\return The sum.\n */\n#include <a.h> // One.\n',
    ['Adds.', 'The first.', 'The sum.', 'One.'],
  ],
  ['cpp', 'auto s = R"(\n// none\n)"; // One.\n', ['One.']],
  [
    'csharp',
    '/// <summary>\n/// Adds.\n/// </summary>\n/// <param name="x">The first.</param>\n/// <returns>The sum.</returns>\n',
    ['Adds.', 'The first.', 'The sum.'],
  ],
  ['csharp', 'var s = @"\n// none\n"; // One.\n', ['One.']],
  [
    'java',
    '/**\n * Adds {@code x}.\n * <p>More of it.\n * @throws IOException if it fails\n */\nString s = """\n  // none\n  """;\n',
    ['Adds {@code x}.', 'More of it.', 'if it fails'],
  ],
  ['kotlin', '/* a /* b */ c */\nval x = 1 // One.\n', ['a /* b */ c', 'One.']],
  [
    'swift',
    '/// Adds.\n/// - Parameter x: The first.\nlet s = """\n// none\n"""\n// MARK: -\n',
    ['Adds.', 'Parameter x: The first.'],
  ],
  ['ruby', '# One\n# goes on.\nx = "#{y}" # Two.\n=begin\nThree.\n=end\n', ['One goes on.', 'Two.', 'Three.']],
  ['ruby', 'x = <<~SQL\n  # none\n  select 1\nSQL\n# One.\n# frozen_string_literal: true\n', ['One.']],
  ['shellscript', '#!/bin/sh\n# One.\ncat <<EOF\n# none\nEOF\necho "a # b" # Two.\necho $x#y\n', ['One.', 'Two.']],
  ['shellscript', "cat <<'END'\n# none\nEND\n# One.\n# shellcheck disable=SC1\n", ['One.']],
  [
    'php',
    '<?php\n// One.\n# Two.\n/** Three. */\n$x = "// none";\n$y = <<<EOT\n// none\nEOT;\n',
    ['One. Two.', 'Three.'],
  ],
  ['lua', '-- One.\n--[[ Two\ngoes on. ]]\nx = [[\n-- none\n]]\n', ['One.', 'Two goes on.']],
  ['haskell', '-- | One.\n{- a {- b -} c -}\nx = "-- none" -- Two.\nf\' x = x\n', ['One.', 'a {- b -} c', 'Two.']],
  ['sql', "-- One.\nselect '-- none' -- Two.\n/* Three. */\n", ['One.', 'Two.', 'Three.']],
  ['css', '/* One. */\na { color: red; /* Two. */ }\nb { content: "/* none */" }\n', ['One.']],
  ['scss', '// One.\n/* Two. */\n', ['One.', 'Two.']],
  ['yaml', '# One.\nkey: value # Two.\nurl: http://a#b\n', ['One.', 'Two.']],
  ['toml', '# One.\nkey = "# none" # Two.\n', ['One.', 'Two.']],
  ['ini', '; One.\n# Two.\n', ['One. Two.']],
  ['makefile', '# One.\nall: # Two.\n\techo "# none"\n', ['One.', 'Two.']],
  ['dockerfile', '# One.\nFROM x\nRUN echo a#b\n', ['One.']],
  ['powershell', '# One.\n<#\nTwo\ngoes on.\n#>\n$x = @"\n# none\n"@\n', ['One.', 'Two goes on.']],
  [
    'perl',
    '# One.\n$x = "#"; # Two.\nprint <<"EOT";\n# none\nEOT\n=pod\n\nThree.\n\n=cut\n',
    ['One.', 'Two.', 'Three.'],
  ],
  ['elixir', '# One.\n@doc """\nTwo\ngoes on.\n"""\nx = """\nnone\n"""\n', ['One.', 'Two goes on.']],
  ['julia', '# One.\n#= a #= b =# c =#\n', ['One.', 'a #= b =# c']],
  ['clojure', ';; One.\n(def x ";none") ; Two.\n', ['One.', 'Two.']],
  ['lisp', ";;; One.\n#| Two. |#\n(quote 'a) ; Three.\n", ['One.', 'Two.', 'Three.']],
  ['ocaml', '(* One (* two *) three. *)\nlet x = "(* none *)"\n', ['One (* two *) three.']],
  ['ada', "X : Character := '\"'; -- One.\n", ['One.']],
  ['r', "#' @title One\n#' @param x The first.\n\n# Two.\n", ['One', 'The first.', 'Two.']],
  ['erlang', '%% One.\nx() -> "%". % Two.\n', ['One.', 'Two.']],
  ['dart', "/// One.\nvar x = '''\n// none\n''';\n", ['One.']],
  ['jsonc', '{\n  // One.\n  "a": "// none" /* Two. */\n}\n', ['One.', 'Two.']],
];

test.each(files)('%s: %j', (languageId, code, words) => {
  expect(wordsIn(languageId, code)).toEqual(words);
  expect(wordsIn(languageId, code.replaceAll('\n', '\r\n'))).toEqual(words);
});

describe('at the caret', () => {
  const places: readonly (readonly [languageId: string, drawn: string, zone: string])[] = [
    ['typescript', '// The ‖', 'comment'],
    ['typescript', '/**\n * ‖', 'comment'],
    ['typescript', '/**\n * The ‖', 'comment'],
    ['typescript', '/**\n * @par‖', 'directive'],
    ['typescript', '/**\n * @param x The ‖', 'comment'],
    ['typescript', '/**\n * ```\n * the ‖', 'code'],
    ['typescript', '/**\n * @example\n * the ‖', 'code'],
    ['typescript', 'const a = `\n// the ‖', 'code'],
    ['typescript', 'f(); // see https://a.‖', 'linkTarget'],
    ['typescript', '/* x */ ‖', 'code'],
    ['python', 'x = """\nthe ‖', 'code'],
    ['python', 'def f():\n    """The ‖', 'comment'],
    ['python', 'def f():\n    """\n    The ‖', 'comment'],
    ['shellscript', 'cat <<EOF\n# the ‖', 'code'],
    ['rust', "fn f<'a>() {} // The ‖", 'comment'],
    ['rust', '/* a /* b */ the ‖', 'comment'],
    ['lua', '--[[\nthe ‖', 'comment'],
    ['haskell', '{- the ‖', 'comment'],
    ['csharp', '/// <summary>\n/// The ‖', 'comment'],
    ['sql', "select '-- the ‖", 'code'],
    ['sql', '-- The ‖', 'comment'],
    ['css', 'a { /* the ‖', 'comment'],
  ];
  test.each(places)('%s: %j is %s', (languageId, drawn, zone) => {
    const request = atCaret(drawn, { languageId });
    expect(new CaretReader().zoneAt(request, request.prefix, caretOf(request))).toBe(zone);
  });
});

test('what is no comment is code, byte for byte', () => {
  const code = lines('/** Adds. */', 'function add(a, b) {', '  return a + b; // The sum.', '}', '');
  const { blocks } = readText(code, 'javascript');
  expect(blocks.filter(({ kind }) => kind === 'code').map(({ start, end }) => code.slice(start, end))).toEqual([
    'function add(a, b) {',
    '}',
  ]);
  const trailing = blocks.find(({ start }) => code.slice(start).startsWith('  return'))!;
  expect(code.slice(trailing.contentStart, trailing.contentEnd)).toBe('The sum.');
});
