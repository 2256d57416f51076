import { l10n } from 'vscode';
import type { ErrorCode } from '../protocol/errors.ts';

/** What went wrong, in the person's language; the error's own message says which file, option or number. */
export function errorText(code: ErrorCode): string {
  const texts: Readonly<Record<ErrorCode, () => string>> = {
    modelMissing: () => l10n.t('The model was not found.'),
    modelBroken: () => l10n.t('The model’s files are damaged or incomplete.'),
    modelUnsupported: () => l10n.t('This kind of model cannot be run.'),
    modelConfig: () => l10n.t('The model’s configuration is incomplete or contradictory.'),
    modelNotLoaded: () => l10n.t('No model is loaded.'),
    superseded: () => l10n.t('Another model was chosen meanwhile.'),
    optionOutOfRange: () => l10n.t('A setting is out of its range.'),
    inputTooLarge: () => l10n.t('The text is too large.'),
    tooLittleText: () => l10n.t('There is too little text to learn from.'),
    deviceUnavailable: () => l10n.t('The chosen device cannot be used.'),
    outOfMemory: () => l10n.t('There is not enough memory for the model.'),
    fileAccess: () => l10n.t('A file could not be read or written.'),
    network: () => l10n.t('The model hub did not give what it was asked for.'),
    cancelled: () => l10n.t('Stopped.'),
    trainsElsewhere: () =>
      l10n.t('Another window is learning from these texts already. Wait for its end, or stop it there.'),
    processDied: () => l10n.t('The inference process ended unexpectedly.'),
    processHung: () => l10n.t('The inference process stopped answering.'),
    internal: () => l10n.t('Something went wrong inside Inkling.'),
  };
  return texts[code]();
}
