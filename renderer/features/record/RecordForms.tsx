import { useStore } from 'zustand';
import type { ContactPage } from '../../../shared/contracts/record.ts';
import { type Text, useText } from '../../i18n/index.ts';
import type { RecordForm, Stores } from '../../stores/index.ts';
import { Dialog } from '../../ui/index.ts';
import type { RecordDeeds } from './deeds.ts';
import type { FormProps } from './FormFrame.tsx';
import { AddressForm, CreateForm, IdentifierForm } from './ReachForms.tsx';
import { CaseForm, OfferForm, TaskForm } from './WorkForms.tsx';

export interface RecordFormsProps {
  readonly stores: Stores;
  readonly deeds: RecordDeeds;
}

/** Whatever is being filled in about a customer. What was typed stays until the bridge has taken it. */
export function RecordForms({ stores, deeds }: RecordFormsProps) {
  const { t } = useText();
  const form = useStore(stores.record, (record) => record.form);
  const page = useStore(stores.record, (record) => record.page);
  const close = () => deeds.showForm(null);
  return (
    <Dialog title={form ? titleOf(t, form, page) : ''} isOpen={form !== null} onClose={close}>
      {form ? <FormOf key={form.kind} form={form} stores={stores} deeds={deeds} page={page} /> : null}
    </Dialog>
  );
}

function titleOf(t: Text['t'], form: RecordForm, page: ContactPage | null): string {
  const name = page?.record.name ?? '';
  switch (form.kind) {
    case 'create':
      return t('record.form.create');
    case 'identifier':
      return t(form.identifierId === null ? 'record.form.identifier' : 'record.form.identifierChange', { name });
    case 'address':
      return t(form.addressId === null ? 'record.form.address' : 'record.form.addressChange', { name });
    default:
      return t(`record.form.${form.kind}`, { name });
  }
}

function FormOf({ form, ...props }: FormProps & { readonly form: RecordForm }) {
  switch (form.kind) {
    case 'case':
      return <CaseForm {...props} />;
    case 'task':
      return <TaskForm {...props} />;
    case 'offer':
      return <OfferForm {...props} />;
    case 'identifier':
      return <IdentifierForm {...props} identifierId={form.identifierId} />;
    case 'address':
      return <AddressForm {...props} addressId={form.addressId} />;
    case 'create':
      return <CreateForm {...props} form={form} />;
  }
}
