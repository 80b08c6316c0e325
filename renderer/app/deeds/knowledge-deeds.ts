import type { PushPayload } from '../../../shared/contracts/bridge-events.ts';
import type { ArticleHit, ArticleNeed } from '../../../shared/contracts/knowledge.ts';
import { fillTemplate } from '../../../shared/fill-template.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { InboxDeeds } from '../../features/inbox/index.ts';
import type { KnowledgeDeeds } from '../../features/knowledge/index.ts';
import type { UsualAnswerDeeds } from '../../features/usual-answers/index.ts';
import {
  type AnswerAtHand,
  answerFor,
  appendWords,
  articleShown,
  currentWork,
  currentWritten,
  type Drafts,
  interactionIdOf,
  judgementKey,
  type KnowledgeState,
  noKnowledge,
  notify,
  popOf,
  readComposed,
  type Stores,
} from '../../stores/index.ts';
import { templateFieldsOf } from './template-fields.ts';

const mostFound = 20;
/** Suggestions are kept for so many contacts, the latest. */
const mostKept = 50;

/** What the desk asks of the knowledge base. */
export interface KnowledgeLife {
  find(text: string, limit?: number): Promise<readonly ArticleHit[] | null>;
  received(changed: PushPayload<'knowledge:changed'>): void;
  /** Into what is being written to the customer on the screen. */
  putAnswer(answer: Pick<AnswerAtHand, 'text' | 'language'>): void;
  /** Shows none any more where one writes to them. */
  dismiss(): void;
  clear(): void;
}

export interface KnowledgeMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly written: Pick<Drafts, 'store'>;
  readonly inbox: Pick<InboxDeeds, 'edit' | 'write' | 'fieldsOf' | 'beginMail'>;
}

export function knowledgeDeeds(means: KnowledgeMeans): Omit<KnowledgeDeeds, 'find'> & UsualAnswerDeeds & KnowledgeLife {
  const { stores, bridge, written, inbox } = means;
  const { knowledge: store } = stores;
  const asked = new Map<string, string>();
  const workAtHand = () => currentWork(stores.desk.getState(), stores.view.getState().selectedId);

  async function read(number: string): Promise<void> {
    const outcome = await bridge.command('knowledge:read', { number });
    const { pane } = store.getState();
    if (pane?.shows !== 'article' || pane.number !== number) return;
    if (outcome.ok) store.setState({ article: outcome.value, asked: { phase: 'ready' }, isOutdated: false });
    else store.setState({ asked: { phase: 'failed', code: outcome.error.code } });
  }

  function show(number: string, before: readonly string[]): void {
    const isThere = store.getState().article?.number === number;
    store.setState({ pane: { shows: 'article', number }, before, asked: { phase: isThere ? 'ready' : 'loading' } });
    void read(number);
  }

  function putAnswer({ text, language }: Pick<AnswerAtHand, 'text' | 'language'>): void {
    const work = currentWritten(stores.desk.getState(), stores.view.getState().selectedId);
    if (!work) return;
    const { interactionId, conversation } = work;
    const words = fillTemplate(text, inbox.fieldsOf(interactionId, language)).text;
    const isBegun = (written.store.getState()[interactionId]?.text ?? '') !== '';
    inbox.write(interactionId, 'message');
    if (conversation.channel === 'email' && !isBegun) inbox.beginMail(interactionId, 'reply');
    inbox.edit(interactionId, appendWords(readComposed(written.store.getState()[interactionId]?.text), words));
  }

  return {
    async find(text, limit = mostFound) {
      const work = workAtHand();
      const outcome = await bridge.command('knowledge:search', { text, limit, queueId: work ? popOf(work).queueId : null });
      return outcome.ok ? outcome.value.hits : null;
    },

    open(number) {
      store.setState({ takesKeyboard: true });
      const { pane, before } = store.getState();
      const from = pane?.shows === 'article' && pane.number !== number ? [...before, pane.number] : before;
      show(number, pane?.shows === 'article' ? from : []);
    },
    openBeside(number) {
      stores.view.setState({ place: 'work' });
      store.setState({ takesKeyboard: false });
      show(number, []);
    },
    openFind: () => store.setState({ takesKeyboard: true, pane: { shows: 'find' }, before: [] }),
    back() {
      const { before } = store.getState();
      const last = before.at(-1);
      if (last === undefined) store.setState({ pane: { shows: 'find' } });
      else show(last, before.slice(0, -1));
    },
    close: () => store.setState({ pane: null, before: [], typed: '' }),
    reload() {
      const { pane } = store.getState();
      if (pane?.shows !== 'article') return;
      store.setState({ asked: { phase: 'loading' } });
      void read(pane.number);
    },
    showIn: (language) => store.setState({ language }),

    suggest(interactionId, need) {
      const wanted = JSON.stringify(need satisfies ArticleNeed);
      if (asked.get(interactionId) === wanted) return;
      asked.set(interactionId, wanted);
      void bridge.command('knowledge:suggest', need).then((outcome) => {
        if (asked.get(interactionId) !== wanted) return;
        // Asked again when it is needed next.
        if (!outcome.ok) return void asked.delete(interactionId);
        store.setState(({ suggestions }) => ({
          suggestions: latest({ ...suggestions, [interactionId]: outcome.value.suggestions }, interactionId),
        }));
      });
    },

    judge(number, helped) {
      const work = workAtHand();
      if (!work) return;
      const interactionId = interactionIdOf(work);
      const key = judgementKey(number, interactionId);
      const { judged: before } = store.getState();
      store.setState({ judged: { ...before, [key]: helped } });
      void bridge.command('knowledge:judge', { number, interactionId, helped }).then((outcome) => {
        if (outcome.ok) {
          store.setState(({ article }) => ({ article: article?.number === number ? { ...article, ...outcome.value } : article }));
          return;
        }
        const { [key]: _refused, ...others } = store.getState().judged;
        store.setState({ judged: others });
        notify(stores, { kind: 'commandFailed', code: outcome.error.code });
      });
    },

    putIntoAnswer() {
      const work = currentWritten(stores.desk.getState(), stores.view.getState().selectedId);
      const article = articleShown(store.getState());
      if (!work || !article) return;
      const answer = answerFor(article.content, work.conversation.locale);
      if (answer) putAnswer(answer);
    },
    putAnswer,
    dismiss() {
      const work = workAtHand();
      if (work) store.setState(({ dismissed }) => ({ dismissed: [...dismissed, interactionIdOf(work)] }));
    },

    fillIn(text, language) {
      const work = workAtHand();
      const fields =
        work?.kind === 'written'
          ? inbox.fieldsOf(work.item.interactionId, language)
          : templateFieldsOf(stores, work ? popOf(work) : null, language);
      return fillTemplate(text, fields);
    },

    received({ number, version }) {
      asked.clear();
      const { article } = store.getState();
      if (article?.number === number && article.version !== version) store.setState({ isOutdated: true });
    },
    clear() {
      asked.clear();
      store.setState(noKnowledge, true);
    },
  };
}

function latest(all: KnowledgeState['suggestions'], newest: string): KnowledgeState['suggestions'] {
  const { [newest]: last = [], ...others } = all;
  return Object.fromEntries([...Object.entries(others).slice(1 - mostKept), [newest, last]]);
}
