import type { CommitStyle } from './commitStyle.ts';
import type { FileChange } from './gitDiff.ts';
import type { ProseChange } from './proseChange.ts';

/** What happens, in the verbs of commit messages. */
type Verb =
  | 'Add'
  | 'Remove'
  | 'Rename'
  | 'Copy'
  | 'Update'
  | 'Replace'
  | 'Change'
  | 'Fix'
  | 'Reword'
  | 'Rewrap'
  | 'Move';

const past: Partial<Record<Verb, string>> = { Copy: 'Copied' };
const third: Partial<Record<Verb, string>> = { Copy: 'Copies', Fix: 'Fixes' };

/** What happened to a text, in the words of a commit message and in the style of a repository. */
export class CommitPhrases {
  readonly #style: CommitStyle;

  constructor(style: CommitStyle) {
    this.#style = style;
  }

  /** @param file named, where that is to be said; @param room columns for what is quoted */
  of(change: ProseChange, file = '', room = 100): string {
    const into = file && ` to ${file}`;
    const within = file && ` in ${file}`;
    const from = file && ` from ${file}`;
    const zh = file && `（${file}）`;
    const short = (text: string, behind: string) => cut(text, Math.max(24, room - behind.length - 'Removed “”'.length));
    switch (change.kind) {
      case 'sectionAdded':
      case 'wordsAdded':
        return this.say('Add', `“${short(change.what, into)}”${into}`, `添加“${change.what}”${zh}`);
      case 'sectionRemoved':
      case 'wordsRemoved':
        return this.say('Remove', `“${short(change.what, from)}”${from}`, `删除“${change.what}”${zh}`);
      case 'sectionRenamed':
        return this.say(
          'Rename',
          `“${change.from}” to “${change.to}”${within}`,
          `将“${change.from}”改名为“${change.to}”${zh}`,
        );
      case 'replaced':
        return this.say(
          'Replace',
          `“${change.from}” with “${change.to}”${within}`,
          `将“${change.from}”改为“${change.to}”${zh}`,
        );
      case 'number':
        return this.say(
          'Change',
          `${change.from} to ${change.to}${within}`,
          `将 ${change.from} 改为 ${change.to}${zh}`,
        );
      case 'version':
        return this.say('Update', `version to ${change.to}${within}`, `版本更新为 ${change.to}${zh}`);
      case 'itemsAdded':
      case 'itemsRemoved': {
        const isAdded = change.kind === 'itemsAdded';
        const place = change.section === undefined ? file : `“${change.section}”`;
        const where = place && `${isAdded ? ' to ' : ' from '}${place}`;
        return this.say(
          isAdded ? 'Add' : 'Remove',
          `${listed(change.items)}${where}`,
          `${isAdded ? '添加' : '删除'}${change.items.join('、')}${place && `（${place}）`}`,
        );
      }
      case 'moved': {
        const place = change.section === undefined ? '' : ` to “${change.section}”`;
        return this.say(
          'Move',
          `“${short(change.quote, place + within)}”${place || within}`,
          `移动“${change.quote}”${zh}`,
        );
      }
      case 'textAdded':
      case 'textRemoved': {
        const isAdded = change.kind === 'textAdded';
        const place = change.section === undefined ? file : `“${change.section}”`;
        const lead = place && `${isAdded ? 'to' : 'from'} ${place}: `;
        const quote = cut(change.quote, Math.max(24, room - lead.length - 'Removed '.length));
        return this.say(
          isAdded ? 'Add' : 'Remove',
          `${lead}${place ? quote : `“${quote}”`}`,
          `${place && `在${place}中`}${isAdded ? '添加' : '删除'}：${quote}`,
        );
      }
      case 'spelling':
        return change.word === undefined
          ? this.say('Fix', `spelling${within}`, `修正拼写${zh}`)
          : this.say('Fix', `spelling of “${change.word}”${within}`, `修正“${change.word}”的拼写${zh}`);
      case 'figures':
        return this.say('Update', `figures${within}`, `更新数字${zh}`);
      case 'blanks':
        return this.say('Fix', `white space${within}`, `整理空白${zh}`);
      case 'markup':
        return this.say('Update', `formatting${within}`, `更新格式${zh}`);
      case 'code':
        return this.say('Update', `code${within}`, `更新代码${zh}`);
      case 'links':
        return this.say('Update', `links${within}`, `更新链接${zh}`);
      case 'punctuation':
        return this.say('Fix', `punctuation${within}`, `修正标点${zh}`);
      case 'rewrapped':
        return this.say('Rewrap', file || 'lines', `重新换行${zh}`);
      case 'reworded': {
        const place = change.section === undefined ? file : `“${change.section}”${within}`;
        return this.say(
          'Reword',
          place || 'text',
          `改写${change.section === undefined ? zh : `“${change.section}”${zh}`}`,
        );
      }
    }
  }

  say(verb: Verb, english: string, chinese: string): string {
    const { tense, language } = this.#style;
    if (language === 'zh') return chinese;
    if (tense === 'imperative') return `${verb} ${english}`;
    const inflected = tense === 'past' ? (past[verb] ?? pastOf(verb)) : (third[verb] ?? `${verb}s`);
    return `${inflected} ${english}`;
  }
}

export const zhVerbs: Readonly<Record<FileChange['verb'], string>> = {
  Add: '添加',
  Remove: '删除',
  Rename: '重命名',
  Copy: '复制',
  Update: '更新',
};

const pastOf = (verb: Verb): string =>
  verb.endsWith('e') ? `${verb}d` : /(?:wrap)$/u.test(verb) ? `${verb}ped` : `${verb}ed`;

const listed = (items: readonly string[]): string => {
  const shown = items.slice(0, 3).map((item) => (/\s/u.test(item) ? `“${item}”` : item));
  if (items.length > 3) return `${shown.join(', ')} and ${items.length - 3} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
};

/** The beginning of what is too long, at the end of a word where there is one, never within a character. */
export function cut(text: string, columns: number): string {
  if (text.length <= columns) return text;
  const start = text.slice(0, columns - 1);
  const blank = start.lastIndexOf(' ');
  return `${(blank > columns / 2 ? start.slice(0, blank) : start).replace(/[\uD800-\uDBFF]$|(?<![\s,;:–-])[\s,;:–-]+$/u, '')}…`;
}
