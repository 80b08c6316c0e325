import { Suspense, useCallback } from 'react';
import { useStore } from 'zustand';
import { Board } from '../features/board/index.ts';
import type { PromptFieldProps as FlowPromptFieldProps } from '../features/flows/index.ts';
import { HelpCalls } from '../features/help/index.ts';
import { Customers } from '../features/search/index.ts';
import type { Place } from '../stores/index.ts';
import { onDemand } from '../ui/index.ts';
import type { Desk } from './desk.ts';
import type { BoundActions } from './use-actions.ts';

/** The code of a place comes when it is opened. */
const CaseList = onDemand(async () => ({ default: (await import('../features/cases/index.ts')).CaseList }));
const CustomerPage = onDemand(async () => ({ default: (await import('./CustomerPage.tsx')).CustomerPage }));
const Account = onDemand(async () => ({ default: (await import('../features/account/index.ts')).Account }));
const MyCustomers = onDemand(async () => ({ default: (await import('../features/my-customers/index.ts')).MyCustomers }));
const Import = onDemand(async () => ({ default: (await import('../features/import/index.ts')).Import }));
const Flows = onDemand(async () => ({ default: (await import('../features/flows/index.ts')).Flows }));
const GuideEditor = onDemand(async () => ({ default: (await import('../features/guide-editor/index.ts')).GuideEditor }));
const GuideTrial = onDemand(async () => ({ default: (await import('../features/guide/index.ts')).GuideTrial }));
const Prompts = onDemand(async () => ({ default: (await import('../features/prompts/index.ts')).Prompts }));
const Articles = onDemand(async () => ({ default: (await import('../features/articles/index.ts')).Articles }));
const ArticleText = onDemand(async () => ({ default: (await import('../features/knowledge/index.ts')).ArticleText }));
const PromptField = onDemand(async () => ({ default: (await import('../features/prompts/index.ts')).PromptField }));
const Retained = onDemand(async () => ({ default: (await import('../features/privacy/index.ts')).Retained }));
const Admin = onDemand(async () => ({ default: (await import('../features/admin/index.ts')).Admin }));

const preview = (text: string, language: 'en' | 'zh') => (
  <Suspense fallback={null}>
    <ArticleText text={text} language={language} titleOf={(number) => number} onOpen={() => undefined} />
  </Suspense>
);

/** Every screen but the work itself: what the rail leads to. */
export function Places({ desk, actions, place }: { readonly desk: Desk; readonly actions: BoundActions; readonly place: Place }) {
  const { stores } = desk;
  const mayErase = useStore(stores.desk, (state) => state.user?.rights.includes('record:erase') === true);
  const promptField = useCallback(
    (props: FlowPromptFieldProps) => (
      <Suspense fallback={null}>
        <PromptField {...props} stores={stores} deeds={desk.prompts} />
      </Suspense>
    ),
    [stores, desk.prompts],
  );
  return (
    <>
      {place === 'board' ? (
        <Board
          stores={stores}
          deeds={desk.board}
          wallboard={actions.byId['place.wallboard']}
          help={(agentId) => <HelpCalls stores={stores} deeds={desk.help} agentId={agentId} />}
        />
      ) : null}
      {place === 'admin' ? (
        <Suspense fallback={null}>
          <Admin
            stores={stores}
            deeds={desk.configuration}
            actions={actions.byId}
            records={mayErase ? <Retained stores={stores} deeds={desk.privacy} /> : null}
          />
        </Suspense>
      ) : null}
      <Suspense fallback={null}>
        {place === 'customers' ? (
          <Customers stores={stores} deeds={desk.search} actions={actions.byId} onExport={desk.privacy.exportCustomers} />
        ) : null}
        {place === 'customer' ? <CustomerPage desk={desk} actions={actions.byId} /> : null}
        {place === 'cases' ? <CaseList stores={stores} deeds={desk.cases} /> : null}
        {place === 'account' ? (
          <Account
            stores={stores}
            deeds={desk.account}
            actions={actions.byId}
            onPerson={desk.record.open}
            onCase={(each) => desk.record.open(each.contactId, each.caseId)}
          />
        ) : null}
        {place === 'my-customers' ? (
          <MyCustomers stores={stores} deeds={desk.customers} actions={actions.byId} onShow={desk.account.show} />
        ) : null}
        {place === 'flows' ? (
          <Flows stores={stores} deeds={desk.flows} runs={desk.flowRuns} actions={actions.byId} promptField={promptField} />
        ) : null}
        {place === 'guides' ? (
          <GuideEditor
            stores={stores}
            deeds={desk.guideEditor}
            tryIt={actions.byId['guides.try']}
            trial={<GuideTrial stores={stores} onClose={() => desk.guideEditor.showDialog(null)} />}
          />
        ) : null}
        {place === 'articles' ? <Articles stores={stores} deeds={desk.articles} preview={preview} /> : null}
        {place === 'prompts' ? <Prompts stores={stores} deeds={desk.prompts} /> : null}
        {place === 'import' ? <Import stores={stores} deeds={desk.imports} actions={actions.byId} /> : null}
      </Suspense>
    </>
  );
}
