import type {
  CommandAnswer,
  CommandName,
  CommandRequest,
  LoginAnswer,
  Push,
  PushPayload,
  Snapshot,
} from '../../shared/contracts/bridge-events.ts';
import type { TimelinePage } from '../../shared/contracts/contact.ts';
import type { DesktopApi } from '../../shared/contracts/desktop-api.ts';
import type { AssignedInteraction } from '../../shared/contracts/interaction.ts';
import type { Why } from '../../shared/contracts/queue.ts';
import type { Offer } from '../../shared/contracts/screen-pop.ts';
import type { Bridge, BridgeListener, CommandOutcome, Refusal } from '../bridge/index.ts';
import type { SessionKeeper } from '../desktop/index.ts';
import type { AccountDeeds } from '../features/account/index.ts';
import type { AdminDeeds } from '../features/admin/index.ts';
import type { BoardDeeds } from '../features/board/index.ts';
import type { CaseDeeds } from '../features/cases/index.ts';
import type { ImportDeeds } from '../features/import/index.ts';
import type { MergeDeeds } from '../features/merge/index.ts';
import type { MyCustomersDeeds } from '../features/my-customers/index.ts';
import type { PrivacyDeeds } from '../features/privacy/index.ts';
import type { RecordDeeds } from '../features/record/index.ts';
import type { SearchDeeds } from '../features/search/index.ts';
import type { CallDeeds } from '../features/transfer/index.ts';
import type { Phone, PhoneListener, Ringer } from '../phone/index.ts';
import {
  applyPush,
  applySnapshot,
  createDrafts,
  currentCall,
  type DeskState,
  type DraftJournal,
  type Drafts,
  emptyDesk,
  emptyView,
  type LoginFailure,
  noConfiguration,
  noConnection,
  noRecord,
  notify,
  type Place,
  quietCall,
  type SaveOutcome,
  type Stores,
  unsavedCount,
} from '../stores/index.ts';
import { accountDeeds, myCustomersDeeds } from './account-deeds.ts';
import { afterPaint } from './after-paint.ts';
import { boardDeeds } from './board-deeds.ts';
import { callDeeds } from './call-deeds.ts';
import { caseDeeds } from './case-deeds.ts';
import { configurationDeeds } from './configuration-deeds.ts';
import { importDeeds } from './import-deeds.ts';
import { mergeDeeds } from './merge-deeds.ts';
import { privacyDeeds } from './privacy-deeds.ts';
import { type RecordLife, recordDeeds } from './record-deeds.ts';
import { searchDeeds } from './search-deeds.ts';

/** What the desk is made of. Everything that reaches outside the page is handed in, so that tests can play the outside. */
export interface DeskParts {
  readonly stores: Stores;
  readonly bridge: Bridge;
  readonly phone: Phone;
  readonly ringer: Ringer;
  /** A short sound: an alert stands on the board. */
  readonly chime: () => void;
  readonly desktop: DesktopApi;
  readonly keeper: SessionKeeper;
  readonly journal: DraftJournal;
  /** Who is calling, for the notice of the program around the page. */
  readonly describe: (offer: Offer) => { title: string; body: string };
  /** Puts a file where the person at the screen keeps files. */
  readonly saveFile: (name: string, content: Blob) => void;
  /** Where somebody who may watch the board begins: a screen on the wall at the wallboard. */
  readonly startPlace?: Place;
}

/** What an agent can do. Every deed ends in what the bridge says next; nothing here changes a fact by itself. */
export interface Desk {
  readonly stores: Stores;
  readonly drafts: Drafts;
  /** Goes on with the session of this window, if there is one. */
  start(): void;
  signIn(credentials: { username: string; password: string; takeOver: boolean }): Promise<void>;
  signOut(): Promise<void>;
  /** Asks first where the configuration has unsaved changes. */
  goTo(place: Place): void;
  readonly configuration: AdminDeeds;
  readonly board: BoardDeeds;
  readonly record: RecordDeeds & Pick<RecordLife, 'undoEdit'>;
  readonly search: SearchDeeds;
  readonly cases: CaseDeeds;
  readonly merge: MergeDeeds;
  readonly account: AccountDeeds;
  readonly customers: MyCustomersDeeds;
  readonly imports: ImportDeeds;
  readonly privacy: PrivacyDeeds;
  /** Why this agent gets nothing at this moment; null when it cannot be asked. */
  askWhyMe(): Promise<Why | null>;
  setPresence(request: CommandRequest<'agent:set-presence'>): void;
  readonly calls: CallDeeds;
  answer(reservationId: string): void;
  decline(reservationId: string): void;
  /** Calls a number outside; the own phone rings first and is answered by itself. */
  dial(number: string): void;
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
  /** The computer woke up or the network is back. */
  wake(): void;
  stop(): void;
}

/** An answered offer that does not become an interaction in this time: something was missed, ask for the whole truth. */
const joiningLimitMs = 3_000;
const rejoinAgainMs = 3_000;

export function createDesk(parts: DeskParts): Desk {
  const { stores, bridge, phone, ringer, desktop, keeper } = parts;
  /** Offers whose delivery has been told, so that each is told once, whatever is resumed in between. */
  const delivered = new Set<string>();
  const painted = new Set<string>();
  const ringing = new Set<string>();
  let rejoining: { interactionId: string; again: ReturnType<typeof setTimeout> } | null = null;
  let signedInWith: LoginAnswer | null = null;
  /** Whoever was muted when the bridge was started anew is not heard when their call comes back. */
  let mutesAgain = false;
  let joiningTimer: ReturnType<typeof setTimeout> | undefined;
  /** The call the agent spoke in last. */
  let turnedTo: string | null = null;
  /** Calls that were live when this page began: whatever state they are told in, this page's phone does not carry their sound. */
  let inherited: ReadonlySet<string> | null = null;

  const drafts = createDrafts({
    journal: parts.journal,
    save: async (draft): Promise<SaveOutcome> => {
      const outcome = await bridge.command('interaction:save-draft', draft);
      if (outcome.ok) return { kind: 'saved', savedAt: outcome.value.savedAt };
      if (outcome.error.code === 'not_found') return { kind: 'gone' };
      return { kind: outcome.error.code === 'conflict' ? 'conflict' : 'failed' };
    },
  });

  // ---- What the bridge says -------------------------------------------------------------------------------------------------

  function offered(offer: Offer): void {
    const { reservationId, pop } = offer;
    if (!delivered.has(reservationId)) {
      delivered.add(reservationId);
      void bridge.command('pop:delivered', { reservationId, popId: pop.popId }).then((outcome) => {
        // It may not have arrived: the next resume tells it again.
        if (!outcome.ok && (outcome.error.code === 'offline' || outcome.error.code === 'no_answer')) delivered.delete(reservationId);
      });
    }
    if (!painted.has(reservationId)) {
      painted.add(reservationId);
      afterPaint(() => {
        if (stores.desk.getState().offers.some((each) => each.reservationId === reservationId))
          void bridge.command('pop:painted', { reservationId, popId: pop.popId });
      });
    }
    phone.offered(reservationId);
    if (ringing.has(reservationId)) return;
    ringing.add(reservationId);
    // A telephone on the desk rings for itself.
    if (stores.connection.getState().phone !== 'desk') ringer.start();
    // Beside a call the screen stays with whoever is talked with; the second line says who rings.
    if (currentCall(stores.desk.getState())?.kind === 'ringing') stores.view.setState({ place: 'work', selectedId: offer.interactionId });
    if (calls.isAskedFor(offer)) answer(reservationId);
    void desktop.call('offer:shown', { reservationId, ...parts.describe(offer) });
  }

  function offerGone(reservationId: string, isAnswered: boolean): void {
    phone.offerEnded(reservationId, isAnswered);
    if (stores.call.getState().answering === reservationId) stores.call.setState({ answering: null });
    if (!ringing.delete(reservationId)) return;
    if (ringing.size === 0) ringer.stop();
    void desktop.call('offer:gone', { reservationId });
  }

  function snapshot(taken: Snapshot): void {
    const before = stores.desk.getState();
    stores.desk.setState(applySnapshot(before, taken), true);
    stores.connection.setState({ clockOffsetMs: taken.serverTime - Date.now() });
    stores.session.setState({ phase: 'signedIn' }, true);
    inherited ??= new Set(taken.interactions.filter((item) => item.state === 'assigned').map((item) => item.interactionId));
    const assigned = new Set(taken.interactions.map((item) => item.reservationId));
    for (const reservationId of ringing) {
      if (!taken.offers.some((offer) => offer.reservationId === reservationId)) offerGone(reservationId, assigned.has(reservationId));
    }
    phone.reachBy(taken.soundPath);
    if (taken.phone) registerAnew(taken.phone);
    for (const offer of taken.offers) offered(offer);
    for (const item of taken.interactions) drafts.adopt(item.interactionId, item.draft);
    tellLeftDrafts();
    drafts.flush();
    rejoinIfNeeded();
    turnPhone();
  }

  function push(event: Push): void {
    const before = stores.desk.getState();
    stores.desk.setState(applyPush(before, event), true);
    turnPhone();
    switch (event.name) {
      case 'reservation:offered':
        return offered(event.payload);
      case 'reservation:ended': {
        const { reservationId, cause } = event.payload;
        offerGone(reservationId, cause === 'answered');
        clearTimeout(joiningTimer);
        if (cause === 'answered') {
          joiningTimer = setTimeout(() => stores.desk.getState().joining && bridge.resync(), joiningLimitMs);
          return;
        }
        const offer = before.offers.find((each) => each.reservationId === reservationId) ?? before.joining;
        if (cause !== 'rejected' && offer) notify(stores, { kind: 'offerEnded', cause, name: parts.describe(offer).title });
        return;
      }
      case 'interaction:assigned':
        clearTimeout(joiningTimer);
        offerGone(event.payload.reservationId, true);
        stores.view.setState({ selectedId: event.payload.interactionId });
        drafts.adopt(event.payload.interactionId, event.payload.draft);
        return rejoinIfNeeded();
      case 'call:changed': {
        const bars = before.qualities[event.payload.interactionId]?.bars;
        if (event.payload.state === 'ended') {
          stores.view.setState((view) => (view.open === 'keypad' ? { open: 'none' } : view));
          if (bars !== undefined) stores.call.setState({ lastBars: bars });
        }
        return rejoinIfNeeded();
      }
      case 'supervising:changed':
        return supervised(before, event.payload);
      case 'soundPath:renewed':
        return phone.reachBy(event.payload);
      case 'import:changed':
        return imports.received(event.payload);
      case 'board:changed':
        return board.received(event.payload);
      case 'interaction:completed': {
        const { interactionId, automatic, dispositionCode } = event.payload;
        const item = before.interactions.find((each) => each.interactionId === interactionId);
        // Whoever hung up while it rang knows that nobody was reached.
        const isGivenUp = item?.call.dialled && item.call.answeredAt === null && item.call.end?.by === 'agent';
        if (automatic && item?.call.dialled && item.call.end?.reason === 'notReached') {
          const name = parts.describe({ ...item, channel: 'voice', offeredAt: 0, ringsUntil: 0 }).title;
          notify(stores, { kind: 'unreached', name, why: item.call.dialled.unreached ?? 'ownPhone' });
        } else if (automatic && item && !isGivenUp) {
          const name = parts.describe({ ...item, channel: 'voice', offeredAt: 0, ringsUntil: 0 }).title;
          const isReached = item.call.end?.reason !== 'notReached';
          notify(stores, isReached ? { kind: 'completedAutomatically', name, dispositionCode } : { kind: 'notReached', name });
        }
        // Ended by the clock with words still on their way: they came too late, but they are not thrown away.
        if (automatic && drafts.isUnsaved(interactionId)) tellLeftDrafts();
        else drafts.forget(interactionId);
        stores.view.setState((view) => {
          const { [interactionId]: _done, ...outcomes } = view.outcomes;
          return { outcomes, selectedId: view.selectedId === interactionId ? null : view.selectedId };
        });
        return;
      }
      default:
        return;
    }
  }

  /** With two calls up, what the agent says goes into the one they talk in; the bridge decides which that is. */
  function turnPhone(): void {
    const current = currentCall(stores.desk.getState());
    if (current?.kind !== 'talking' || current.item.reservationId === turnedTo) return;
    turnedTo = current.item.reservationId;
    if (stores.call.getState().carried.length > 1) phone.speakIn(turnedTo);
  }

  /** The own phone answers by itself, heard by nobody; from then on the microphone follows what the supervisor asks for. */
  function supervised(before: DeskState, { reservationId, how }: PushPayload<'supervising:changed'>): void {
    if (how === null) return;
    if (before.supervising?.reservationId !== reservationId) phone.listenIn(reservationId);
    else if (before.supervising.how !== how) phone.setMuted(how === 'monitor');
  }

  /** What was written while the bridge could not be reached, for work that ended meanwhile, is shown to its writer, each text once. */
  function tellLeftDrafts(): void {
    const { interactions, offers, joining } = stores.desk.getState();
    const open = new Set([...interactions, ...offers, ...(joining ? [joining] : [])].map((each) => each.interactionId));
    for (const { interactionId, text } of drafts.left(open)) {
      const isTold = stores.notices.getState().some((notice) => notice.kind === 'draftLeft' && notice.interactionId === interactionId);
      if (!isTold) notify(stores, { kind: 'draftLeft', interactionId, text });
    }
  }

  const isWithoutSound = ({ interactionId, reservationId, state, call }: AssignedInteraction): boolean => {
    if (state !== 'assigned' || stores.call.getState().carried.includes(reservationId)) return false;
    return call.state === 'rejoining' || (inherited?.has(interactionId) === true && call.state !== 'ended');
  };

  /** After a reload in a call: the phone is asked for, registered, and answers by itself. Tried again while the bridge says `rejoining`. */
  function rejoinIfNeeded(): void {
    const lost = stores.desk.getState().interactions.find(isWithoutSound);
    if (rejoining && rejoining.interactionId !== lost?.interactionId) {
      clearTimeout(rejoining.again);
      rejoining = null;
    }
    if (!lost || rejoining || stores.connection.getState().phone !== 'registered') return;
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

  const bridgeListener: BridgeListener = {
    connecting: () => stores.connection.setState({ bridge: 'connecting', roundTripMs: null }),
    connected() {
      stores.connection.setState({ bridge: 'connected', lostSince: null });
      board.connected();
      imports.connected();
    },
    lost: () =>
      stores.connection.setState((connection) => ({ bridge: 'lost', roundTripMs: null, lostSince: connection.lostSince ?? Date.now() })),
    probed: (roundTripMs, clockOffsetMs) => stores.connection.setState({ roundTripMs, clockOffsetMs }),
    snapshot,
    push,
    ended(why, at) {
      keeper.forget();
      clearDesk();
      if (why === 'session_replaced') stores.session.setState({ phase: 'replaced', at }, true);
      else stores.session.setState({ phase: 'signedOut', failure: why === 'unauthorized' ? 'session_ended' : why, isBusy: false }, true);
    },
  };

  const phoneListener: PhoneListener = {
    registration(state) {
      stores.connection.setState({ phone: state });
      if (state === 'registered') rejoinIfNeeded();
    },
    microphone: (microphone) => stores.connection.setState({ microphone }),
    carrying(carried) {
      stores.call.setState({ carried, answering: null, digits: '', ...(carried.length === 0 ? { isMuted: false } : {}) });
      if (carried.length === 0) return;
      // From here on the bridge's word is enough to know whether a call has lost its sound.
      inherited = new Set();
      if (mutesAgain) phone.setMuted(true);
      mutesAgain = false;
    },
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

  /** A bridge that was started anew gave the phone a new password. What the phone carried went with the bridge of before. */
  function registerAnew(account: NonNullable<LoginAnswer['phone']>): void {
    if (!signedInWith?.phone || signedInWith.phone.password === account.password) return;
    signedInWith = { ...signedInWith, phone: account };
    keeper.write(signedInWith);
    mutesAgain = stores.call.getState().isMuted;
    stores.call.setState(quietCall, true);
    startPhone(account);
  }

  function startPhone(account: NonNullable<LoginAnswer['phone']>): void {
    const bridgeUrl = stores.settings.getState().bridgeUrl;
    phone.start({ ...account, webSocketUrl: new URL(account.webSocketPath, bridgeUrl.replace(/^http/, 'ws')).href }, phoneListener);
  }

  function connect(login: LoginAnswer): void {
    signedInWith = login;
    stores.desk.setState({ ...emptyDesk, user: login.user }, true);
    if (parts.startPlace && login.user.rights.includes('queue:watch')) stores.view.setState({ place: parts.startPlace });
    bridge.connect(login.token, bridgeListener);
    if (login.phone) startPhone(login.phone);
    else stores.connection.setState({ phone: 'desk' });
  }

  function clearDesk(): void {
    for (const reservationId of [...ringing]) offerGone(reservationId, false);
    clearTimeout(joiningTimer);
    clearTimeout(rejoining?.again);
    rejoining = null;
    bridge.disconnect();
    signedInWith = null;
    mutesAgain = false;
    phone.stop();
    drafts.stop();
    board.clear();
    record.clear();
    cases.clear();
    account.clear();
    imports.clear();
    privacy.clear();
    inherited = null;
    turnedTo = null;
    delivered.clear();
    painted.clear();
    stores.desk.setState(emptyDesk, true);
    stores.call.setState(quietCall, true);
    stores.view.setState(emptyView, true);
    stores.configuration.setState(noConfiguration, true);
    stores.connection.setState(noConnection, true);
    stores.notices.setState([], true);
  }

  // ---- What the agent does --------------------------------------------------------------------------------------------------

  /** Sends one command; the control that sent it is off until it is answered. A refusal is told. */
  async function perform<Name extends CommandName>(
    control: string,
    name: Name,
    request: CommandRequest<Name>,
  ): Promise<CommandOutcome<CommandAnswer<Name>> | null> {
    if (stores.view.getState().pending.includes(control)) return null;
    stores.view.setState((view) => ({ pending: [...view.pending, control] }));
    const outcome = await bridge.command(name, request);
    stores.view.setState((view) => ({ pending: view.pending.filter((each) => each !== control) }));
    if (!outcome.ok) notify(stores, { kind: 'commandFailed', code: failureOf(outcome.error), why: outcome.error.why });
    return outcome;
  }

  async function signOut(): Promise<void> {
    drafts.flush();
    await bridge.command('session:log-out', {});
    keeper.forget();
    clearDesk();
    stores.session.setState({ phase: 'signedOut', failure: null, isBusy: false }, true);
  }

  const answer = (reservationId: string): void => {
    if (stores.call.getState().answering === reservationId) return;
    stores.call.setState({ answering: reservationId });
    ringer.stop();
    phone.answer(reservationId);
  };
  const nameOf = (interactionId: string): string => {
    const item = stores.desk.getState().interactions.find((each) => each.interactionId === interactionId);
    return item ? parts.describe({ ...item, channel: 'voice', offeredAt: 0, ringsUntil: 0 }).title : '';
  };
  const calls = callDeeds({ stores, bridge, perform, nameOf });
  const board = boardDeeds({ stores, bridge, phone, chime: parts.chime, perform });
  const goTo = (place: Place): void => {
    const isLeaving = stores.view.getState().place === 'admin' && place !== 'admin';
    if (isLeaving && unsavedCount(stores.configuration.getState()) > 0) stores.configuration.setState({ leaving: place });
    else stores.view.setState({ place });
  };
  const chooseContact = (interactionId: string, contactId: string): void =>
    void perform('candidate', 'interaction:choose-contact', { interactionId, contactId }).then((outcome) => {
      if (outcome?.ok)
        stores.desk.setState(
          (desk) => applyPush(desk, { seq: 0, name: 'pop:updated', payload: { interactionId, pop: outcome.value } }),
          true,
        );
    });
  const record = recordDeeds({ stores, bridge, perform, goTo, chooseContact, saveFile: parts.saveFile });
  const cases = caseDeeds({ stores, bridge, perform, openPerson: record.open, reloadPerson: record.reload });
  const account = accountDeeds({ stores, bridge, perform, goTo, saveFile: parts.saveFile });
  const imports = importDeeds({ stores, bridge });
  const erased = (contactId: string): void => {
    stores.record.setState(({ recent }) => ({ ...noRecord, recent: recent.filter((each) => each.contactId !== contactId) }), true);
    if (stores.view.getState().place === 'customer') goTo('customers');
  };
  const privacy = privacyDeeds({
    ...{ stores, bridge, saveFile: parts.saveFile, erased },
    downloadLink: (path) => desktop.call('file:download', { path }),
  });

  return {
    stores,
    drafts,
    board,
    record,
    search: searchDeeds({ stores, bridge, openPerson: record.open, openAccount: account.show }),
    cases,
    merge: mergeDeeds({ stores, bridge, perform, openPerson: record.open, reloadPerson: record.reload }),
    account,
    customers: myCustomersDeeds({ stores, bridge }),
    imports,
    privacy,

    async askWhyMe() {
      const agentId = stores.desk.getState().agent?.agentId;
      if (agentId === undefined) return null;
      const outcome = await bridge.command('why:agent', { agentId });
      return outcome.ok ? outcome.value : null;
    },

    start() {
      const kept = keeper.read();
      if (kept) connect(kept);
      else stores.session.setState({ phase: 'signedOut', failure: null, isBusy: false }, true);
    },

    async signIn(credentials) {
      stores.session.setState({ phase: 'signedOut', failure: null, isBusy: true }, true);
      const outcome = await bridge.login(credentials);
      if (!outcome.ok) {
        stores.session.setState({ phase: 'signedOut', failure: failureOf(outcome.error), isBusy: false }, true);
        return;
      }
      keeper.write(outcome.value);
      connect(outcome.value);
    },

    async signOut() {
      if (unsavedCount(stores.configuration.getState()) === 0) return signOut();
      stores.view.setState({ place: 'admin' });
      stores.configuration.setState({ leaving: 'signOut' });
    },

    goTo,
    configuration: configurationDeeds(stores, bridge, signOut),
    setPresence: (request) => void perform('presence', 'agent:set-presence', request),

    answer,
    calls,
    decline: (reservationId) => void perform('end', 'reservation:reject', { reservationId }),
    dial(number) {
      void perform('dial', 'call:dial', { number: number.trim().slice(0, 64) }).then((outcome) => {
        if (!outcome?.ok) return;
        if (outcome.value.isDialled) phone.rejoin(outcome.value.reservationId);
        else notify(stores, { kind: 'notDialled', number, why: outcome.value.why });
      });
    },
    callBack: (interactionId) => void perform('callBack', 'call:call-back', { interactionId }),
    setMuted: (isMuted) => phone.setMuted(isMuted),
    hold: (interactionId) => void perform('hold', 'call:hold', { interactionId }),
    resume: (interactionId) => void perform('hold', 'call:resume', { interactionId }),
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
    chooseContact,
    extendWrapUp: (interactionId) => void perform('extend', 'interaction:extend-wrap-up', { interactionId }),
    complete(interactionId, then) {
      const dispositionCode = stores.view.getState().outcomes[interactionId] ?? null;
      const item = stores.desk.getState().interactions.find((each) => each.interactionId === interactionId);
      if (dispositionCode === null && !item?.wrapUp?.canLeave) return;
      void perform('finish', 'interaction:complete', {
        interactionId,
        dispositionCode,
        note: drafts.store.getState()[interactionId]?.text ?? '',
        then,
      });
    },
    async loadTimeline(request) {
      const outcome = await bridge.command('contact:timeline', request);
      return outcome.ok ? outcome.value : null;
    },
    wake: () => bridge.wake(),
    stop: clearDesk,
  };
}

function failureOf(refusal: Refusal): LoginFailure {
  return refusal.code;
}
