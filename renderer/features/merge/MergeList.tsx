import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { Merge } from '../../../shared/contracts/identity.ts';
import { useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { Button, Chip } from '../../ui/index.ts';
import type { MergeDeeds } from './deeds.ts';
import './merge.css';

/** Every merge of a person, with who did it and why; each can be taken back, whatever happened since. */
export function MergeList({ stores, deeds }: { readonly stores: Stores; readonly deeds: MergeDeeds }) {
  const { t } = useText();
  const merges = useStore(stores.record, (record) => record.merges);
  const mayMerge = useStore(stores.desk, (desk) => desk.user?.rights.includes('contact:merge') === true);
  if (merges === null) return <p className="small text-3 merge-none">{t('merge.loading')}</p>;
  if (merges.length === 0) return <p className="text-2 merge-none">{t('merge.none')}</p>;
  return (
    <ul>
      {merges.map((merge) => (
        <MergeLine key={merge.mergeId} merge={merge} mayMerge={mayMerge} deeds={deeds} stores={stores} />
      ))}
    </ul>
  );
}

function MergeLine(props: { readonly merge: Merge; readonly mayMerge: boolean; readonly deeds: MergeDeeds; readonly stores: Stores }) {
  const { t, formats } = useText();
  const { merge, mayMerge, deeds, stores } = props;
  const [reason, setReason] = useState<string | null>(null);
  const isBusy = useStore(stores.view, (view) => view.pending.includes('merge'));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reason === null || reason.trim() === '' || isBusy) return;
    if (await deeds.unmerge(merge.mergeId, reason.trim())) setReason(null);
  };
  return (
    <li className="merge-line">
      <p className="medium whole">
        {t('merge.line', { kept: merge.kept.name, absorbed: merge.absorbed.name })} {merge.undone ? <Chip>{t('merge.undone')}</Chip> : null}
      </p>
      <p className="small text-2 whole">“{merge.reason}”</p>
      <p className="small text-3">{formats.pair(merge.by, formats.date(merge.at))}</p>
      {merge.undone ? (
        <p className="small text-3 whole">
          {t('merge.undoneBy', { by: merge.undone.by, date: formats.date(merge.undone.at), reason: merge.undone.reason })}
        </p>
      ) : null}
      {merge.undone || !mayMerge ? null : reason === null ? (
        <Button size="small" onClick={() => setReason('')}>
          {t('merge.unmerge')}
        </Button>
      ) : (
        <form className="merge-undo" onSubmit={(event) => void submit(event)}>
          <div className="field">
            <input
              // biome-ignore lint/a11y/noAutofocus: the field was just asked for.
              autoFocus
              required
              maxLength={500}
              aria-label={t('merge.undoReason')}
              placeholder={t('merge.undoReason')}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
              onKeyDown={(event) => event.key === 'Escape' && setReason(null)}
            />
          </div>
          <Button type="submit" size="small" kind="primary" disabled={reason.trim() === '' || isBusy}>
            {t('merge.unmerge')}
          </Button>
        </form>
      )}
    </li>
  );
}
