import { l10n } from 'vscode';
import type { PromptFault } from '../../writing/prompts/ownPrompt.ts';

/** What is wrong with a prompt file, in the person's language: one sentence that says what is allowed. */
export function promptFaultText(fault: PromptFault): string {
  switch (fault.code) {
    case 'tooLong':
      return l10n.t('A prompt has at most {0} characters.', fault.maximum);
    case 'noEnd':
      return l10n.t('The front matter has no end: a second line of --- is missing.');
    case 'noInstruction':
      return l10n.t('The instruction is missing: what is the model to do?');
    case 'unknownPlaceholder':
      return l10n.t('{0} is not one of {1}.', braced(fault.name), fault.allowed.map(braced).join(', '));
    case 'badYaml':
      return l10n.t('This is no valid YAML: {0}', fault.detail);
    case 'noFields':
      return l10n.t('The front matter must be lines such as “title: Plain words”.');
    case 'unknownField':
      return l10n.t('{0} is not one of {1}.', fault.name, fault.allowed.join(', '));
    case 'noChoice':
      return l10n.t('{0} must be one of {1}.', fault.name, fault.allowed.join(', '));
    case 'noLine':
      return l10n.t('{0} must be one line of text, at most {1} characters.', fault.name, fault.maximum);
    case 'noOptions':
      return l10n.t('options must be lines such as “temperature: 0.7”, indented.');
    case 'noNumber':
      return fault.isWhole
        ? l10n.t('{0} must be a whole number from {1} to {2}.', fault.name, fault.minimum, fault.maximum)
        : l10n.t('{0} must be a number from {1} to {2}.', fault.name, fault.minimum, fault.maximum);
  }
}

const braced = (name: string) => `{{${name}}}`;
