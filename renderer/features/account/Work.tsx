import { Briefcase, Check, Flag, Gift, type LucideIcon, Plus, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/index.ts';
import { type Action, IconButton, Section } from '../../ui/index.ts';
import type { PartProps } from './Account.tsx';
import { Files } from './Files.tsx';
import { dueWords } from './words.ts';

const caseIcons: Readonly<Record<string, LucideIcon>> = { complaint: Flag, serviceRequest: Briefcase, repair: Wrench };

/** What is open: cases and tasks; and gifts and files, which are looked up before a visit. */
export function Work({
  page,
  deeds,
  now,
  isReadOnly,
  mayFinish,
  addGift,
  onCase,
}: PartProps & {
  /** Tasks are finished by whoever may write what is done for a customer. */
  readonly mayFinish: boolean;
  readonly addGift: Action;
  readonly onCase?: ((each: { readonly contactId: string; readonly caseId: string }) => void) | undefined;
}) {
  const text = useText();
  const { t, formats } = text;
  const due = (at: number | null): ReactNode =>
    at === null ? null : <span className={at < now ? 'tone-broken' : undefined}>{dueWords(text, at, now)}</span>;
  const tasks = page.tasks.filter(({ doneAt }) => doneAt === null);
  return (
    <>
      <Section title={t('account.openCases')}>
        {page.openCases.length === 0 ? <p className="text-3">{t('account.casesNone')}</p> : null}
        <ul className="list">
          {page.openCases.map((each) => {
            const Icon = caseIcons[each.kind] ?? Briefcase;
            const name = `${each.number} ${each.subject}`;
            return (
              <li key={each.caseId}>
                <Icon className="icon" aria-hidden="true" />
                {onCase ? (
                  <button type="button" className="account-link whole is-quiet" onClick={() => onCase(each)}>
                    {name}
                  </button>
                ) : (
                  <span className="whole">{name}</span>
                )}
                <span className="list-end">{due(each.dueAt)}</span>
              </li>
            );
          })}
        </ul>
      </Section>
      <Section title={t('account.tasks')}>
        {tasks.length === 0 ? <p className="text-3">{t('account.tasksNone')}</p> : null}
        <ul className="list">
          {tasks.map((task) => (
            <li key={task.taskId}>
              {mayFinish ? (
                <IconButton
                  icon={Check}
                  label={t('account.finishTask', { title: task.title })}
                  onClick={() => void deeds.finishTask(task.taskId)}
                />
              ) : null}
              <span className="whole">
                {task.title}
                {task.ownerName ? <span className="small text-3"> {task.ownerName}</span> : null}
              </span>
              <span className="list-end">{due(task.dueAt)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t('account.gifts')}
        more={
          isReadOnly ? undefined : (
            <IconButton
              icon={Plus}
              label={addGift.label}
              shortcut={addGift.shortcut}
              onClick={addGift.perform}
              disabled={!addGift.isEnabled}
            />
          )
        }
      >
        {page.gifts.length === 0 ? <p className="text-3">{t('account.giftsNone')}</p> : null}
        <ul className="list">
          {page.gifts.slice(0, 4).map((gift) => (
            <li key={gift.giftId}>
              <Gift className="icon" aria-hidden="true" />
              <span className="whole">
                {[gift.what, gift.contactName, gift.occasion].filter(Boolean).join(' · ')}
                {gift.amount !== null && gift.currency ? (
                  <span className="small text-3"> {formats.money(gift.amount, gift.currency)}</span>
                ) : null}
              </span>
              <span className="list-end">{formats.date(gift.at)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Files page={page} deeds={deeds} isReadOnly={isReadOnly} />
    </>
  );
}
