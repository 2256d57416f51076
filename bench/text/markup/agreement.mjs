/** Counts the lines of which two readers say the same, and keeps examples of the others. */
export class Agreement {
  lines = 0;
  bytes = 0;
  files = 0;
  /** pair of letters (the judge's, ours) → count and examples */
  #differences = new Map();

  /** @param {{ file: string, text: string, judged: string, ours: string }} reading */
  add({ file, text, judged, ours }) {
    this.files++;
    this.bytes += Buffer.byteLength(text);
    for (const [index, line] of text.split('\n').entries()) {
      if (line.trim() === '' || judged[index] === undefined || judged[index] === '.' || judged[index] === '?') continue;
      this.lines++;
      if (judged[index] === ours[index]) continue;
      const pair = `${judged[index]}→${ours[index]}`;
      const known = this.#differences.get(pair) ?? { count: 0, examples: [] };
      known.count++;
      known.examples.push(`${file}:${index + 1}: ${line}`);
      this.#differences.set(pair, known);
    }
  }

  /** @param {number} shown examples of each pair */
  print(shown) {
    const pairs = [...this.#differences].sort(([, a], [, b]) => b.count - a.count);
    const wrong = pairs.reduce((sum, [, { count }]) => sum + count, 0);
    for (const [pair, { count, examples }] of pairs) {
      console.log(`${pair} ${count}`);
      const step = Math.max(1, Math.floor(examples.length / shown));
      for (let i = 0; i < examples.length && i < shown * step; i += step) console.log(`    ${examples[i]}`);
    }
    const share = (100 * (1 - wrong / this.lines)).toFixed(3);
    console.log(
      `${this.files} files, ${(this.bytes / 1e6).toFixed(2)} MB, ${this.lines} lines with words or marks; ` +
        `${wrong} differ; the same: ${share} %`,
    );
  }
}
