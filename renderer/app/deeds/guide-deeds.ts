import type { PushPayload } from '../../../shared/contracts/bridge-events.ts';
import type { GuideRun } from '../../../shared/contracts/guides.ts';
import { guideRunSchema } from '../../../shared/contracts/guides.ts';
import type { ScreenPop } from '../../../shared/contracts/screen-pop.ts';
import { startRun, stepGuide, suggestedOutcome } from '../../../shared/guide-steps.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { GuideDeeds } from '../../features/guide/index.ts';
import {
  caseForAnswers,
  createDrafts,
  currentWork,
  type DraftJournal,
  type GuideAtContact,
  guideFacts,
  interactionIdOf,
  noGuides,
  notify,
  popOf,
  type SaveOutcome,
  type Stores,
} from '../../stores/index.ts';

/** In the palette. */
const mostFound = 4;

export interface GuideLife {
  /** The bridge is back: what it does not have yet is sent, and what could not be asked is asked. */
  connected(): void;
  /** Whoever has the contact, and asks for advice on it here, got on in its guide. */
  moved(moved: PushPayload<'guide:moved'>): void;
  /** The window closes, or its user leaves: what is not stored is sent. */
  flush(): void;
  clear(): void;
}

/**
 * Guides at contacts. Where somebody is in one is kept like a note being written: on this computer at once, at the bridge within a second, so
 * that neither a reload nor a broken line loses an answer.
 */
export function guideDeeds({
  stores,
  bridge,
  journal,
  openPerson,
  language,
}: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly journal: DraftJournal;
  readonly openPerson: (contactId: string, caseId: string) => void;
  /** Of the screen: in its words the answers stand in the case. */
  readonly language: () => 'en' | 'zh';
}): GuideDeeds & GuideLife {
  const { guides: store } = stores;
  /** Contacts that were asked about, with the facts they had then. */
  const asked = new Map<string, string>();
  const drafts = createDrafts({
    journal,
    async save({ interactionId: key, text, revision }): Promise<SaveOutcome> {
      const { interactionId } = partsOf(key);
      const run = readRun(text);
      if (!run) return { kind: 'gone' };
      const outcome = await bridge.command('guide:save', { interactionId, run, revision });
      if (outcome.ok) return { kind: 'saved', savedAt: outcome.value.savedAt };
      const { code } = outcome.error;
      if (code === 'conflict') return { kind: 'conflict' };
      if (code !== 'not_found') return { kind: 'failed' };
      journal.forget(key);
      return { kind: 'gone' };
    },
  });

  const at = (interactionId: string) => store.getState().at[interactionId] ?? null;
  const put = (interactionId: string, guide: GuideAtContact | null) =>
    store.setState((state) => ({ at: { ...state.at, [interactionId]: guide } }));
  const change = (interactionId: string, changed: Partial<GuideAtContact>) => {
    const now = at(interactionId);
    if (now) put(interactionId, { ...now, ...changed });
  };
  const factsOf = (pop: ScreenPop) => guideFacts(pop, stores.desk.getState().user?.name ?? '');

  function keep(interactionId: string, run: GuideRun): void {
    drafts.edit(keyOf(interactionId, run.guideId), JSON.stringify(run));
  }

  async function open(pop: ScreenPop, guideId: string | null): Promise<boolean> {
    const { interactionId, queueId } = pop;
    const facts = factsOf(pop);
    const outcome = await bridge.command('guide:open', { interactionId, guideId, queueId, facts });
    if (!outcome.ok) return false;
    const { opened, guides } = outcome.value;
    store.setState({ choices: guides });
    if (!opened) {
      put(interactionId, null);
      return true;
    }
    const { guide, version, kept, readAlong = null } = opened;
    const key = keyOf(interactionId, guide.guideId);
    if (kept?.finished) drafts.forget(key);
    else if (readAlong === null)
      drafts.adopt(key, kept && { interactionId: key, text: JSON.stringify(kept.run), revision: kept.revision, savedAt: kept.savedAt });
    const own = kept?.finished || readAlong ? null : readRun(drafts.store.getState()[key]?.text ?? '');
    const begun = own?.version === version ? own : (kept?.run ?? startRun(guide, version, facts));
    put(interactionId, {
      ...{
        guide,
        run: begun,
        finished: kept?.finished ?? null,
        problems: [],
        isAside: false,
        isOver: false,
        caseId: undefined,
        finishing: 'no',
        readAlong,
      },
    });
    return true;
  }

  /** As its owner has it now. */
  function readAlong(interactionId: string): void {
    const item = stores.desk.getState().interactions.find((each) => each.interactionId === interactionId);
    if (!item?.call.advising) return;
    const { isAside = false, isOver = false } = at(interactionId) ?? {};
    void open(item.pop, null).then(() => change(interactionId, { isAside, isOver }));
  }

  return {
    attend(pop, isAdvising) {
      const { interactionId } = pop;
      const known = JSON.stringify([factsOf(pop), isAdvising]);
      if (asked.get(interactionId) === known) return;
      asked.set(interactionId, known);
      const now = at(interactionId);
      if (now && (isAdvising || !now.readAlong)) {
        const { run } = stepGuide(now.guide, now.run, { kind: 'known', facts: factsOf(pop) });
        if (!now.finished) change(interactionId, { run });
        return;
      }
      // Of what was begun and is only here so far, the bridge knows nothing yet.
      const left = journal.all().find(({ interactionId: key }) => partsOf(key).interactionId === interactionId);
      void open(pop, left ? partsOf(left.interactionId).guideId : null).then((isOpen) => {
        if (!isOpen) asked.delete(interactionId);
      });
    },

    async choose(pop, guideId) {
      store.setState({ choosing: null });
      asked.set(pop.interactionId, JSON.stringify([factsOf(pop), false]));
      await open(pop, guideId);
    },

    startChoosing: (interactionId) => store.setState({ choosing: interactionId }),

    step(interactionId, input) {
      const now = at(interactionId);
      if (!now || now.finished || now.readAlong) return;
      const { run, problems } = stepGuide(now.guide, now.run, input);
      const isAnswer = input.kind === 'answer' || input.kind === 'approve';
      const told = isAnswer ? now.problems.filter(({ name }) => name !== input.name) : problems;
      put(interactionId, { ...now, run, problems: told });
      if (run === now.run) return;
      keep(interactionId, run);
      const outcome = suggestedOutcome(now.guide, run);
      if (outcome !== null && stores.desk.getState().dispositions.some(({ code }) => code === outcome))
        stores.view.setState(({ outcomes }) => (outcomes[interactionId] ? {} : { outcomes: { ...outcomes, [interactionId]: outcome } }));
    },

    show(work, isShown) {
      const isCall = work.kind === 'talking' || work.kind === 'joining';
      change(interactionIdOf(work), isCall ? { isAside: !isShown } : { isOver: isShown });
    },
    chooseCase: (interactionId, caseId) => change(interactionId, { caseId }),

    async finish(pop) {
      const { interactionId, match } = pop;
      const now = at(interactionId);
      if (!now?.run.isAtEnd || now.finished || now.finishing === 'busy' || now.readAlong || match.kind !== 'certain') return;
      change(interactionId, { finishing: 'busy' });
      const outcome = await bridge.command('guide:finish', {
        ...{ interactionId, run: now.run, contactId: match.contact.contactId, caseId: caseForAnswers(now, pop) },
        locale: language(),
      });
      if (!outcome.ok) return change(interactionId, { finishing: 'failed' });
      if (!outcome.value.kept) return change(interactionId, { finishing: outcome.value.why === 'handedOver' ? 'handedOver' : 'failed' });
      drafts.forget(keyOf(interactionId, now.run.guideId));
      change(interactionId, { finishing: 'no', finished: outcome.value.finished });
    },

    async find(text) {
      const outcome = await bridge.command('guide:find', { text: text.slice(0, 200), limit: mostFound });
      return outcome.ok ? outcome.value.guides : null;
    },

    async open(guideId) {
      const work = currentWork(stores.desk.getState(), stores.view.getState().selectedId);
      if (work && work.kind !== 'ringing') {
        const pop = popOf(work);
        asked.set(pop.interactionId, JSON.stringify([factsOf(pop), false]));
        stores.view.setState({ place: 'work' });
        if (await open(pop, guideId)) change(pop.interactionId, { isAside: false, isOver: true });
        return;
      }
      const outcome = await bridge.command('guide:look', { guideId });
      if (outcome.ok) store.setState({ preview: outcome.value.guide });
      else notify(stores, { kind: 'commandFailed', code: outcome.error.code });
    },
    closePreview: () => store.setState({ preview: null }),

    openCase: openPerson,

    connected() {
      drafts.flush();
      for (const { interactionId: key } of journal.all()) if (!drafts.store.getState()[key]) drafts.adopt(key, null);
      // What a colleague answered meanwhile was told to nobody here.
      for (const [interactionId, guide] of Object.entries(store.getState().at)) if (guide?.readAlong) readAlong(interactionId);
    },

    moved({ interactionId, kept: { run, finished } }) {
      const now = at(interactionId);
      const isSame = now?.guide.guideId === run.guideId && now.run.version === run.version;
      if (isSame && now.readAlong) change(interactionId, { run, finished });
      else readAlong(interactionId);
    },
    flush: () => drafts.flush(),
    clear() {
      drafts.stop();
      asked.clear();
      store.setState(noGuides, true);
    },
  };
}

const keyOf = (interactionId: string, guideId: string) => `${interactionId}/${guideId}`;
function partsOf(key: string): { readonly interactionId: string; readonly guideId: string } {
  const [interactionId = '', guideId = ''] = key.split('/');
  return { interactionId, guideId };
}

/** What a journal has may be of an older program. */
function readRun(text: string): GuideRun | null {
  try {
    const parsed = guideRunSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON: as if nothing had been begun.
    return null;
  }
}
