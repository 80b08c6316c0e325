import { type FormEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { channelSchema } from '../../../shared/contracts/contact.ts';
import { type ContactPage, caseKindSchema, type IdentifierKind, identifierKinds } from '../../../shared/contracts/record.ts';
import { type Text, useText } from '../../i18n/index.ts';
import type { RecordForm, Stores } from '../../stores/index.ts';
import { Button, Dialog, Field, Select, Switch, TextArea } from '../../ui/index.ts';
import type { RecordDeeds } from './deeds.ts';

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

interface FormProps extends RecordFormsProps {
  readonly page: ContactPage | null;
}

function FormOf({ form, ...props }: FormProps & { readonly form: RecordForm }) {
  switch (form.kind) {
    case 'case':
      return <CaseForm {...props} />;
    case 'followUp':
      return <DatedForm {...props} kind="followUp" />;
    case 'task':
      return <DatedForm {...props} kind="task" />;
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

/** The frame of every form: fields, what went wrong, and the two buttons. */
function Frame(props: {
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

function Area(props: { readonly label: string; readonly value: string; readonly id: string; onChange(value: string): void }) {
  return (
    <div className="labelled">
      <label className="label" htmlFor={props.id}>
        {props.label}
      </label>
      <TextArea id={props.id} rows={4} maxLength={20_000} value={props.value} onChange={({ target }) => props.onChange(target.value)} />
    </div>
  );
}

const close = (deeds: RecordDeeds) => () => deeds.showForm(null);

function CaseForm({ stores, deeds, page }: FormProps) {
  const { t } = useText();
  const own = useStore(stores.desk, (desk) => desk.agent?.agentId ?? null);
  const [kind, setKind] = useState<(typeof caseKindSchema.options)[number]>('serviceRequest');
  const [subject, setSubject] = useState('');
  const [description, setDescription] = useState('');
  const [priority, setPriority] = useState('0');
  const [productId, setProductId] = useState('');
  const [owner, setOwner] = useState(own === null ? '' : 'me');
  return (
    <Frame
      stores={stores}
      canStore={subject.trim() !== ''}
      store={t('record.openCase')}
      onClose={close(deeds)}
      onStore={() =>
        void deeds.openCase({
          kind,
          subject: subject.trim(),
          description: description.trim(),
          priority: Number(priority),
          productId: productId === '' ? null : productId,
          ownerAgentId: owner === 'me' ? own : null,
          interactionId: null,
        })
      }
    >
      <Field
        label={t('record.form.subject')}
        value={subject}
        required
        maxLength={300}
        onChange={({ target }) => setSubject(target.value)}
      />
      <div className="record-form-row">
        <Select
          label={t('record.form.kind')}
          value={kind}
          onChange={setKind}
          choices={caseKindSchema.options.map((value) => ({ value, label: t(`case.${value}`) }))}
        />
        <Select
          label={t('cases.priority')}
          value={priority}
          onChange={setPriority}
          choices={(['usual', 'high', 'urgent'] as const).map((name, value) => ({
            value: String(value),
            label: t(`cases.priority.${name}`),
          }))}
        />
        <Select
          label={t('cases.owner')}
          value={owner}
          onChange={setOwner}
          choices={[...(own === null ? [] : [{ value: 'me', label: t('record.form.me') }]), { value: '', label: t('cases.nobody') }]}
        />
      </div>
      {page && page.products.length > 0 ? (
        <Select
          label={t('cases.product')}
          value={productId}
          onChange={setProductId}
          choices={[
            { value: '', label: t('record.form.noProduct') },
            ...page.products.map((each) => ({ value: each.productId, label: each.name })),
          ]}
        />
      ) : null}
      <Area id="record-case-text" label={t('record.form.description')} value={description} onChange={setDescription} />
      <p className="small text-3">{t('record.form.caseNote')}</p>
    </Frame>
  );
}

function DatedForm({ stores, deeds, kind }: FormProps & { readonly kind: 'followUp' | 'task' }) {
  const { t } = useText();
  const own = useStore(stores.desk, (desk) => desk.agent?.agentId ?? null);
  const [words, setWords] = useState('');
  const [due, setDue] = useState(kind === 'followUp' ? tomorrowMorning() : '');
  const at = due === '' ? null : new Date(due).getTime();
  return (
    <Frame
      stores={stores}
      canStore={words.trim() !== '' && (kind === 'task' || at !== null)}
      store={t('record.form.store')}
      onClose={close(deeds)}
      onStore={() => {
        if (kind === 'task') void deeds.addTask({ title: words.trim(), dueAt: at, ownerAgentId: own, caseId: null });
        else if (at !== null)
          void deeds.makePromise({ text: words.trim(), dueAt: at, ownerAgentId: own, caseId: null, interactionId: null });
      }}
    >
      <Field
        label={t(`record.form.${kind}Text`)}
        value={words}
        required
        maxLength={kind === 'task' ? 300 : 500}
        placeholder={t(`record.form.${kind}Hint`)}
        onChange={({ target }) => setWords(target.value)}
      />
      <Field
        label={t('record.form.due')}
        type="datetime-local"
        value={due}
        required={kind === 'followUp'}
        onChange={({ target }) => setDue(target.value)}
      />
    </Frame>
  );
}

function tomorrowMorning(): string {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(9, 0, 0, 0);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function OfferForm({ stores, deeds, page }: FormProps) {
  const { t } = useText();
  const [name, setName] = useState('');
  const [channel, setChannel] = useState<(typeof channelSchema.options)[number]>('voice');
  const [answer, setAnswer] = useState<'' | 'accepted' | 'declined' | 'noInterest'>('');
  const [remark, setRemark] = useState('');
  // Who said no on one channel is not asked again on another.
  const before = page?.offers.find((each) => each.notAgain !== null && each.name.trim().toLowerCase() === name.trim().toLowerCase());
  return (
    <Frame
      stores={stores}
      canStore={name.trim() !== ''}
      store={t('record.form.store')}
      onClose={close(deeds)}
      onStore={() =>
        void deeds.recordOffer({
          offerId: null,
          name: name.trim(),
          channel,
          answer: answer === '' ? null : answer,
          remark: remark.trim() === '' ? null : remark.trim(),
        })
      }
    >
      <Field
        label={t('record.form.offerName')}
        value={name}
        required
        maxLength={200}
        problem={before ? t(`record.form.notAgain.${before.notAgain ?? 'answered'}`) : null}
        onChange={({ target }) => setName(target.value)}
      />
      <div className="record-form-row">
        <Select
          label={t('record.form.channel')}
          value={channel}
          onChange={setChannel}
          choices={channelSchema.options.map((value) => ({ value, label: t(`record.channel.${value}`) }))}
        />
        <Select
          label={t('record.form.answer')}
          value={answer}
          onChange={setAnswer}
          choices={(['', 'accepted', 'declined', 'noInterest'] as const).map((value) => ({
            value,
            label: value === '' ? t('record.offer.open') : t(`record.offer.${value}`),
          }))}
        />
      </div>
      <Field label={t('record.form.remark')} value={remark} maxLength={500} onChange={({ target }) => setRemark(target.value)} />
    </Frame>
  );
}

function IdentifierForm({ stores, deeds, page, identifierId }: FormProps & { readonly identifierId: string | null }) {
  const { t } = useText();
  const known = page?.identifiers.find((each) => each.identifierId === identifierId);
  const [kind, setKind] = useState<IdentifierKind>(known?.kind ?? 'mobile');
  const [value, setValue] = useState(known?.value ?? '');
  const [label, setLabel] = useState(known?.label ?? '');
  const [isVerified, setIsVerified] = useState(known?.verified ?? false);
  const [isShared, setIsShared] = useState(known?.shared ?? false);
  const [isTaken, setIsTaken] = useState(false);
  return (
    <Frame
      stores={stores}
      canStore={value.trim() !== ''}
      store={t('record.form.store')}
      onClose={close(deeds)}
      onStore={() =>
        void deeds
          .setIdentifier({
            identifierId,
            kind,
            value: value.trim(),
            label: label.trim() === '' ? null : label.trim(),
            verified: isVerified,
            shared: isShared,
          })
          .then((stored) => setIsTaken(stored === 'taken'))
      }
    >
      <div className="record-form-row">
        <KindSelect kind={kind} onChange={setKind} />
        <Field
          className="grow"
          label={t('record.form.value')}
          problem={isTaken ? t('record.form.taken') : null}
          value={value}
          required
          maxLength={320}
          onChange={({ target }) => setValue(target.value)}
        />
      </div>
      <Field
        label={t('record.form.label')}
        value={label}
        maxLength={100}
        placeholder={t('record.form.labelHint')}
        onChange={({ target }) => setLabel(target.value)}
      />
      <Switch label={t('record.form.verified')} isOn={isVerified} onChange={setIsVerified} />
      <Switch label={t('record.form.shared')} isOn={isShared} onChange={setIsShared} />
      <p className="small text-3">
        {t(page?.record.accountName ? 'record.form.sharedAccountNote' : 'record.form.sharedNote', {
          account: page?.record.accountName ?? '',
        })}
      </p>
    </Frame>
  );
}

function KindSelect({ kind, onChange }: { readonly kind: IdentifierKind; onChange(kind: IdentifierKind): void }) {
  const { t } = useText();
  return (
    <Select
      label={t('record.form.kind')}
      value={kind}
      onChange={onChange}
      choices={identifierKinds.map((each) => ({ value: each, label: t(`record.kind.${each}`) }))}
    />
  );
}

const addressKinds = ['home', 'work', 'billing', 'site'] as const;

function AddressForm({ stores, deeds, page, addressId }: FormProps & { readonly addressId: string | null }) {
  const { t } = useText();
  const homeCountry = useStore(stores.desk, (desk) => desk.organisation?.homeCountry ?? '');
  const known = page?.addresses.find((each) => each.addressId === addressId);
  const [kind, setKind] = useState<(typeof addressKinds)[number]>(known?.kind ?? 'work');
  const [lines, setLines] = useState(known?.lines ?? '');
  const [city, setCity] = useState(known?.city ?? '');
  const [region, setRegion] = useState(known?.region ?? '');
  const [postalCode, setPostalCode] = useState(known?.postalCode ?? '');
  const [country, setCountry] = useState(known?.country ?? homeCountry);
  const isCountry = country === '' || /^[A-Z]{2}$/.test(country);
  const orNull = (value: string) => (value.trim() === '' ? null : value.trim());
  return (
    <Frame
      stores={stores}
      canStore={(lines.trim() !== '' || city.trim() !== '') && isCountry}
      store={t('record.form.store')}
      onClose={close(deeds)}
      onStore={() =>
        void deeds.setAddress({
          address: {
            addressId,
            kind,
            lines: lines.trim(),
            city: orNull(city),
            region: orNull(region),
            postalCode: orNull(postalCode),
            country: orNull(country),
          },
        })
      }
    >
      <Select
        label={t('record.form.kind')}
        value={kind}
        onChange={setKind}
        choices={addressKinds.map((value) => ({ value, label: t(`record.address.${value}`) }))}
      />
      <Area id="record-address-lines" label={t('record.form.lines')} value={lines} onChange={setLines} />
      <div className="record-form-row">
        <Field
          label={t('record.form.postalCode')}
          value={postalCode}
          maxLength={20}
          onChange={({ target }) => setPostalCode(target.value)}
        />
        <Field
          className="grow"
          label={t('record.form.city')}
          value={city}
          maxLength={100}
          onChange={({ target }) => setCity(target.value)}
        />
      </div>
      <div className="record-form-row">
        <Field
          className="grow"
          label={t('record.form.region')}
          value={region}
          maxLength={100}
          onChange={({ target }) => setRegion(target.value)}
        />
        <Field
          label={t('record.form.country')}
          value={country}
          maxLength={2}
          problem={isCountry ? null : t('record.form.badCountry')}
          onChange={({ target }) => setCountry(target.value.toUpperCase())}
        />
      </div>
    </Frame>
  );
}

function CreateForm({ stores, deeds, form }: FormProps & { readonly form: Extract<RecordForm, { kind: 'create' }> }) {
  const { t, formats } = useText();
  const [name, setName] = useState(form.name);
  const [title, setTitle] = useState('');
  const [locale, setLocale] = useState<'en' | 'zh'>(/\p{Script=Han}/u.test(form.name) ? 'zh' : formats.language);
  const [kind, setKind] = useState<IdentifierKind>(form.identifier?.kind ?? 'mobile');
  const [value, setValue] = useState(form.identifier?.value ?? '');
  const [email, setEmail] = useState('');
  const [isTaken, setIsTaken] = useState(false);
  return (
    <Frame
      stores={stores}
      canStore={name.trim() !== ''}
      store={t('record.form.createStore')}
      onClose={close(deeds)}
      onStore={() =>
        void deeds
          .create({
            fields: { name: name.trim(), title: title.trim() === '' ? null : title.trim(), locale, accountId: null },
            identifiers: [
              ...(value.trim() === '' ? [] : [{ kind, value: value.trim() }]),
              ...(email.trim() === '' ? [] : [{ kind: 'email' as const, value: email.trim() }]),
            ],
            interactionId: form.interactionId,
          })
          .then((stored) => setIsTaken(stored === 'taken'))
      }
    >
      <Field label={t('record.field.name')} value={name} required maxLength={200} onChange={({ target }) => setName(target.value)} />
      <div className="record-form-row">
        <Field
          className="grow"
          label={t('record.field.title')}
          value={title}
          maxLength={200}
          onChange={({ target }) => setTitle(target.value)}
        />
        <Select
          label={t('record.field.locale')}
          value={locale}
          onChange={setLocale}
          choices={(['en', 'zh'] as const).map((each) => ({ value: each, label: t(`language.${each}`) }))}
        />
      </div>
      <div className="record-form-row">
        <KindSelect kind={kind} onChange={setKind} />
        <Field
          className="grow"
          label={t('record.form.value')}
          problem={isTaken ? t('record.form.taken') : null}
          value={value}
          maxLength={320}
          onChange={({ target }) => setValue(target.value)}
        />
      </div>
      <Field label={t('record.kind.email')} type="email" value={email} maxLength={320} onChange={({ target }) => setEmail(target.value)} />
      <p className="small text-3">{t(form.interactionId === null ? 'record.form.createNote' : 'record.form.createCallNote')}</p>
    </Frame>
  );
}
