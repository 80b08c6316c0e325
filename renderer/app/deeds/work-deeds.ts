import type { CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { TimelinePage } from '../../../shared/contracts/contact.ts';
import type { Why } from '../../../shared/contracts/queue.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { Phone, Ringer } from '../../phone/index.ts';
import { applyPush, type Drafts, notify, type Stores } from '../../stores/index.ts';
import type { Perform } from './perform.ts';

/** The agent's own state, the call at hand, and the work after it. */
export interface WorkDeeds {
  /** Why this agent gets nothing at this moment; null when it cannot be asked. */
  askWhyMe(): Promise<Why | null>;
  setPresence(request: CommandRequest<'agent:set-presence'>): void;
  answer(reservationId: string): void;
  decline(reservationId: string): void;
  /** Calls a number outside; the own phone rings first and is answered by itself. `conversationId`: whoever writes in it is called. */
  dial(number: string, conversationId?: string): void;
  /** Calls who left the message at hand. */
  callBack(interactionId: string): void;
  setMuted(isMuted: boolean): void;
  hold(interactionId: string): void;
  resume(interactionId: string): void;
  sendDigit(interactionId: string, digit: string): void;
  end(interactionId: string): void;
  chooseContact(interactionId: string, contactId: string): void;
  extendWrapUp(interactionId: string): void;
  complete(interactionId: string, then: 'available' | 'notReady'): void;
  loadTimeline(request: CommandRequest<'contact:timeline'>): Promise<TimelinePage | null>;
}

export interface WorkMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly phone: Pick<Phone, 'answer' | 'rejoin' | 'setMuted' | 'sendDigit' | 'hangUp'>;
  readonly ringer: Pick<Ringer, 'stop'>;
  readonly drafts: Pick<Drafts, 'store'>;
  readonly perform: Perform;
}

export function workDeeds({ stores, bridge, phone, ringer, drafts, perform }: WorkMeans): WorkDeeds {
  return {
    async askWhyMe() {
      const agentId = stores.desk.getState().agent?.agentId;
      if (agentId === undefined) return null;
      const outcome = await bridge.command('why:agent', { agentId });
      return outcome.ok ? outcome.value : null;
    },
    setPresence: (request) => void perform('presence', 'agent:set-presence', request),
    answer(reservationId) {
      if (stores.call.getState().answering === reservationId) return;
      stores.call.setState({ answering: reservationId });
      ringer.stop();
      phone.answer(reservationId);
    },
    decline: (reservationId) => void perform('end', 'reservation:reject', { reservationId }),
    dial(number, conversationId) {
      const begunIn = conversationId === undefined ? {} : { conversationId };
      void perform('dial', 'call:dial', { number: number.trim().slice(0, 64), ...begunIn }).then((outcome) => {
        if (!outcome?.ok) return;
        if (outcome.value.isDialled) phone.rejoin(outcome.value.reservationId);
        else notify(stores, { kind: 'notDialled', number, why: outcome.value.why });
      });
    },
    callBack: (interactionId) => void perform('callBack', 'call:call-back', { interactionId }),
    setMuted: (isMuted) => phone.setMuted(isMuted),
    hold: (interactionId) => void perform('hold', 'call:hold', { interactionId }),
    // Whoever is spoken with is on the screen, also where another contact was being wrapped up meanwhile.
    resume(interactionId) {
      stores.view.setState({ selectedId: interactionId });
      void perform('hold', 'call:resume', { interactionId });
    },
    sendDigit(interactionId, digit) {
      stores.call.setState((call) => ({ digits: call.digits + digit }));
      if (!phone.sendDigit(digit)) void bridge.command('call:send-digit', { interactionId, digit });
    },
    end(interactionId) {
      void perform('end', 'call:end', { interactionId }).then((outcome) => {
        // The bridge cannot be told: hang up on the line itself.
        if (outcome && !outcome.ok && outcome.error.code !== 'conflict') phone.hangUp();
      });
    },
    chooseContact(interactionId, contactId) {
      void perform('candidate', 'interaction:choose-contact', { interactionId, contactId }).then((outcome) => {
        if (!outcome?.ok) return;
        const pop = outcome.value;
        stores.desk.setState((desk) => applyPush(desk, { seq: 0, name: 'pop:updated', payload: { interactionId, pop } }), true);
      });
    },
    extendWrapUp: (interactionId) => void perform('extend', 'interaction:extend-wrap-up', { interactionId }),
    complete(interactionId, then) {
      const dispositionCode = stores.view.getState().outcomes[interactionId] ?? null;
      const item = stores.desk.getState().interactions.find((each) => each.interactionId === interactionId);
      if (dispositionCode === null && !item?.wrapUp?.canLeave) return;
      const note = drafts.store.getState()[interactionId]?.text ?? '';
      void perform('finish', 'interaction:complete', { interactionId, dispositionCode, note, then });
    },
    async loadTimeline(request) {
      const outcome = await bridge.command('contact:timeline', request);
      return outcome.ok ? outcome.value : null;
    },
  };
}
