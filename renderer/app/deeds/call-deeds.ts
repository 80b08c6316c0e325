import type { CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Offer } from '../../../shared/contracts/screen-pop.ts';
import type { Bridge, Refusal } from '../../bridge/index.ts';
import type { CallDeeds } from '../../features/transfer/index.ts';
import { notify, type Stores } from '../../stores/index.ts';
import type { Perform } from './perform.ts';

export interface CallMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly perform: Perform;
  /** By what the customer of that call goes. */
  nameOf(interactionId: string): string;
}

/** What the desk asks of them. */
export interface CallLife {
  /** The agent has asked for whoever rings here: no second click. */
  isAskedFor(offer: Offer): boolean;
}

/** As many as one looks through before one types another letter. */
const mostCustomers = 6;

export function callDeeds({ stores, bridge, perform, nameOf }: CallMeans): CallDeeds & CallLife {
  let isPickingUp = false;

  /** Told where it was asked for, not in the corner. */
  async function ask(name: 'call:transfer' | 'call:consult', request: CommandRequest<'call:transfer'>): Promise<Refusal | null> {
    if (stores.view.getState().pending.includes('guest')) return null;
    stores.view.setState((view) => ({ pending: [...view.pending, 'guest'] }));
    const outcome = await bridge.command(name, request);
    stores.view.setState((view) => ({ pending: view.pending.filter((each) => each !== 'guest') }));
    return outcome.ok ? null : outcome.error;
  }

  return {
    async findColleagues(text) {
      const outcome = await bridge.command('call:find-colleagues', { text: text.slice(0, 100) });
      return outcome.ok ? outcome.value.colleagues : null;
    },
    async findCustomers(text) {
      const outcome = await bridge.command('customer:find-reachable', { text: text.slice(0, 200), limit: mostCustomers });
      return outcome.ok ? outcome.value.customers : null;
    },
    transfer: (interactionId, to, words) => ask('call:transfer', { interactionId, to, ...words }),
    consult: (interactionId, to, words) => ask('call:consult', { interactionId, to, ...words }),
    swap(interactionId) {
      stores.view.setState({ place: 'work', selectedId: interactionId });
      void perform('swap', 'call:swap', { interactionId });
    },
    completeTransfer: (interactionId) => void perform('guest', 'call:complete-transfer', { interactionId }),
    cancelConsult: (interactionId) => void perform('guest', 'call:cancel-consult', { interactionId }),
    conference: (interactionId) => void perform('guest', 'call:conference', { interactionId }),
    dropParty: (interactionId, partyId) => void perform('guest', 'call:drop-party', { interactionId, partyId }),
    park(interactionId) {
      const name = nameOf(interactionId);
      stores.view.setState((view) => (view.open === 'transfer' ? { open: 'none' } : view));
      void perform('park', 'call:park', { interactionId }).then((outcome) => {
        if (outcome?.ok) notify(stores, { kind: 'parked', name, slot: outcome.value.slot });
      });
    },
    pickUp(slot) {
      if (isPickingUp) return;
      isPickingUp = true;
      void bridge.command('call:pick-up', { slot }).then((outcome) => {
        isPickingUp = false;
        // Answered only when the phone is: that it takes longer than commands do is no failure.
        if (!outcome.ok && outcome.error.code !== 'no_answer')
          notify(stores, { kind: 'commandFailed', code: outcome.error.code, why: outcome.error.why });
      });
    },
    pauseRecording: (interactionId) => void perform('recording', 'call:pause-recording', { interactionId }),
    resumeRecording: (interactionId) => void perform('recording', 'call:resume-recording', { interactionId }),
    isAskedFor: ({ pop }) => isPickingUp && pop.transfer?.kind === 'parked',
  };
}
