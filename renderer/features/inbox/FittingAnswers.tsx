import { BookOpen, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/index.ts';
import { type Action, classes, IconButton, tipOf } from '../../ui/index.ts';

/** What may be written as it stands to a customer who wrote such a thing: up to three, each put in by its key. */
export interface FittingAnswers {
  readonly answers: readonly {
    readonly number: string;
    readonly title: string;
    readonly language: 'en' | 'zh';
    /** With what is known filled in. */
    readonly text: string;
    readonly put: Action;
  }[];
  readonly dismiss: Action;
}

const previewed = 160;

/** One line, there or not, so that nothing moves when they come. They are said once to whoever cannot see them, and take no keyboard. */
export function FittingAnswersLine({
  answers: { answers, dismiss },
  otherwise,
}: {
  readonly answers: FittingAnswers;
  readonly otherwise: ReactNode;
}) {
  const { t, formats } = useText();
  return (
    <div className={classes('composer-fits', answers.length === 0 && otherwise === null && 'is-empty')}>
      {answers.length === 0 ? (
        otherwise
      ) : (
        <>
          <span className="small text-3 nowrap">{t('composer.fits')}</span>
          {answers.map(({ number, title, language, text, put }) => (
            <button
              key={number}
              type="button"
              className="fit row"
              aria-label={t('composer.putAnswer', { title })}
              {...tipOf(title, put.shortcut, text.length > previewed ? `${text.slice(0, previewed)}…` : text)}
              onClick={put.perform}
            >
              <BookOpen className="icon icon-small" aria-hidden="true" />
              <span className="cut" lang={language}>
                {title}
              </span>
            </button>
          ))}
          <IconButton icon={X} label={dismiss.label} shortcut={dismiss.shortcut} onClick={dismiss.perform} />
        </>
      )}
      <span className="sr-only" role="status">
        {answers.length === 0 ? '' : t('composer.answersFit', { titles: formats.listed(answers.map(({ title }) => title)) })}
      </span>
    </div>
  );
}
