import type { Board, BoardContact, BoardFigure } from '../../../shared/contracts/board.ts';
import type { CommandAnswer, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Supervising } from '../../../shared/contracts/call.ts';
import type { Right } from '../../../shared/contracts/rights.ts';
import type { Bridge, CommandOutcome } from '../../bridge/index.ts';
import type { BoardDeeds } from '../../features/board/index.ts';
import type { Phone } from '../../phone/index.ts';
import {
  type BoardPanel,
  type BoardScope,
  type BoardState,
  changeTop,
  closePanel,
  emptyBoard,
  figureOf,
  namesOf,
  newAlerts,
  notify,
  openFirst,
  openPanel,
  receiveBoard,
  type Stores,
  scopesOf,
  sumOf,
  type WhyAnswer,
} from '../../stores/index.ts';
import type { Perform } from './perform.ts';

/** What the desk tells the board of its connection. */
export interface BoardConnection {
  received(board: Board): void;
  /** The connection is back; the bridge may have forgotten who watched. */
  connected(): void;
  clear(): void;
}

export interface BoardMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly phone: Pick<Phone, 'setMuted'>;
  /** A sound that an alert has been raised. */
  readonly chime: () => void;
  readonly perform: Perform;
}

/** What stands still on the board goes on in the answers to "why": they are asked again so often while one is open. */
const askAgainMs = 5_000;
/** Contacts that are there now change although their number does not. */
const liveFigures: readonly BoardFigure[] = ['waiting', 'handling', 'forCustomer', 'snoozed'];

export function boardDeeds({ stores, bridge, phone, chime, perform }: BoardMeans): BoardDeeds & BoardConnection {
  const { board: store } = stores;
  let isWatching = false;
  let isAsking = false;
  let again: ReturnType<typeof setInterval> | undefined;

  const may = (right: Right) => stores.desk.getState().user?.rights.includes(right) === true;
  const change = (next: (state: BoardState) => BoardState) => store.setState(next, true);

  async function watch(): Promise<void> {
    const outcome = await bridge.command('board:watch', {});
    if (outcome.ok) received(outcome.value);
    // Without a connection it is asked again as soon as there is one, and the screen says so already.
    else if (outcome.error.code !== 'offline') store.setState({ failure: outcome.error.code });
  }

  async function readNames(): Promise<void> {
    if (!may('configuration:read')) return;
    const outcome = await bridge.command('configuration:read', {});
    if (outcome.ok) store.setState({ names: namesOf(outcome.value.configuration) });
  }

  function received(board: Board): void {
    const before = store.getState();
    change((state) => receiveBoard(state, board));
    if (before.board === null) chooseFirstScope(board);
    if (before.isSoundOn && newAlerts(before.board, board).length > 0) chime();
    refresh(before.board);
  }

  /** A supervisor begins with their own people. */
  function chooseFirstScope(board: Board): void {
    const scope: BoardScope | undefined = scopesOf(board, stores.desk.getState().agent?.agentId ?? null)[0];
    const withOthers = scope === 'team' && board.agents.length > 0;
    store.setState({ scope: withOthers ? 'team' : 'all' });
  }

  /** The panel on top follows the board. */
  function refresh(before: Board | null): void {
    const panel = store.getState().panels.at(-1);
    if (!panel || isAsking) return;
    if (panel.kind === 'contacts') {
      const { board } = store.getState();
      const isSame = before !== null && board !== null && countOf(before, panel) === countOf(board, panel);
      if (!isSame || liveFigures.includes(panel.figure) || panel.contacts === null) void readContacts(panel);
    } else if (panel.kind === 'contact') void askWhyContact(panel.contact);
    else if (panel.kind === 'agent' && !panel.isEditing) void askWhyAgent(panel.agentId);
  }

  async function asking<Value>(question: Promise<Value>): Promise<Value> {
    isAsking = true;
    try {
      return await question;
    } finally {
      isAsking = false;
    }
  }

  async function readContacts(asked: Extract<BoardPanel, { kind: 'contacts' }>): Promise<void> {
    const { queueId, figure } = asked;
    const outcome = await asking(bridge.command('board:contacts', { queueId, figure }));
    change((state) =>
      changeTop(
        state,
        'contacts',
        (panel) => panel.queueId === queueId && panel.figure === figure,
        (panel) => (outcome.ok ? { ...panel, contacts: outcome.value.contacts, failure: null } : { ...panel, failure: outcome.error.code }),
      ),
    );
  }

  async function askWhyContact(contact: BoardContact): Promise<void> {
    const outcome = await asking(bridge.command('why:item', { workItemId: contact.workItemId }));
    change((state) =>
      changeTop(
        state,
        'contact',
        (panel) => panel.contact.workItemId === contact.workItemId,
        (panel) => ({ ...panel, why: answerOf(outcome, panel.why) }),
      ),
    );
  }

  async function askWhyAgent(agentId: string): Promise<void> {
    const outcome = await asking(bridge.command('why:agent', { agentId }));
    change((state) =>
      changeTop(
        state,
        'agent',
        (panel) => panel.agentId === agentId,
        (panel) => ({ ...panel, why: answerOf(outcome, panel.why) }),
      ),
    );
  }

  async function readRecord(contactId: string): Promise<void> {
    if (!may('contact:read')) return;
    const outcome = await bridge.command('contact:read', { contactId });
    if (!outcome.ok) return;
    change((state) =>
      changeTop(
        state,
        'contact',
        (panel) => panel.contact.contactId === contactId,
        (panel) => ({ ...panel, record: outcome.value }),
      ),
    );
  }

  /** As `perform` does, with the words for why somebody is not in a call. */
  async function superviseBy<Name extends 'call:supervise' | 'call:stop-supervising' | 'call:take-over'>(
    name: Name,
    request: CommandRequest<Name>,
  ): Promise<boolean> {
    stores.view.setState((view) => ({ pending: [...view.pending, 'supervise'] }));
    const outcome = await bridge.command(name, request);
    stores.view.setState((view) => ({ pending: view.pending.filter((each) => each !== 'supervise') }));
    if (!outcome.ok) notify(stores, { kind: 'notSupervising', code: outcome.error.code });
    return outcome.ok;
  }
  const isSuperviseBusy = () => stores.view.getState().pending.includes('supervise');

  async function supervise(interactionId: string, how: Supervising): Promise<void> {
    if (isSuperviseBusy()) return;
    const current = stores.desk.getState().supervising;
    if (current && current.interactionId !== interactionId && !(await superviseBy('call:stop-supervising', {}))) return;
    // The phone was answered with a closed microphone: who means to be heard shall be.
    if (await superviseBy('call:supervise', { interactionId, how })) phone.setMuted(how === 'monitor');
  }

  async function takeOver(): Promise<void> {
    if (isSuperviseBusy() || !(await superviseBy('call:take-over', {}))) return;
    phone.setMuted(false);
    stores.view.setState({ place: 'work' });
  }

  function stop(): void {
    isWatching = false;
    clearInterval(again);
  }

  return {
    open() {
      if (isWatching) return;
      isWatching = true;
      again = setInterval(() => refresh(store.getState().board), askAgainMs);
      void watch();
      void readNames();
    },
    close() {
      if (!isWatching) return;
      stop();
      void bridge.command('board:unwatch', {});
    },
    choose: (chosen) => store.setState(chosen),

    showContacts(queueId, figure, formula) {
      const panel = { kind: 'contacts', queueId, figure, formula, contacts: null, failure: null } as const;
      change((state) => openFirst(state, panel));
      void readContacts(panel);
    },
    showPeople: (queueId) => change((state) => openFirst(state, { kind: 'people', queueId })),
    showContact(contact) {
      change((state) => openPanel(state, { kind: 'contact', contact, why: { phase: 'asking' }, record: null }));
      void askWhyContact(contact);
      if (contact.contactId !== null) void readRecord(contact.contactId);
    },
    showAgent(agentId, isFromPanel = false) {
      const panel = { kind: 'agent', agentId, why: { phase: 'asking' }, isEditing: false } as const;
      change((state) => (isFromPanel ? openPanel(state, panel) : openFirst(state, panel)));
      void askWhyAgent(agentId);
    },
    editAgent: (isEditing) =>
      change((state) =>
        changeTop(
          state,
          'agent',
          () => true,
          (panel) => ({ ...panel, isEditing }),
        ),
      ),
    back() {
      change(closePanel);
      refresh(null);
    },

    setPresence: (request) => void perform('floor', 'supervisor:set-presence', request),
    setSkills: (request) =>
      void perform('floor', 'supervisor:set-skills', request).then((outcome) => {
        if (!outcome?.ok) return;
        change((state) =>
          changeTop(
            state,
            'agent',
            (panel) => panel.agentId === request.agentId,
            (panel) => ({ ...panel, isEditing: false }),
          ),
        );
        void askWhyAgent(request.agentId);
      }),
    release: (interactionId) => void perform('floor', 'supervisor:release', { interactionId }),
    moveItem: (request) => void perform('floor', 'supervisor:move-item', request),
    async giveWork(request) {
      const outcome = await perform('floor', 'supervisor:give-work', request);
      if (outcome?.ok) refresh(null);
      return outcome?.ok === true;
    },

    supervise: (interactionId, how) => void supervise(interactionId, how),
    stopSupervising: () => void (isSuperviseBusy() || superviseBy('call:stop-supervising', {})),
    takeOver: () => void takeOver(),

    received,
    connected() {
      if (!isWatching) return;
      void watch();
      if (store.getState().names.skills.length === 0) void readNames();
    },
    clear() {
      stop();
      store.setState(emptyBoard, true);
    },
  };
}

function countOf(board: Board, { queueId, figure }: Extract<BoardPanel, { kind: 'contacts' }>): number {
  if (queueId === null) return sumOf(board.queues, figure);
  const row = board.queues.find((each) => each.queueId === queueId);
  return row ? figureOf(row, figure) : 0;
}

/** While it is asked again the last answer stands; so it does when the question gets lost. */
function answerOf(outcome: CommandOutcome<CommandAnswer<'why:item'>>, before: WhyAnswer): WhyAnswer {
  if (outcome.ok) return { phase: 'told', why: outcome.value, at: Date.now() };
  if (before.phase === 'told' && (outcome.error.code === 'offline' || outcome.error.code === 'no_answer')) return before;
  return { phase: 'failed', code: outcome.error.code };
}
