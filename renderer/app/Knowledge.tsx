import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';
import { currentStep } from '../../shared/guide-steps.ts';
import { UsualAnswers } from '../features/usual-answers/index.ts';
import { currentWork, lastWordsIn, popOf } from '../stores/index.ts';
import type { Desk } from './desk.ts';
import type { BoundActions } from './use-actions.ts';

const KnowledgePane = lazy(async () => ({ default: (await import('../features/knowledge/index.ts')).KnowledgePane }));

/** What may be meant by one contact: by what the customer wrote last, and what is noted of them. */
export function Usual({ desk, pop, className = '' }: { readonly desk: Desk; readonly pop: ScreenPop; readonly className?: string }) {
  const { stores } = desk;
  const mayRead = useStore(stores.desk, (state) => state.user?.rights.includes('work:handle') === true);
  const noted = useStore(desk.drafts.store, (all) => all[pop.interactionId]?.text ?? '');
  const conversationId = pop.written?.conversationId;
  const wrote = useStore(stores.inbox, ({ threads }) => (conversationId ? lastWordsIn(threads[conversationId]) : ''));
  const guide = useStore(stores.guides, ({ at }) => {
    const open = at[pop.interactionId];
    return open ? (currentStep(open.guide, open.run)?.article ?? null) : null;
  });
  if (!mayRead) return null;
  const said = `${noted}\n${wrote}`.trim();
  return <UsualAnswers stores={stores} deeds={desk.knowledge} pop={pop} said={said} guide={guide} className={className} />;
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
