import type { LoginAnswer, PushPayload } from '../../shared/contracts/bridge-events.ts';
import type { AssignedInteraction } from '../../shared/contracts/interaction.ts';
import type { Bridge } from '../bridge/index.ts';
import type { Phone, PhoneListener } from '../phone/index.ts';
import { currentCall, type DeskState, notify, quietCall, type Stores } from '../stores/index.ts';

/** As whom the phone registers. */
export type PhoneAccount = NonNullable<LoginAnswer['phone']>;

export type Readiness =
  | { readonly state: 'ready'; readonly username: string }
  | { readonly state: 'noMicrophone' }
  | { readonly state: 'notRegistered' };

export interface OwnPhone {
  register(account: PhoneAccount): void;
  /** It can be rung, and its user heard. A phone for drafts alone is registered, and its microphone asked for, not before this. */
  ready(): Promise<Readiness>;
  /** A phone for drafts alone has done its work: it is registered no more, and its microphone is closed. */
  rest(): void;
  /** With a bridge that was started anew. What the phone carried went with the bridge of before. */
  registerAnew(account: PhoneAccount): void;
  /** The first snapshot of this page. */
  began(interactions: readonly AssignedInteraction[]): void;
  /** A call whose sound this phone should carry, and does not, is asked for. */
  rejoinIfNeeded(): void;
  /** With two calls up, what the agent says goes into the one they talk in; the bridge decides which that is. */
  turn(): void;
  /** The computer woke up, the network is another, or the bridge is back. */
  wake(): void;
  /** The own phone answers by itself, heard by nobody; from then on the microphone follows what the supervisor asks for. */
  supervised(before: DeskState, supervising: PushPayload<'supervising:changed'>): void;
  clear(): void;
}

const rejoinAgainMs = 3_000;
/** A line of the phone alone that was lost: it is tried again while the bridge's stands, twice as long after each time. */
const tryAgainMs = { from: 1_000, to: 4_000 } as const;
/** Somebody may read the question for the microphone first. */
const readyLimitMs = 60_000;

/** The phone in this page, and the calls whose sound it carries: registered, put back into a call after a reload, turned to the call at hand. */
export function ownPhone({
  stores,
  bridge,
  phone,
}: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly phone: Phone;
}): OwnPhone {
  let rejoining: { interactionId: string; again: ReturnType<typeof setTimeout> } | null = null;
  /** Whoever was muted when the bridge was started anew is not heard when their call comes back. */
  let mutesAgain = false;
  /** Calls the bridge has given up its leg of, by reservation, whose new leg was asked for: what carries them since is that one. */
  const asked = new Set<string>();
  /** The call the agent spoke in last. */
  let turnedTo: string | null = null;
  /** Calls that were live when this page began: whatever state they are told in, this page's phone does not carry their sound. */
  let inherited: ReadonlySet<string> | null = null;

  let account: PhoneAccount | null = null;
  /** Of a phone for drafts alone. */
  let resting: 'resting' | 'connecting' | 'registered' | 'lost' = 'resting';
  let whenSettled: (() => void)[] = [];
  let trying: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;

  const isForDrafts = () => account?.use === 'drafts';

  function readiness(): Readiness | null {
    const { phone: registered, microphone } = stores.connection.getState();
    const registration = isForDrafts() ? resting : registered;
    if (!account || registration === 'lost') return { state: 'notRegistered' };
    if (microphone === 'blocked' || microphone === 'missing') return { state: 'noMicrophone' };
    return registration === 'registered' && microphone === 'ready' ? { state: 'ready', username: account.username } : null;
  }

  function settle(): void {
    for (const look of [...whenSettled]) look();
  }

  const isWithoutSound = ({ interactionId, reservationId, state, call }: AssignedInteraction): boolean => {
    if (state !== 'assigned' || stores.call.getState().carried.includes(reservationId)) return false;
    return call.state === 'rejoining' || (inherited?.has(interactionId) === true && call.state !== 'ended');
  };

  /**
   * With a network of before, the bridge could not tell the phone that its leg is over: the phone would carry a dead one for ever, and no other
   * would be asked for.
   */
  function letGoOfDead(): void {
    for (const { reservationId, state, call } of stores.desk.getState().interactions) {
      if (state !== 'assigned' || call.state !== 'rejoining') asked.delete(reservationId);
      else if (!asked.has(reservationId) && stores.call.getState().carried.includes(reservationId)) {
        asked.add(reservationId);
        mutesAgain = stores.call.getState().isMuted;
        phone.letGo(reservationId);
      }
    }
  }

  /** The phone is asked for, registered, and answers by itself. Tried again while the bridge says `rejoining`. */
  function rejoinIfNeeded(): void {
    letGoOfDead();
    const lost = stores.desk.getState().interactions.find(isWithoutSound);
    if (rejoining?.interactionId !== lost?.interactionId) forgetAsking();
    if (!lost || rejoining || stores.connection.getState().phone !== 'registered') return;
    asked.add(lost.reservationId);
    phone.rejoin(lost.reservationId);
    void bridge.command('call:rejoin', { interactionId: lost.interactionId });
    rejoining = {
      interactionId: lost.interactionId,
      again: setTimeout(() => {
        rejoining = null;
        rejoinIfNeeded();
      }, rejoinAgainMs),
    };
  }

  function forgetAsking(): void {
    clearTimeout(rejoining?.again);
    rejoining = null;
  }

  function tryAgain(state: Parameters<PhoneListener['registration']>[0]): void {
    if (state === 'registered') tries = 0;
    if (state !== 'lost' || trying !== undefined) return;
    trying = setTimeout(
      () => {
        trying = undefined;
        // While the bridge is away its line is waited for, and wakes this one.
        if (account && stores.connection.getState().bridge === 'connected') phone.reconnect();
      },
      Math.min(tryAgainMs.to, tryAgainMs.from * 2 ** tries),
    );
    tries += 1;
  }

  const listener: PhoneListener = {
    registration(state) {
      const isNewLine = state === 'registered' && stores.connection.getState().phone !== 'registered';
      if (isForDrafts()) resting = state;
      else stores.connection.setState({ phone: state });
      settle();
      tryAgain(state);
      if (isForDrafts()) return;
      // What was asked for over a line that was dead has rung nowhere.
      if (isNewLine) forgetAsking();
      if (state === 'registered') rejoinIfNeeded();
    },
    microphone(microphone, heardBy) {
      stores.devices.setState({ heardBy });
      stores.connection.setState({ microphone });
      settle();
    },
    carrying(carried) {
      const isFewer = carried.length < stores.call.getState().carried.length;
      stores.call.setState(({ lines: before }) => ({
        ...{ carried, answering: null, digits: '' },
        ...(carried.length === 0 ? { isMuted: false } : {}),
        lines: Object.fromEntries(Object.entries(before).filter(([reservationId]) => carried.includes(reservationId))),
      }));
      // A leg that was let go of is over: its call may be asked for.
      if (isFewer) rejoinIfNeeded();
      if (carried.length === 0) return;
      // From here on the bridge's word is enough to know whether a call has lost its sound.
      inherited = new Set();
      if (mutesAgain) phone.setMuted(true);
      mutesAgain = false;
    },
    measured: (reservationId, figures) => stores.call.setState(({ lines }) => ({ lines: { ...lines, [reservationId]: figures } })),
    muted: (isMuted) => stores.call.setState({ isMuted }),
    answerFailed() {
      stores.call.setState({ answering: null });
      notify(stores, { kind: 'microphone', state: stores.connection.getState().microphone === 'missing' ? 'missing' : 'blocked' });
    },
    firstSound(reservationId, clickToAudioMs) {
      const item = stores.desk.getState().interactions.find((each) => each.reservationId === reservationId);
      if (item) void bridge.command('call:measured', { interactionId: item.interactionId, clickToAudioMs });
    },
  };

  function start(as: PhoneAccount): void {
    const bridgeUrl = stores.settings.getState().bridgeUrl;
    phone.start({ ...as, webSocketUrl: new URL(as.webSocketPath, bridgeUrl.replace(/^http/, 'ws')).href }, listener);
  }

  function register(given: PhoneAccount): void {
    account = given;
    if (!isForDrafts()) start(given);
  }

  function rest(): void {
    if (!isForDrafts() || resting === 'resting') return;
    resting = 'resting';
    stores.connection.setState({ microphone: 'unknown' });
    phone.stop();
  }

  return {
    register,
    registerAnew(given) {
      rest();
      mutesAgain = stores.call.getState().isMuted;
      stores.call.setState(quietCall, true);
      register(given);
    },
    ready() {
      if (account && isForDrafts()) {
        resting = 'connecting';
        stores.connection.setState({ microphone: 'unknown' });
        start(account);
      }
      return new Promise((resolve) => {
        const answer = (found: Readiness) => {
          clearTimeout(limit);
          whenSettled = whenSettled.filter((each) => each !== look);
          resolve(found);
        };
        const look = () => {
          const found = readiness();
          if (found) answer(found);
        };
        const limit = setTimeout(() => answer({ state: 'notRegistered' }), readyLimitMs);
        whenSettled.push(look);
        look();
      });
    },
    rest,
    began(interactions) {
      inherited ??= new Set(interactions.filter((item) => item.state === 'assigned').map((item) => item.interactionId));
    },
    rejoinIfNeeded,
    turn() {
      const current = currentCall(stores.desk.getState());
      if (current?.kind !== 'talking' || current.item.reservationId === turnedTo) return;
      turnedTo = current.item.reservationId;
      if (stores.call.getState().carried.length > 1) phone.speakIn(turnedTo);
    },
    wake() {
      if (account && !(isForDrafts() && resting === 'resting')) phone.wake();
    },
    supervised(before, { reservationId, how }) {
      if (how === null) return;
      if (before.supervising?.reservationId !== reservationId) phone.listenIn(reservationId);
      else if (before.supervising.how !== how) phone.setMuted(how === 'monitor');
    },
    clear() {
      forgetAsking();
      clearTimeout(trying);
      trying = undefined;
      tries = 0;
      asked.clear();
      mutesAgain = false;
      phone.stop();
      account = null;
      resting = 'resting';
      settle();
      inherited = null;
      turnedTo = null;
    },
  };
}
