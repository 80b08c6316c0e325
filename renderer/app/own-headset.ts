import type { Headset, HeadsetLamps, HeadsetListener } from '../phone/index.ts';
import { currentCall, ringingCall, type Stores } from '../stores/index.ts';
import type { WorkDeeds } from './deeds/work-deeds.ts';

export interface OwnHeadset {
  start(): void;
  /** Asks which headset; has to follow a click. */
  choose(): Promise<boolean>;
  stop(): void;
}

export interface OwnHeadsetParts {
  readonly stores: Stores;
  open(listener: HeadsetListener): Headset;
  readonly work: Pick<WorkDeeds, 'answer' | 'end' | 'setMuted'>;
}

/** Buttons and lamps of the headset and of the screen are one: a press is what the same control of the call bar does, and lamps follow the calls. */
export function ownHeadset({ stores, open, work }: OwnHeadsetParts): OwnHeadset {
  let headset: Headset | null = null;
  let unfollow: (() => void)[] = [];

  const lamps = (): HeadsetLamps => {
    const { carried, answering, isMuted } = stores.call.getState();
    // From the press on: a lamp that went out between answering and talking would put the headset down again.
    const isInCall = carried.length > 0 || answering !== null;
    return { isRinging: ringingCall(stores.desk.getState()) !== null && answering === null, isInCall, isMuted };
  };

  return {
    start() {
      headset = open({
        connected: (name) => stores.devices.setState({ headset: name }),
        answer() {
          const offer = ringingCall(stores.desk.getState());
          const isAnswered = offer && stores.call.getState().answering === offer.reservationId;
          if (offer && !isAnswered && stores.connection.getState().phone !== 'desk') work.answer(offer.reservationId);
        },
        end() {
          const live = currentCall(stores.desk.getState());
          if (live?.kind === 'talking') work.end(live.item.interactionId);
        },
        setMuted(isMuted) {
          if (stores.call.getState().carried.length > 0) work.setMuted(isMuted);
        },
      });
      const show = () => headset?.show(lamps());
      unfollow = [stores.call.subscribe(show), stores.desk.subscribe(show)];
      show();
    },
    choose: async () => (await headset?.choose()) ?? false,
    stop() {
      for (const end of unfollow) end();
      unfollow = [];
      headset?.stop();
      headset = null;
      stores.devices.setState({ headset: null });
    },
  };
}
