import { useState } from 'react';
import { useStore } from 'zustand';
import { channelSigns, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, classes, Dialog, useMinute } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';
import { whenText } from './words.ts';

const whys = ['tooLarge', 'tooDeep', 'tooManyParts', 'tooManyHeaders', 'tookTooLong', 'tookTooMuch', 'broken'] as const;
type Reason = (typeof whys)[number];
const reasons: ReadonlySet<string> = new Set(whys);

/** What came in and could not be read: as much of its text as there is, its original, and, for who watches the queues, what becomes of it. */
export function QuarantineDialog({ stores, deeds }: { readonly stores: Stores; readonly deeds: InboxDeeds }) {
  const text = useText();
  const { t } = text;
  const { phase, arrivals } = useStore(stores.inbox, (inbox) => inbox.quarantine);
  const isBusy = useStore(stores.view, (view) => view.pending.includes('quarantine'));
  const maySettle = useStore(stores.desk, ({ user }) => user?.rights.includes('queue:watch') === true);
  const now = useMinute(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = arrivals.find(({ arrivalId }) => arrivalId === chosenId) ?? arrivals[0];
  return (
    <Dialog title={t('quarantine.title')} isOpen onClose={() => deeds.open(null)} isWide>
      <div className="inbox-dialog quarantine">
        <p className="text-2">{t(phase === 'ready' && arrivals.length === 0 ? 'quarantine.none' : 'quarantine.text')}</p>
        {phase === 'failed' ? (
          <p className="row small">
            <span className="tone-broken">{t('message.failed')}</span>
            <Button size="small" onClick={deeds.loadQuarantine}>
              {t('message.retry')}
            </Button>
          </p>
        ) : null}
        {chosen ? (
          <div className="quarantine-panes">
            <ul className="inbox-list">
              {arrivals.map((arrival) => {
                const Sign = channelSigns[arrival.channel];
                return (
                  <li key={arrival.arrivalId}>
                    <button
                      type="button"
                      aria-current={arrival === chosen ? 'true' : undefined}
                      className={classes('inbox-choice', arrival === chosen && 'is-at-hand')}
                      onClick={() => setChosenId(arrival.arrivalId)}
                    >
                      <Sign className="icon text-3" aria-hidden="true" />
                      <span className="grow">
                        <span className="cut medium quarantine-from">{arrival.from ?? t('quarantine.unknown')}</span>
                        <span className="small text-3 cut quarantine-from">
                          {text.formats.pair(whenText(text, arrival.receivedAt, now), text.formats.size(arrival.bytes))}
                        </span>
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
            <section className="quarantine-text" aria-label={t('quarantine.from', { from: chosen.from ?? t('quarantine.unknown') })}>
              <p className="small tone-waiting">{reasons.has(chosen.why) ? t(`quarantine.why.${chosen.why as Reason}`) : chosen.why}</p>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
              <pre tabIndex={0}>{chosen.text === '' ? t('quarantine.noText') : chosen.text}</pre>
              <div className="row">
                {maySettle ? (
                  <Button size="small" disabled={isBusy} onClick={() => deeds.settleQuarantined(chosen.arrivalId, 'again')}>
                    {t('quarantine.again')}
                  </Button>
                ) : null}
                <Button size="small" onClick={() => deeds.saveQuarantined(chosen.arrivalId)}>
                  {t('quarantine.raw')}
                </Button>
                <span className="push" />
                {maySettle ? (
                  <Button size="small" kind="quiet" disabled={isBusy} onClick={() => deeds.settleQuarantined(chosen.arrivalId, 'discard')}>
                    {t('quarantine.discard')}
                  </Button>
                ) : (
                  <span className="small text-3">{t('quarantine.theirs')}</span>
                )}
              </div>
            </section>
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}
