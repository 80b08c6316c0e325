import type { Push } from '../../../shared/contracts/bridge-events.ts';
import type { MessageFile, MessageView } from '../../../shared/contracts/messages/conversation.ts';
import { uploadedFileSchema, type WrittenWork } from '../../../shared/contracts/messages/inbox.ts';
import type { Bridge, CommandOutcome } from '../../bridge/index.ts';
import { beginMail, type MailKind, ownMailAddresses } from '../../features/inbox/begin-mail.ts';
import type { InboxDeeds } from '../../features/inbox/index.ts';
import {
  applyPush,
  type Drafts,
  type FileOnItsWay,
  hasWords,
  leavesGap,
  noInbox,
  notify,
  numberToCall,
  type Outbox,
  readComposed,
  receiveMessage,
  receiveMessages,
  type Stores,
  writeComposed,
} from '../../stores/index.ts';
import { bringIn, documentPlaces } from '../documents/bring-in.ts';
import { openPages } from '../documents/open-pages.ts';
import type { Perform } from './perform.ts';
import { templateFieldsOf } from './template-fields.ts';

export interface InboxMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'sendFile' | 'fetchFile'>;
  readonly perform: Perform;
  readonly notes: Pick<Drafts, 'store' | 'adopt' | 'forget' | 'isUnsaved'>;
  readonly written: Pick<Drafts, 'store' | 'adopt' | 'edit' | 'used' | 'forget' | 'isUnsaved'>;
  readonly outbox: Outbox;
  saveFile(name: string, content: Blob): void;
  dial(number: string, conversationId: string): void;
  newId(): string;
}

/** What the desk asks of written work. */
export interface InboxLife {
  /** The bridge told all there is: what was missed is fetched, what was not sent is sent. */
  told(mine: readonly WrittenWork[]): void;
  received(push: Push, isNew: boolean): void;
  clear(): void;
}

const pageSize = 40;
const typingEveryMs = 3_000;
const typingShownMs = 6_000;

export function inboxDeeds({ stores, bridge, perform, notes, written, outbox, saveFile, dial, newId }: InboxMeans): InboxDeeds & InboxLife {
  const { inbox, desk, view } = stores;
  const asked = new Map<string, Promise<void>>();
  let note = { interactionId: '', text: '', clientId: '' };
  let toldTyping = { interactionId: '', at: 0 };

  const workOf = (interactionId: string) => desk.getState().inbox.mine.find((each) => each.interactionId === interactionId);
  const threadOf = (conversationId: string) => inbox.getState().threads[conversationId];

  /** What a command answered with, as if it had been told. */
  const isTold = (work: WrittenWork) => {
    if (!workOf(work.interactionId)) adopt(work);
    desk.setState((state) => applyPush(state, { seq: 0, name: 'inbox:changed', payload: work }), true);
  };
  const select = (interactionId: string) => view.setState({ place: 'work', selectedId: interactionId });

  function adopt(work: WrittenWork): void {
    notes.adopt(work.interactionId, work.note);
    const { draft } = work;
    for (const file of draft?.files ?? []) know(file);
    const text = draft ? writeComposed(draft.composed) : '';
    // What was sent off here a moment ago may still be the draft there.
    const isSentOff = outbox.store
      .getState()
      .some((each) => each.interactionId === work.interactionId && writeComposed(each.composed) === text);
    const { revision = 0, savedAt = 0 } = draft ?? {};
    written.adopt(work.interactionId, draft && !isSentOff ? { interactionId: work.interactionId, text, revision, savedAt } : null);
  }

  const know = (file: MessageFile) => inbox.setState(({ attached }) => ({ attached: { ...attached, [file.fileId]: file } }));

  /** One page of a conversation at a time. */
  function fetchPage(conversationId: string, beforeSeq: number | null): Promise<void> {
    const underWay = asked.get(conversationId) ?? fetchOne(conversationId, beforeSeq).finally(() => asked.delete(conversationId));
    asked.set(conversationId, underWay);
    return underWay;
  }

  async function fetchOne(conversationId: string, beforeSeq: number | null): Promise<void> {
    const before = threadOf(conversationId);
    putThread(conversationId, { ...(before ?? { conversation: null, messages: [], hasMore: false }), phase: 'loading' });
    const outcome = await bridge.command('conversation:messages', { conversationId, beforeSeq, limit: pageSize });
    const now = threadOf(conversationId);
    if (!now) return;
    putThread(conversationId, outcome.ok ? receiveMessages(now, outcome.value) : { ...now, phase: 'failed' });
  }
  const putThread = (conversationId: string, thread: ReturnType<typeof receiveMessages>) =>
    inbox.setState(({ threads }) => ({ threads: { ...threads, [conversationId]: thread } }));

  function received(message: MessageView): void {
    const thread = threadOf(message.conversationId);
    if (!thread) return;
    if (leavesGap(thread, message)) void fetchPage(message.conversationId, null);
    else putThread(message.conversationId, receiveMessage(thread, message));
  }

  const isChanged = (outcome: CommandOutcome<MessageView> | null) => {
    if (outcome?.ok) received(outcome.value);
  };

  async function settleWork(command: 'inbox:wait' | 'inbox:resume', interactionId: string): Promise<void> {
    const outcome = await perform('inbox', command, { interactionId });
    if (outcome?.ok) isTold(outcome.value);
  }

  const files = (interactionId: string, next: (all: readonly FileOnItsWay[]) => readonly FileOnItsWay[]) =>
    inbox.setState((state) => ({ files: { ...state.files, [interactionId]: next(state.files[interactionId] ?? []) } }));

  async function attachOne(interactionId: string, file: File): Promise<void> {
    const uploadId = newId();
    const put = (to: Partial<FileOnItsWay>) =>
      files(interactionId, (all) => all.map((each) => (each.uploadId === uploadId ? { ...each, ...to } : each)));
    files(interactionId, (all) => [...all, { uploadId, name: file.name, bytes: file.size, sentBytes: 0, failed: null }]);
    const path = `/api/message-files?interactionId=${encodeURIComponent(interactionId)}`;
    const outcome = await bridge.sendFile(path, file, (sentBytes) => put({ sentBytes }));
    const stored = outcome.ok ? uploadedFileSchema.safeParse(outcome.value) : null;
    if (!stored?.success) return put({ failed: outcome.ok ? 'internal' : outcome.error.code });
    know(stored.data);
    files(interactionId, (all) => all.filter((each) => each.uploadId !== uploadId));
    const composed = readComposed(written.store.getState()[interactionId]?.text);
    written.edit(interactionId, writeComposed({ ...composed, fileIds: [...composed.fileIds, stored.data.fileId] }));
  }

  function fetchTemplates(): void {
    void bridge.command('templates:list', {}).then((outcome) => outcome.ok && inbox.setState({ templates: outcome.value.templates }));
  }
  async function fetchSources(): Promise<void> {
    const outcome = await bridge.command('sources:list', {});
    if (outcome.ok) inbox.setState({ sources: outcome.value.sources });
  }

  function begin(interactionId: string, kind: MailKind): void {
    const conversation = workOf(interactionId)?.conversation;
    if (!conversation) return;
    const messages = threadOf(conversation.conversationId)?.messages ?? [];
    const last = messages.findLast((each) => each.kind === 'in') ?? messages.findLast((each) => each.kind === 'out') ?? null;
    if (kind === 'forward') (last?.files ?? []).forEach(know);
    const { sources } = inbox.getState();
    written.edit(interactionId, writeComposed(beginMail(kind, last, conversation, ownMailAddresses(sources))));
  }

  function numberOf(interactionId: string): string | null {
    const work = workOf(interactionId);
    return work ? numberToCall(work) : null;
  }

  /** What is neither in hand nor being looked at need not be kept. */
  function dropThreads(): void {
    const { threads, panel } = inbox.getState();
    const wanted = new Set(desk.getState().inbox.mine.map(({ conversation }) => conversation.conversationId));
    if (panel?.kind === 'conversation') wanted.add(panel.conversationId);
    inbox.setState({ threads: Object.fromEntries(Object.entries(threads).filter(([conversationId]) => wanted.has(conversationId))) });
  }

  function typing(interactionId: string): void {
    const at = Date.now();
    if (toldTyping.interactionId === interactionId && at - toldTyping.at < typingEveryMs) return;
    toldTyping = { interactionId, at };
    if (stores.connection.getState().bridge === 'connected') void bridge.command('conversation:typing', { interactionId });
  }

  return {
    accept(reservationId) {
      void perform('accept', 'reservation:accept', { reservationId }).then((outcome) => {
        if (!outcome?.ok) return;
        isTold(outcome.value);
        select(outcome.value.interactionId);
      });
    },
    take(workItemId) {
      void perform('accept', 'inbox:take', { workItemId }).then((outcome) => {
        if (!outcome?.ok) return;
        isTold(outcome.value);
        select(outcome.value.interactionId);
      });
    },

    show(conversationId) {
      const thread = threadOf(conversationId);
      if (!thread || thread.phase === 'failed') void fetchPage(conversationId, null);
    },
    loadOlder(conversationId) {
      const thread = threadOf(conversationId);
      const first = thread?.messages[0];
      if (thread?.hasMore && first) void fetchPage(conversationId, first.seq);
    },
    seen(interactionId, seq) {
      if (stores.connection.getState().bridge === 'connected') void bridge.command('conversation:seen', { interactionId, seq });
    },
    typing,

    edit(interactionId, composed) {
      written.edit(interactionId, writeComposed(composed));
      // Of a mail or a text only colleagues are to know that it is being written.
      const work = workOf(interactionId);
      if (work && work.conversation.channel !== 'chat' && work.guests.length > 0) typing(interactionId);
    },
    beginMail(interactionId, kind) {
      const conversation = workOf(interactionId)?.conversation;
      if (!conversation) return;
      // Whoever is quick would answer nobody's mail, or send all a copy to ourselves.
      const isUnread = threadOf(conversation.conversationId)?.phase === 'loading' && asked.has(conversation.conversationId);
      const missing = [
        ...(isUnread ? [fetchPage(conversation.conversationId, null)] : []),
        ...(kind === 'replyAll' && inbox.getState().sources === null ? [fetchSources()] : []),
      ];
      if (missing.length > 0) void Promise.all(missing).then(() => begin(interactionId, kind));
      else begin(interactionId, kind);
    },
    send(interactionId) {
      const composed = readComposed(written.store.getState()[interactionId]?.text);
      if (!hasWords(composed)) return;
      outbox.send(interactionId, composed);
      written.used(interactionId);
      toldTyping = { interactionId: '', at: 0 };
    },
    sendAgain: (clientId) => outbox.again(clientId),
    takeBack(clientId) {
      const outgoing = outbox.store.getState().find((each) => each.clientId === clientId);
      const composed = outbox.takeBack(clientId);
      if (!outgoing || !composed) return;
      const now = readComposed(written.store.getState()[outgoing.interactionId]?.text);
      const text = [composed.text, now.text].filter((each) => each.trim() !== '').join('\n');
      // Layout that was added in the meantime is not joined to the former: its words are.
      const html = now.text.trim() === '' ? composed.html : null;
      written.edit(outgoing.interactionId, writeComposed({ ...composed, text, html, fileIds: [...composed.fileIds, ...now.fileIds] }));
    },
    discard: (clientId) => void outbox.takeBack(clientId),
    withdraw: (messageId) => void perform('message', 'message:withdraw', { messageId }).then(isChanged),
    settle: (messageId, as) => void perform('message', 'message:settle', { messageId, as }).then(isChanged),
    async writeNote(interactionId, text) {
      const said = text.trim();
      // A note that may have arrived is told again under its name.
      if (note.interactionId !== interactionId || note.text !== said) note = { interactionId, text: said, clientId: newId() };
      const outcome = await perform('note', 'message:write-note', note);
      if (!outcome?.ok) return false;
      note = { interactionId: '', text: '', clientId: '' };
      received(outcome.value);
      return true;
    },

    attach(interactionId, chosen) {
      for (const file of chosen) void attachOne(interactionId, file);
    },
    knowFiles: (all) => all.forEach(know),
    dropFile(interactionId, fileId) {
      files(interactionId, (all) => all.filter((each) => each.uploadId !== fileId));
      const composed = readComposed(written.store.getState()[interactionId]?.text);
      if (composed.fileIds.includes(fileId))
        written.edit(interactionId, writeComposed({ ...composed, fileIds: composed.fileIds.filter((each) => each !== fileId) }));
    },
    saveFile({ fileId, name }) {
      void bridge.fetchFile(`/api/message-files/${encodeURIComponent(fileId)}`).then((outcome) => {
        if (outcome.ok) saveFile(outcome.value.name ?? name, outcome.value.content);
        else notify(stores, { kind: 'commandFailed', code: outcome.error.code });
      });
    },
    async fetchFile(fileId) {
      const outcome = await bridge.fetchFile(`/api/message-files/${encodeURIComponent(fileId)}`);
      return outcome.ok ? outcome.value.content : null;
    },
    openPages: (file) => openPages(bridge, file),
    async fetchHtml(messageId) {
      const outcome = await bridge.fetchFile(`/api/messages/${encodeURIComponent(messageId)}/html`);
      return outcome.ok ? outcome.value.content.text() : null;
    },
    saveSource(messageId) {
      void bridge.fetchFile(`/api/messages/${encodeURIComponent(messageId)}/raw`).then((outcome) => {
        if (outcome.ok) saveFile(outcome.value.name ?? 'message.eml', outcome.value.content);
        else notify(stores, { kind: 'commandFailed', code: outcome.error.code });
      });
    },
    showPictures: (messageId) => inbox.setState(({ pictured }) => ({ pictured: [...pictured, messageId] })),
    async openMailPage(messageId) {
      const outcome = await bridge.command('message:show-pictures', { messageId });
      if (outcome.ok) return new URL(outcome.value.path, stores.settings.getState().bridgeUrl).href;
      inbox.setState(({ pictured }) => ({ pictured: pictured.filter((each) => each !== messageId) }));
      notify(stores, { kind: 'commandFailed', code: outcome.error.code });
      return null;
    },

    wait: (interactionId) => void settleWork('inbox:wait', interactionId),
    resume: (interactionId) => void settleWork('inbox:resume', interactionId),
    snooze(interactionId, until) {
      inbox.setState({ panel: null });
      void perform('inbox', 'inbox:snooze', { interactionId, until }).then((outcome) => outcome?.ok && isTold(outcome.value));
    },
    async transfer(interactionId, to, words) {
      const outcome = await bridge.command('inbox:transfer', { interactionId, to, ...words });
      return outcome.ok ? null : outcome.error;
    },
    async findColleagues(text) {
      const outcome = await bridge.command('call:find-colleagues', { text: text.slice(0, 100) });
      return outcome.ok ? outcome.value.colleagues : null;
    },
    invite(interactionId, agentId) {
      inbox.setState({ panel: null });
      void perform('inbox', 'inbox:invite', { interactionId, agentId }).then((outcome) => outcome?.ok && isTold(outcome.value));
    },
    leave: (interactionId, agentId) => void perform('inbox', 'inbox:leave', { interactionId, agentId }),
    close(interactionId) {
      const work = workOf(interactionId);
      const dispositionCode = view.getState().outcomes[interactionId];
      if (!work || dispositionCode === undefined) return;
      const note = notes.store.getState()[interactionId]?.text ?? '';
      void perform('finish', 'inbox:close', { interactionId, dispositionCode, note }).then((outcome) => {
        if (outcome?.ok && inbox.getState().panel?.kind === 'finish') inbox.setState({ panel: null });
      });
    },
    async begin(to) {
      const outcome = await bridge.command('conversation:begin', to);
      if (!outcome.ok) return outcome.error;
      isTold(outcome.value);
      inbox.setState({ panel: null });
      select(outcome.value.interactionId);
      return null;
    },
    numberOf,
    callInstead(interactionId) {
      const number = numberOf(interactionId);
      const conversationId = workOf(interactionId)?.conversation.conversationId;
      if (number !== null && conversationId !== undefined) dial(number, conversationId);
    },

    open: (panel) => inbox.setState({ panel }),
    write: (interactionId, what) => inbox.setState(({ writes }) => ({ writes: { ...writes, [interactionId]: what } })),
    loadTemplates() {
      if (inbox.getState().templates === null) fetchTemplates();
    },
    loadSources() {
      if (inbox.getState().sources === null) void fetchSources();
    },
    fieldsOf(interactionId, locale) {
      const work = workOf(interactionId);
      if (!work) return {};
      const { correspondent, subject } = work.conversation;
      const known = templateFieldsOf(stores, work.pop, locale);
      return { ...known, customerName: known.customerName ?? correspondent.name, subject };
    },

    documentPlaces: () => documentPlaces(bridge),
    async bringIn({ placeId: sourceId, contactId }, file, progressed) {
      const outcome = await bringIn(bridge, { sourceId, contactId }, file, progressed);
      return outcome.ok ? outcome.value.outcome : outcome.error.code;
    },
    async findPeople(text) {
      const outcome = await bridge.command('customer:search', { text: text.slice(0, 200), limit: 20 });
      return outcome.ok ? outcome.value.hits.filter(({ kind }) => kind === 'person') : null;
    },

    loadQuarantine() {
      inbox.setState(({ quarantine }) => ({ quarantine: { ...quarantine, phase: 'loading' } }));
      void bridge.command('quarantine:list', {}).then((outcome) =>
        inbox.setState(({ quarantine }) => ({
          quarantine: outcome.ok ? { phase: 'ready', arrivals: outcome.value.arrivals } : { ...quarantine, phase: 'failed' },
        })),
      );
    },
    saveQuarantined(arrivalId) {
      void bridge.fetchFile(`/api/quarantine/${encodeURIComponent(arrivalId)}`).then((outcome) => {
        if (outcome.ok) saveFile(outcome.value.name ?? 'message.eml', outcome.value.content);
        else notify(stores, { kind: 'commandFailed', code: outcome.error.code });
      });
    },
    settleQuarantined(arrivalId, as) {
      void perform('quarantine', 'quarantine:settle', { arrivalId, as }).then((outcome) => {
        if (!outcome?.ok) return;
        inbox.setState(({ quarantine }) => ({
          quarantine: { ...quarantine, arrivals: quarantine.arrivals.filter((each) => each.arrivalId !== arrivalId) },
        }));
      });
    },

    told(mine) {
      outbox.adopt();
      for (const work of mine) adopt(work);
      dropThreads();
      // Both are set up by somebody, who may have changed them.
      const { templates, sources } = inbox.getState();
      if (templates !== null) fetchTemplates();
      if (sources !== null) void fetchSources();
      for (const conversationId of Object.keys(inbox.getState().threads)) void fetchPage(conversationId, null);
      outbox.flush();
    },
    received(push, isNew) {
      switch (push.name) {
        case 'inbox:changed':
          if (isNew) adopt(push.payload);
          return;
        case 'message:changed': {
          const { conversationId, kind } = push.payload;
          const from = desk.getState().inbox.mine.find((each) => each.conversation.conversationId === conversationId);
          if (kind === 'in' && from) inbox.setState(({ typing: { [from.interactionId]: _still, ...typing } }) => ({ typing }));
          else if (from) inbox.setState(({ colleagues: { [from.interactionId]: _still, ...colleagues } }) => ({ colleagues }));
          return received(push.payload);
        }
        case 'conversation:typing-seen': {
          const until = Date.now() + stores.connection.getState().clockOffsetMs + typingShownMs;
          const { interactionId, colleague: name } = push.payload;
          if (name === undefined) inbox.setState(({ typing }) => ({ typing: { ...typing, [interactionId]: until } }));
          else inbox.setState(({ colleagues }) => ({ colleagues: { ...colleagues, [interactionId]: { name, until } } }));
          return;
        }
        case 'inbox:gone': {
          const { interactionId } = push.payload;
          const { panel } = inbox.getState();
          if (panel && 'interactionId' in panel && panel.interactionId === interactionId) inbox.setState({ panel: null });
          dropThreads();
          return;
        }
        default:
      }
    },
    clear() {
      asked.clear();
      inbox.setState(noInbox, true);
    },
  };
}
