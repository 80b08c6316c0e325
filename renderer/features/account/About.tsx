import { useState } from 'react';
import { useStore } from 'zustand';
import { tierSchema } from '../../../shared/contracts/contact.ts';
import { stages } from '../../../shared/contracts/record.ts';
import { formatNumber } from '../../../shared/phone-number.ts';
import { customChoices, customValueText, customValueTyped, type Text, useText } from '../../i18n/index.ts';
import type { AccountField, AccountFields, AccountState, Stores } from '../../stores/index.ts';
import { Button, Facts, InPlace, Section } from '../../ui/index.ts';
import type { PartProps } from './Account.tsx';
import { CompanyPicker } from './CompanyPicker.tsx';
import { fieldName } from './words.ts';

/** The plain facts, each changed where it stands. */
export function About({ page, deeds, isReadOnly, stores }: PartProps & { readonly stores: Stores }) {
  const text = useText();
  const { t, formats } = text;
  const state = useStore(stores.account);
  const managers = useStore(stores.customers, (customers) => customers.managers);
  const homeCountry = useStore(stores.desk, (desk) => desk.organisation?.homeCountry ?? 'GB');
  const [isChoosingParent, setIsChoosingParent] = useState(false);
  const none = { value: '', label: t('account.notSaid') };
  const save = (fields: AccountFields) => void deeds.edit(fields);
  const line = (field: 'segment' | 'industry') => (
    <InPlace
      label={fieldName(text, field)}
      value={page[field] ?? ''}
      empty={t('account.notSaid')}
      isReadOnly={isReadOnly}
      problemOf={(typed) => (typed.length > 100 ? t('account.tooLong', { most: 100 }) : null)}
      onSave={(value) => save({ [field]: value === '' ? null : value })}
    />
  );
  const ownFields = useStore(stores.desk, (desk) => desk.customFields).filter(({ on }) => on === 'account');
  const ownFacts = ownFields.map((field) => {
    const value = page.custom[field.id];
    const name = field.name[formats.language];
    const choices = customChoices(text, field);
    const inPlace = (
      <InPlace
        key={field.id}
        label={name}
        value={value === undefined ? '' : String(value)}
        empty={t('account.notSaid')}
        isReadOnly={isReadOnly}
        kind={field.kind === 'number' ? 'number' : field.kind === 'day' ? 'date' : 'text'}
        {...(value === undefined ? {} : { shown: customValueText(text, field, value) })}
        {...(choices === null ? {} : { choices })}
        onSave={(typed) => save({ custom: { [field.id]: customValueTyped(field, typed) } })}
      />
    );
    return [name, inPlace] as const;
  });
  const office = page.orgPath.at(-1);
  const offices = state.orgUnits.map(({ id, name }) => ({ value: id, label: name[formats.language] }));
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [
      fieldName(text, 'name'),
      <InPlace
        key="name"
        label={fieldName(text, 'name')}
        value={page.name}
        isReadOnly={isReadOnly}
        problemOf={(typed) => (typed === '' ? t('account.nameMissing') : typed.length > 200 ? t('account.tooLong', { most: 200 }) : null)}
        onSave={(name) => save({ name })}
      />,
    ],
    [
      fieldName(text, 'isKeyAccount'),
      <InPlace
        key="key"
        label={fieldName(text, 'isKeyAccount')}
        value={page.isKeyAccount ? 'yes' : 'no'}
        shown={t(page.isKeyAccount ? 'account.yes' : 'account.no')}
        isReadOnly={isReadOnly}
        choices={[
          { value: 'yes', label: t('account.yes') },
          { value: 'no', label: t('account.no') },
        ]}
        onSave={(value) => save({ isKeyAccount: value === 'yes' })}
      />,
    ],
    [
      fieldName(text, 'tier'),
      <InPlace
        key="tier"
        label={fieldName(text, 'tier')}
        value={page.tier ?? ''}
        shown={page.tier ? t(`customer.tier.${page.tier}`) : undefined}
        empty={t('account.notSaid')}
        isReadOnly={isReadOnly}
        choices={[none, ...tierSchema.options.map((tier) => ({ value: tier, label: t(`customer.tier.${tier}`) }))]}
        onSave={(value) => save({ tier: tierSchema.options.find((tier) => tier === value) ?? null })}
      />,
    ],
    [
      fieldName(text, 'stage'),
      <InPlace
        key="stage"
        label={fieldName(text, 'stage')}
        value={page.stage ?? ''}
        shown={page.stage ? t(`account.stage.${page.stage}`) : undefined}
        empty={t('account.notSaid')}
        isReadOnly={isReadOnly}
        choices={[none, ...stages.map((stage) => ({ value: stage, label: t(`account.stage.${stage}`) }))]}
        onSave={(value) => save({ stage: stages.find((stage) => stage === value) ?? null })}
      />,
    ],
    [fieldName(text, 'segment'), line('segment')],
    [fieldName(text, 'industry'), line('industry')],
    [
      fieldName(text, 'orgUnitId'),
      <InPlace
        key="office"
        label={fieldName(text, 'orgUnitId')}
        value={office?.id ?? ''}
        shown={office?.name[formats.language]}
        empty={t('account.everywhere')}
        isReadOnly={isReadOnly || offices.length === 0}
        choices={[{ value: '', label: t('account.everywhere') }, ...offices]}
        onSave={(value) => save({ orgUnitId: value === '' ? null : value })}
      />,
    ],
    [
      fieldName(text, 'parentId'),
      isReadOnly ? (
        (page.parent?.name ?? <span className="text-3">{t('account.notSaid')}</span>)
      ) : (
        <button key="parent" type="button" className="in-place" onClick={() => setIsChoosingParent(true)}>
          <span className="sr-only">{fieldName(text, 'parentId')}: </span>
          {page.parent?.name ?? <span className="text-3">{t('account.notSaid')}</span>}
        </button>
      ),
    ],
    ...ownFacts,
    [fieldName(text, 'deputies'), <Deputies key="deputies" page={page} deeds={deeds} isReadOnly={isReadOnly} managers={managers} />],
    ...page.identifiers.map(
      ({ identifierId, kind, value, label }) =>
        [
          label ?? t(`account.identifier.${kind}`),
          <span key={identifierId} className="whole">
            {kind === 'phone' || kind === 'mobile' ? formatNumber(value, homeCountry) : value}
          </span>,
        ] as const,
    ),
  ];
  return (
    <Section title={t('account.about')} more={page.provenance ? t('account.from', { source: page.provenance.source }) : undefined}>
      <EditProblem state={state} onAgain={save} onDrop={deeds.dropEdit} />
      <div className="account-about">
        <Facts facts={facts} />
        {page.members.length > 0 ? (
          <div>
            <p className="small text-3">{t('account.members')}</p>
            <ul className="list">
              {page.members.map((member) => (
                <li key={member.accountId}>
                  <button type="button" className="account-link" onClick={() => deeds.show(member.accountId)}>
                    {member.name}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
      <CompanyPicker
        isOpen={isChoosingParent}
        find={deeds.findCompanies}
        hasParent={page.parent !== null}
        onClose={() => setIsChoosingParent(false)}
        onChoose={(parentId) => {
          setIsChoosingParent(false);
          save({ parentId });
        }}
      />
    </Section>
  );
}

function Deputies({
  page,
  deeds,
  isReadOnly,
  managers,
}: Pick<PartProps, 'page' | 'deeds' | 'isReadOnly'> & {
  readonly managers: readonly { readonly agentId: string; readonly name: string }[];
}) {
  const { t } = useText();
  const ids = page.deputies.map(({ agentId }) => agentId);
  const others = managers.filter(({ agentId }) => agentId !== page.managerAgentId && !ids.includes(agentId));
  if (isReadOnly || managers.length === 0)
    return page.deputies.length > 0 ? (
      page.deputies.map(({ name }) => name).join(t('account.and'))
    ) : (
      <span className="text-3">{t('account.nobody')}</span>
    );
  return (
    <span className="account-deputies">
      {page.deputies.map(({ agentId, name }) => (
        <button
          key={agentId}
          type="button"
          className="chip account-deputy"
          title={t('account.removeDeputy', { name })}
          onClick={() => void deeds.edit({ deputies: ids.filter((each) => each !== agentId) })}
        >
          {name}
          <span aria-hidden="true">×</span>
          <span className="sr-only">{t('account.removeDeputy', { name })}</span>
        </button>
      ))}
      {ids.length < 10 && others.length > 0 ? (
        <InPlace
          label={t('account.addDeputy')}
          value=""
          empty={t('account.addDeputy')}
          choices={[{ value: '', label: t('account.nobody') }, ...others.map(({ agentId, name }) => ({ value: agentId, label: name }))]}
          onSave={(agentId) => void deeds.edit({ deputies: [...ids, agentId] })}
        />
      ) : null}
    </span>
  );
}

/** What came in the way of a change: told with what stands there now, so that going on is a choice. */
function EditProblem({
  state: { edit, page },
  onAgain,
  onDrop,
}: {
  readonly state: AccountState;
  onAgain(fields: AccountFields): void;
  onDrop(): void;
}) {
  const text = useText();
  const { t } = text;
  if (!edit?.failure || !page) return null;
  const field = Object.keys(edit.fields)[0] as AccountField;
  const name = fieldName(text, field);
  const now = shownValue(text, field, (page as Partial<Record<AccountField, unknown>>)[field]);
  const mine = shownValue(text, field, edit.fields[field]);
  return (
    <div className="account-conflict" role="alert">
      <p>
        {edit.failure !== 'conflict'
          ? `${t('account.notStored', { field: name })} ${t(`failure.${edit.failure}`)}`
          : now !== null && mine !== null
            ? t('account.conflictValues', { field: name, now, mine })
            : t('account.conflict', { field: name })}
      </p>
      <div className="row">
        <Button size="small" onClick={() => onAgain(edit.fields)}>
          {t(edit.failure === 'conflict' ? 'account.storeMine' : 'account.retry')}
        </Button>
        <Button size="small" kind="quiet" onClick={onDrop}>
          {t('account.leaveIt')}
        </Button>
      </div>
    </div>
  );
}

/** A value in words, where it is one that can be said. */
function shownValue({ t }: Text, field: AccountField, value: unknown): string | null {
  if (value === null || value === '') return t('account.notSaid');
  if (field === 'tier') return t(`customer.tier.${value as 'gold'}`);
  if (field === 'stage') return t(`account.stage.${value as 'mature'}`);
  if (field === 'isKeyAccount') return t(value ? 'account.yes' : 'account.no');
  return typeof value === 'string' && field !== 'parentId' && field !== 'orgUnitId' ? value : null;
}
