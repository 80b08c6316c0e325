import { useStore } from 'zustand';
import type { AccountPage } from '../../../shared/contracts/account.ts';
import type { AccountForm, Stores } from '../../stores/index.ts';
import type { AccountDeeds } from './deeds.ts';
import { AnniversaryForm } from './forms/AnniversaryForm.tsx';
import { GiftForm } from './forms/GiftForm.tsx';
import { PersonForm } from './forms/PersonForm.tsx';
import { VisitForm } from './forms/VisitForm.tsx';

export interface FormProps {
  readonly page: AccountPage;
  readonly deeds: AccountDeeds;
  readonly now: number;
}

/** What is being written down at the moment, in a dialog. */
export function Forms({ stores, deeds, now }: { readonly stores: Stores; readonly deeds: AccountDeeds; readonly now: number }) {
  const { page, form } = useStore(stores.account);
  const failure = useStore(stores.account, (account) => account.formFailure);
  if (!page || !form) return null;
  const shared = { page, deeds, now, failure };
  return <One key={keyOf(form)} form={form} shared={shared} />;
}

export type SharedFormProps = FormProps & { readonly failure: ReturnType<Stores['account']['getState']>['formFailure'] };

function One({ form, shared }: { readonly form: AccountForm; readonly shared: SharedFormProps }) {
  const { page } = shared;
  switch (form.kind) {
    case 'visit':
      return <VisitForm {...shared} visit={page.visits.find(({ visitId }) => visitId === form.visitId) ?? null} />;
    case 'anniversary':
      return (
        <AnniversaryForm {...shared} anniversary={page.anniversaries.find((each) => each.anniversaryId === form.anniversaryId) ?? null} />
      );
    case 'gift':
      return <GiftForm {...shared} />;
    case 'person': {
      const person = page.people.find(({ contactId }) => contactId === form.contactId);
      return person ? <PersonForm {...shared} person={person} /> : null;
    }
  }
}

function keyOf(form: AccountForm): string {
  switch (form.kind) {
    case 'visit':
      return `visit ${form.visitId}`;
    case 'anniversary':
      return `anniversary ${form.anniversaryId}`;
    case 'person':
      return `person ${form.contactId}`;
    case 'gift':
      return 'gift';
  }
}
