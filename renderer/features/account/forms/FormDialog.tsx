import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { AccountPage } from '../../../../shared/contracts/account.ts';
import { useText } from '../../../i18n/index.ts';
import type { LoginFailure } from '../../../stores/index.ts';
import { Button, Dialog, Select } from '../../../ui/index.ts';

/** A few fields, stored together. What was typed stays when it could not be stored. */
export function FormDialog(props: {
  readonly title: string;
  readonly submit: string;
  /** What is missing or wrong, before anything is sent. */
  readonly problem: string | null;
  readonly failure: LoginFailure | null;
  onSubmit(): Promise<void>;
  onClose(): void;
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const formId = useId();
  const [isBusy, setIsBusy] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (props.problem !== null || isBusy) return;
    setIsBusy(true);
    await props.onSubmit();
    setIsBusy(false);
  };
  const told = wasTried && props.problem !== null ? props.problem : props.failure ? t(`failure.${props.failure}`) : null;
  return (
    <Dialog
      title={props.title}
      isOpen
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t('account.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} disabled={isBusy}>
            {props.submit}
          </Button>
        </>
      }
    >
      <form id={formId} className="dialog-body account-form" noValidate onSubmit={(event) => void submit(event)}>
        {props.children}
        <p className="account-form-problem small tone-broken" role="alert">
          {told}
        </p>
      </form>
    </Dialog>
  );
}

/** One of the company's people, or none. */
export function PersonChoice(props: {
  readonly page: AccountPage;
  readonly label: string;
  readonly none: string;
  readonly value: string | null;
  onChange(contactId: string | null): void;
}) {
  const { page, label, none, value, onChange } = props;
  return (
    <Select
      label={label}
      value={value ?? ''}
      choices={[{ value: '', label: none }, ...page.people.map(({ contactId, name }) => ({ value: contactId, label: name }))]}
      onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
    />
  );
}
