import { useState } from 'react';
import { useStore } from 'zustand';
import { type IdentifierKind, identifierKinds } from '../../../shared/contracts/record.ts';
import { useText } from '../../i18n/index.ts';
import type { RecordForm } from '../../stores/index.ts';
import { Field, Select, Switch } from '../../ui/index.ts';
import { Area, FormFrame, type FormProps } from './FormFrame.tsx';

export function IdentifierForm({ stores, deeds, page, identifierId }: FormProps & { readonly identifierId: string | null }) {
  const { t } = useText();
  const known = page?.identifiers.find((each) => each.identifierId === identifierId);
  const [kind, setKind] = useState<IdentifierKind>(known?.kind ?? 'mobile');
  const [value, setValue] = useState(known?.value ?? '');
  const [label, setLabel] = useState(known?.label ?? '');
  const [isVerified, setIsVerified] = useState(known?.verified ?? false);
  const [isShared, setIsShared] = useState(known?.shared ?? false);
  const [isTaken, setIsTaken] = useState(false);
  return (
    <FormFrame
      stores={stores}
      canStore={value.trim() !== ''}
      store={t('record.form.store')}
      onClose={() => deeds.showForm(null)}
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
    </FormFrame>
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

export function AddressForm({ stores, deeds, page, addressId }: FormProps & { readonly addressId: string | null }) {
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
    <FormFrame
      stores={stores}
      canStore={(lines.trim() !== '' || city.trim() !== '') && isCountry}
      store={t('record.form.store')}
      onClose={() => deeds.showForm(null)}
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
    </FormFrame>
  );
}

export function CreateForm({ stores, deeds, form }: FormProps & { readonly form: Extract<RecordForm, { kind: 'create' }> }) {
  const { t, formats } = useText();
  const [name, setName] = useState(form.name);
  const [title, setTitle] = useState('');
  const [locale, setLocale] = useState<'en' | 'zh'>(/\p{Script=Han}/u.test(form.name) ? 'zh' : formats.language);
  const [kind, setKind] = useState<IdentifierKind>(form.identifier?.kind ?? 'mobile');
  const [value, setValue] = useState(form.identifier?.value ?? '');
  const [email, setEmail] = useState('');
  const [isTaken, setIsTaken] = useState(false);
  return (
    <FormFrame
      stores={stores}
      canStore={name.trim() !== ''}
      store={t('record.form.createStore')}
      onClose={() => deeds.showForm(null)}
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
    </FormFrame>
  );
}
