import { expect, test } from 'vitest';
import type { Reason } from '../../../src/protocol/reasons.ts';
import { settingFor } from '../../../src/writing/completion/decision.ts';

test('a refusal names the setting that would change it', () => {
  const check = (reason: Reason, detail: string | undefined, expected: string | undefined) =>
    expect(settingFor(reason, detail)).toBe(expected);
  check('off', undefined, 'enabled');
  check('off', 'python', 'languages');
  check('zone', 'codeFence', 'zones');
  check('zone', 'text right of the caret', 'midLine');
  check('zone', 'inside a word', undefined);
  check('lowConfidence', 'probability 0.20', 'showing');
  check('composing', undefined, undefined);
});
