import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Dialog, EmptyState, Section } from '../../ui/index.ts';
import type { PrivacyDeeds } from './deeds.ts';
import './privacy.css';

/** Who would be deleted by which rule, before anybody is; and who is held and stays. */
export function Retained({ stores, deeds }: { readonly stores: Stores; readonly deeds: PrivacyDeeds }) {
  const { t, formats } = useText();
  const { asked, rules, holds, confirming, isBusy, failure, deleted } = useStore(stores.privacy);
  useEffect(() => void deeds.look(), [deeds]);
  const rule = rules.find(({ ruleId }) => ruleId === confirming);
  if (asked.phase === 'failed') {
    return (
      <EmptyState title={t('privacy.failed')} action={<Button onClick={() => void deeds.look()}>{t('privacy.retry')}</Button>}>
        {t(`failure.${asked.code}`)}
      </EmptyState>
    );
  }
  return (
    <div className="retained">
      <p className="small tone-broken privacy-problem" role="alert">
        {failure ? (failure === 'conflict' ? t('privacy.lapsed.changed') : t(`failure.${failure}`)) : null}
      </p>
      <Section
        title={t('privacy.lapsed')}
        more={
          <Button size="small" disabled={asked.phase === 'loading' || isBusy} onClick={() => void deeds.look()}>
            {t('privacy.lookAgain')}
          </Button>
        }
      >
        <p className="text-2">{t('privacy.lapsedText')}</p>
        {asked.phase === 'ready' && rules.length === 0 ? <p className="text-3 retained-none">{t('privacy.lapsedNone')}</p> : null}
        <ul className="retained-rules">
          {rules.map((each) => (
            <li key={each.ruleId}>
              <div className="row retained-rule">
                <span className="medium whole">{each.name[formats.language]}</span>
                <span className="small text-3">{t('privacy.silentFor', { count: each.silentForDays })}</span>
                <span className="push figures strong">
                  {t('privacy.people', { count: each.people, number: formats.number(each.people) })}
                </span>
                <Button size="small" disabled={each.people === 0 || isBusy} onClick={() => deeds.confirm(each.ruleId)}>
                  {t('privacy.delete')}
                </Button>
              </div>
              {deleted?.ruleId === each.ruleId ? (
                <p className="small tone-ready" role="status">
                  {t(deleted.isDone ? 'privacy.deleted' : 'privacy.deletedSoFar', {
                    count: deleted.people,
                    number: formats.number(deleted.people),
                  })}
                </p>
              ) : null}
              <ul className="retained-first small text-2">
                {each.first.map(({ contactId, name, lastContactAt }) => (
                  <li key={contactId}>
                    <span className="whole">{name}</span>
                    <span className="text-3 nowrap">
                      {lastContactAt === null
                        ? t('privacy.neverContacted')
                        : t('privacy.lastContact', { date: formats.date(lastContactAt) })}
                    </span>
                  </li>
                ))}
                {each.people > each.first.length && each.first.length > 0 ? (
                  <li className="text-3">{t('privacy.andMore', { count: each.people - each.first.length })}</li>
                ) : null}
              </ul>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('privacy.holds')}>
        {asked.phase === 'ready' && holds.length === 0 ? <p className="text-3">{t('privacy.holdsNone')}</p> : null}
        <ul className="retained-rules">
          {holds.map((hold) => (
            <li key={hold.contactId} className="row retained-rule">
              <span className="whole">
                <span className="medium">{hold.name}</span>
                <span className="small text-2 retained-reason">{hold.reason}</span>
              </span>
              <span className="push small text-3 nowrap">
                {hold.until === null ? t('privacy.heldFor') : t('privacy.heldUntil', { date: formats.date(hold.until) })}
                {' · '}
                {hold.by}
              </span>
              <Button size="small" disabled={isBusy} onClick={() => void deeds.hold(hold.contactId, null, null)}>
                {t('privacy.hold.lift')}
              </Button>
            </li>
          ))}
        </ul>
      </Section>
      <Dialog
        title={t('privacy.delete.title', { count: rule?.people ?? 0 })}
        isOpen={rule !== undefined}
        onClose={() => deeds.confirm(null)}
        footer={
          <>
            <Button disabled={isBusy} onClick={() => deeds.confirm(null)}>
              {t('privacy.cancel')}
            </Button>
            <Button kind="end" disabled={isBusy} onClick={() => rule && void deeds.deleteLapsed(rule.ruleId)}>
              {t('privacy.delete.do', { count: rule?.people ?? 0 })}
            </Button>
          </>
        }
      >
        <p className="dialog-body text-2">{t('privacy.delete.text')}</p>
      </Dialog>
    </div>
  );
}
