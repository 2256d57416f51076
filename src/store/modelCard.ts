import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSmallFile } from '../model/files/textFile.ts';
import type { Manifest } from '../model/manifest.ts';

/** Where a model comes from, if not only from this disk. */
export interface Origin {
  readonly source: string;
  readonly licence: string;
  /** BCP 47; [] when nobody says */
  readonly languages: readonly string[];
}

/** What a model's card says that matters to a writer. */
export interface ModelCard {
  /** '' when it does not say */
  readonly licence: string;
  /** BCP 47; [] when it does not say */
  readonly languages: readonly string[];
}

const mostLanguages = 300;

/** Those of a list that are language tags, each once; a single name counts as a list. “multilingual” names none. */
export function languageTags(value: unknown): string[] {
  const named = [value].flat();
  if (named.includes('multilingual')) return [];
  const tags = named.filter((one) => typeof one === 'string' && /^[a-z]{2,3}(?:[-_][a-z\d]{2,8})*$/iu.test(one));
  return [...new Set(tags as string[])].slice(0, mostLanguages);
}

/** Reads the YAML before `README.md`, of which two keys are enough: `license` and `language`. Never throws. */
export function readModelCard(folder: string): ModelCard {
  const head = /^(?:\uFEFF)?---\r?\n([\s\S]{0,20000}?)\n---/u.exec(readmeOf(folder))?.[1] ?? '';
  const licence = /^license:[ \t]*["']?([\w.+-]{1,60})/mu.exec(head)?.[1] ?? '';
  const inline = /^language:[ \t]*\[?([^\]\s][^\]\n]{0,2000})/mu.exec(head)?.[1];
  const below = /^language:[ \t]*\r?\n((?:[ \t]*-[ \t]*[^\n]{1,40}(?:\n|$))+)/mu.exec(head)?.[1];
  const names = (inline ?? below ?? '')
    .split(/[,\n]/u)
    .map((name) => name.replace(/^[ \t]*-[ \t]/u, '').replace(/["'\s]/gu, ''));
  return { licence, languages: languageTags(names) };
}

/** What the notes of a copied model say of where it is from: what a download knows, else the folder's name and card. */
export function originOf(
  source: string,
  origin: Origin | undefined,
): Pick<Manifest, 'source' | 'licence' | 'languages'> {
  const card = readModelCard(source);
  const languages = origin?.languages.length ? origin.languages : card.languages;
  return {
    source: origin?.source ?? basename(source),
    licence: origin?.licence ?? (card.licence || 'unknown'),
    ...(languages.length > 0 ? { languages } : {}),
  };
}

function readmeOf(folder: string): string {
  const path = join(folder, 'README.md');
  try {
    return existsSync(path) ? readSmallFile(path).toString('utf8') : '';
  } catch {
    return ''; // a card is nothing that a model needs
  }
}
