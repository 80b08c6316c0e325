import type { CaseView } from '../../../shared/contracts/contact.ts';
import { isSameDay, useText } from '../../i18n/index.ts';
import { Badge, Section } from '../../ui/index.ts';
import { caseIcons } from './icons.ts';

export function Cases({
  cases,
  now,
  isDetailed = false,
  onOpen,
}: {
  readonly cases: readonly CaseView[];
  readonly now: number;
  readonly isDetailed?: boolean;
  onOpen(caseId: string): void;
}) {
  const { t, formats } = useText();
  return (
    <Section
      title={
        <>
          {t('customer.openCases')}
          {cases.length > 0 ? <Badge count={cases.length} /> : null}
        </>
      }
    >
      {cases.length === 0 ? <p className="text-2">{t('customer.noCases')}</p> : null}
      <ul className="list">
        {cases.map((each) => {
          const Icon = caseIcons[each.kind];
          const isDueToday = each.dueAt !== null && isSameDay(each.dueAt, now);
          const isOverdue = each.dueAt !== null && each.dueAt < now;
          const when = each.dueAt === null ? null : formats.deadline(each.dueAt, now);
          return (
            <li key={each.caseId}>
              <Icon className="icon" aria-label={t(`case.${each.kind}`)} />
              <span className="grow">
                <button type="button" className="whole case-title" onClick={() => onOpen(each.caseId)}>
                  {each.number} {each.subject}
                </button>
                {isDetailed ? (
                  <span className="small text-3 case-detail">{`${t(`case.${each.kind}`)} · ${t('case.opened', { date: formats.date(each.openedAt) })}`}</span>
                ) : null}
              </span>
              {when ? (
                <span className="list-end">
                  <span className={isOverdue ? 'tone-broken medium' : isDueToday ? 'tone-waiting medium' : undefined}>
                    {isOverdue ? t('case.overdue', { when }) : t('case.due', { when })}
                  </span>
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
