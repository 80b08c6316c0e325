import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { Guide } from '../../../shared/contracts/guides.ts';
import { factsAskedFor, type GuideInput, startRun, stepGuide } from '../../../shared/guide-steps.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Dialog, Field, Kbd, tipOf } from '../../ui/index.ts';
import { GuideAnswers } from './GuideEnd.tsx';
import { type GuideGoneThrough, GuideStepper } from './GuideStepper.tsx';

/** The version of what was never published; a trial is no run of any. */
const noVersion = 1;

interface TrialProps {
  readonly stores: Stores;
  onClose(): void;
}

/** The draft in the editor, gone through as the agent will. Nothing of it is kept anywhere. */
export function GuideTrial({ stores, onClose }: TrialProps) {
  const { t, formats } = useText();
  const guide = useStore(stores.guideEditor, ({ dialog, open }) => (dialog === 'trial' ? (open?.guide ?? null) : null));
  if (!guide) return null;
  return (
    <Dialog title={t('guide.trial', { name: guide.name[formats.language] })} isOpen isLarge onClose={onClose}>
      <Trial stores={stores} guide={guide} onClose={onClose} done={t('guide.trialDone')} />
    </Dialog>
  );
}

/** One that is live, looked through without a contact. */
export function GuidePreview({ stores, onClose }: TrialProps) {
  const { t, formats } = useText();
  const guide = useStore(stores.guides, ({ preview }) => preview);
  if (!guide) return null;
  return (
    <Dialog title={t('guide.title', { name: guide.name[formats.language] })} isOpen isLarge onClose={onClose}>
      <Trial stores={stores} guide={guide} onClose={onClose} done={t('guide.previewDone')} />
    </Dialog>
  );
}

function Trial({ stores, guide, done, onClose }: TrialProps & { readonly guide: Guide; readonly done: string }) {
  const { t } = useText();
  const begun = (facts: Readonly<Record<string, string>>): GuideGoneThrough => ({
    ...{ guide, run: startRun(guide, noVersion, facts), problems: [], finished: null, readAlong: null },
  });
  const [open, setOpen] = useState(() => begun({ 'agent.name': stores.desk.getState().user?.name ?? '' }));
  const { run } = open;
  const take = (input: GuideInput) =>
    setOpen((now) => {
      const { run, problems } = stepGuide(guide, now.run, input);
      const isAnswer = input.kind === 'answer' || input.kind === 'approve';
      return { ...now, run, problems: isAnswer ? now.problems.filter(({ name }) => name !== input.name) : problems };
    });
  const keyed = (event: KeyboardEvent) => {
    const input: GuideInput | null =
      event.ctrlKey && event.key === 'Enter' ? { kind: 'next' } : event.altKey && event.key === 'ArrowLeft' ? { kind: 'back' } : null;
    if (!input) return;
    event.preventDefault();
    event.stopPropagation();
    take(input);
  };
  const isBegun = run.path.length > 1 || run.isAtEnd;
  const asked = factsAskedFor(guide);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those that the buttons below show.
    <div className="guide-trial" onKeyDown={keyed}>
      {asked.length > 0 ? (
        <fieldset className="guide-trial-facts" disabled={isBegun}>
          <legend className="label">{t('guide.trialFacts')}</legend>
          {asked.map((name) => (
            <Field
              key={name}
              label={name}
              autoComplete="off"
              spellCheck={false}
              maxLength={500}
              value={run.facts[name] ?? ''}
              onChange={({ target }) => take({ kind: 'known', facts: withFact(run.facts, name, target.value) })}
            />
          ))}
        </fieldset>
      ) : null}
      <GuideStepper
        open={open}
        onStep={take}
        onArticle={() => undefined}
        end={(headingId) => (
          <>
            <header className="guide-head">
              <h3 id={headingId}>{t('guide.atEnd')}</h3>
            </header>
            <GuideAnswers stores={stores} open={open} />
            <p className="text-2">{t('guide.trialKeepsNothing')}</p>
          </>
        )}
        footer={
          <>
            {run.isAtEnd ? (
              <Button kind="primary" className="guide-go" onClick={onClose}>
                {done}
              </Button>
            ) : (
              <Button kind="primary" className="guide-go" shortcut="Ctrl+Enter" onClick={() => take({ kind: 'next' })}>
                {t('guide.next')}
              </Button>
            )}
            <Button kind="quiet" disabled={!isBegun} onClick={() => setOpen(begun(run.facts))}>
              {t('guide.trialAgain')}
            </Button>
            <span className="push" />
            {isBegun ? (
              <button
                type="button"
                className="guide-back small text-3 nowrap"
                {...tipOf(t('guide.back'), 'Alt+ArrowLeft')}
                onClick={() => take({ kind: 'back' })}
              >
                {t('guide.back')} <Kbd keys="Alt+ArrowLeft" />
              </button>
            ) : null}
          </>
        }
      />
    </div>
  );
}

/** What is empty is not known. */
function withFact(facts: Readonly<Record<string, string>>, name: string, value: string): Readonly<Record<string, string>> {
  const { [name]: _before, ...others } = facts;
  return value === '' ? others : { ...others, [name]: value };
}
