import { useStore } from 'zustand';
import { useText } from '../../i18n/index.ts';
import type { LoginFailure, Outbox } from '../../stores/index.ts';
import { Button } from '../../ui/index.ts';
import type { InboxDeeds } from './deeds.ts';

export interface OutgoingProps {
  readonly outbox: Outbox;
  readonly deeds: Pick<InboxDeeds, 'sendAgain' | 'takeBack' | 'discard'>;
  readonly interactionId: string;
}

/** What was sent off and is not stored by the bridge yet: it stands where it will stand, and says how it is with it. */
export function OutgoingMessages({ outbox, deeds, interactionId }: OutgoingProps) {
  const { t } = useText();
  const all = useStore(outbox.store);
  return all
    .filter((each) => each.interactionId === interactionId)
    .map(({ clientId, composed, state, code }) => (
      <div key={clientId} className="message is-ours is-outgoing">
        <div className="message-bubble message-text">{composed.text}</div>
        <div className="message-meta micro text-3">
          {state === 'sending' ? t('message.state.sending') : null}
          {state === 'waiting' ? <span className="tone-waiting medium">{t('message.waiting')}</span> : null}
        </div>
        {state === 'refused' ? (
          <div className="message-may" role="alert">
            <p className="small tone-broken">{t('message.refused', { why: t(`failure.${(code ?? 'internal') as LoginFailure}`) })}</p>
            <div className="row">
              <Button size="small" onClick={() => deeds.sendAgain(clientId)}>
                {t('message.again')}
              </Button>
              <Button size="small" onClick={() => deeds.takeBack(clientId)}>
                {t('message.takeBack')}
              </Button>
              <Button size="small" kind="quiet" onClick={() => deeds.discard(clientId)}>
                {t('message.discard')}
              </Button>
            </div>
          </div>
        ) : null}
      </div>
    ));
}
