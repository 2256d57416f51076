import { describe, expect, test } from 'vitest';
import { survives } from '../../../../src/writing/usage/survives.ts';

describe('an accepted text survives', () => {
  const check = (accepted: string, standing: string, expected: boolean) =>
    test(`${accepted} → ${standing || '(nothing)'}: ${expected}`, () =>
      expect(survives(accepted, standing)).toBe(expected));

  check(' the old harbour wall', ' the old harbour wall', true);
  check(' the old harbour wall', ' the very old harbour walls', true);
  check(' the old harbour wall', ' the new pier', false);
  check(' the old harbour wall', ' wall harbour old the', false);
  check(' the old harbour wall', '', false);
  check('今天天气很好', '今天天气不好', true);
  check('今天天气很好', '昨晚下雨了', false);
  check('…”', ' …” ', true);
  check('…”', '!”', false);
});
