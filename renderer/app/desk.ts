import type { LoginAnswer } from '../../shared/contracts/bridge-events.ts';
import type { DesktopApi, DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import type { Offer } from '../../shared/contracts/screen-pop.ts';
import type { Bridge, BridgeListener, CommandOutcome } from '../bridge/index.ts';
import type { SessionKeeper } from '../desktop/index.ts';
import type { AccountDeeds } from '../features/account/index.ts';
import type { AdminDeeds } from '../features/admin/index.ts';
import type { ArticleDeeds } from '../features/articles/index.ts';
import type { BoardDeeds } from '../features/board/index.ts';
import type { CaseDeeds } from '../features/cases/index.ts';
import type { DeviceDeeds } from '../features/devices/index.ts';
import type { FiguresDeeds } from '../features/figures/index.ts';
import type { FlowDeeds, FlowRunDeeds } from '../features/flows/index.ts';
import type { FollowUpDeeds } from '../features/follow-ups/deeds.ts';
import type { GuideDeeds } from '../features/guide/index.ts';
import type { GuideEditorDeeds } from '../features/guide-editor/index.ts';
import type { HelpDeeds } from '../features/help/index.ts';
import type { ImportDeeds } from '../features/import/index.ts';
import type { InboxDeeds } from '../features/inbox/index.ts';
import type { KnowledgeDeeds } from '../features/knowledge/index.ts';
import type { MergeDeeds } from '../features/merge/index.ts';
import type { MyCustomersDeeds } from '../features/my-customers/index.ts';
import type { PrivacyDeeds } from '../features/privacy/index.ts';
import type { PromptDeeds } from '../features/prompts/index.ts';
import type { RecordDeeds } from '../features/record/index.ts';
import type { SearchDeeds } from '../features/search/index.ts';
import type { CallDeeds } from '../features/transfer/index.ts';
import type { UsualAnswerDeeds } from '../features/usual-answers/index.ts';
import { type ComputerSound, type Headset, type HeadsetListener, type Phone, type Ringer, recordSound, wavOf } from '../phone/index.ts';
import {
  createDrafts,
  createOutbox,
  type DraftJournal,
  type Drafts,
  emptyDesk,
  emptyView,
  noConfiguration,
  noConnection,
  noRecord,
  type Outbox,
  type OutboxJournal,
  type Place,
  quietCall,
  readComposed,
  type SaveOutcome,
  type SendOutcome,
  type Stores,
  unsavedCount,
} from '../stores/index.ts';
import { languageOf } from './appearance.ts';
import { bridgeNews } from './bridge-news.ts';
import { accountDeeds, myCustomersDeeds } from './deeds/account-deeds.ts';
import { articleDeeds } from './deeds/article-deeds.ts';
import { boardDeeds } from './deeds/board-deeds.ts';
import { callDeeds } from './deeds/call-deeds.ts';
import { callDraftBy } from './deeds/call-draft.ts';
import { caseDeeds } from './deeds/case-deeds.ts';
import { configurationDeeds } from './deeds/configuration-deeds.ts';
import { figuresDeeds } from './deeds/figures-deeds.ts';
import { flowDeeds } from './deeds/flow-deeds.ts';
import { flowRunDeeds } from './deeds/flow-run-deeds.ts';
import { followUpDeeds } from './deeds/follow-up-deeds.ts';
import { guideDeeds } from './deeds/guide-deeds.ts';
import { guideEditorDeeds } from './deeds/guide-editor-deeds.ts';
import { helpDeeds } from './deeds/help-deeds.ts';
import { importDeeds } from './deeds/import-deeds.ts';
import { inboxDeeds } from './deeds/inbox-deeds.ts';
import { type KnowledgeLife, knowledgeDeeds } from './deeds/knowledge-deeds.ts';
import { mergeDeeds } from './deeds/merge-deeds.ts';
import { type OutsideDeeds, outsideDeeds } from './deeds/outside-deeds.ts';
import { performFor } from './deeds/perform.ts';
import { privacyDeeds } from './deeds/privacy-deeds.ts';
import { promptDeeds } from './deeds/prompt-deeds.ts';
import { type RecordLife, recordDeeds } from './deeds/record-deeds.ts';
import { searchDeeds } from './deeds/search-deeds.ts';
import { type WorkDeeds, workDeeds } from './deeds/work-deeds.ts';
import { ownHeadset } from './own-headset.ts';
import { ownPhone, type PhoneAccount } from './own-phone.ts';
import { ownSound } from './own-sound.ts';
import { ringingOffers } from './ringing-offers.ts';
import { type Notices, type ShiftCheck, shiftCheck } from './shift-check.ts';

/** What the desk is made of. Everything that reaches outside the page is handed in, so that tests can play the outside. */
export interface DeskParts {
  readonly stores: Stores;
  readonly bridge: Bridge;
  readonly phone: Phone;
  readonly ringer: Ringer;
  readonly sound: ComputerSound;
  /** The buttons and lamps of a headset. */
  readonly openHeadset: (listener: HeadsetListener) => Headset;
  readonly notices: Notices;
  /** A short sound: an alert stands on the board. */
  readonly chime: () => void;
  readonly desktop: DesktopApi;
  readonly keeper: SessionKeeper;
  readonly journal: DraftJournal;
  /** The same for what is written to customers, and for what was sent off and is not stored yet. */
  readonly messageJournal: DraftJournal;
  readonly outboxJournal: OutboxJournal;
  /** The same for where somebody is in a guide. */
  readonly guideJournal: DraftJournal;
  /** The same for a guide that is being written. */
  readonly writtenGuideJournal: DraftJournal;
  /** Articles that are written. */
  readonly writtenArticleJournal: DraftJournal;
  /** Who is calling, for the notice of the program around the page. */
  readonly describe: (offer: Offer) => { title: string; body: string };
  /** Puts a file where the person at the screen keeps files. */
  readonly saveFile: (name: string, content: Blob) => void;
  /** Where somebody who may watch the board begins: a screen on the wall at the wallboard. */
  readonly startPlace?: Place;
}

/** What an agent can do. Every deed ends in what the bridge says next; nothing here changes a fact by itself. */
export interface Desk extends WorkDeeds {
  readonly stores: Stores;
  readonly drafts: Drafts;
  /** Goes on with the session of this window, if there is one. */
  start(): void;
  /** The window closes: what is not stored yet is sent. */
  leave(): void;
  /** A new version that lies ready, if nothing would be interrupted by it. */
  installUpdate(): void;
  /** With the session of a program that ended unexpectedly. The bridge says whether there still is one. */
  goOn(): void;
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
  readonly inbox: InboxDeeds;
  readonly articles: ArticleDeeds;
  readonly knowledge: KnowledgeDeeds & UsualAnswerDeeds & Pick<KnowledgeLife, 'find' | 'putAnswer' | 'dismiss'>;
  readonly guides: GuideDeeds;
  readonly guideEditor: GuideEditorDeeds;
  readonly help: HelpDeeds;
  readonly figures: FiguresDeeds;
  /** What is written to customers, as the one string of `writeComposed`, and what was sent off. */
  readonly written: Drafts;
  readonly outbox: Outbox;
  readonly flows: FlowDeeds;
  readonly flowRuns: FlowRunDeeds;
  readonly followUps: FollowUpDeeds;
  readonly prompts: PromptDeeds;
  readonly privacy: PrivacyDeeds;
  readonly calls: CallDeeds;
  readonly outside: OutsideDeeds;
  readonly devices: DeviceDeeds;
  readonly check: ShiftCheck;
  /** Of this computer: shown at once, kept by the program around the page. */
  changeSettings(change: Partial<Omit<DesktopSettings, 'bridgeUrl'>>): void;
  /** The computer is about to sleep: the bridge knows at once that nobody is here, and offers nothing meanwhile. */
  sleep(): void;
  /** The computer woke up or the network is back. */
  wake(): void;
  stop(): void;
}

/** Refusals that may be none a moment later: what was sent off is told again under the same name. */
const notNow: ReadonlySet<string> = new Set(['offline', 'no_answer', 'storage_unavailable', 'too_many_requests', 'unauthorized']);

function saveOutcomeOf(outcome: CommandOutcome<{ readonly savedAt: number }>): SaveOutcome {
  if (outcome.ok) return { kind: 'saved', savedAt: outcome.value.savedAt };
  if (outcome.error.code === 'not_found') return { kind: 'gone' };
  return { kind: outcome.error.code === 'conflict' ? 'conflict' : 'failed' };
}

export function createDesk(parts: DeskParts): Desk {
  const { stores, bridge, phone, ringer, desktop, keeper, saveFile, describe } = parts;
  let signedInWith: LoginAnswer | null = null;

  const drafts = createDrafts({
    journal: parts.journal,
    save: async (draft): Promise<SaveOutcome> => saveOutcomeOf(await bridge.command('interaction:save-draft', draft)),
  });

  const written = createDrafts({
    journal: parts.messageJournal,
    save: async ({ interactionId, text, revision }): Promise<SaveOutcome> =>
      saveOutcomeOf(await bridge.command('message:save-draft', { interactionId, composed: readComposed(text), revision })),
  });
  const newId = () => crypto.randomUUID();
  const outbox = createOutbox({
    journal: parts.outboxJournal,
    readComposed,
    newId,
    async send(message): Promise<SendOutcome> {
      const outcome = await bridge.command('message:send', message);
      if (outcome.ok) {
        news.push({ seq: 0, name: 'message:changed', payload: outcome.value });
        return { kind: 'stored' };
      }
      return notNow.has(outcome.error.code) ? { kind: 'later' } : { kind: 'refused', code: outcome.error.code };
    },
  });

  const goTo = (place: Place): void => {
    const isLeaving = stores.view.getState().place === 'admin' && place !== 'admin';
    if (isLeaving && unsavedCount(stores.configuration.getState()) > 0) stores.configuration.setState({ leaving: place });
    else stores.view.setState({ place });
  };
  const nameOf = (contact: Pick<Offer, 'interactionId' | 'reservationId' | 'pop'>): string =>
    describe({ ...contact, channel: contact.pop.written?.channel ?? 'voice', offeredAt: 0, ringsUntil: 0 }).title;
  const erased = (contactId: string): void => {
    stores.record.setState(({ recent }) => ({ ...noRecord, recent: recent.filter((each) => each.contactId !== contactId) }), true);
    if (stores.view.getState().place === 'customer') goTo('customers');
  };

  const perform = performFor(stores, bridge);
  const work = workDeeds({ stores, bridge, phone, ringer, drafts, perform });
  const calls = callDeeds({
    ...{ stores, bridge, perform },
    nameOf(interactionId) {
      const item = stores.desk.getState().interactions.find((each) => each.interactionId === interactionId);
      return item ? nameOf(item) : '';
    },
  });
  const board = boardDeeds({ stores, bridge, phone, chime: parts.chime, perform });
  const help = helpDeeds({ stores, perform, goTo, chime: parts.chime, showAgent: (agentId) => board.showAgent(agentId) });
  const record = recordDeeds({ stores, bridge, perform, goTo, chooseContact: work.chooseContact, saveFile });
  const cases = caseDeeds({ stores, bridge, perform, openPerson: record.open, reloadPerson: record.reload });
  const language = () => languageOf(stores.settings.getState().language, stores.desk.getState().user?.locale ?? null, navigator.language);
  const followUps = followUpDeeds({ stores, bridge, perform, language, openPerson: record.open, reloadPerson: record.reload });
  const account = accountDeeds({ stores, bridge, perform, goTo, saveFile });
  const guides = guideDeeds({
    ...{ stores, bridge, journal: parts.guideJournal, openPerson: record.open, language },
  });
  const guideEditor = guideEditorDeeds({ stores, bridge, journal: parts.writtenGuideJournal, newId });
  const imports = importDeeds({ stores, bridge });
  const inbox = inboxDeeds({
    ...{ stores, bridge, perform, notes: drafts, written, outbox, saveFile },
    dial: work.dial,
    newId,
  });
  const articles = articleDeeds({ stores, bridge, journal: parts.writtenArticleJournal, newId });
  const knowledge = knowledgeDeeds({ stores, bridge, written, inbox });
  const flows = flowDeeds({ stores, bridge, newId });
  const prompts = promptDeeds({
    ...{ stores, bridge },
    sound: { record: (onLevel) => recordSound(navigator.mediaDevices, onLevel), wavOf },
  });
  const privacy = privacyDeeds({
    ...{ stores, bridge, saveFile, erased },
    downloadLink: (path) => desktop.call('file:download', { path }),
  });

  const own = ownPhone({ stores, bridge, phone });
  const changeSettings: Desk['changeSettings'] = (wanted) => {
    const { fixed } = stores.computer.getState();
    const change = Object.fromEntries(Object.entries(wanted).filter(([name]) => !fixed.includes(name)));
    stores.settings.setState(change);
    void desktop.call('settings:write', change);
  };
  const devices = ownSound({ stores, phone, ringer, sound: parts.sound, changeSettings });
  const headset = ownHeadset({ stores, open: parts.openHeadset, work });
  const check = shiftCheck({
    ...{ stores, bridge, phone, own, devices, notices: parts.notices, changeSettings },
    setAvailable: () => work.setPresence({ presence: 'available' }),
  });
  const offers = ringingOffers({
    ...{ stores, bridge, phone, ringer, desktop, describe, isAskedFor: calls.isAskedFor, answer: work.answer },
    chime: parts.chime,
  });
  const news = bridgeNews({
    ...{ stores, bridge, phone, drafts, written, outbox, offers, own, board, imports, inbox, knowledge, followUps, help },
    ...{ guides, nameOf, phoneTold },
  });

  /** A bridge that was started anew gave the phone a new password. */
  function phoneTold(account: PhoneAccount): void {
    if (!signedInWith?.phone || signedInWith.phone.password === account.password) return;
    signedInWith = { ...signedInWith, phone: account };
    keeper.write(signedInWith);
    own.registerAnew(account);
  }

  const bridgeListener: BridgeListener = {
    connecting: () => stores.connection.setState({ bridge: 'connecting', roundTripMs: null }),
    connected() {
      // What took the bridge's line may have taken the phone's.
      if (stores.connection.getState().lostSince !== null) own.wake();
      stores.connection.setState({ bridge: 'connected', lostSince: null });
      board.connected();
      imports.connected();
      flows.connected();
      guides.connected();
    },
    lost: () =>
      stores.connection.setState((connection) => ({ bridge: 'lost', roundTripMs: null, lostSince: connection.lostSince ?? Date.now() })),
    probed: (roundTripMs, clockOffsetMs) => stores.connection.setState({ roundTripMs, clockOffsetMs }),
    snapshot: news.snapshot,
    push: news.push,
    ended(why, at) {
      keeper.forget();
      clearDesk();
      if (why === 'session_replaced') stores.session.setState({ phase: 'replaced', at }, true);
      else stores.session.setState({ phase: 'signedOut', failure: why === 'unauthorized' ? 'session_ended' : why, isBusy: false }, true);
    },
  };

  function connect(login: LoginAnswer): void {
    signedInWith = login;
    stores.computer.setState({ left: null });
    stores.desk.setState({ ...emptyDesk, user: login.user }, true);
    if (parts.startPlace && login.user.rights.includes('queue:watch')) stores.view.setState({ place: parts.startPlace });
    bridge.connect(login.token, bridgeListener);
    if (login.phone) own.register(login.phone);
    if (login.phone?.use !== 'calls') stores.connection.setState({ phone: 'desk' });
  }

  function clearDesk(): void {
    signedInWith = null;
    check.leave();
    stores.computer.setState({ left: null });
    offers.clear();
    news.clear();
    bridge.disconnect();
    own.clear();
    drafts.stop();
    written.stop();
    outbox.stop();
    for (const each of [articles, knowledge, board, record, cases, account, imports, inbox, prompts, privacy, flows, followUps])
      each.clear();
    guides.clear();
    guideEditor.clear();
    stores.desk.setState(emptyDesk, true);
    stores.call.setState(quietCall, true);
    stores.view.setState(emptyView, true);
    stores.configuration.setState(noConfiguration, true);
    stores.connection.setState(noConnection, true);
    stores.notices.setState([], true);
  }

  function flushTexts(): void {
    drafts.flush();
    written.flush();
    guides.flush();
  }

  async function signOut(): Promise<void> {
    flushTexts();
    await flows.save();
    await guideEditor.save();
    await articles.save();
    await bridge.command('session:log-out', {});
    keeper.forget();
    clearDesk();
    stores.session.setState({ phase: 'signedOut', failure: null, isBusy: false }, true);
  }

  return {
    ...work,
    stores,
    drafts,
    board,
    record,
    search: searchDeeds({ stores, bridge, openPerson: record.open, openAccount: account.show }),
    cases,
    guides,
    guideEditor,
    merge: mergeDeeds({ stores, bridge, perform, openPerson: record.open, reloadPerson: record.reload }),
    account,
    customers: myCustomersDeeds({ stores, bridge }),
    imports,
    inbox,
    help,
    figures: figuresDeeds(bridge),
    written,
    outbox,
    articles,
    knowledge,
    prompts,
    flows,
    followUps,
    flowRuns: flowRunDeeds({ stores, bridge, callDraft: callDraftBy({ stores, bridge, phone, own, save: flows.save }) }),
    privacy,
    calls,
    configuration: configurationDeeds(stores, bridge, signOut),
    goTo,

    start() {
      devices.start();
      headset.start();
      const kept = keeper.read();
      if (kept) return connect(kept);
      stores.computer.setState({ left: keeper.left()?.user.name ?? null });
      stores.session.setState({ phase: 'signedOut', failure: null, isBusy: false }, true);
    },

    leave() {
      flushTexts();
      guideEditor.flush();
      flows.flush();
      void articles.save();
    },

    installUpdate: () =>
      void desktop.call('update:install', {}).then(
        (update) => stores.computer.setState({ update }),
        () => undefined,
      ),

    goOn() {
      const left = keeper.left();
      if (!left) return;
      keeper.write(left);
      connect(left);
    },

    async signIn(credentials) {
      stores.session.setState({ phase: 'signedOut', failure: null, isBusy: true }, true);
      const outcome = await bridge.login(credentials);
      if (!outcome.ok) {
        stores.session.setState({ phase: 'signedOut', failure: outcome.error.code, isBusy: false }, true);
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

    devices: { ...devices, connectHeadset: headset.choose },
    check,
    outside: outsideDeeds({ stores, bridge, desktop, dial: work.dial, setPresence: work.setPresence }),
    changeSettings,
    sleep: bridge.sleep,
    wake() {
      bridge.wake();
      own.wake();
    },
    stop() {
      devices.stop();
      headset.stop();
      clearDesk();
    },
  };
}
