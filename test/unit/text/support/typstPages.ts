/** Makes pages of Typst in which program text, content, formulas, raw text, strings and comments stand within each other. */
export class TypstPages {
  #words = 0;

  /** @param random as `Math.random` */
  constructor(readonly random: () => number) {}

  page(): string {
    return this.#markup(1 + this.#below(4));
  }

  #below(count: number): number {
    return Math.floor(this.random() * count);
  }

  #any(makers: readonly (() => string)[]): string {
    return makers[this.#below(makers.length)]!();
  }

  #word = (): string => `word${++this.#words}`;

  #markup(depth: number): string {
    if (depth <= 0) return this.#word();
    const inner = () => this.#markup(depth - 1);
    const makers = [
      this.#word,
      this.#word,
      () => `$${this.#formula(depth - 1)}$`,
      () => `\`${this.#word()} ]) $\``,
      () => `#${this.#expression(depth - 1)}`,
      () => `#${this.#expression(depth - 1)}`,
      () => `#${this.#control(depth - 1)}`,
      () => `#${this.#statement(depth - 1)}${['\n', '; '][this.#below(2)]}`,
      () => `*${this.#word()}*`,
      () => `[${inner()}]`,
      () => `(${inner()})`,
      () => `/* ${this.#word()} ])} $ */`,
      () => `// ${this.#word()} ])\n`,
      () => `"${this.#word()}" @${this.#word()} <${this.#word()}>`,
      () => `\\[ \\# \\$ \\*`,
      () => `\n- ${this.#word()}\n\n= ${this.#word()}\n`,
      () => `https://a.b/${this.#word()}`,
      () => `\n\`\`\`py\n${this.#word()} ]\n\`\`\`\n`,
      () => `#"a ] b" #1em #(1 + 2) #none`,
    ];
    return Array.from({ length: 1 + this.#below(4) }, () => this.#any(makers)).join(' ');
  }

  #formula = (depth: number): string =>
    this.#any([
      () => ' x + y ',
      () => `"${this.#word()} $"`,
      () => `x /* ${this.#word()} $ */`,
      () => `f(#${this.#expression(depth - 1)})`,
      () => '\\$ x',
    ]);

  #expression(depth: number): string {
    if (depth <= 0) return 'f(1)';
    const content = () => `[${this.#markup(depth - 1)}]`;
    return this.#any([
      this.#word,
      content,
      () => `f(${this.#values(depth)})${content()}`,
      () => `f${content()}${content()}`,
      () => `a.b(${this.#values(depth)}).c`,
      () => `{\n${this.#code(depth - 1)} }`,
      () => `(${this.#value(depth - 1)})`,
    ]);
  }

  #values = (depth: number): string =>
    Array.from(
      { length: this.#below(3) },
      () => `${['', 'k: ', 'x => '][this.#below(3)]}${this.#value(depth - 1)}`,
    ).join(',\n  ');

  #value(depth: number): string {
    if (depth <= 0) return '"a ) ]"';
    return this.#any([
      () => 'x.y + 2em',
      () => `[${this.#markup(depth - 1)}]`,
      () => this.#expression(depth - 1),
      () => '`a ) ]`',
      () => `$${this.#formula(depth - 1)}$`,
      () => `(a: ${this.#value(depth - 1)}, b: 2)`,
      () => '/* ) ] */ 1',
    ]);
  }

  #code = (depth: number): string =>
    this.#any([
      () => this.#value(depth),
      () => `let x = ${this.#value(depth)}`,
      () => `// ] } ${this.#word()}\n`,
      () => this.#control(depth),
    ]);

  #statement = (depth: number): string =>
    this.#any([
      () => `let ${this.#word()} = ${this.#value(depth)}`,
      () => `set text(${this.#values(depth)})`,
      () => `show heading: it => ${this.#value(depth)}`,
      () => 'import "a": b, c',
    ]);

  #control(depth: number): string {
    if (depth <= 0) return 'context x';
    const content = () => `[${this.#markup(depth - 1)}]`;
    const block = () => `{ ${this.#code(depth - 1)} }`;
    return this.#any([
      () => `if x == ${this.#value(depth - 1)} ${content()}`,
      () => `if not x ${content()} else ${content()}`,
      () => `if x ${block()} else if y ${content()} else ${block()}`,
      () => `for x in range(2) ${content()}`,
      () => `while x < 2 ${content()}`,
      () => `context ${content()}`,
      () => `context a.b(${this.#values(depth)})`,
    ]);
  }
}
