import { Hand } from 'lucide-react';
import { useStore } from 'zustand';
import type { HelpCall } from '../../../shared/contracts/help.ts';
import { channelSigns, useText } from '../../i18n/index.ts';
import { othersHands, type Stores } from '../../stores/index.ts';
import { Button, useSecond } from '../../ui/index.ts';
import type { HelpDeeds } from './deeds.ts';
import './help.css';

export interface HelpCallsProps {
  readonly stores: Stores;
  readonly deeds: HelpDeeds;
  /** Of this person alone, who is named above; null: of everybody one supervises. */
  readonly agentId: string | null;
}

/** Who asks for help, since when and with which words; whoever reads it says that they come. */
export function HelpCalls({ stores, deeds, agentId }: HelpCallsProps) {
  const { t } = useText();
  const desk = useStore(stores.desk);
  const now = useSecond(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const calls = othersHands(desk).filter((call) => agentId === null || call.agentId === agentId);
  if (calls.length === 0) return null;
  return (
    <ul className="help-calls" aria-label={t('help.calls')}>
      {calls.map((call) => (
        <li key={call.interactionId}>
          <Call {...{ stores, deeds, call, now }} isNamed={agentId === null} />
        </li>
      ))}
    </ul>
  );
}

function Call(props: {
  readonly stores: Stores;
  readonly deeds: HelpDeeds;
  readonly call: HelpCall;
  readonly now: number;
  readonly isNamed: boolean;
}) {
  const { stores, deeds, call, now, isNamed } = props;
  const { t, formats } = useText();
  const userId = useStore(stores.desk, ({ user }) => user?.userId);
  const isBusy = useStore(stores.view, ({ pending }) => pending.includes('help'));
  const { agentName, askedAt, words, taken, queueName, channel } = call;
  const Sign = channelSigns[channel];
  const isMine = taken !== null && taken.userId === userId;
  return (
    <div className="help-call">
      <Hand className="icon tone-waiting" aria-hidden="true" />
      <span className="medium whole">{isNamed ? t('help.asks', { name: agentName }) : t('help.asks.this')}</span>
      <span className="small text-3 figures">{formats.clock(Math.max(0, now - askedAt))}</span>
      <span className="help-call-words small text-2">
        {words === '' ? null : <span className="whole">{words}</span>}
        <span className="row text-3">
          <Sign className="icon icon-small" aria-label={t(`channel.${channel}`)} />
          {queueName?.[formats.language] ?? t(`channel.${channel}`)}
        </span>
      </span>
      <span className="help-call-deeds">
        {taken === null ? (
          <Button size="small" disabled={isBusy} onClick={() => deeds.take(call)}>
            {t('help.take')}
          </Button>
        ) : isMine ? (
          <>
            <span className="small tone-ready">{t('help.youCome')}</span>
            {isNamed ? (
              <Button size="small" kind="quiet" onClick={() => deeds.take(call)}>
                {t('help.open')}
              </Button>
            ) : null}
            <Button size="small" kind="quiet" disabled={isBusy} onClick={() => deeds.giveBack(call.interactionId)}>
              {t('help.cannot')}
            </Button>
          </>
        ) : (
          <span className="small tone-ready">{t('help.coming', { name: taken.name })}</span>
        )}
      </span>
    </div>
  );
}
