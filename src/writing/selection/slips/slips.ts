import { learnerRows } from './learnerRows.ts';
import { numberRows } from './numberRows.ts';
import { otherWords } from './otherWords.ts';
import { smallWords } from './smallWords.ts';
import { soundAlikes } from './soundAlikes.ts';
import { transferRows } from './transferRows.ts';
import { verbRows } from './verbRows.ts';

/** All slips that are told by the words around them. */
export const slips = [
  ...learnerRows,
  ...soundAlikes,
  ...otherWords,
  ...verbRows,
  ...numberRows,
  ...smallWords,
  ...transferRows,
];
