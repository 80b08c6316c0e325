import type { CommandAnswer, CommandName, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import { type ImportView, importUploadedSchema } from '../../../shared/contracts/imports.ts';
import type { Bridge, CommandOutcome } from '../../bridge/index.ts';
import type { ImportDeeds } from '../../features/import/index.ts';
import { changeMapping, foldImport, type ImportOpen, isUnderWay, noImports, type Stores } from '../../stores/index.ts';

/** What the desk tells of the connection. */
export interface ImportNews {
  received(view: ImportView): void;
  connected(): void;
  clear(): void;
}

const problemPage = 100;

/** Customers from files: each deed asks the bridge and puts its answer into the store; how far a running one is, the bridge pushes. */
export function importDeeds({
  stores,
  bridge,
}: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'sendFile'>;
}): ImportDeeds & ImportNews {
  const { imports: store } = stores;
  let sending: AbortController | null = null;
  const changeOpen = (importId: string, change: Partial<ImportOpen> | ((open: ImportOpen) => ImportOpen)) =>
    store.setState(({ open }) =>
      open?.importId === importId ? { open: typeof change === 'function' ? change(open) : { ...open, ...change } } : {},
    );

  /** Sends a command about the open import; what is busy and what failed stand in the store. */
  async function about<Name extends Extract<CommandName, `import:${string}`>>(
    busy: NonNullable<ImportOpen['busy']>,
    name: Name,
    request: (open: ImportOpen) => CommandRequest<Name> | null,
  ): Promise<{ readonly importId: string; readonly value: CommandAnswer<Name> } | null> {
    const { open } = store.getState();
    const asked = open && request(open);
    if (!open || !asked || open.busy !== null) return null;
    const { importId } = open;
    changeOpen(importId, { busy, failure: null });
    const outcome: CommandOutcome<CommandAnswer<Name>> = await bridge.command(name, asked);
    changeOpen(importId, { busy: null, failure: outcome.ok ? null : outcome.error.code });
    return outcome.ok ? { importId, value: outcome.value } : null;
  }

  const takeView = (answered: { readonly value: ImportView } | null) => {
    if (answered) received(answered.value);
  };

  async function readList(): Promise<void> {
    store.setState({ asked: { phase: 'loading' } });
    const outcome = await bridge.command('import:list', {});
    if (!outcome.ok) return store.setState({ asked: { phase: 'failed', code: outcome.error.code } });
    const { imports } = outcome.value;
    store.setState(({ open }) => ({
      asked: { phase: 'ready' },
      imports,
      open: open && { ...open, view: imports.find(({ importId }) => importId === open.importId) ?? open.view },
    }));
  }

  async function readOffices(): Promise<void> {
    if (store.getState().orgUnits.length > 0) return;
    const outcome = await bridge.command('configuration:read', {});
    if (outcome.ok) store.setState({ orgUnits: outcome.value.configuration.orgUnits.map(({ id, name }) => ({ id, name })) });
  }

  async function look(importId: string): Promise<void> {
    const answered = await about('looking', 'import:preview', () => ({ importId }));
    if (answered)
      changeOpen(importId, { preview: answered.value, view: answered.value.view, mapping: answered.value.guess, checked: null });
  }

  async function readProblems(importId: string, after: number): Promise<void> {
    const outcome = await bridge.command('import:problems', { importId, after, limit: problemPage });
    if (!outcome.ok) return changeOpen(importId, { failure: outcome.error.code });
    changeOpen(importId, (open) => ({
      ...open,
      problems: after === 0 ? outcome.value.problems : [...open.problems, ...outcome.value.problems],
      nextProblem: outcome.value.next,
    }));
  }

  async function readKept(importId: string): Promise<void> {
    const outcome = await bridge.command('import:kept', { importId });
    if (outcome.ok) changeOpen(importId, { kept: outcome.value.people });
  }

  /** What there is to read of one that has come to an end. */
  async function readEnd(view: ImportView): Promise<void> {
    if (view.refused > 0) await readProblems(view.importId, 0);
    if (view.kept > 0) await readKept(view.importId);
  }

  function received(view: ImportView): void {
    const before = store.getState();
    store.setState((state) => foldImport(state, view), true);
    const wasUnderWay = before.open?.importId === view.importId && isUnderWay(before.open.view);
    if (wasUnderWay && !isUnderWay(view)) void readEnd(view);
  }

  const deeds: ReturnType<typeof importDeeds> = {
    async open() {
      await Promise.all([readList(), readOffices()]);
    },
    async send(file) {
      if (store.getState().upload !== null && sending !== null) return;
      sending = new AbortController();
      store.setState({ upload: { fileName: file.name, bytes: file.size, sent: 0, failure: null }, open: null });
      const outcome = await bridge.sendFile(
        '/api/imports',
        file,
        (sent) => store.setState(({ upload }) => ({ upload: upload && { ...upload, sent } })),
        sending.signal,
      );
      const wasStopped = sending?.signal.aborted ?? true;
      sending = null;
      if (wasStopped) return store.setState({ upload: null });
      const uploaded = outcome.ok ? importUploadedSchema.safeParse(outcome.value) : null;
      if (!uploaded?.success) {
        const failure = outcome.ok ? 'internal' : outcome.error.code;
        return store.setState(({ upload }) => ({ upload: upload && { ...upload, failure } }));
      }
      store.setState({ upload: null });
      await readList();
      await deeds.show(uploaded.data.importId);
    },
    stopSending() {
      sending?.abort();
      store.setState({ upload: null });
    },
    async show(importId) {
      store.setState({ isAskingUndo: false, upload: null });
      const view = store.getState().imports.find((each) => each.importId === importId);
      if (importId === null || !view) return store.setState({ open: null });
      store.setState({
        open: {
          importId,
          view,
          preview: null,
          mapping: null,
          checked: null,
          busy: null,
          failure: null,
          problems: [],
          nextProblem: null,
          kept: [],
        },
      });
      if (view.state === 'uploaded') await look(importId);
      else if (!isUnderWay(view)) await readEnd(view);
    },
    async readAs(reading) {
      const answered = await about('looking', 'import:preview', ({ importId }) => ({ importId, reading }));
      if (answered)
        changeOpen(answered.importId, {
          preview: answered.value,
          view: answered.value.view,
          mapping: answered.value.guess,
          checked: null,
        });
    },
    change: (change) => store.setState(({ open }) => ({ open: open && changeMapping(open, change) })),
    async check() {
      const answered = await about('checking', 'import:check', ({ importId, mapping }) => mapping && { importId, mapping });
      if (answered) changeOpen(answered.importId, { checked: answered.value });
    },
    async start() {
      takeView(await about('starting', 'import:start', ({ importId, mapping }) => mapping && { importId, mapping }));
    },
    async cancel() {
      takeView(await about('canceling', 'import:cancel', ({ importId }) => ({ importId })));
    },
    async goOn() {
      takeView(await about('continuing', 'import:continue', ({ importId }) => ({ importId })));
    },
    askUndo: (isAskingUndo) => store.setState({ isAskingUndo }),
    async undo() {
      store.setState({ isAskingUndo: false });
      takeView(await about('undoing', 'import:undo', ({ importId }) => ({ importId })));
    },
    async forget(importId) {
      const answered = await about('forgetting', 'import:forget', () => ({ importId }));
      if (!answered) return;
      store.setState((state) => ({ open: null, imports: state.imports.filter((each) => each.importId !== importId) }));
    },
    async moreProblems() {
      const { open } = store.getState();
      if (open && open.nextProblem !== null) await readProblems(open.importId, open.nextProblem);
    },
    received,
    connected() {
      // What was pushed while the line was down is in the list.
      if (store.getState().asked.phase !== 'none') void readList();
    },
    clear() {
      sending?.abort();
      sending = null;
      store.setState(noImports, true);
    },
  };
  return deeds;
}
