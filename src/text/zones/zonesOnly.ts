import { LineScan } from '../lineScan.ts';
import { plainText } from '../plainText.ts';
import type { TextLanguage } from '../textLanguage.ts';
import type { BlockState, Grammar } from './grammar.ts';

interface Seen {
  readonly state: BlockState;
  readonly previous: string;
}

/** A language of which only zones are known: as a whole it is read as plain text. */
export const zonesOnly = (grammar: Grammar): TextLanguage => ({
  read: plainText.read,
  caretScan: () => {
    const scan = new LineScan<Seen>({
      initial: { state: grammar.initial, previous: '' },
      step: ({ state, previous }, line, start) => {
        const above = start === 0 ? '' : `${previous}\n`;
        const next = grammar.step(state, above + line, above.length, above.length + line.length);
        return { state: next, previous: line };
      },
    });
    return {
      zoneAt: (prefix, line) => grammar.zone(line, scan.stateAt(prefix, prefix.length).state),
      headingsAt: (prefix, offset) => scan.stateAt(prefix, offset).state.headings,
    };
  },
});
