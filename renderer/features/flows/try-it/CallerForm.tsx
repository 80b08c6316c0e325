import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { factNameSchema } from '../../../../shared/contracts/ivr/conditions.ts';
import type { Flow, Pretended } from '../../../../shared/contracts/ivr/flow.ts';
import { useText } from '../../../i18n/index.ts';
import { nodeAt } from '../../../stores/index.ts';
import { Button, Dialog, Field, IconButton, Select } from '../../../ui/index.ts';
import { exitName, titleOf } from '../words.ts';
import { answersOf, findsOut } from './callers.ts';

type Rows = readonly (readonly [name: string, value: string])[];
interface Draft extends Omit<Pretended, 'facts' | 'answers'> {
  readonly facts: Rows;
  readonly answers: readonly { readonly nodeId: string; readonly exit: string; readonly facts: Rows }[];
}

export interface CallerFormProps {
  readonly flow: Flow;
  readonly given: Pretended;
  onClose(): void;
  onChange(given: Pretended): void;
}

const rowsOf = (facts: Readonly<Record<string, string>>): Rows => Object.entries(facts);
/** Rows without a name are no facts yet. */
const named = (rows: Rows) => rows.filter(([name]) => name.trim() !== '');
const isFact = ([name]: Rows[number]) => factNameSchema.safeParse(name.trim()).success;
const factsOf = (rows: Rows) => Object.fromEntries(named(rows).map(([name, value]) => [name.trim(), value]));

/** Everything that is made up for a run: who calls what and when, what is known, and what others answer. */
export function CallerForm({ flow, given, onClose, onChange }: CallerFormProps) {
  const text = useText();
  const { t } = text;
  const [draft, setDraft] = useState<Draft>(() => ({
    ...given,
    facts: rowsOf(given.facts),
    answers: Object.entries(given.answers).map(([nodeId, { exit, facts }]) => ({ nodeId, exit, facts: rowsOf(facts) })),
  }));
  const put = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const putAnswer = (nodeId: string, change: Partial<Draft['answers'][number]>) =>
    put({ answers: draft.answers.map((each) => (each.nodeId === nodeId ? { ...each, ...change } : each)) });
  const isWhole = [draft.facts, ...draft.answers.map(({ facts }) => facts)].every((rows) => named(rows).every(isFact)) && draft.at !== '';

  const save = () => {
    if (!isWhole) return;
    const answers = draft.answers.map(({ nodeId, exit, facts }) => [nodeId, { exit, facts: factsOf(facts) }]);
    onChange({
      ...{ number: draft.number?.trim() || null, dialled: draft.dialled.trim(), at: draft.at, locale: draft.locale },
      ...{ facts: factsOf(draft.facts), answers: Object.fromEntries(answers) },
    });
    onClose();
  };

  return (
    <Dialog
      title={t('flowRuns.caller')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('flows.cancel')}</Button>
          <Button kind="primary" disabled={!isWhole} onClick={save}>
            {t('flowRuns.caller.use')}
          </Button>
        </>
      }
    >
      <div className="try-form">
        <div className="try-form-two">
          <Field
            label={t('flowRuns.caller.number')}
            placeholder={t('flowRuns.caller.withheld')}
            value={draft.number ?? ''}
            maxLength={40}
            onChange={({ target }) => put({ number: target.value })}
          />
          <Field
            label={t('flowRuns.caller.dialled')}
            value={draft.dialled}
            maxLength={40}
            onChange={({ target }) => put({ dialled: target.value })}
          />
          <Field
            type="datetime-local"
            label={t('flowRuns.caller.at')}
            value={draft.at}
            required
            onChange={({ target }) => put({ at: target.value.slice(0, 16) })}
          />
          <Select
            label={t('flowRuns.caller.locale')}
            value={draft.locale ?? 'none'}
            choices={[
              { value: 'none', label: t('flowRuns.caller.noLocale') },
              { value: 'en', label: t('flows.option.en') },
              { value: 'zh', label: t('flows.option.zh') },
            ]}
            onChange={(value) => put({ locale: value === 'none' ? null : value })}
          />
        </div>
        <FactRows title={t('flowRuns.caller.facts')} rows={draft.facts} onChange={(facts) => put({ facts })} />
        {draft.answers.map(({ nodeId, exit, facts }) => {
          const node = nodeAt(flow, nodeId);
          if (!node) return null;
          const title = titleOf(text, node);
          return (
            <section key={nodeId} className="try-form-answer" aria-label={title}>
              <Select
                label={t('flowRuns.caller.answer', { name: title })}
                value={exit}
                choices={answersOf(node).map((value) => ({
                  value,
                  label: value === 'transferred' ? t('flowRuns.transferred') : exitName(text, node, value),
                }))}
                onChange={(value) => putAnswer(nodeId, { exit: value })}
              />
              {findsOut(node) ? (
                <FactRows
                  title={t('flowRuns.caller.answerFacts', { name: title })}
                  rows={facts}
                  onChange={(rows) => putAnswer(nodeId, { facts: rows })}
                />
              ) : null}
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

function FactRows({ title, rows, onChange }: { readonly title: string; readonly rows: Rows; onChange(rows: Rows): void }) {
  const { t } = useText();
  const put = (place: number, row: Rows[number]) => onChange(rows.map((each, index) => (index === place ? row : each)));
  return (
    <fieldset className="try-facts">
      <legend className="label">{title}</legend>
      {rows.map((row, place) => {
        const [name, value] = row;
        const isWrong = name.trim() !== '' && !isFact(row);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own while it is typed
          <div key={place} className="try-fact">
            <div className="field">
              <input
                aria-label={t('flows.fact')}
                aria-invalid={isWrong ? true : undefined}
                value={name}
                maxLength={120}
                spellCheck={false}
                onChange={({ target }) => put(place, [target.value, value])}
              />
            </div>
            <div className="field">
              <input
                aria-label={name.trim() === '' ? t('flows.value') : t('flowRuns.caller.valueOf', { name })}
                value={value}
                maxLength={500}
                onChange={({ target }) => put(place, [name, target.value])}
              />
            </div>
            <IconButton
              icon={X}
              label={t('flowRuns.caller.removeFact', { name })}
              onClick={() => onChange(rows.filter((_, index) => index !== place))}
            />
          </div>
        );
      })}
      <Button size="small" icon={Plus} onClick={() => onChange([...rows, ['', '']])}>
        {t('flowRuns.caller.addFact')}
      </Button>
      {rows.some((row) => row[0].trim() !== '' && !isFact(row)) ? (
        <p className="field-problem small">{t('flowRuns.caller.badFact')}</p>
      ) : null}
    </fieldset>
  );
}
