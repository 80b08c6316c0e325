import { useText } from '../../i18n/index.ts';
import { Chip, classes, Section } from '../../ui/index.ts';
import type { PartProps } from './Account.tsx';
import { chipOfVisit } from './words.ts';

const shownVisits = 6;

/** Visits to come and those that were, with what was said. Planning one has its place in the head. */
export function Visits({ page, deeds, now, isReadOnly }: PartProps) {
  const text = useText();
  const { t, formats } = text;
  const year = new Date(now).getFullYear();
  const thisYear = page.visits.filter(({ state, at }) => state === 'done' && new Date(at).getFullYear() === year).length;
  const visits = page.visits.toSorted((a, b) => b.at - a.at);
  return (
    <Section title={t('account.visits')} more={t('account.visitsThisYear', { count: thisYear })}>
      {visits.length === 0 ? <p className="text-3">{t('account.visitsNone')}</p> : null}
      <ul className="account-rows">
        {visits.slice(0, shownVisits).map((visit) => {
          const { tone, text: state } = chipOfVisit(text, visit, now);
          const isPlanned = visit.state === 'planned';
          const content = (
            <>
              <span className={classes('account-row-day', isPlanned && 'tone-accent medium')}>{formats.date(visit.at)}</span>
              <span className="account-row-body">
                <span className={classes('whole', isPlanned && 'medium')}>
                  {isPlanned ? t('account.visitAt', { purpose: visit.purpose, time: formats.time(visit.at) }) : visit.purpose}
                </span>
                <span className="small text-3 whole">{[visit.visitor, visit.contactName].filter(Boolean).join(' · ')}</span>
                {visit.opinion ? (
                  <span className="small whole account-opinion">{t('account.said', { opinion: visit.opinion })}</span>
                ) : null}
              </span>
              <Chip tone={tone}>{state}</Chip>
            </>
          );
          return (
            <li key={visit.visitId}>
              {isReadOnly ? (
                <div className="account-row">{content}</div>
              ) : (
                <button type="button" className="account-row" onClick={() => deeds.showForm({ kind: 'visit', visitId: visit.visitId })}>
                  {content}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
