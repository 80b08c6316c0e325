import { type FlowSummary, flowEntrySchema } from '../../../shared/contracts/ivr/commands.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { FlowDeeds } from '../../features/flows/index.ts';
import {
  beginHistory,
  changeFlow,
  type FlowHistory,
  type LoginFailure,
  type NumbersDraft,
  noFlows,
  notify,
  type OpenFlow,
  redoChange,
  type Stores,
  undoChange,
  withOpen,
} from '../../stores/index.ts';

/** What the desk tells of itself. */
export interface FlowNews {
  /** What could not be saved while the line was down is saved now. */
  connected(): void;
  /** The window closes: what is drawn and not saved yet is sent. */
  flush(): void;
  clear(): void;
}

/** After the last change; a draft is judged sooner than it is kept. */
const checkAfterMs = 400;
const saveAfterMs = 1_200;

/**
 * Flows on the drawing board: each deed asks the bridge and puts its answer into the store. A draft is checked and saved by itself when the
 * hand rests; of several answers on their way only the last one counts.
 */
export function flowDeeds({
  stores,
  bridge,
  newId,
}: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'upload'>;
  newId(): string;
}): FlowDeeds & FlowNews {
  const { flows: store } = stores;
  let checkTimer: ReturnType<typeof setTimeout> | undefined;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let lastCheck = 0;
  /** One save at a time: each is based on the revision of the one before. */
  let saving: Promise<void> | null = null;

  const mayWrite = () => stores.desk.getState().user?.rights.includes('configuration:write') === true;
  const putOpen = (flowId: string, change: Partial<OpenFlow> | ((open: OpenFlow) => Partial<OpenFlow>)) =>
    store.setState((state) => withOpen(state, flowId, typeof change === 'function' ? change : () => change));

  async function readList(): Promise<void> {
    store.setState((state) => ({ asked: state.asked.phase === 'ready' ? state.asked : { phase: 'loading' } }));
    const outcome = await bridge.command('flow:list', {});
    if (!outcome.ok) return store.setState({ asked: { phase: 'failed', code: outcome.error.code } });
    store.setState(({ open }) => ({
      ...outcome.value,
      asked: { phase: 'ready' },
      open: open && { ...open, live: liveOf(outcome.value.flows, open.flowId) },
    }));
  }

  async function readReferences(): Promise<void> {
    const outcome = await bridge.command('configuration:read', {});
    if (!outcome.ok) return;
    const { configuration, prompts } = outcome.value;
    const named = (list: readonly { readonly id: string; readonly name: { readonly en: string; readonly zh: string } }[]) =>
      list.map(({ id, name }) => ({ id, name }));
    store.setState({
      references: {
        queues: named(configuration.queues.filter(({ channel }) => channel === 'voice')),
        hours: named(configuration.hours),
        skills: named(configuration.skills),
        prompts,
      },
    });
  }

  async function check(): Promise<void> {
    const { open } = store.getState();
    if (!open) return;
    lastCheck += 1;
    const asked = lastCheck;
    const outcome = await bridge.upload('flow:check', { flow: open.history.present });
    if (asked === lastCheck && outcome.ok) putOpen(open.flowId, { problems: outcome.value.problems });
  }

  async function saveOnce(isLast = false): Promise<void> {
    clearTimeout(saveTimer);
    const { open } = store.getState();
    if (!open || !mayWrite() || open.saving.phase === 'saved' || open.saving.phase === 'conflict') return;
    const { flowId, writingId, history, revision } = open;
    const sent = history.present;
    putOpen(flowId, { saving: { phase: 'saving' } });
    const outcome = await bridge.upload('flow:save-draft', { flow: sent, basedOn: revision, writingId }, isLast);
    if (!outcome.ok) {
      const { code } = outcome.error;
      return putOpen(flowId, { saving: code === 'conflict' ? { phase: 'conflict' } : { phase: 'failed', code } });
    }
    const answer = outcome.value;
    putOpen(flowId, (now) => {
      const isNewest = now.history.present === sent;
      const problems = isNewest ? answer.problems : now.problems;
      if (!answer.saved) return { problems, saving: isNewest ? { phase: 'refused' } : now.saving };
      return { problems, revision: answer.revision, saving: { phase: isNewest ? 'saved' : 'typing' } };
    });
    // What was drawn while it was on its way.
    if (store.getState().open?.saving.phase === 'typing') saveTimer = setTimeout(() => void save(), saveAfterMs);
  }

  async function save(): Promise<void> {
    while (saving) await saving;
    saving = saveOnce().finally(() => {
      saving = null;
    });
    await saving;
  }

  function draw(change: (history: FlowHistory) => FlowHistory): void {
    const { open } = store.getState();
    if (!open || !mayWrite()) return;
    const history = change(open.history);
    if (history === open.history) return;
    const selected = open.selected.filter((nodeId) => Object.hasOwn(history.present.nodes, nodeId));
    const isKept = open.saving.phase === 'conflict' || open.saving.phase === 'saving';
    putOpen(open.flowId, { history, selected, saving: isKept ? open.saving : { phase: 'typing' } });
    clearTimeout(checkTimer);
    clearTimeout(saveTimer);
    checkTimer = setTimeout(() => void check(), checkAfterMs);
    saveTimer = setTimeout(() => void save(), saveAfterMs);
  }

  async function load(flowId: string): Promise<LoginFailure | null> {
    const outcome = await bridge.command('flow:read', { flowId, version: null });
    if (!outcome.ok) return outcome.error.code;
    const { flow, draftRevision, live } = outcome.value;
    store.setState({
      opening: null,
      open: {
        ...{ flowId, writingId: newId(), history: beginHistory(flow), revision: draftRevision, live, saving: { phase: 'saved' } },
        ...{ problems: null, selected: [], wanted: null, dialog: null },
      },
    });
    await check();
    return null;
  }

  function leaveBoard(): void {
    clearTimeout(checkTimer);
    clearTimeout(saveTimer);
    lastCheck += 1;
  }

  const failed = (code: LoginFailure) => notify(stores, { kind: 'commandFailed', code });

  const deeds: FlowDeeds & FlowNews = {
    async open() {
      await Promise.all([readList(), readReferences()]);
    },
    async show(flowId) {
      await save();
      leaveBoard();
      store.setState({ open: null, opening: flowId });
      if (flowId === null) return readList();
      const failure = await load(flowId);
      if (failure === null) return;
      store.setState({ opening: null });
      failed(failure);
    },
    async create(flow) {
      const outcome = await bridge.upload('flow:save-draft', { flow, basedOn: null, live: null, writingId: newId() });
      if (!outcome.ok) return outcome.error.code;
      if (!outcome.value.saved) return 'bad_request';
      await Promise.all([readList(), load(flow.flowId)]);
      return null;
    },
    async remove(flowId) {
      const outcome = await bridge.command('flow:remove', { flowId });
      if (!outcome.ok) return outcome.error.code;
      await readList();
      return null;
    },
    change: (edit) => draw((history) => changeFlow(history, edit)),
    undo: () => draw(undoChange),
    redo: () => draw(redoChange),
    select(nodeIds, wanted = null) {
      const { open } = store.getState();
      if (open) putOpen(open.flowId, { selected: nodeIds, wanted });
    },
    save,
    flush() {
      const phase = store.getState().open?.saving.phase;
      if (!saving && (phase === 'typing' || phase === 'failed')) void saveOnce(true);
    },
    async settle(whose) {
      const { open } = store.getState();
      if (!open) return;
      if (whose === 'theirs') {
        leaveBoard();
        const failure = await load(open.flowId);
        return failure === null ? undefined : failed(failure);
      }
      const outcome = await bridge.command('flow:read', { flowId: open.flowId, version: null });
      if (!outcome.ok) return failed(outcome.error.code);
      putOpen(open.flowId, { revision: outcome.value.draftRevision, saving: { phase: 'typing' } });
      await save();
    },
    ask(kind) {
      const { open } = store.getState();
      if (!open) return;
      const { flowId } = open;
      switch (kind) {
        case null:
          return putOpen(flowId, { dialog: null });
        case 'publish':
          return putOpen(flowId, { dialog: { kind, isBusy: false, isRefused: false, failure: null } });
        case 'discard':
          return putOpen(flowId, { dialog: { kind } });
        case 'compare':
          return void deeds.compare(open.live, null);
        case 'versions':
          putOpen(flowId, { dialog: { kind, versions: null, failure: null } });
          return void readVersions(flowId);
      }
    },
    async publish(note) {
      const { open } = store.getState();
      if (!open) return;
      const { flowId } = open;
      const tell = (isBusy: boolean, isRefused: boolean, failure: LoginFailure | null) =>
        putOpen(flowId, { dialog: { kind: 'publish', isBusy, isRefused, failure } });
      tell(true, false, null);
      await save();
      const { open: saved } = store.getState();
      if (saved?.flowId !== flowId) return;
      const { saving: kept } = saved;
      if (kept.phase !== 'saved')
        return tell(false, kept.phase === 'refused', kept.phase === 'failed' ? kept.code : kept.phase === 'conflict' ? 'conflict' : null);
      // What is live already and was not changed has no draft to be published.
      if (saved.revision === null) return tell(false, false, 'conflict');
      const outcome = await bridge.command('flow:publish', { flowId, draftRevision: saved.revision, note });
      if (!outcome.ok) return tell(false, false, outcome.error.code);
      if (!outcome.value.published) {
        putOpen(flowId, { problems: outcome.value.problems });
        return tell(false, true, null);
      }
      await publishedAs(flowId, outcome.value.version);
    },
    async rollBack(version) {
      const { open } = store.getState();
      if (!open) return;
      const { flowId } = open;
      const outcome = await bridge.command('flow:roll-back', { flowId, version, note: '' });
      if (!outcome.ok) return failed(outcome.error.code);
      if (!outcome.value.published) return putOpen(flowId, { problems: outcome.value.problems, dialog: null });
      await publishedAs(flowId, outcome.value.version);
    },
    async compare(before, after) {
      await save();
      const { open } = store.getState();
      if (!open) return;
      const { flowId } = open;
      putOpen(flowId, { dialog: { kind: 'compare', before, after, changes: null, failure: null } });
      const outcome = await bridge.command('flow:compare', { flowId, before, after });
      putOpen(flowId, ({ dialog }) =>
        dialog?.kind === 'compare' && dialog.before === before && dialog.after === after
          ? {
              dialog: outcome.ok ? { ...dialog, changes: outcome.value.changes } : { ...dialog, changes: [], failure: outcome.error.code },
            }
          : {},
      );
    },
    async discard() {
      const { open } = store.getState();
      if (!open) return;
      putOpen(open.flowId, { dialog: null });
      leaveBoard();
      while (saving) await saving;
      const revision = store.getState().open?.revision ?? null;
      if (revision !== null) {
        const outcome = await bridge.command('flow:discard-draft', { flowId: open.flowId, draftRevision: revision });
        if (!outcome.ok) return failed(outcome.error.code);
      }
      // A flow that was never published goes with its draft.
      if (open.live === null) {
        store.setState({ open: null });
        return readList();
      }
      const failure = await load(open.flowId);
      if (failure !== null) failed(failure);
    },
    changeNumbers: (entries) =>
      store.setState((state) => ({
        numbers:
          entries === null
            ? null
            : {
                ...(state.numbers ?? { basedOn: state.entriesRevision, isConflict: false }),
                ...{ entries, isBusy: false, failure: null, problems: [] },
              },
      })),
    async saveNumbers() {
      const { numbers } = store.getState();
      if (!numbers || numbers.isBusy) return;
      const put = (change: Partial<NumbersDraft>) =>
        store.setState((state) => ({ numbers: state.numbers && { ...state.numbers, ...change } }));
      // The bridge takes no such request at all.
      const wrong = numbers.entries.filter(({ dnis }) => !flowEntrySchema.shape.dnis.safeParse(dnis).success);
      if (wrong.length > 0) return put({ failure: null, problems: wrong.map(({ dnis }) => ({ dnis, what: null })) });
      put({ isBusy: true, failure: null, problems: [] });
      const outcome = await bridge.command('flow:save-entries', { entries: [...numbers.entries], basedOn: numbers.basedOn });
      if (!outcome.ok) {
        const isConflict = outcome.error.code === 'conflict';
        return put({ isBusy: false, isConflict, failure: isConflict ? null : outcome.error.code });
      }
      if (!outcome.value.saved) return put({ isBusy: false, problems: outcome.value.problems });
      await readList();
      store.setState({ numbers: null });
    },
    connected() {
      if (store.getState().open?.saving.phase === 'failed') void save();
    },
    clear() {
      leaveBoard();
      store.setState(noFlows, true);
    },
  };

  async function readVersions(flowId: string): Promise<void> {
    const outcome = await bridge.command('flow:versions', { flowId });
    putOpen(flowId, ({ dialog }) =>
      dialog?.kind === 'versions'
        ? {
            dialog: outcome.ok ? { ...dialog, versions: outcome.value.versions } : { ...dialog, versions: [], failure: outcome.error.code },
          }
        : {},
    );
  }

  async function publishedAs(flowId: string, version: number): Promise<void> {
    const flow = store.getState().open?.history.present;
    if (flow)
      notify(stores, { kind: 'flowPublished', version, name: flow.name[stores.settings.getState().language === 'zh' ? 'zh' : 'en'] });
    putOpen(flowId, { dialog: null });
    const outcome = await bridge.command('flow:read', { flowId, version: null });
    // What was drawn meanwhile stays, and is the next draft.
    if (outcome.ok)
      putOpen(flowId, ({ saving: now, history }) => {
        const isOther = JSON.stringify(outcome.value.flow) !== JSON.stringify(history.present);
        return {
          live: outcome.value.live,
          revision: outcome.value.draftRevision,
          ...(now.phase === 'saved' && outcome.value.draftRevision === null && isOther
            ? { history: beginHistory(outcome.value.flow) }
            : {}),
        };
      });
    await readList();
  }

  return deeds;
}

const liveOf = (flows: readonly FlowSummary[], flowId: string) => flows.find((each) => each.flowId === flowId)?.live?.version ?? null;
