import type { BlockKind } from '../block.ts';

/** How a directive's lines are to be read. */
export interface Directive {
  /** what stands behind `::` and in the lines below it, up to a blank one or to the first option */
  readonly argument: 'words' | 'title' | 'version' | 'opaque';
  /** what stands below the blank line: `words` are paragraphs, lists and so on */
  readonly content: 'words' | BlockKind;
}

/** Directives of docutils, Sphinx and its widespread extensions. One that is not here holds no prose. */
const directives: Readonly<Record<string, Directive>> = {
  ...named(
    { argument: 'words', content: 'words' },
    `attention caution danger error hint important note tip warning seealso todo compound epigraph highlights
     pull-quote header footer impl-detail`,
  ),
  ...named(
    { argument: 'title', content: 'words' },
    'admonition topic sidebar rubric centered dropdown card grid-item-card tab tab-item collapse details',
  ),
  ...named(
    { argument: 'version', content: 'words' },
    'versionadded versionchanged versionremoved version-added version-changed version-removed version-deprecated deprecated',
  ),
  ...named(
    { argument: 'opaque', content: 'words' },
    `container class rst-class figure only glossary hlist tabs grid grid-item tab-set ifconfig
     module function method class attribute data exception describe object option cmdoption program confval envvar
     directive role staticmethod classmethod decorator decoratormethod property
     type var macro member struct enum enumerator union concept alias
     setting django-admin django-admin-option templatetag templatefilter fieldlookup`,
  ),
  ...named({ argument: 'opaque', content: 'math' }, 'math'),
  ...named({ argument: 'opaque', content: 'table' }, 'table list-table csv-table flat-table'),
  ...named(
    { argument: 'opaque', content: 'markup' },
    `contents toctree include literalinclude image index meta sectnum section-numbering target-notes title default-role
     default-domain codeauthor sectionauthor moduleauthor highlight unicode replace date tabularcolumns
     currentmodule autosummary automodule autoclass autofunction automethod autoattribute autodata autoexception
     bibliography`,
  ),
};
const unknown: Directive = { argument: 'opaque', content: 'code' };

function named(directive: Directive, names: string): Record<string, Directive> {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/u)
      .map((name) => [name, directive]),
  );
}

/** @param name as it stands: in any case, with a domain (`py:function`) or without */
export function directiveOf(name: string): Directive {
  const key = name.toLowerCase().replace(/^(?:py|c|cpp|js|rst|std):/u, '');
  return Object.hasOwn(directives, key) ? directives[key]! : unknown;
}
