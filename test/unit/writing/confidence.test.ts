import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import type { ScriptedToken } from './support/scriptedGenerator.ts';
import { shown } from './support/shownText.ts';

describe('how often, and how much of it', () => {
  const sure: ScriptedToken[] = [
    ['rain', 0.95],
    [' fell', 0.9],
    [' in', 0.9],
  ];
  const fading: ScriptedToken[] = [
    ['rain', 0.9],
    [' fell', 0.6],
    [' in', 0.5],
    [' torrents', 0.5],
  ];
  const doubtful: ScriptedToken[] = [
    ['rain', 0.9],
    [' fell', 0.35],
    [' in', 0.9],
  ];
  const likely: ScriptedToken[] = [['rain', 0.7]];
  const rest = (text: string, probability: number): ScriptedToken[] => [[text, probability]];
  /** Words with their probabilities: "brown fox:40 of:69" is sure of the first. */
  const words = (written: string): ScriptedToken[] =>
    written.split(' ').map((word, index) => {
      const [text = '', percent = '99'] = word.split(':');
      return [index === 0 ? text : ` ${text}`, Number(percent) / 100];
    });
  test.each([
    // drawn, said, normal, eager
    ['The letter was for Matt|', 'hew:75', '–lowConfidence', 'hew'],
    ['The letter was for Matt|', 'hew:81', 'hew', 'hew'],
    ['The letter was for Jona|', 'than:70', '–lowConfidence', 'than'],
    ['The letter was for Jona|', 'than:60', '–lowConfidence', '–lowConfidence'],
    ['Jonathan came. The letter was for Jona|', 'than:55', 'than', 'than'],
    ['Jonathans came. The letter was for Jona|', 'than:75', '–lowConfidence', 'than'],
    ['We meet on 14 M|', 'arch:60', '–lowConfidence', '–lowConfidence'],
    ['We meet on 14 M|', 'arch:79', '–lowConfidence', 'arch'],
    ['We met on 3 March. We meet on 14 M|', 'arch:60', 'arch', 'arch'],
    ['We meet on 14 Febr|', 'uary:99', 'uary', 'uary'],
    ['We meet on Mon|', 'day:75', '–lowConfidence', 'day'],
    ['He wrote to Peter Hol|', 'mes:75', '–lowConfidence', 'mes'],
    ['He wrote to Matt|', 'hew’s:75', '–lowConfidence', 'hew’s'],
    ['Matthew came. He wrote to Matt|', 'hew’s:75', 'hew’s', 'hew’s'],
    ['He wrote to |', 'John:75', '–lowConfidence', 'John'],
    ['He wrote to |', 'them:75', 'them', 'them'],
    ['He wrote to “Matt|', 'hew:75', '–lowConfidence', 'hew'],
    ['He wrote to them, then Matt|', 'hew:75', '–lowConfidence', 'hew'],
    ['He wrote to the\nfriends of Matt|', 'hew:75', '–lowConfidence', 'hew'],
    ['He wrote to the friends of\nMatt|', 'hew:75', '–lowConfidence', 'hew'],
    ['He wrote it to us. Ther|', 'efore:75', 'efore', 'efore'],
    ['He wrote it to us.\n\nTher|', 'efore:75', 'efore', 'efore'],
    ['He wrote it to us! “Ther|', 'efore:75', 'efore', 'efore'],
    ['- He wrote it to us\n- Ther|', 'efore:75', 'efore', 'efore'],
    ['# A Guide to Conf|', 'iguration:75', 'iguration', 'iguration'],
    ['The new HTT|', 'PS:75', '–tooShort', '–tooShort'],
    ['He wrote to us that I’|', 'll come:75', 'll come', 'll come'],
    ['Das ist nicht für die Änd|', 'erungen:75', 'erungen', 'erungen'],
    ['Il a écrit à la mère de Jea|', 'nne:75', '–lowConfidence', 'nne'],
    ['He wrote |', 'to Peter:75', 'to', 'to Peter'],
    ['He wrote |', 'to Peter:85', 'to Peter', 'to Peter'],
    ['Peter came. He wrote |', 'to Peter:75', 'to Peter', 'to Peter'],
    ['He wrote |', 'to Mr:70 Weston:99', 'to', 'to Mr Weston'],
  ])('at %j %j comes up only where it is sure of a new name: %j, eager %j', (drawn, said, ...expected) =>
    expect((['normal', 'eager'] as const).map((showing) => shown(drawn, words(said), { showing }))).toEqual(expected),
  );

  test.each([
    // said, calm, normal, eager
    ['rain fell .:45', 'rain fell', 'rain fell', 'rain fell.'],
    ['rain fell .:55', 'rain fell', 'rain fell.', 'rain fell.'],
    ['rain fell .:70', 'rain fell.', 'rain fell.', 'rain fell.'],
    ['rain fell .:31', 'rain fell', 'rain fell', 'rain fell'],
    ['rain .:45', 'rain', 'rain', 'rain.'],
    ['rain fell ,:45', 'rain fell', 'rain fell', 'rain fell,'],
    ['rain fell ;:45', 'rain fell', 'rain fell', 'rain fell;'],
    ['rain fell ::45', 'rain fell', 'rain fell', 'rain fell:'],
    ['rain fell !:45', 'rain fell', 'rain fell', 'rain fell!'],
    ['rain fell ?:45', 'rain fell', 'rain fell', 'rain fell?'],
    ['rain fell …:45', 'rain fell', 'rain fell', 'rain fell…'],
    ['rain fell ,:45 and', 'rain fell, and', 'rain fell, and', 'rain fell, and'], // it ends with a word
    ['rain fell ,:45 and:10', 'rain fell', 'rain fell', 'rain fell,'],
    ['rain fell .:45 The sun', 'rain fell', 'rain fell', 'rain fell.'], // nothing goes on behind a sentence
    ['rain fell .:45 \n\n So', 'rain fell', 'rain fell', 'rain fell.'],
    ['rain fell .:45 \n So', 'rain fell', 'rain fell', 'rain fell.'],
    ['rain fell .\n:45 So', 'rain fell', 'rain fell', 'rain fell.'],
    ['rain, fell .:80 So', 'rain, fell.', 'rain, fell.', 'rain, fell.'],
    ['rain fell (again) .:45', 'rain fell (again)', 'rain fell (again)', 'rain fell (again).'],
  ])('a mark that is not sure is no end: %j gives %j, %j, %j', (said, ...expected) => {
    const tokens = said.split(' ').map((one, index): ScriptedToken => {
      const [, text = '', percent = '99'] = /^(.+?)(?::(\d+))?$/su.exec(one)!;
      return [index > 0 && /^\p{L}|^\(/u.test(text) ? ` ${text}` : text, Number(percent) / 100];
    });
    const results = (['calm', 'normal', 'eager'] as const).map((showing) =>
      shown('And then the |', tokens, { showing }),
    );
    expect(results).toEqual(expected);
  });

  test.each([
    [
      '我们今天去|',
      [
        ['北京', 0.9],
        ['。', 0.45],
      ],
      '北京',
    ],
    [
      '我们今天去|',
      [
        ['北京', 0.9],
        ['，', 0.6],
      ],
      '北京，',
    ],
    [
      'Est-ce que tu |',
      [
        ['viens', 0.9],
        ['\u00A0?', 0.45],
      ],
      'viens',
    ],
    [
      'Est-ce que tu |',
      [
        ['viens', 0.9],
        ['\u00A0?', 0.6],
      ],
      'viens\u00A0?',
    ],
    [
      '“The rain |',
      [
        ['fell', 0.9],
        ['.”', 0.45],
      ],
      'fell',
    ],
    [
      '“The rain |',
      [
        ['fell', 0.9],
        ['.”', 0.6],
      ],
      'fell.”',
    ],
    ['And then the rain|', [[',', 0.65]], '–tooShort'], // the first word is the gate's
    ['And then the rain|', [[',', 0.65], ' and'], ', and'],
    [
      'And then the |',
      [
        ['U', 0.9],
        ['.S', 0.9],
        ['.', 0.9],
      ],
      'U.S.',
    ],
  ] as const)('at %j %j ends as %j', (drawn, said, expected) => expect(shown(drawn, said)).toBe(expected));

  test.each([
    // drawn, said, calm, normal, eager
    ['And then the |', sure, 'rain fell in', 'rain fell in', 'rain fell in'],
    ['And then the |', fading, 'rain fell', 'rain fell in torrents', 'rain fell in torrents'],
    ['And then the |', doubtful, 'rain', 'rain fell in', 'rain fell in'],
    ['And then the |', likely, '–lowConfidence', 'rain', 'rain'],
    ['And then the |', rest('rain', 0.6), '–lowConfidence', '–lowConfidence', 'rain'],
    ['And then the |', rest('rain', 0.45), '–lowConfidence', '–lowConfidence', '–lowConfidence'],
    ['And then the r|', rest('ain', 0.95), '–tooShort', 'ain', 'ain'],
    ['And then the ra|', rest('in', 0.95), '–tooShort', '–tooShort', '–tooShort'],
    ['And then the to|', rest('rrents', 0.95), 'rrents', 'rrents', 'rrents'],
    ['And then the to|', rest('rrents', 0.55), '–lowConfidence', 'rrents', 'rrents'],
    ['And then the to|', rest('rrents', 0.4), '–lowConfidence', '–lowConfidence', 'rrents'],
    ['And then the to|', rest('rrents', 0.3), '–lowConfidence', '–lowConfidence', '–lowConfidence'],
    ['And then the storm|', rest(' began', 0.65), '–lowConfidence', ' began', ' began'],
    ['And then the storm|', rest(' began', 0.5), '–lowConfidence', '–lowConfidence', ' began'],
    ['And then the storm|', rest(' began', 0.4), '–lowConfidence', '–lowConfidence', '–lowConfidence'],
    ['我们今天去|', rest('北京', 0.9), '北京', '北京', '北京'],
    ['1. the first item |', rest('again', 0.9), 'again', 'again', 'again'],
    ['The clause ended, |', rest('and then', 0.7), '–lowConfidence', 'and then', 'and then'],
    ['# A heading of |', rest('words', 0.9), 'words', 'words', 'words'],
    ['> A quote of |', rest('words', 0.7), '–lowConfidence', 'words', 'words'],
  ])('%j, %j: calm %j, normal %j, eager %j', (drawn, said, ...expected) => {
    const results = (['calm', 'normal', 'eager'] as const).map((showing) => shown(drawn, said, { showing }));
    expect(results).toEqual(expected);
  });
});

describe('under a running hand', () => {
  test.each<[drawn: string, said: readonly ScriptedToken[], atRest: string, inRun: string]>([
    // a little word wins few keys
    [
      'And then she wan|',
      [
        ['dered', 0.9],
        [' the', 0.31],
      ],
      'dered the',
      'dered',
    ],
    [
      'And then she wan|',
      [
        ['dered', 0.9],
        [' the', 0.6],
      ],
      'dered the',
      'dered the',
    ],
    // a long one wins many
    [
      'It is a good ex|',
      [
        ['ample', 0.9],
        [' of', 0.95],
      ],
      'ample of',
      'ample of',
    ],
    [
      'They wrote a new pro|',
      [
        ['gramming', 0.9],
        [' language', 0.35],
      ],
      'gramming language',
      'gramming language',
    ],
    // three words of which the last two are likely together only
    [
      'We look forward to he|',
      [
        ['aring', 0.95],
        [' of', 0.31],
        [' you', 0.95],
      ],
      'aring of you',
      'aring of you',
    ],
    // all so far is not likely enough
    [
      'And then she wan|',
      [
        ['dered', 0.55],
        [' something', 0.4],
      ],
      'dered something',
      'dered',
    ],
    [
      '今天|',
      [
        ['天气', 0.9],
        ['很', 0.4],
      ],
      '天气很',
      '天气很',
    ],
  ])('%j + %j: %j at rest, else %j', (drawn, said, atRest, inRun) => {
    const results = [false, true].map((handRuns) => shown(drawn, said, { handRuns }));
    expect(results).toEqual([atRest, inRun]);
  });

  test('at rest only the probabilities cut, and a run shows no more than that', () => {
    const random = seededRandom(1);
    const some = ['dered', ' through', ' a', ' narrow', ' lane', ' to', ' school'];
    for (let round = 0; round < 200; round++) {
      const said = some.map((word, index): ScriptedToken => [word, (index === 0 ? 0.5 : 0.2) + 0.5 * random()]);
      let total = 1;
      const end = said.findIndex(([, probability]) => {
        total *= Number(probability);
        return Number(probability) < 0.3 || total < 0.1;
      });
      const [atRest, inRun] = [false, true].map((handRuns) => shown('And then she wan|', said, { handRuns }));
      expect(atRest).toBe(some.slice(0, end < 0 ? undefined : end).join(''));
      expect(atRest!.startsWith(inRun!)).toBe(true);
    }
  });
});
