import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { currentStep, type GuideInput } from '../../../shared/guide-steps.ts';
import { wordsOfRun } from '../../../shared/guide-words.ts';
import { useText } from '../../i18n/index.ts';
import { type GuideAtContact, placeInGuide } from '../../stores/index.ts';
import { ArticleLink } from './ArticleLink.tsx';
import { GuideBefore } from './GuideBefore.tsx';
import { GuideField } from './GuideField.tsx';
import { GuideSteps } from './GuideSteps.tsx';
import './guide.css';

/** What is gone through: a guide, where somebody is in it, and why it did not go on. */
export type GuideGoneThrough = Pick<GuideAtContact, 'guide' | 'run' | 'problems' | 'finished' | 'readAlong'>;

export interface GuideStepperProps {
  readonly open: GuideGoneThrough;
  onStep(input: GuideInput): void;
  onArticle(number: string): void;
  /** What stands there when it is over, under a heading of this id. */
  end(headingId: string): ReactNode;
  readonly footer: ReactNode;
}

/** A guide as it is gone through, at a contact and in the editor: its steps, and the one that is at hand with what is said and asked there. */
export function GuideStepper({ open, onStep, onArticle, end, footer }: GuideStepperProps) {
  const { t, formats } = useText();
  const { language } = formats;
  const { guide, run, problems, readAlong } = open;
  const now = useRef<HTMLElement>(null);
  const headingId = useId();
  const step = currentStep(guide, run);
  const place = placeInGuide(open);

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
    onStep({ kind: 'answer', name: choice.name, value: option.value });
  };

  return (
    <section className="guide" aria-label={t('guide.title', { name: guide.name[language] })}>
      <GuideSteps open={open} onGoTo={(stepId) => onStep({ kind: 'goTo', stepId })} />
      <p className="sr-only" role="status">
        {run.isAtEnd ? t('guide.atEnd') : `${step?.title[language] ?? ''}, ${t('guide.place', { step: place.step, of: place.of })}`}
      </p>
      <section className="guide-now" ref={now} tabIndex={-1} aria-labelledby={headingId} onKeyDown={keyed}>
        {run.isAtEnd || !step ? (
          end(headingId)
        ) : (
          <>
            <header className="guide-head">
              <h3 id={headingId}>{step.title[language]}</h3>
              <span className="push" />
              {step.article ? <ArticleLink number={step.article} onOpen={onArticle} /> : null}
              <span className="small text-3 nowrap">{t('guide.place', { step: place.step, of: place.of })}</span>
            </header>
            {step.say[language].trim() === '' ? null : <p className="guide-say">{wordsOfRun(guide, run, step.say, language)}</p>}
            <GuideBefore open={open} />
            <fieldset className="guide-fields" disabled={readAlong !== null}>
              {step.fields.map((field) => (
                <GuideField
                  key={field.name}
                  open={open}
                  field={field}
                  problem={problems.find(({ name }) => name === field.name)?.what ?? null}
                  onAnswer={(value) => onStep({ kind: 'answer', name: field.name, value })}
                  onApprove={(by) => onStep({ kind: 'approve', name: field.name, by })}
                  onArticle={onArticle}
                />
              ))}
            </fieldset>
          </>
        )}
        <footer className="guide-foot">{footer}</footer>
      </section>
    </section>
  );
}
