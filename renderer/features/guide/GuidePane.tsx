import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { currentStep } from '../../../shared/guide-steps.ts';
import { wordsOfRun } from '../../../shared/guide-words.ts';
import { useText } from '../../i18n/index.ts';
import { type GuideAtContact, placeInGuide, type Stores } from '../../stores/index.ts';
import { type Action, Button, Kbd, tipOf } from '../../ui/index.ts';
import { ArticleLink } from './ArticleLink.tsx';
import { GuideEnd } from './GuideEnd.tsx';
import { GuideField } from './GuideField.tsx';
import { GuideSteps } from './GuideSteps.tsx';
import type { GuideDeeds } from './guide-deeds.ts';
import './guide.css';

export interface GuidePaneProps {
  readonly stores: Stores;
  readonly deeds: GuideDeeds;
  readonly pop: ScreenPop;
  readonly actions: Readonly<Record<'guide.next' | 'guide.back' | 'guide.choose', Action>>;
  onArticle(number: string): void;
}

/** A guide beside the conversation: the steps, and the one where the agent is with what is said and asked there. */
export function GuidePane({ stores, pop, ...rest }: GuidePaneProps) {
  const open = useStore(stores.guides, ({ at }) => at[pop.interactionId] ?? null);
  return open ? <OpenGuide open={open} stores={stores} pop={pop} {...rest} /> : null;
}

function OpenGuide({ open, stores, deeds, pop, actions, onArticle }: GuidePaneProps & { readonly open: GuideAtContact }) {
  const { t, formats } = useText();
  const { language } = formats;
  const { guide, run, problems } = open;
  const now = useRef<HTMLElement>(null);
  const step = currentStep(guide, run);
  const place = placeInGuide(open);
  const { interactionId } = pop;
  const back = actions['guide.back'];
  const next = actions['guide.next'];

  // What is wrong is told at its field, and the keyboard goes there.
  useEffect(() => {
    if (problems.length > 0) now.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem="true"] input')?.focus();
  }, [problems]);

  // Whoever works by keyboard is at what the next step asks; whoever writes a note stays there.
  const stepId = run.isAtEnd ? 'end' : step?.id;
  const shown = useRef(stepId);
  useEffect(() => {
    if (shown.current === stepId) return;
    shown.current = stepId;
    if (!now.current?.contains(document.activeElement) && document.activeElement !== document.body) return;
    (now.current?.querySelector<HTMLElement>('input, select, button.guide-go') ?? now.current)?.focus({ preventScroll: true });
  }, [stepId]);

  const keyed = (event: KeyboardEvent<HTMLElement>) => {
    const isWriting = event.target instanceof HTMLInputElement && event.target.type !== 'radio' && event.target.type !== 'checkbox';
    if (isWriting || event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const choice = step?.fields.find(({ kind }) => kind === 'choice');
    const option = choice?.options[Number(event.key) - 1];
    if (!choice || !option || run.isAtEnd) return;
    event.preventDefault();
    deeds.step(interactionId, { kind: 'answer', name: choice.name, value: option.value });
  };

  return (
    <section className="guide" aria-label={t('guide.title', { name: guide.name[language] })}>
      <GuideSteps open={open} onGoTo={(to) => deeds.step(interactionId, { kind: 'goTo', stepId: to })} />
      <p className="sr-only" role="status">
        {run.isAtEnd ? t('guide.atEnd') : `${step?.title[language] ?? ''}, ${t('guide.place', { step: place.step, of: place.of })}`}
      </p>
      <section className="guide-now" ref={now} tabIndex={-1} aria-labelledby={`guide-${interactionId}`} onKeyDown={keyed}>
        {run.isAtEnd || !step ? (
          <GuideEnd stores={stores} open={open} deeds={deeds} pop={pop} headingId={`guide-${interactionId}`} />
        ) : (
          <>
            <header className="guide-head">
              <h3 id={`guide-${interactionId}`}>{step.title[language]}</h3>
              <span className="push" />
              {step.article ? <ArticleLink number={step.article} onOpen={onArticle} /> : null}
              <span className="small text-3 nowrap">{t('guide.place', { step: place.step, of: place.of })}</span>
            </header>
            {step.say[language].trim() === '' ? null : <p className="guide-say">{wordsOfRun(guide, run, step.say, language)}</p>}
            <div className="guide-fields">
              {step.fields.map((field) => (
                <GuideField
                  key={field.name}
                  open={open}
                  field={field}
                  problem={problems.find(({ name }) => name === field.name)?.what ?? null}
                  onAnswer={(value) => deeds.step(interactionId, { kind: 'answer', name: field.name, value })}
                  onApprove={(by) => deeds.step(interactionId, { kind: 'approve', name: field.name, by })}
                  onArticle={onArticle}
                />
              ))}
            </div>
          </>
        )}
        <footer className="guide-foot">
          {open.finished ? null : (
            <Button kind="primary" className="guide-go" shortcut={next.shortcut} disabled={!next.isEnabled} onClick={next.perform}>
              {run.isAtEnd ? t('guide.keep') : t('guide.next')}
            </Button>
          )}
          <Button
            kind="quiet"
            {...tipOf(t('guide.another'), actions['guide.choose'].shortcut)}
            onClick={actions['guide.choose'].perform}
            disabled={!actions['guide.choose'].isEnabled}
          >
            {t('guide.another')}
          </Button>
          <span className="push" />
          {run.path.length > 1 || run.isAtEnd ? (
            <button
              type="button"
              className="guide-back small text-3 nowrap"
              {...tipOf(t('guide.back'), back.shortcut)}
              disabled={!back.isEnabled}
              onClick={back.perform}
            >
              {t('guide.back')} {back.shortcut ? <Kbd keys={back.shortcut} /> : null}
            </button>
          ) : null}
        </footer>
      </section>
    </section>
  );
}
