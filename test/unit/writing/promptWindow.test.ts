import { describe, expect, test } from 'vitest';
import { promptWindow } from '../../../src/writing/completion/promptWindow.ts';

const paragraph = (i: number) =>
  `Paragraph ${i} tells of the weather. It was fine, and nobody complained about it.\n\n`;
const story = Array.from({ length: 60 }, (_, i) => paragraph(i)).join('');
const noHeadings = () => [];

describe('the prompt window', () => {
  test('is the whole text while that fits', () => {
    expect(promptWindow('The quick ', 500, () => ['# Title'])).toMatchObject({ text: 'The quick ', start: 0 });
  });

  test('begins at a paragraph and keeps to its size', () => {
    for (let length = 2_100; length < story.length; length += 97) {
      const { text, start } = promptWindow(story.slice(0, length), 500, noHeadings);
      expect(text).toMatch(/^Paragraph \d+ tells/u);
      expect(text.length).toBeLessThanOrEqual(1_200);
      expect(text.length).toBeGreaterThan(850);
      expect(story.slice(start, length)).toBe(text);
    }
  });

  test('keeps its beginning while it grows: keystrokes share their prompt’s beginning', () => {
    let moves = 0;
    let last = promptWindow('', 500, noHeadings);
    for (let length = 1; length <= story.length; length++) {
      const window = promptWindow(story.slice(0, length), 500, noHeadings, last);
      expect(window.text.length).toBeLessThanOrEqual(2_000);
      if (window.start !== last.start) moves++;
      last = window;
    }
    expect(moves).toBeGreaterThan(0);
    expect(moves).toBeLessThan(story.length / 700);
  });

  test('does not depend on what is typed at the caret', () => {
    const last = promptWindow(story, 500, noHeadings);
    for (const typed of ['a', ' word.', '\n\n# H', '“é👩']) {
      expect(promptWindow(story.slice(0, -10) + typed, 500, noHeadings, last).start).toBe(last.start);
    }
  });

  test('begins anew where the caret has gone far away', () => {
    const last = promptWindow(story, 500, noHeadings);
    for (const length of [last.start - 1, last.start + 100, last.start + 2_500]) {
      const moved = promptWindow(story.padEnd(length, '.').slice(0, length), 500, noHeadings, last);
      expect(moved.start).not.toBe(last.start);
    }
  });

  test('begins anew in another text', () => {
    const last = promptWindow(story, 500, noHeadings);
    const other = story.replaceAll('weather', 'harbour');
    expect(promptWindow(other, 500, noHeadings, last).text).toMatch(/^Paragraph \d+ tells/u);
    const shifted = `x${story}`;
    expect(promptWindow(shifted, 500, noHeadings, last).text).toMatch(/^Paragraph \d+ tells/u);
  });

  test('carries the title and the innermost headings that fit', () => {
    const headings = ['# Weather', `## ${'long '.repeat(60)}`, '### Rain'];
    const { text } = promptWindow(story, 500, () => headings);
    expect(text).toMatch(/^# Weather\n\n### Rain\n\nParagraph/u);
  });

  test('reads fewer characters of Chinese', () => {
    const { text } = promptWindow('今天天气很好，我们去公园。'.repeat(300), 500, noHeadings);
    expect(text.length).toBeLessThanOrEqual(240);
    expect(text.length).toBeGreaterThan(150);
  });

  test('never begins inside a character', () => {
    for (let shift = 0; shift < 12; shift++) {
      const { text } = promptWindow('x'.repeat(shift) + '👨‍👩‍👧'.repeat(500), 100, noHeadings);
      expect(text.startsWith('👨‍👩‍👧')).toBe(true);
    }
  });

  test('holds line feeds only, no byte-order mark and no half characters', () => {
    expect(promptWindow('\uFEFFa\r\nb \uD800 c', 500, noHeadings).text).toBe('a\nb \uFFFD c');
  });
});
