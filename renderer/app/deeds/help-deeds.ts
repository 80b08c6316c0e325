import type { HelpDeeds } from '../../features/help/index.ts';
import { currentCall, type DeskState, newHands, type Place, type Stores } from '../../stores/index.ts';
import type { Perform } from './perform.ts';

export interface HelpMeans {
  readonly stores: Stores;
  readonly perform: Perform;
  readonly chime: () => void;
  goTo(place: Place): void;
  showAgent(agentId: string): void;
}

/** What the desk tells of it. */
export interface HelpNews {
  received(before: DeskState): void;
}

export function helpDeeds({ stores, perform, chime, goTo, showAgent }: HelpMeans): HelpDeeds & HelpNews {
  const open = (agentId: string) => {
    if (stores.desk.getState().user?.rights.includes('queue:watch') !== true) return;
    goTo('board');
    showAgent(agentId);
  };
  return {
    async ask(interactionId, words) {
      const outcome = await perform('help', 'help:ask', { interactionId, words: words.trim() });
      return outcome?.ok ? outcome.value.told : null;
    },
    withdraw: (interactionId) => void perform('help', 'help:withdraw', { interactionId }),
    take({ interactionId, agentId, taken }) {
      if (taken !== null && taken.userId === stores.desk.getState().user?.userId) return open(agentId);
      void perform('help', 'help:take', { interactionId }).then((outcome) => {
        if (outcome?.ok) open(agentId);
      });
    },
    giveBack: (interactionId) => void perform('help', 'help:return', { interactionId }),

    /** Heard by whoever supervises and speaks with nobody at that moment. */
    received(before) {
      const now = stores.desk.getState();
      if (now.user?.rights.includes('agent:supervise') !== true || !stores.board.getState().isSoundOn) return;
      if (newHands(before, now).length > 0 && currentCall(now) === null) chime();
    },
  };
}
