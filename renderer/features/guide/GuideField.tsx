import { useId } from 'react';
import type { GuideField as FieldOfGuide } from '../../../shared/contracts/guides.ts';
import type { AnswerProblem } from '../../../shared/guide-steps.ts';
import { wordsOfRun } from '../../../shared/guide-words.ts';
import { useText } from '../../i18n/index.ts';
import type { GuideAtContact } from '../../stores/index.ts';
import { Chip, classes, Field, Tick } from '../../ui/index.ts';
import { ArticleLink } from './ArticleLink.tsx';

export interface GuideFieldProps {
  readonly open: Pick<GuideAtContact, 'guide' | 'run'>;
  readonly field: FieldOfGuide;
  readonly problem: AnswerProblem['what'] | null;
  onAnswer(value: string): void;
  onApprove(by: string): void;
  onArticle(number: string): void;
}

/** One thing that a step asks, by the control that fits it. */
export function GuideField(props: GuideFieldProps) {
  const { t, formats } = useText();
  const { open, field, problem, onAnswer } = props;
  const { guide, run } = open;
  const value = run.answers[field.name] ?? '';
  const said = wordsOfRun(guide, run, field.label, formats.language);
  const label = field.required ? said : t('guide.optional', { label: said });
  const told = problem === null ? null : problemInWords();

  function problemInWords(): string {
    const least = field.least === null ? '' : formats.number(field.least);
    const most = field.most === null ? '' : formats.number(field.most);
    if (problem === 'tooLittle') return t(field.kind === 'text' ? 'guide.problem.tooShort' : 'guide.problem.tooLittle', { least });
    if (problem === 'tooMuch') return t(field.kind === 'text' ? 'guide.problem.tooLong' : 'guide.problem.tooMuch', { most });
    if (problem === 'badShape') return t(`guide.problem.${field.shape ?? 'digits'}`);
    return t(`guide.problem.${problem ?? 'missing'}`);
  }

  switch (field.kind) {
    case 'choice':
      return <ChoiceField {...props} label={label} told={told} />;
    case 'check':
      return (
        <label className="guide-check" data-problem={told !== null}>
          <Tick checked={value === 'yes'} onChange={({ target }) => onAnswer(target.checked ? 'yes' : 'no')} />
          <span>{label}</span>
          {told ? <span className="field-problem small">{told}</span> : null}
        </label>
      );
    case 'date':
      return (
        <Field
          className="guide-short"
          type="date"
          label={label}
          problem={told}
          value={value}
          onChange={({ target }) => onAnswer(target.value)}
        />
      );
    case 'number':
    case 'money':
      return (
        <Field
          className="guide-short"
          inputMode="decimal"
          autoComplete="off"
          label={label}
          problem={told}
          value={value}
          after={field.currency ? <span className="text-3">{field.currency}</span> : null}
          onChange={({ target }) => onAnswer(plainNumber(target.value))}
        />
      );
    case 'text':
      return (
        <Field
          autoComplete="off"
          maxLength={field.most ?? 2_000}
          label={label}
          problem={told}
          value={value}
          onChange={({ target }) => onAnswer(target.value)}
        />
      );
  }
}

function ChoiceField(props: GuideFieldProps & { readonly label: string; readonly told: string | null }) {
  const { t, formats } = useText();
  const { open, field, problem, label, told, onAnswer, onApprove, onArticle } = props;
  const { guide, run } = open;
  const name = useId();
  const value = run.answers[field.name] ?? '';
  const chosen = field.options.find((option) => option.value === value);
  return (
    <fieldset className="guide-choice" data-problem={told !== null && problem !== 'notApproved'}>
      <legend className="label">{label}</legend>
      {field.options.map((option) => (
        <div key={option.value} className={classes('guide-option', option.value === value && 'is-on')}>
          <label>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onAnswer(option.value)} />
            <span className="cut">{wordsOfRun(guide, run, option.label, formats.language)}</span>
          </label>
          {option.needsApproval ? <Chip tone="waiting">{t('guide.needsApproval')}</Chip> : null}
          {option.note[formats.language] ? <span className="small text-3">{option.note[formats.language]}</span> : null}
          {option.article ? <ArticleLink number={option.article} onOpen={onArticle} /> : null}
        </div>
      ))}
      {chosen?.needsApproval ? (
        <Field
          className="guide-short"
          autoComplete="off"
          maxLength={100}
          label={t('guide.approvedBy')}
          problem={problem === 'notApproved' ? told : null}
          value={run.approvals[field.name] ?? ''}
          onChange={({ target }) => onApprove(target.value)}
        />
      ) : null}
      {told && problem !== 'notApproved' ? (
        <p className="field-problem small" role="alert">
          {told}
        </p>
      ) : null}
    </fieldset>
  );
}

/** As people write amounts, with signs between the thousands. */
const plainNumber = (typed: string): string => typed.replaceAll(/[,，\s](?=\d{3}(\D|$))/g, '').replace('。', '.');
