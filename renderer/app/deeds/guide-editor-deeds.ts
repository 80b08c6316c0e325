import { type Guide, guideFormat } from '../../../shared/contracts/guides.ts';
import type { Bridge } from '../../bridge/index.ts';
import { blankStep } from '../../features/guide-editor/blank.ts';
import type { GuideEditorDeeds } from '../../features/guide-editor/index.ts';
import { type GuideBeingWritten, noGuideEditor, type Stores } from '../../stores/index.ts';

/** After the last change. */
const saveAfterMs = 1_000;

/** Guides that are being written: a draft is saved and judged by itself when the hand rests, one save after the other. */
export function guideEditorDeeds({
  stores,
  bridge,
}: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'upload'>;
}): GuideEditorDeeds & { /** What is not saved yet is. */ save(): Promise<void>; clear(): void } {
  const { guideEditor: store } = stores;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> = Promise.resolve();

  const open = () => store.getState().open;
  const put = (changed: Partial<GuideBeingWritten>) => store.setState((state) => ({ open: state.open && { ...state.open, ...changed } }));

  async function readList(): Promise<void> {
    const outcome = await bridge.command('guide:list', {});
    if (!outcome.ok) return store.setState({ asked: { phase: 'failed', code: outcome.error.code } });
    store.setState({ asked: { phase: 'ready' }, guides: outcome.value.guides });
  }

  async function readReferences(): Promise<void> {
    const outcome = await bridge.command('configuration:read', {});
    if (!outcome.ok) return;
    const { queues, dispositions } = outcome.value.configuration;
    const parents = new Set(dispositions.map(({ parent }) => parent));
    store.setState({
      references: {
        queues: queues.map(({ id, name }) => ({ id, name })),
        outcomes: dispositions.filter(({ code }) => !parents.has(code)).map(({ code, name }) => ({ id: code, name })),
      },
    });
  }

  async function load(guideId: string, stepId: string | null = null): Promise<void> {
    const outcome = await bridge.command('guide:read', { guideId, version: null });
    if (!outcome.ok) return;
    const { guide, draftRevision, live, problems } = outcome.value;
    store.setState({ open: { guide, revision: draftRevision, live, problems, saving: { phase: 'saved' }, stepId } });
  }

  async function saveOnce(): Promise<void> {
    clearTimeout(timer);
    const now = open();
    if (!now || now.saving.phase === 'saved' || now.saving.phase === 'conflict') return;
    const sent = now.guide;
    put({ saving: { phase: 'saving' } });
    const outcome = await bridge.upload('guide:save-draft', { guide: sent, basedOn: now.revision });
    // Another one was opened meanwhile; what was sent is kept or was refused.
    if (open()?.guide.guideId !== sent.guideId) return;
    if (!outcome.ok) {
      const { code } = outcome.error;
      return put({ saving: code === 'conflict' ? { phase: 'conflict' } : { phase: 'failed', code } });
    }
    const isNewest = open()?.guide === sent;
    const { value } = outcome;
    const problems = isNewest ? { problems: value.problems } : {};
    if (value.saved) put({ ...problems, revision: value.revision, saving: { phase: isNewest ? 'saved' : 'typing' } });
    else put({ ...problems, saving: { phase: isNewest ? 'refused' : 'typing' } });
  }

  async function save(): Promise<void> {
    saving = saving.then(saveOnce);
    await saving;
    if (open()?.saving.phase === 'typing') await save();
  }

  function write(guide: Guide): void {
    if (!open()) return;
    put({ guide, saving: open()?.saving.phase === 'conflict' ? { phase: 'conflict' } : { phase: 'typing' } });
    clearTimeout(timer);
    timer = setTimeout(() => void save(), saveAfterMs);
  }

  /** What is live is another now. */
  async function readAgain(): Promise<void> {
    const now = open();
    store.setState({ dialog: null });
    await Promise.all([readList(), now ? load(now.guide.guideId, now.stepId) : undefined]);
  }

  return {
    save,
    write,
    async open() {
      store.setState(({ asked }) => ({ asked: asked.phase === 'ready' ? asked : { phase: 'loading' } }));
      await Promise.all([readList(), readReferences()]);
    },
    async choose(guideId) {
      await save();
      await load(guideId);
    },
    make(guideId, name) {
      if (store.getState().guides.some((each) => each.guideId === guideId)) return false;
      const guide: Guide = {
        ...{ format: guideFormat, guideId, name, opens: [], followUps: [], steps: [blankStep('first')] },
        case: { kind: 'serviceRequest', subject: { ...name }, priority: 0 },
      };
      store.setState({
        dialog: null,
        open: { guide, revision: null, live: null, problems: [], saving: { phase: 'typing' }, stepId: null },
      });
      void save().then(readList);
      return true;
    },
    showStep: (stepId) => put({ stepId }),
    showDialog(dialog) {
      store.setState({ dialog });
      const guideId = open()?.guide.guideId;
      if (dialog !== 'versions' || !guideId) return;
      void bridge.command('guide:versions', { guideId }).then((outcome) => {
        if (outcome.ok) store.setState({ versions: outcome.value.versions });
      });
    },
    async publish(note) {
      await save();
      const now = open();
      if (!now || now.revision === null || now.saving.phase !== 'saved') return;
      const outcome = await bridge.command('guide:publish', { guideId: now.guide.guideId, draftRevision: now.revision, note });
      if (!outcome.ok)
        return put({ saving: outcome.error.code === 'conflict' ? { phase: 'conflict' } : { phase: 'failed', code: outcome.error.code } });
      if (!outcome.value.published) {
        store.setState({ dialog: null });
        return put({ problems: outcome.value.problems });
      }
      await readAgain();
    },
    async restore(version) {
      const now = open();
      if (!now) return;
      const outcome = await bridge.command('guide:restore', { guideId: now.guide.guideId, version, note: '' });
      if (outcome.ok && !outcome.value.published) put({ problems: outcome.value.problems });
      await readAgain();
    },
    async withdraw() {
      const now = open();
      if (!now) return;
      await bridge.command('guide:withdraw', { guideId: now.guide.guideId, note: '' });
      await readAgain();
    },
    async discard() {
      clearTimeout(timer);
      await saving;
      const now = open();
      if (!now) return;
      if (now.revision !== null) await bridge.command('guide:discard-draft', { guideId: now.guide.guideId, draftRevision: now.revision });
      store.setState({ open: null });
      await Promise.all([readList(), now.live === null ? undefined : load(now.guide.guideId)]);
    },
    clear() {
      clearTimeout(timer);
      store.setState(noGuideEditor, true);
    },
  };
}
