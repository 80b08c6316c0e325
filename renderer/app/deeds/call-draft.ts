import type { Bridge } from '../../bridge/index.ts';
import type { DraftCallState, FlowRunDeeds } from '../../features/flows/run-deeds.ts';
import type { Phone } from '../../phone/index.ts';
import type { Stores } from '../../stores/index.ts';
import type { OwnPhone } from '../own-phone.ts';

export interface CallDraftMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly phone: Pick<Phone, 'rejoin' | 'offerEnded' | 'speakIn' | 'sendDigit' | 'hangUp'>;
  readonly own: Pick<OwnPhone, 'ready' | 'rest'>;
  /** What is drawn and not yet kept. */
  save(): Promise<unknown>;
}

const answerLimitMs = 15_000;

/** The bridge rings the own phone, which answers by itself, and what it hears then is the draft. */
export function callDraftBy({ stores, bridge, phone, own, save }: CallDraftMeans): FlowRunDeeds['callDraft'] {
  return (flowId, told) => {
    let reservationId: string | null = null;
    let isConnected = false;
    let isOver = false;
    let limit: ReturnType<typeof setTimeout> | undefined;

    const unfollow = stores.call.subscribe(({ carried }) => {
      if (reservationId === null) return;
      const isCarried = carried.includes(reservationId);
      if (isCarried && isOver) return hangUpPhone(reservationId);
      if (isCarried && !isConnected) {
        isConnected = true;
        clearTimeout(limit);
        told({ phase: 'connected', since: Date.now() });
      }
      if (!isCarried && isConnected) finish({ phase: 'ended' });
    });

    function finish(state: DraftCallState): void {
      if (isOver) return;
      isOver = true;
      clearTimeout(limit);
      // An agent's phone may be about to answer: then it is put down when it has.
      if (isConnected || reservationId === null) unfollow();
      if (!isConnected && reservationId !== null) phone.offerEnded(reservationId, false);
      own.rest();
      told(state);
    }

    /** A customer may have come on the line beside it. */
    function speakInIt(carried: string): void {
      if (stores.call.getState().carried.length > 1) phone.speakIn(carried);
    }

    function hangUpPhone(carried: string): void {
      unfollow();
      speakInIt(carried);
      phone.hangUp();
    }

    async function begin(): Promise<void> {
      if (stores.call.getState().carried.length > 0) return finish({ phase: 'failed', why: 'inCall' });
      told({ phase: 'preparing' });
      const [ready] = await Promise.all([own.ready(), save()]);
      if (isOver) return;
      if (ready.state !== 'ready') return finish({ phase: 'failed', why: ready.state });
      told({ phase: 'ringing' });
      const outcome = await bridge.command('flow:call-draft', { flowId, phone: ready.username });
      if (isOver) return;
      if (!outcome.ok) return finish({ phase: 'failed', why: outcome.error.code === 'conflict' ? 'notRegistered' : outcome.error.code });
      ({ reservationId } = outcome.value);
      limit = setTimeout(() => finish({ phase: 'failed', why: 'notReached' }), answerLimitMs);
      phone.rejoin(reservationId);
    }

    void begin();
    return {
      press(key) {
        if (!isConnected || isOver || reservationId === null) return;
        speakInIt(reservationId);
        phone.sendDigit(key);
      },
      hangUp() {
        if (isOver) return;
        if (isConnected && reservationId !== null) {
          speakInIt(reservationId);
          phone.hangUp();
        }
        finish({ phase: 'ended' });
      },
    };
  };
}
