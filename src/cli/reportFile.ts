import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { InklingError, systemCode, systemReason } from '../protocol/errors.ts';
import { formatMessage } from '../protocol/formatMessage.ts';
import {
  type ReportContents,
  type ReportLanguage,
  reportGenerator,
  reportPage,
} from '../writing/simulator/reportPage.ts';
import { englishGroupNames, englishReportTexts } from '../writing/simulator/reportTexts.ts';

const english: ReportLanguage = {
  tag: 'en',
  say: (text, ...parts) => formatMessage(englishReportTexts[text], parts),
  nameOf: (group) => englishGroupNames[group],
};

/**
 * A place for a report that takes long to make: whatever stands against it is told before. An earlier report is replaced,
 * once the new one is whole; any other file is left as it is.
 */
export class ReportFile {
  readonly #path: string;
  readonly #partial: string;

  private constructor(path: string) {
    this.#path = path;
    this.#partial = `${path}.partial`;
  }

  /** @throws InklingError `fileAccess` */
  static async open(path: string): Promise<ReportFile> {
    const file = new ReportFile(path);
    try {
      if (!(await isFreeForReport(path))) {
        throw new InklingError('fileAccess', `${path} is there already and no report: choose another name.`);
      }
      await writeFile(file.#partial, '');
    } catch (error) {
      throw notWritten(path, error);
    }
    return file;
  }

  /** @throws InklingError `fileAccess` */
  async write(contents: ReportContents): Promise<void> {
    try {
      await writeFile(this.#partial, reportPage(contents, english));
      await rename(this.#partial, this.#path);
    } catch (error) {
      throw notWritten(this.#path, error);
    }
  }

  /** When there will be no report, nothing is left of it. */
  dispose = (): Promise<void> => rm(this.#partial, { force: true });
}

async function isFreeForReport(path: string): Promise<boolean> {
  try {
    const text = await readFile(path, 'utf8');
    return text === '' || text.includes(`<meta name="generator" content="${reportGenerator}">`);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return true;
    throw error;
  }
}

const notWritten = (path: string, error: unknown): InklingError =>
  error instanceof InklingError
    ? error
    : new InklingError('fileAccess', `${path} cannot be written: ${systemReason(error)}`, { cause: error });
