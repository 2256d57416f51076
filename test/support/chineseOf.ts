import { readFileSync } from 'node:fs';
import { type InklingError, sentenceText } from '../../src/protocol/errors.ts';
import { formatMessage } from '../../src/protocol/formatMessage.ts';

const bundle: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8'),
);

/** What a reader of Chinese sees of an error. */
const chineseOf = ({ message, sentence }: InklingError): string =>
  sentence ? sentenceText(sentence, (text, parts) => formatMessage(bundle[text] ?? text, parts)) : message;

/** No part of it is in English: two such words in a row, but for “token” and for what engines say in brackets. */
export const isInChinese = (error: InklingError): boolean =>
  !/\p{Ll}{2,} \p{Ll}{2,}/u.test(chineseOf(error).replace(/[（(].*?[)）]|token /gsu, ''));
