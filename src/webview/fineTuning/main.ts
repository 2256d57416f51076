/** The page of fine-tuning, from the list of texts to the proof. It keeps nothing: what it shows comes from the extension. */
import type { FineTuningPageAction, FineTuningPageUpdate, FineTuningView } from '../../protocol/fineTuningPages.ts';
import { connect, l10n } from '../editorHost.ts';
import { element, type Section } from '../element.ts';
import { controlsSection, planSection } from './controlsSection.ts';
import { curvesSection } from './curvesSection.ts';
import { blindTestSection, resultSection, samplesSection } from './resultSection.ts';
import { keptSection, textsSection } from './textsSection.ts';

let sections: readonly Section[] | undefined;

const host = connect<FineTuningPageAction, FineTuningPageUpdate>(({ view, texts }) => {
  l10n.use(texts);
  sections ??= build(view);
  for (const section of sections) section.update(view);
});
host.send({ kind: 'opened' });

function build({ name }: FineTuningView): readonly Section[] {
  const send = (action: FineTuningPageAction) => host.send(action);
  const made = [
    controlsSection(send),
    resultSection(send),
    blindTestSection(send),
    curvesSection(),
    samplesSection(),
    keptSection(send),
    planSection(),
    textsSection(),
  ];
  const title = element('h1', {}, l10n.t('Fine-tuning: {0}', name));
  document.body.replaceChildren(element('main', {}, title, ...made.map((section) => section.root)));
  return made;
}
