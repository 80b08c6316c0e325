import { FileInput } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { CaseView } from '../features/cases/index.ts';
import { Know } from '../features/customer/index.ts';
import { CallTrace } from '../features/flows/traces/CallTrace.tsx';
import { DuplicateList, MergeDialog, MergeList } from '../features/merge/index.ts';
import { type PrivacyActions, PrivacyDialogs, PrivacyMenu } from '../features/privacy/index.ts';
import { type RecordActions, RecordForms, RecordPage, type RecordSlots } from '../features/record/index.ts';
import { Recordings } from '../features/recordings/index.ts';
import { useText } from '../i18n/index.ts';
import { type Action, Button, useNow } from '../ui/index.ts';
import type { Desk } from './desk.ts';

type PageActions = RecordActions & PrivacyActions & Readonly<Record<'record.bringIn', Action>>;

/** The customer's page with the parts that other features draw on it. */
export function CustomerPage({ desk, actions }: { readonly desk: Desk; readonly actions: PageActions }) {
  const { stores } = desk;
  // The same from one drawing to the next, so that a long timeline is not drawn again for nothing.
  const slots = useMemo<Omit<RecordSlots, 'menu'>>(
    () => ({
      know: (page) => <KnowNow desk={desk} record={page.record} />,
      caseFile: (caseId) => <CaseOnPage desk={desk} caseId={caseId} />,
      recordings: (of) => <Recordings stores={stores} recordings={of} hear={desk.record.hear} />,
      conversation: (conversationId) => <ShowConversation desk={desk} conversationId={conversationId} />,
      path: (interactionId) => <CallTrace key={interactionId} interactionId={interactionId} readTrace={desk.flowRuns.readTrace} />,
      duplicates: (page) => <DuplicateList stores={stores} deeds={desk.merge} contactId={page.record.contactId} />,
      merges: <MergeList stores={stores} deeds={desk.merge} />,
    }),
    [desk, stores],
  );
  const menu = () => <PrivacyMenu actions={actions} first={[[FileInput, actions['record.bringIn']]]} />;
  return <RecordPage stores={stores} deeds={desk.record} actions={actions} slots={{ ...slots, menu }} onAccount={desk.account.show} />;
}

/** What is filled in or compared, wherever it was begun. */
export function RecordDialogs({ desk }: { readonly desk: Desk }) {
  return (
    <>
      <RecordForms stores={desk.stores} deeds={desk.record} />
      <MergeDialog stores={desk.stores} deeds={desk.merge} />
      <PrivacyDialogs stores={desk.stores} deeds={desk.privacy} />
    </>
  );
}

/** Opens the whole of a conversation over the page. */
export function ShowConversation({ desk, conversationId }: { readonly desk: Pick<Desk, 'inbox'>; readonly conversationId: string }) {
  const { t } = useText();
  return (
    <Button size="small" onClick={() => desk.inbox.open({ kind: 'conversation', conversationId })}>
      {t('conversation.open')}
    </Button>
  );
}

function KnowNow({ desk, record }: { readonly desk: Desk; readonly record: Parameters<typeof Know>[0]['record'] }) {
  const now = useNow(useStore(desk.stores.connection, (connection) => connection.clockOffsetMs));
  return <Know record={record} now={now} />;
}

function CaseOnPage({ desk, caseId }: { readonly desk: Desk; readonly caseId: string }) {
  const file = useStore(desk.stores.record, (record) => record.page?.cases.find((each) => each.caseId === caseId));
  return file ? <CaseView stores={desk.stores} deeds={desk.cases} file={file} /> : null;
}
