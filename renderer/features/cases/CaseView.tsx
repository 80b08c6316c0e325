import { type FormEvent, useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { CustomFieldDefinition } from '../../../shared/contracts/configuration.ts';
import type { CaseFile, CaseStatus } from '../../../shared/contracts/record.ts';
import { nextCaseStatuses } from '../../../shared/states/case.ts';
import { customValueText, type Text, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Chip, classes, Facts, TextArea, Tick, useNow } from '../../ui/index.ts';
import { CaseFields } from './CaseFields.tsx';
import type { CaseDeeds } from './deeds.ts';
import { deadlineOf, statusTones } from './words.ts';
import './cases.css';

export interface CaseViewProps {
  readonly stores: Stores;
  readonly deeds: CaseDeeds;
  readonly file: CaseFile;
}

/** One case with all of its steps, and the next step to be made. */
export function CaseView({ stores, deeds, file }: CaseViewProps) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const mayWrite = useStore(stores.desk, (desk) => desk.user?.rights.includes('contact:write') === true);
  const customFields = useStore(stores.desk, (desk) => desk.customFields);
  const deadline = deadlineOf(text, file, now);
  return (
    <article className="case-file" aria-label={`${file.number} ${file.subject}`}>
      <div className="case-file-head">
        <Chip tone={statusTones[file.status]}>{t(`cases.status.${file.status}`)}</Chip>
        <Chip tone="outlined">{t(`case.${file.kind}`)}</Chip>
        {file.priority > 0 ? <Chip tone={file.priority > 1 ? 'broken' : 'waiting'}>{t(`cases.priority.${priorityOf(file)}`)}</Chip> : null}
        {deadline ? (
          <span className={classes('medium small', deadline.tone !== 'plain' && `tone-${deadline.tone}`)}>{deadline.text}</span>
        ) : null}
      </div>
      {file.description.trim() === '' ? null : <p className="case-file-text">{file.description}</p>}
      <Facts facts={factsOf(text, file, now)} />
      <CaseFields stores={stores} deeds={deeds} file={file} mayWrite={mayWrite} />
      <ol className="case-steps" aria-label={t('cases.steps')}>
        {file.steps.map((step) => (
          <li key={step.stepId}>
            <span className="small text-3 nowrap">{formats.dateOrTime(step.at, now)}</span>
            <span className="whole">
              {step.kind === 'note' ? step.text : t(`cases.step.${step.kind}`, { text: stepText(text, step, now, customFields) })}
              <span className="small text-3"> {step.author}</span>
            </span>
          </li>
        ))}
      </ol>
      {mayWrite ? <NextStep key={file.caseId} stores={stores} deeds={deeds} file={file} /> : null}
    </article>
  );
}

const priorityOf = ({ priority }: Pick<CaseFile, 'priority'>) => (priority >= 2 ? 'urgent' : priority === 1 ? 'high' : 'usual');

/** What a step changed something to: a status and a time come as they are stored. */
function stepText(text: Text, step: CaseFile['steps'][number], now: number, customFields: readonly CustomFieldDefinition[]): string {
  const { t, formats } = text;
  if (step.kind === 'status' && isStatus(step.text)) return t(`cases.status.${step.text}`);
  if (step.kind === 'priority') return t(`cases.priority.${priorityOf({ priority: Number(step.text) })}`);
  if (step.kind === 'field') {
    const [id = '', value = ''] = step.text.split(/: (.*)/s);
    const field = customFields.find((each) => each.on === 'case' && each.id === id);
    return field ? `${field.name[formats.language]}: ${customValueText(text, field, value)}` : step.text;
  }
  if (step.kind === 'deadline' && /^\d{12,}$/.test(step.text)) return formats.deadline(Number(step.text), now);
  return step.text;
}

const isStatus = (value: string): value is CaseStatus => ['open', 'inProgress', 'waiting', 'solved', 'closed'].includes(value);

function factsOf({ t, formats }: Text, file: CaseFile, now: number): (readonly [string, string])[] {
  const facts: (readonly [string, string])[] = [[t('cases.opened'), formats.date(file.openedAt)]];
  facts.push([t('cases.owner'), file.ownerName ?? t('cases.nobody')]);
  if (file.contractName) facts.push([t('cases.contract'), file.contractName]);
  if (file.productName) facts.push([t('cases.product'), file.productName]);
  if (file.responseDueAt !== null)
    facts.push([
      t('cases.answerBy'),
      file.respondedAt === null
        ? formats.deadline(file.responseDueAt, now)
        : t('cases.answeredAt', { when: formats.date(file.respondedAt), due: formats.date(file.responseDueAt) }),
    ]);
  if (file.dueAt !== null) facts.push([t('cases.solveBy'), formats.deadline(file.dueAt, now)]);
  if (file.closedAt !== null) facts.push([t('cases.closedAt'), formats.date(file.closedAt)]);
  if (file.outcome) facts.push([t('cases.outcome'), file.outcome]);
  if (file.provenance) facts.push([t('record.source'), file.provenance.source]);
  return facts;
}

/** `2026-11-24T17:00` as the field of the browser writes it, in this computer's time. */
export function asLocalInput(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function NextStep({ stores, deeds, file }: CaseViewProps) {
  const { t } = useText();
  const id = useId();
  const [words, setWords] = useState('');
  const [status, setStatus] = useState<CaseStatus | ''>('');
  const [owner, setOwner] = useState('');
  const [due, setDue] = useState('');
  const [isAnswered, setIsAnswered] = useState(false);
  const [owners, setOwners] = useState<readonly { agentId: string; name: string }[]>([]);
  const [isRefused, setIsRefused] = useState(false);
  const isBusy = useStore(stores.view, (view) => view.pending.includes('case'));
  const own = useStore(stores.desk, (desk) => desk.agent);

  useEffect(() => {
    let isWanted = true;
    void deeds.owners().then((list) => isWanted && setOwners(list));
    return () => {
      isWanted = false;
    };
  }, [deeds]);

  const choices = [
    ...(own && !owners.some(({ agentId }) => agentId === own.agentId) ? [{ agentId: own.agentId, name: own.name }] : []),
    ...owners,
  ];
  const isEmpty = words.trim() === '' && status === '' && owner === '' && due === '' && !isAnswered;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isEmpty || isBusy) return;
    const isDone = await deeds.step(file, {
      text: words.trim(),
      ...(status === '' ? {} : { status }),
      ...(owner === '' ? {} : { ownerAgentId: owner }),
      ...(due === '' ? {} : { dueAt: new Date(due).getTime() }),
      ...(isAnswered ? { responded: true } : {}),
    });
    setIsRefused(!isDone);
    if (!isDone) return;
    setWords('');
    setStatus('');
    setOwner('');
    setDue('');
    setIsAnswered(false);
  };

  return (
    <form className="case-next" onSubmit={(event) => void submit(event)}>
      <label className="label" htmlFor={id}>
        {t('cases.nextStep')}
      </label>
      <TextArea
        id={id}
        rows={2}
        value={words}
        maxLength={20_000}
        placeholder={t('cases.nextStepHint')}
        onChange={({ target }) => setWords(target.value)}
      />
      <div className="case-next-choices">
        <SmallSelect
          label={t('cases.status')}
          value={status}
          none={t(`cases.status.${file.status}`)}
          choices={nextCaseStatuses(file.status).map((value) => ({ value, label: t(`cases.status.${value}`) }))}
          onChange={(value) => setStatus(value as CaseStatus | '')}
        />
        <SmallSelect
          label={t('cases.owner')}
          value={owner}
          none={file.ownerName ?? t('cases.nobody')}
          choices={choices
            .filter(({ agentId }) => agentId !== file.ownerAgentId)
            .map(({ agentId, name }) => ({ value: agentId, label: name }))}
          onChange={setOwner}
        />
        <label className="case-small">
          <span className="label">{t('cases.solveBy')}</span>
          <input
            type="datetime-local"
            value={due === '' ? asLocalInput(file.dueAt) : due}
            onChange={({ target }) => setDue(target.value)}
          />
        </label>
        {file.respondedAt === null ? (
          <label className="case-check small">
            <Tick checked={isAnswered} onChange={({ target }) => setIsAnswered(target.checked)} />
            {t('cases.answered')}
          </label>
        ) : null}
        <span className="push" />
        <Button type="submit" kind="primary" size="small" disabled={isEmpty || isBusy}>
          {t('cases.store')}
        </Button>
      </div>
      <p className="small tone-broken case-next-told" role="status">
        {isRefused ? t('cases.refused') : ''}
      </p>
    </form>
  );
}

function SmallSelect(props: {
  readonly label: string;
  readonly value: string;
  readonly none: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  onChange(value: string): void;
}) {
  return (
    <label className="case-small">
      <span className="label">{props.label}</span>
      <select value={props.value} onChange={({ target }) => props.onChange(target.value)}>
        <option value="">{props.none}</option>
        {props.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
