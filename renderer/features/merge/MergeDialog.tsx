import { ArrowLeftRight } from 'lucide-react';
import { type RefObject, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ContactSummary } from '../../../shared/contracts/contact.ts';
import type { MergePreview } from '../../../shared/contracts/identity.ts';
import { likenessSentence, recordFieldName, recordValueText, type Text, useText } from '../../i18n/index.ts';
import type { MergeDraft, Stores } from '../../stores/index.ts';
import { Avatar, Button, Chip, classes, Dialog, IconButton, PointsList } from '../../ui/index.ts';
import type { MergeDeeds } from './deeds.ts';
import { confidenceWord } from './words.ts';
import './merge.css';

/** Two records beside each other before they become one: what each says, and what would be shown. Nothing is lost; it can be taken back. */
export function MergeDialog({ stores, deeds }: { readonly stores: Stores; readonly deeds: MergeDeeds }) {
  const { t } = useText();
  const draft = useStore(stores.record, (record) => record.merge);
  const reasonField = useRef<HTMLInputElement>(null);
  return (
    <Dialog title={t('merge.title')} isOpen={draft !== null} onClose={deeds.cancel} isWide initialFocus={reasonField}>
      {draft ? <Compared stores={stores} deeds={deeds} draft={draft} reasonField={reasonField} /> : null}
    </Dialog>
  );
}

function Compared({
  stores,
  deeds,
  draft,
  reasonField,
}: {
  readonly stores: Stores;
  readonly deeds: MergeDeeds;
  readonly draft: MergeDraft;
  readonly reasonField: RefObject<HTMLInputElement | null>;
}) {
  const text = useText();
  const { t } = text;
  const id = useId();
  const [reason, setReason] = useState('');
  const isBusy = useStore(stores.view, (view) => view.pending.includes('merge')) || draft.phase === 'merging';
  const { preview } = draft;
  const canMerge = preview !== null && reason.trim() !== '' && !isBusy;
  return (
    <>
      <div className="dialog-body merge-body">
        {draft.phase === 'failed' ? (
          <p className="tone-broken">
            {draft.failure === 'conflict' ? t('merge.refused') : draft.failure ? t(`failure.${draft.failure}`) : ''}
          </p>
        ) : null}
        {preview === null ? (
          draft.phase === 'loading' ? (
            <p className="text-3 merge-waits">{t('merge.loading')}</p>
          ) : null
        ) : (
          <>
            <p className="text-2">{t('merge.text')}</p>
            <Why text={text} preview={preview} />
            <Sides text={text} preview={preview} onSwap={deeds.swap} isBusy={isBusy} />
          </>
        )}
      </div>
      <div className="merge-reason">
        <label className="label" htmlFor={id}>
          {t('merge.reason')}
        </label>
        <div className="field">
          <input
            id={id}
            ref={reasonField}
            required
            maxLength={500}
            placeholder={t('merge.reasonHint')}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing && canMerge) deeds.merge(reason.trim());
            }}
          />
        </div>
        <p className="small tone-broken merge-told" role="alert">
          {preview === null || draft.failure === null
            ? ''
            : draft.failure === 'conflict'
              ? t('merge.refused')
              : t(`failure.${draft.failure}`)}
        </p>
      </div>
      <div className="dialog-footer">
        <Button kind="quiet" className="merge-apart" disabled={preview === null || isBusy} onClick={deeds.notTheSame}>
          {t('merge.notTheSame')}
        </Button>
        <Button onClick={deeds.cancel}>{t('merge.cancel')}</Button>
        <Button kind="primary" disabled={!canMerge} onClick={() => deeds.merge(reason.trim())}>
          {t('merge.merge')}
        </Button>
      </div>
    </>
  );
}

function Why({ text, preview }: { readonly text: Text; readonly preview: MergePreview }) {
  const { confidence, reasons } = preview.likeness;
  return (
    <section className="merge-why" aria-label={text.t('merge.why')}>
      <h3 className="small medium">
        {text.t('merge.why')} <Chip tone={confidence >= 80 ? 'ready' : 'plain'}>{confidenceWord(text, confidence)}</Chip>
      </h3>
      {reasons.length === 0 ? (
        <p className="text-2">{text.t('merge.noReasons')}</p>
      ) : (
        <PointsList
          lines={reasons.map((reason, index) => ({
            id: `${index}-${reason.code}`,
            text: likenessSentence(text, reason),
            points: reason.points,
          }))}
        />
      )}
    </section>
  );
}

function Sides(props: { readonly text: Text; readonly preview: MergePreview; readonly isBusy: boolean; onSwap(): void }) {
  const { text, preview, isBusy, onSwap } = props;
  const { t } = text;
  return (
    <table className="merge-table">
      <caption className="sr-only">{t('merge.title')}</caption>
      <thead>
        <tr>
          <td>
            <IconButton icon={ArrowLeftRight} label={t('merge.swap')} disabled={isBusy} onClick={onSwap} />
          </td>
          <th scope="col">
            <Side text={text} person={preview.kept} role={t('merge.kept')} />
          </th>
          <th scope="col">
            <Side text={text} person={preview.absorbed} role={t('merge.absorbed')} />
          </th>
          <th scope="col">
            <span className="small text-3">{t('merge.shown')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {preview.fields.map(({ field, kept, absorbed, shown }) => (
          <tr key={field}>
            <th scope="row">{recordFieldName(text, field)}</th>
            <Value text={text} field={field} value={kept} isShown={kept !== null && kept === shown} />
            <Value text={text} field={field} value={absorbed} isShown={absorbed !== null && absorbed === shown && kept !== shown} />
            <td className="merge-shown">{shown === null ? '–' : recordValueText(text, field, shown)}</td>
          </tr>
        ))}
        {preview.counts.map(({ what, kept, absorbed }) => (
          <tr key={what}>
            <th scope="row">{t(`merge.count.${what}`)}</th>
            <td className="figures">{text.formats.number(kept)}</td>
            <td className="figures">{text.formats.number(absorbed)}</td>
            <td className="figures merge-shown">{text.formats.number(kept + absorbed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ text: { t }, person, role }: { readonly text: Text; readonly person: ContactSummary; readonly role: string }) {
  return (
    <span className="merge-side">
      <Avatar name={person.name} size="small" />
      <span className="merge-side-name">
        <span className="small text-3">{role}</span>
        <span className="whole strong">{person.name}</span>
        <span className="small text-2">{person.accountName ?? t('customer.private')}</span>
      </span>
    </span>
  );
}

function Value(props: { readonly text: Text; readonly field: string; readonly value: string | null; readonly isShown: boolean }) {
  const { text, field, value, isShown } = props;
  return (
    <td className={classes(!isShown && 'text-3')}>
      {value === null || value === '' ? '–' : recordValueText(text, field, value)}
      {isShown ? <span className="sr-only"> ({text.t('merge.shown')})</span> : null}
    </td>
  );
}
