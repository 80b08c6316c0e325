import type { FormEvent, ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ContactPage } from '../../../shared/contracts/record.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, TextArea } from '../../ui/index.ts';
import type { RecordDeeds } from './deeds.ts';

export interface FormProps {
  readonly stores: Stores;
  readonly deeds: RecordDeeds;
  readonly page: ContactPage | null;
}

/** The frame of every form: fields, what went wrong, and the two buttons. */
export function FormFrame(props: {
  readonly stores: Stores;
  readonly canStore: boolean;
  readonly store: string;
  onClose(): void;
  onStore(): void;
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const isBusy = useStore(props.stores.view, (view) => view.pending.includes('record'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (props.canStore && !isBusy) props.onStore();
  };
  return (
    <form className="record-form" onSubmit={submit}>
      <div className="dialog-body record-form-body">{props.children}</div>
      <div className="dialog-footer">
        <Button onClick={props.onClose}>{t('record.form.cancel')}</Button>
        <Button type="submit" kind="primary" disabled={!props.canStore || isBusy}>
          {props.store}
        </Button>
      </div>
    </form>
  );
}

export function Area(props: { readonly label: string; readonly value: string; readonly id: string; onChange(value: string): void }) {
  return (
    <div className="labelled">
      <label className="label" htmlFor={props.id}>
        {props.label}
      </label>
      <TextArea id={props.id} rows={4} maxLength={20_000} value={props.value} onChange={({ target }) => props.onChange(target.value)} />
    </div>
  );
}
