import type { CommandAnswer, CommandName, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { ContactPage, PersonEdit } from '../../../shared/contracts/record.ts';
import type { Bridge, CommandOutcome } from '../../bridge/index.ts';
import type { RecordDeeds, Stored } from '../../features/record/index.ts';
import {
  askMoreOfStream,
  askStream,
  beforeEdit,
  changePage,
  failRecord,
  hasOtherStream,
  holds,
  kindsOf,
  type LoginFailure,
  type Notice,
  noRecord,
  notify,
  openRecord,
  type Place,
  put,
  type RecordState,
  receivePage,
  receiveStream,
  type Stores,
  undecidedContact,
} from '../../stores/index.ts';
import type { Perform } from './perform.ts';

export interface RecordMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'sendFile' | 'fetchFile'>;
  readonly perform: Perform;
  goTo(place: Place): void;
  chooseContact(interactionId: string, contactId: string): void;
  /** Gives a file to the person at the screen. */
  saveFile(name: string, content: Blob): void;
}

export interface RecordLife {
  /** Turns an edit back, from the notice that told of it. */
  undoEdit(notice: Extract<Notice, { kind: 'recordEdited' }>): void;
  clear(): void;
}

const streamPage = 50;
const historyPage = 50;

/** The customer's page: opens, reads, changes. An answer that comes for a page which is no longer open changes nothing. */
export function recordDeeds({ stores, bridge, perform, goTo, chooseContact, saveFile }: RecordMeans): RecordDeeds & RecordLife {
  const { record: store } = stores;
  const change = (next: (state: RecordState) => RecordState) => store.setState(next, true);
  const openId = () => store.getState().contactId;

  function open(contactId: string, openCaseId?: string): void {
    const { place } = stores.view.getState();
    const cameFrom = place === 'customer' ? store.getState().cameFrom : place;
    change((state) => openRecord(state, contactId, cameFrom, openCaseId ?? null));
    goTo('customer');
    void read(contactId);
  }

  async function read(contactId: string): Promise<void> {
    const outcome = await bridge.command('contact:page', { contactId });
    if (!outcome.ok) return change((state) => failRecord(state, contactId, outcome.error.code));
    const { page: shown, drawer } = store.getState();
    change((state) => receivePage(state, contactId, outcome.value));
    if (shown && holds(outcome.value, shown.record.contactId)) {
      if (hasOtherStream(shown, outcome.value)) refreshStream();
      if (drawer === 'history') void readHistory(null);
    }
    const asked = { contactId: outcome.value.record.contactId };
    const [duplicates, merges] = await Promise.all([bridge.command('contact:duplicates', asked), bridge.command('contact:merges', asked)]);
    change((state) =>
      state.contactId !== asked.contactId
        ? state
        : {
            ...state,
            duplicates: duplicates.ok ? duplicates.value.duplicates : state.duplicates,
            merges: merges.ok ? merges.value.merges : state.merges,
          },
    );
  }

  /** The stream again as it is filtered, after something happened that belongs in it. */
  async function readStream(before: number | null): Promise<void> {
    const { contactId, stream } = store.getState();
    if (contactId === null) return;
    const { asked, filter, text } = stream;
    const outcome = await bridge.command('contact:stream', { contactId, before, limit: streamPage, kinds: [...kindsOf[filter]], text });
    change((state) => receiveStream(state, asked, before, outcome.ok ? outcome.value : null));
  }

  function refreshStream(): void {
    change((state) => askStream(state, {}));
    void readStream(null);
  }

  async function readHistory(before: number | null): Promise<void> {
    const contactId = openId();
    if (contactId === null) return;
    change((state) => ({ ...state, history: { ...state.history, phase: 'loading' } }));
    const outcome = await bridge.command('contact:history', { contactId, before, limit: historyPage });
    change((state) => {
      if (state.contactId !== contactId) return state;
      if (!outcome.ok) return { ...state, history: { ...state.history, phase: 'failed' } };
      const { changes } = outcome.value;
      const kept = before === null ? [] : state.history.changes;
      return { ...state, history: { changes: [...kept, ...changes], hasMore: changes.length === historyPage, phase: 'ready' } };
    });
  }

  /** A command whose answer is the page as it is now. */
  async function changeRecord<
    Name extends 'contact:set-identifier' | 'contact:remove-identifier' | 'contact:set-address' | 'contact:undo-change',
  >(name: Name, request: Omit<CommandRequest<Name>, 'contactId'>): Promise<boolean> {
    const contactId = openId();
    if (contactId === null) return false;
    const outcome = (await perform('record', name, {
      ...request,
      contactId,
    } as CommandRequest<Name>)) as CommandOutcome<ContactPage> | null;
    if (!outcome?.ok) return false;
    change((state) => ({ ...receivePage(state, contactId, outcome.value), form: null }));
    if (store.getState().drawer === 'history') void readHistory(null);
    return true;
  }

  async function edit(fields: PersonEdit, canUndo: boolean): Promise<void> {
    const { page, contactId } = store.getState();
    if (!page || contactId === null) return;
    const before = beforeEdit(page.fields, fields);
    const outcome = await bridge.command('contact:edit', { contactId, basedOn: page.revision, fields });
    if (outcome.ok) {
      change((state) => receivePage(state, contactId, outcome.value));
      if (canUndo) notify(stores, { kind: 'recordEdited', contactId, name: page.record.name, before });
      if (store.getState().drawer === 'history') void readHistory(null);
      return;
    }
    if (outcome.error.code !== 'conflict') return notify(stores, { kind: 'commandFailed', code: outcome.error.code });
    await read(contactId);
    notify(stores, { kind: 'editConflict', name: page.record.name, fields });
  }

  /** That a number is taken is said beside it, anything else in a notice. */
  function told(code: LoginFailure): Stored {
    if (code === 'conflict') return 'taken';
    notify(stores, { kind: 'commandFailed', code });
    return 'refused';
  }

  async function markShared(number: string, people: readonly { readonly contactId: string }[]): Promise<void> {
    const contactIds = people.map(({ contactId }) => contactId);
    const outcome = await perform('candidate', 'contact:share-identifier', { value: number, contactIds });
    if (!outcome?.ok) return;
    notify(stores, { kind: 'markedShared', number });
  }

  /** Something that was added or finished, put into the page. */
  async function add<Name extends CommandName>(
    name: Name,
    request: CommandRequest<Name>,
    into: (page: ContactPage, answer: CommandAnswer<Name>) => ContactPage,
  ): Promise<boolean> {
    const contactId = openId();
    if (contactId === null) return false;
    const outcome = await perform('record', name, request);
    if (!outcome?.ok) return false;
    change((state) => ({ ...changePage(state, contactId, (page) => into(page, outcome.value)), form: null }));
    // What there is to know now follows from it: a promise that is kept is owed no more.
    void read(contactId);
    return true;
  }
  const withOpen = async (then: (contactId: string) => Promise<boolean>): Promise<boolean> => {
    const contactId = openId();
    return contactId === null ? false : then(contactId);
  };

  return {
    open,
    reload() {
      const contactId = openId();
      if (contactId !== null) void read(contactId);
    },
    back: () => goTo(store.getState().cameFrom),
    showTab: (tab) => store.setState({ tab }),
    showCase: (openCaseId) => store.setState({ openCaseId }),
    showDrawer(drawer) {
      store.setState({ drawer });
      if (drawer === 'history') void readHistory(null);
    },
    showForm: (form) => store.setState({ form }),

    edit: (fields) => void edit(fields, true),
    async setIdentifier(request) {
      const contactId = openId();
      if (contactId === null) return 'refused';
      const outcome = await bridge.command('contact:set-identifier', { ...request, contactId });
      if (!outcome.ok) return told(outcome.error.code);
      change((state) => ({ ...receivePage(state, contactId, outcome.value), form: null }));
      if (store.getState().drawer === 'history') void readHistory(null);
      return 'stored';
    },
    removeIdentifier: (identifierId) => void changeRecord('contact:remove-identifier', { identifierId }),
    markShared(number, people) {
      if (number !== null) void markShared(number, people);
    },
    chooseAsCaller() {
      const contactId = openId();
      const interactionId = undecidedContact(stores);
      if (contactId === null || interactionId === null) return;
      chooseContact(interactionId, contactId);
      stores.view.setState({ selectedId: interactionId });
      goTo('work');
    },
    setAddress: (request) => changeRecord('contact:set-address', request),

    addNote: (text) =>
      withOpen((contactId) =>
        add('contact:add-note', { contactId, text, interactionId: null }, (page, note) => ({ ...page, notes: [note, ...page.notes] })),
      ),
    keepPromise: (promiseId) =>
      void add('contact:keep-promise', { promiseId }, (page, kept) => ({
        ...page,
        promises: put(page.promises, kept, (each) => each.promiseId),
      })),
    addTask: (request) =>
      withOpen((contactId) =>
        add('contact:add-task', { ...request, contactId }, (page, task) => ({
          ...page,
          tasks: put(page.tasks, task, (each) => each.taskId),
        })),
      ),
    finishTask: (taskId) =>
      void add('contact:finish-task', { taskId }, (page, task) => ({ ...page, tasks: put(page.tasks, task, (each) => each.taskId) })),
    recordOffer: (request) =>
      withOpen((contactId) =>
        add('contact:record-offer', { ...request, contactId }, (page, offer) => ({
          ...page,
          offers: put(page.offers, offer, (each) => each.offerId),
        })),
      ),
    async openCase(request) {
      const contactId = openId();
      if (contactId === null) return false;
      const isDone = await add('case:open', { ...request, contactId }, (page, file) => ({
        ...page,
        cases: put(page.cases, file, (each) => each.caseId),
      }));
      const opened = store.getState().page?.cases[0];
      if (isDone && opened) store.setState({ openCaseId: opened.caseId, tab: 'cases' });
      return isDone;
    },
    async create(request) {
      const outcome = await bridge.command('contact:create', request);
      if (!outcome.ok) return told(outcome.error.code);
      store.setState({ form: null });
      // Of a contact in hand the record stands beside it already; nobody is taken away from a conversation.
      if (request.interactionId === null) open(outcome.value.record.contactId);
      return 'stored';
    },

    filterStream(filter) {
      change((state) => askStream(state, { filter }));
      void readStream(null);
    },
    searchStream(text) {
      change((state) => askStream(state, { text }));
      void readStream(null);
    },
    loadMore() {
      const { stream } = store.getState();
      if (stream.phase === 'failed' && stream.nextBefore === null) return refreshStream();
      if (stream.nextBefore === null) return;
      change(askMoreOfStream);
      if (store.getState().stream.asked !== stream.asked) void readStream(stream.nextBefore);
    },

    moreHistory: () => void readHistory(store.getState().history.changes.at(-1)?.at ?? null),
    undoChange: ({ changeId }) => void changeRecord('contact:undo-change', { changeId }),

    attach(files) {
      void withOpen(async (contactId) => {
        for (const file of files) {
          const outcome = await bridge.sendFile(`/api/contacts/${encodeURIComponent(contactId)}/attachments`, file);
          if (!outcome.ok) notify(stores, { kind: 'commandFailed', code: outcome.error.code });
        }
        await read(contactId);
        return true;
      });
    },
    download(attachmentId) {
      void withOpen(async (contactId) => {
        const known = store.getState().page?.attachments.find((each) => each.attachmentId === attachmentId);
        const path = `/api/contacts/${encodeURIComponent(contactId)}/attachments/${encodeURIComponent(attachmentId)}`;
        const outcome = await bridge.fetchFile(path);
        if (outcome.ok) saveFile(outcome.value.name ?? known?.name ?? attachmentId, outcome.value.content);
        else notify(stores, { kind: 'commandFailed', code: outcome.error.code });
        return outcome.ok;
      });
    },

    async hear(recordingId) {
      const outcome = await bridge.command('recording:open', { recordingId });
      if (outcome.ok) return new URL(outcome.value.path, stores.settings.getState().bridgeUrl).href;
      notify(stores, { kind: 'commandFailed', code: outcome.error.code });
      return null;
    },

    undoEdit({ contactId, before }) {
      if (openId() === contactId) void edit(before, false);
    },
    clear: () => store.setState(noRecord, true),
  };
}
