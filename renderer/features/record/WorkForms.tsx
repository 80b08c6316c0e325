import { useState } from 'react';
import { useStore } from 'zustand';
import { channelSchema } from '../../../shared/contracts/contact.ts';
import { caseKindSchema } from '../../../shared/contracts/record.ts';
import { useText } from '../../i18n/index.ts';
import { Field, Select } from '../../ui/index.ts';
import { Area, FormFrame, type FormProps } from './FormFrame.tsx';

export function CaseForm({ stores, deeds, page }: FormProps) {
  const { t } = useText();
  const own = useStore(stores.desk, (desk) => desk.agent?.agentId ?? null);
  const [kind, setKind] = useState<(typeof caseKindSchema.options)[number]>('serviceRequest');
  const [subject, setSubject] = useState('');
  const [description, setDescription] = useState('');
  const [priority, setPriority] = useState('0');
  const [productId, setProductId] = useState('');
  const [owner, setOwner] = useState(own === null ? '' : 'me');
  return (
    <FormFrame
      stores={stores}
      canStore={subject.trim() !== ''}
      store={t('record.openCase')}
      onClose={() => deeds.showForm(null)}
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
    </FormFrame>
  );
}

export function TaskForm({ stores, deeds }: FormProps) {
  const { t } = useText();
  const own = useStore(stores.desk, (desk) => desk.agent?.agentId ?? null);
  const [words, setWords] = useState('');
  const [due, setDue] = useState('');
  const dueAt = due === '' ? null : new Date(due).getTime();
  return (
    <FormFrame
      stores={stores}
      canStore={words.trim() !== ''}
      store={t('record.form.store')}
      onClose={() => deeds.showForm(null)}
      onStore={() => void deeds.addTask({ title: words.trim(), dueAt, ownerAgentId: own, caseId: null })}
    >
      <Field
        label={t('record.form.taskText')}
        value={words}
        required
        maxLength={300}
        placeholder={t('record.form.taskHint')}
        onChange={({ target }) => setWords(target.value)}
      />
      <Field label={t('record.form.due')} type="datetime-local" value={due} onChange={({ target }) => setDue(target.value)} />
    </FormFrame>
  );
}

export function OfferForm({ stores, deeds, page }: FormProps) {
  const { t } = useText();
  const [name, setName] = useState('');
  const [channel, setChannel] = useState<(typeof channelSchema.options)[number]>('voice');
  const [answer, setAnswer] = useState<'' | 'accepted' | 'declined' | 'noInterest'>('');
  const [remark, setRemark] = useState('');
  // Who said no on one channel is not asked again on another.
  const before = page?.offers.find((each) => each.notAgain !== null && each.name.trim().toLowerCase() === name.trim().toLowerCase());
  return (
    <FormFrame
      stores={stores}
      canStore={name.trim() !== ''}
      store={t('record.form.store')}
      onClose={() => deeds.showForm(null)}
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
    </FormFrame>
  );
}
