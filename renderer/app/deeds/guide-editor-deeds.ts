import { type Guide, guideFormat, guideSchema } from '../../../shared/contracts/guides.ts';
import type { Bridge } from '../../bridge/index.ts';
import { blankStep } from '../../features/guide-editor/blank.ts';
import type { GuideEditorDeeds } from '../../features/guide-editor/index.ts';
import { type DraftJournal, type GuideBeingWritten, noGuideEditor, type Stores } from '../../stores/index.ts';
import { type Unsaved, unsavedWriting } from './unsaved-writing.ts';

/** After the last change. */
const saveAfterMs = 1_000;

export interface GuideEditorLife {
  /** What is not saved yet is. */
  save(): Promise<void>;
  /** The window closes: what is not saved yet is sent. What does not arrive is on this computer, and goes on from there. */
  flush(): void;
  clear(): void;
}

/**
 * Guides that are being written: a draft is saved and judged by itself when the hand rests, one save after the other. What is typed until
 * then is kept on this computer, and is in the editor again when the guide is opened next.
 */
export function guideEditorDeeds({
  stores,
  bridge,
  journal,
  newId,
}: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'upload'>;
  readonly journal: DraftJournal;
  newId(): string;
}): GuideEditorDeeds & GuideEditorLife {
  const { guideEditor: store } = stores;
  const writing = unsavedWriting(journal, guideSchema);
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
    const unsaved = ofGuide(guideId, writing.read(guideId));
    const isNews = unsaved !== null && JSON.stringify(unsaved.content) !== JSON.stringify(guide);
    const shown = { live, problems, stepId };
    if (!isNews) {
      writing.forget(guideId);
      return store.setState({ open: { ...shown, guide, writingId: newId(), revision: draftRevision, saving: { phase: 'saved' } } });
    }
    // The bridge says whether somebody else wrote meanwhile, or this hand itself.
    const { content, basedOn, writingId = newId() } = unsaved;
    store.setState({ open: { ...shown, guide: content, writingId, revision: basedOn, saving: { phase: 'typing' } } });
    void save().then(() => {
      // What clashes is on the screen; opened once more it gives way to what is stored.
      if (open()?.writingId === writingId && open()?.saving.phase === 'conflict') writing.forget(guideId);
    });
  }

  /** What was begun and closed before the bridge had any of it is in no list. */
  async function sendBegun(): Promise<void> {
    const { guides } = store.getState();
    const begun = writing.all().filter(({ id }) => !guides.some((each) => each.guideId === id));
    for (const { id: guideId, unsaved: found } of begun) {
      const unsaved = ofGuide(guideId, found);
      if (open()?.guide.guideId === guideId) continue;
      if (unsaved === null) {
        writing.forget(guideId);
        continue;
      }
      const { content: guide, basedOn, writingId = newId() } = unsaved;
      const outcome = await bridge.upload('guide:save-draft', { guide, basedOn, writingId });
      if (outcome.ok || outcome.error.code === 'conflict') writing.forget(guideId);
    }
    if (begun.length > 0) await readList();
  }

  async function saveOnce(isLast = false): Promise<void> {
    clearTimeout(timer);
    const now = open();
    if (!now || now.saving.phase === 'saved' || now.saving.phase === 'conflict') return;
    const sent = now.guide;
    put({ saving: { phase: 'saving' } });
    const outcome = await bridge.upload('guide:save-draft', { guide: sent, basedOn: now.revision, writingId: now.writingId }, isLast);
    // Another one was opened meanwhile; what was sent is kept or was refused.
    if (open()?.guide.guideId !== sent.guideId) return;
    if (!outcome.ok) {
      const { code } = outcome.error;
      return put({ saving: code === 'conflict' ? { phase: 'conflict' } : { phase: 'failed', code } });
    }
    const isNewest = open()?.guide === sent;
    const { value } = outcome;
    if (isNewest && value.saved) writing.forget(sent.guideId);
    else if (value.saved) keep({ guide: open()?.guide ?? sent, revision: value.revision, writingId: now.writingId });
    const problems = isNewest ? { problems: value.problems } : {};
    if (value.saved) put({ ...problems, revision: value.revision, saving: { phase: isNewest ? 'saved' : 'typing' } });
    else put({ ...problems, saving: { phase: isNewest ? 'refused' : 'typing' } });
  }

  const keep = ({ guide, revision: basedOn, writingId }: Pick<GuideBeingWritten, 'guide' | 'revision' | 'writingId'>) =>
    writing.keep(guide.guideId, { content: guide, basedOn, writingId });

  async function save(): Promise<void> {
    saving = saving.then(() => saveOnce());
    await saving;
    if (open()?.saving.phase === 'typing') await save();
  }

  function write(guide: Guide): void {
    const before = open();
    if (!before) return;
    if (before.saving.phase !== 'conflict') keep({ ...before, guide });
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
    flush() {
      const phase = open()?.saving.phase;
      if (phase === 'typing' || phase === 'failed') void saveOnce(true);
    },
    write,
    async open() {
      store.setState(({ asked }) => ({ asked: asked.phase === 'ready' ? asked : { phase: 'loading' } }));
      await Promise.all([readList(), readReferences()]);
      if (store.getState().asked.phase === 'ready') await sendBegun();
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
      const begun = { guide, writingId: newId(), revision: null };
      store.setState({ dialog: null, open: { ...begun, live: null, problems: [], saving: { phase: 'typing' }, stepId: null } });
      keep(begun);
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
      writing.forget(now.guide.guideId);
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

/** Null for one that lies under the name of another. */
const ofGuide = (guideId: string, unsaved: Unsaved<Guide> | null): Unsaved<Guide> | null =>
  unsaved?.content.guideId === guideId ? unsaved : null;
