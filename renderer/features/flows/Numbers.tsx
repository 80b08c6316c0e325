import { ArrowDown, ArrowUp, PhoneIncoming, Plus, Trash2, X } from 'lucide-react';
import type { FlowEntry } from '../../../shared/contracts/ivr/commands.ts';
import { useText } from '../../i18n/index.ts';
import type { FlowsState } from '../../stores/index.ts';
import { Button, EmptyState, Field, IconButton } from '../../ui/index.ts';
import type { FlowDeeds } from './deeds.ts';

/** Which number leads to which flow by which hours. Changes apply when they are saved, all at once. */
export function Numbers({
  state,
  deeds,
  isReadOnly,
}: {
  readonly state: FlowsState;
  readonly deeds: FlowDeeds;
  readonly isReadOnly: boolean;
}) {
  const { t } = useText();
  const { numbers, flows } = state;
  const entries = numbers?.entries ?? state.entries;
  const change = (next: readonly FlowEntry[]) => deeds.changeNumbers(next);
  const first = flows[0]?.flowId;
  const add = () => {
    if (first !== undefined) change([...entries, { dnis: '', name: { en: '', zh: '' }, flows: [{ hoursId: null, flowId: first }] }]);
  };
  const addButton = isReadOnly ? null : (
    <Button size="small" icon={Plus} disabled={first === undefined} onClick={add}>
      {t('flows.numbers.add')}
    </Button>
  );
  return (
    <div className="flow-numbers">
      <div className="row flow-numbers-head">
        <p className="text-2 grow">{t('flows.numbers.text')}</p>
        {numbers ? (
          <>
            <span className="small tone-accent medium" role="status">
              {t('flows.numbers.changed')}
            </span>
            <Button size="small" kind="quiet" disabled={numbers.isBusy} onClick={() => deeds.changeNumbers(null)}>
              {t('flows.numbers.undo')}
            </Button>
            <Button size="small" kind="primary" disabled={numbers.isBusy} onClick={() => void deeds.saveNumbers()}>
              {t('flows.numbers.save')}
            </Button>
          </>
        ) : null}
        {entries.length > 0 ? addButton : null}
      </div>
      {numbers?.failure ? (
        <p className="field-problem" role="alert">
          {t(`failure.${numbers.failure}`)}
        </p>
      ) : null}
      {numbers?.isConflict ? (
        <div className="row field-problem" role="alert">
          <span>{t('flows.numbers.conflict')}</span>
          <Button
            size="small"
            onClick={() => {
              deeds.changeNumbers(null);
              void deeds.open();
            }}
          >
            {t('flows.numbers.takeTheirs')}
          </Button>
        </div>
      ) : null}
      {entries.length === 0 ? (
        <EmptyState icon={PhoneIncoming} title={t('flows.numbers.none')} action={addButton}>
          {t('flows.numbers.noneText')}
        </EmptyState>
      ) : null}
      {entries.map((entry, index) => (
        <NumberCard
          // biome-ignore lint/suspicious/noArrayIndexKey: the number is what is being typed
          key={index}
          entry={entry}
          state={state}
          isReadOnly={isReadOnly}
          problem={problemOf(numbers?.problems, entry.dnis, t('flows.numbers.noNumber'))}
          onChange={(next) => change(entries.map((each, own) => (own === index ? next : each)))}
          onRemove={() => change(entries.toSpliced(index, 1))}
        />
      ))}
    </div>
  );
}

function NumberCard(props: {
  readonly entry: FlowEntry;
  readonly state: FlowsState;
  readonly isReadOnly: boolean;
  readonly problem: string | null;
  onChange(entry: FlowEntry): void;
  onRemove(): void;
}) {
  const { entry, state, isReadOnly, problem, onChange, onRemove } = props;
  const { t, formats } = useText();
  const lines = entry.flows;
  const put = (flows: FlowEntry['flows']) => onChange({ ...entry, flows });
  const putLine = (index: number, change: Partial<FlowEntry['flows'][number]>) =>
    put(lines.map((line, own) => (own === index ? { ...line, ...change } : line)));
  const swap = (index: number, by: 1 | -1) => {
    const [from, to] = [lines[index], lines[index + by]];
    if (from && to) put(lines.map((line, own) => (own === index ? to : own === index + by ? from : line)));
  };
  return (
    <fieldset className="flow-number">
      <legend className="sr-only">{t('flows.numbers.group', { dnis: entry.dnis })}</legend>
      <div className="flow-number-head">
        <Field
          label={t('flows.numbers.dnis')}
          value={entry.dnis}
          inputMode="tel"
          readOnly={isReadOnly}
          problem={problem}
          onChange={({ target }) => onChange({ ...entry, dnis: target.value.replaceAll(/[\s()/-]/g, '') })}
        />
        {(['en', 'zh'] as const).map((locale) => (
          <Field
            key={locale}
            label={t(locale === 'en' ? 'flows.numbers.nameEn' : 'flows.numbers.nameZh')}
            value={entry.name[locale]}
            maxLength={80}
            readOnly={isReadOnly}
            onChange={({ target }) => onChange({ ...entry, name: { ...entry.name, [locale]: target.value } })}
          />
        ))}
        {isReadOnly ? null : <IconButton icon={Trash2} label={t('flows.numbers.remove', { dnis: entry.dnis })} onClick={onRemove} />}
      </div>
      <ol className="flow-number-lines">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <li key={index}>
            <span className="small text-3 figures">{index + 1}</span>
            <div className="field flow-control">
              <select
                aria-label={t('flows.numbers.flow')}
                value={line.flowId}
                disabled={isReadOnly}
                onChange={({ target }) => putLine(index, { flowId: target.value })}
              >
                {state.flows.some(({ flowId }) => flowId === line.flowId) ? null : <option value={line.flowId}>{line.flowId}</option>}
                {state.flows.map(({ flowId, name }) => (
                  <option key={flowId} value={flowId}>
                    {name[formats.language]}
                  </option>
                ))}
              </select>
            </div>
            <div className="field flow-control">
              <select
                aria-label={t('flows.numbers.hours')}
                value={line.hoursId ?? ''}
                disabled={isReadOnly}
                onChange={({ target }) => putLine(index, { hoursId: target.value === '' ? null : target.value })}
              >
                <option value="">{t('flows.numbers.always')}</option>
                {state.references.hours.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name[formats.language]}
                  </option>
                ))}
              </select>
            </div>
            {isReadOnly ? null : (
              <span className="row">
                <IconButton
                  icon={ArrowUp}
                  label={t('flows.numbers.up', { number: index + 1 })}
                  disabled={index === 0}
                  onClick={() => swap(index, -1)}
                />
                <IconButton
                  icon={ArrowDown}
                  label={t('flows.numbers.down', { number: index + 1 })}
                  disabled={index === lines.length - 1}
                  onClick={() => swap(index, 1)}
                />
                <IconButton
                  icon={X}
                  label={t('flows.numbers.removeFlow', { number: index + 1 })}
                  disabled={lines.length === 1}
                  onClick={() => put(lines.toSpliced(index, 1))}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      {isReadOnly || lines.length >= 20 ? null : (
        <Button
          size="small"
          kind="quiet"
          icon={Plus}
          onClick={() => put([{ hoursId: state.references.hours[0]?.id ?? null, flowId: lines[0]?.flowId ?? '' }, ...lines])}
        >
          {t('flows.numbers.addFlow')}
        </Button>
      )}
    </fieldset>
  );
}

/** What is wrong with a number; `noNumber` where that is not the bridge's to say. */
function problemOf(problems: NonNullable<FlowsState['numbers']>['problems'] | undefined, dnis: string, noNumber: string): string | null {
  const problem = problems?.find((each) => each.dnis === dnis);
  return problem ? (problem.what ?? noNumber) : null;
}
