/** Carets in programs and in files of settings: `comment`, or nothing shown. */
const raw = String.raw;

export const commentPlaces: Readonly<Record<string, Readonly<Record<'comment' | 'silent', readonly string[]>>>> = {
  python: {
    comment: [
      'def sail():\n    """Set the sails and leave the har',
      '# The list is sorted so that the old',
      '"""Sum.\n\n:param x: the number that is ad',
      'x = 1  # the number of boats that are still in the har',
      'class Boat:\n    r"""A boat that knows the way to the next har',
      "def f():\n    '''Return the boats that left the har",
    ],
    silent: [
      'x = "the wind is we',
      '"""\n>>> sail()\n\'the wi',
      'print(f"the boat # {n} is in the har',
      '#!/usr/bin/env pyth',
      "s = '# the wind is we",
      'x = """not a docstring # the wi',
      'sail(the_bo',
    ],
  },
  rust: {
    comment: [
      '/// Returns the number of boats that are still in the har',
      '//! This module keeps the names of all the bo',
      '/* one /* two */ still the com',
      "let c = '\"'; // the mark that opens a str",
    ],
    silent: ['/// ```\n/// let x = the_va', 'let s = r#"the " // quo', 'let s = "a // the bo'],
  },
  go: {
    comment: ['// Package boat keeps the names of all the bo', "r := '\"' // the mark that opens a str"],
    silent: ['s := `// not a com', 's := `a\n// still not a com'],
  },
  javascript: {
    comment: [
      '/**\n * Returns the boat that left the harbour la',
      'const a = b / c; // the share of the boats that are in the har',
      'const re = /[/]/; // the mark between two fold',
    ],
    silent: [
      'const s = `the // wi',
      raw`const re = /\/\/ the`,
      '/**\n * @param {Str',
      'const url = "http://the.bo',
      'const s = `a ${b} // the bo',
    ],
  },
  typescript: {
    comment: ['/** The boat that left the harbour la', '// see the list of the boats that are wai'],
    silent: ["const s: string = 'the // bo", '/// <reference path="./the-bo'],
  },
  shellscript: {
    comment: ['# Stop when one of the commands fai', 'echo "a # b" # the mark within quotes is no com'],
    silent: [
      '#!/usr/bin/env ba',
      'cat <<EOF\n# this is not a com',
      'echo ${#arr',
      'echo a#not_a_com',
      "echo '\n# not a com",
    ],
  },
  yaml: {
    comment: ['# The name under which the server is kno', 'port: 80 # the port on which the server list'],
    silent: [
      'description: The server that kee',
      'run: |\n  # comment in a scrip',
      'url: http://a#b',
      'title: "a # the bo',
    ],
  },
  c: {
    comment: [
      '/* The buffer is freed by the cal',
      '// the first line of the note \\\nand the second line of the sa',
      '// one \\\ntwo \\\nand the third line of the sa',
      '// one ??/ \nint x; // the number of bo',
      '#define A 1 /* the first of the two val',
    ],
    silent: [
      'char *s = "/* not a com',
      '// one\nint the_bo',
      '// one \\\ntwo\nint the_bo',
      'char *s = "a\\\n// the bo',
    ],
  },
  cpp: {
    comment: ['/// The boat that left the harbour la', '// a path such as C:\\temp\\\nis still a part of the com'],
    silent: ['auto s = R"(// not a com', 'auto s = R"x(\n/* )" not a com'],
  },
  sql: {
    comment: [
      '-- All boats that have not paid their fe',
      "select '--' -- the mark of a com",
      '/* All boats that have not paid th',
    ],
    silent: ["select '-- the", "select 'it''s -- the"],
  },
  lua: {
    comment: ['--[[ The list of boats that are wai', '--[==[ a ]] still the com', '-- one line about the bo'],
    silent: ['x = [[ -- not a com', 'x = "-- not a com'],
  },
  haskell: {
    comment: ['{- The list {- of -} boats that are wai', '-- | The list of boats that are wai'],
    silent: ['x = "-- not a com', 'a --> the_bo'],
  },
  css: { comment: ['/* The colour of the hea'], silent: ['// the col', 'a { content: "/* not a com'] },
  scss: { comment: ['// The colour of the hea', '/* The colour of the hea'], silent: ['$x: "// not a com'] },
  ini: {
    comment: ['; The folder in which the boats are ke', '# The folder in which the boats are ke'],
    silent: ['key = the val'],
  },
  properties: {
    comment: [
      '! The folder in which the boats are ke',
      '# one \\\n# the backslash above goes on with noth',
      'key = a\\\\\n# a value that ends in a backsl',
      '  # The folder in which the boats are ke',
    ],
    silent: [
      'key = the value\\\n  # goes o',
      'key = the value\\\n! goes o',
      'key = one \\\n  two \\\n  # goes o',
      'key = the val',
      'key = a\\\\\\\n# goes o',
    ],
  },
  toml: {
    comment: ['# The folder in which boats are ke', 'a = 1 # the number of the bo'],
    silent: ['s = """\n# not a com', "s = '# not a com"],
  },
  ruby: {
    comment: ['=begin\nThe list of boats that are wai', '# The list of boats that are wai'],
    silent: ['s = "#{the_bo', 's = <<~EOS\n  # not a com', 's = "a # not a com'],
  },
  php: {
    comment: ['<?php\n# The list of boats that are wai', '<?php\n/** The list of boats that are wai'],
    silent: ["<?php\n$s = '// not a com"],
  },
  dockerfile: {
    comment: ['# The smallest image that has all we ne'],
    silent: ['RUN echo the bo', 'ENV A="# not a com'],
  },
  elixir: {
    comment: ['@doc """\nReturns the boats that are still in the har', '# The list of boats that are wai'],
    silent: ['s = "# not a com'],
  },
  java: {
    comment: ['/** Returns the boat that left the harbour la', "char c = '\"'; // the mark that opens a str"],
    silent: ['String s = """\n// not a com', 'String s = "// not a com'],
  },
  csharp: {
    comment: [
      '/// <summary>\n/// Returns the boat that left the har',
      'var p = @"c:\\"; // the folder that holds the bo',
    ],
    silent: ['var p = @"c:\\temp // not a com', 'var s = $"{a} // not a com'],
  },
  swift: {
    comment: ['/* one /* two */ still the com', '/// Returns the boat that left the har'],
    silent: ['let s = """\n// not a com', 'let s = #"a " // not a com'],
  },
  kotlin: { comment: ['/** Returns the boat that left the har'], silent: ['val s = """\n// not a com'] },
  makefile: { comment: ['# The default goal builds all the bo'], silent: ['all:\n\techo the bo'] },
  r: {
    comment: ["#' @param x the number that is ad", '# The list of boats that are wai'],
    silent: ['x <- "# not a com', "x <- '# not a com"],
  },
  julia: {
    comment: ['#= The list of boats that are wai', '# The list of boats that are wai'],
    silent: ['s = "# not a com'],
  },
  powershell: {
    comment: ['<# The list of boats that are wai', '# The list of boats that are wai'],
    silent: ['$s = "# not a com', "$s = @'\n# not a com"],
  },
  clojure: { comment: ['; The list of boats that are wai'], silent: ['(str "; not a com'] },
  perl: {
    comment: ['# The list of boats that are wai', '=pod\n\nThe program keeps the names of all the bo'],
    silent: ["$s = '# not a com", '$#arr'],
  },
  terraform: {
    comment: ['# The network in which the server li', '/* The network in which the server li'],
    silent: ['x = "# not a com', 'x = <<EOT\n# not a com'],
  },
};
