import { Suspense, useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { WrittenWork } from '../../shared/contracts/messages/inbox.ts';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';
import { fillTemplate } from '../../shared/fill-template.ts';
import { currentStep } from '../../shared/guide-steps.ts';
import type { FittingAnswers } from '../features/inbox/index.ts';
import { UsualAnswers, useSuggested } from '../features/usual-answers/index.ts';
import { answersAtHand, currentWork, lastWordsIn, popOf } from '../stores/index.ts';
import { onDemand } from '../ui/index.ts';
import type { Desk } from './desk.ts';
import type { BoundActions } from './use-actions.ts';

const KnowledgePane = onDemand(async () => ({ default: (await import('../features/knowledge/index.ts')).KnowledgePane }));

/** What is said of a contact, to look for articles by: what the customer wrote last, what is noted of them, where its guide is. */
function useSaid(desk: Desk, pop: ScreenPop) {
  const { stores } = desk;
  const noted = useStore(desk.drafts.store, (all) => all[pop.interactionId]?.text ?? '');
  const conversationId = pop.written?.conversationId;
  const wrote = useStore(stores.inbox, ({ threads }) => (conversationId ? lastWordsIn(threads[conversationId]) : ''));
  const guide = useStore(stores.guides, ({ at }) => {
    const open = at[pop.interactionId];
    return open ? (currentStep(open.guide, open.run)?.article ?? null) : null;
  });
  return { stores, deeds: desk.knowledge, pop, said: `${noted}\n${wrote}`.trim(), guide };
}

const useMayRead = ({ stores }: Desk) => useStore(stores.desk, (state) => state.user?.rights.includes('work:handle') === true);

/** What may be meant by one contact. */
export function Usual({ desk, pop, className = '' }: { readonly desk: Desk; readonly pop: ScreenPop; readonly className?: string }) {
  const said = useSaid(desk, pop);
  return useMayRead(desk) ? <UsualAnswers {...said} className={className} /> : null;
}

const putters = ['knowledge.putFirst', 'knowledge.putSecond', 'knowledge.putThird'] as const;

/** What fits what the customer wrote, to be put into the answer. */
export function useFittingAnswers(desk: Desk, actions: BoundActions, work: WrittenWork): FittingAnswers {
  const { inbox } = desk;
  const phase = useStore(desk.stores.inbox, ({ threads }) => threads[work.conversation.conversationId]?.phase);
  // Without what they wrote half of what fits is not found, and what is would be replaced a moment later.
  const isComing = phase === undefined || phase === 'loading';
  useSuggested(useSaid(desk, work.pop), !useMayRead(desk) || isComing);
  const suggestions = useStore(desk.stores.knowledge, (state) => state.suggestions);
  const dismissed = useStore(desk.stores.knowledge, (state) => state.dismissed);
  return useMemo(() => {
    const answers = answersAtHand({ suggestions, dismissed }, work).map(({ number, title, text, language }, at) => ({
      ...{ number, title, language },
      text: fillTemplate(text, inbox.fieldsOf(work.interactionId, language)).text,
      put: actions.byId[putters[at] ?? putters[0]],
    }));
    return { answers, dismiss: actions.byId['knowledge.dismiss'] };
  }, [suggestions, dismissed, work, actions, inbox]);
}

/** The pane of the knowledge base, over the customer, while it is open. */
export function KnowledgeBeside({ desk, actions }: { readonly desk: Desk; readonly actions: BoundActions }) {
  const { stores } = desk;
  const isOpen = useStore(stores.knowledge, ({ pane }) => pane !== null);
  const selectedId = useStore(stores.view, (view) => view.selectedId);
  const work = useStore(
    stores.desk,
    useShallow((state) => currentWork(state, selectedId)),
  );
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <KnowledgePane
        stores={stores}
        deeds={desk.knowledge}
        actions={actions.byId}
        usual={work ? <Usual desk={desk} pop={popOf(work)} /> : null}
      />
    </Suspense>
  );
}
