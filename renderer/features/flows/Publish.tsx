import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import type { FlowDialog, OpenFlow } from '../../stores/index.ts';
import { Button, Dialog, TextArea } from '../../ui/index.ts';
import type { FlowDeeds } from './deeds.ts';

/** The last step before callers hear it, with a note for those who come later. */
export function PublishDialog(props: {
  readonly open: OpenFlow;
  readonly dialog: Extract<FlowDialog, { kind: 'publish' }>;
  readonly deeds: FlowDeeds;
}) {
  const { open, dialog, deeds } = props;
  const { t, formats } = useText();
  const [note, setNote] = useState('');
  const errors = (open.problems ?? []).filter(({ severity }) => severity === 'error').length;
  const close = () => deeds.ask(null);
  return (
    <Dialog
      title={t('flows.publish.title', { name: open.history.present.name[formats.language] })}
      isOpen
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('flows.cancel')}</Button>
          <Button kind="primary" disabled={dialog.isBusy || errors > 0} onClick={() => void deeds.publish(note.trim())}>
            {t('flows.publish')}
          </Button>
        </>
      }
    >
      <div className="dialog-body flow-new">
        <p className="text-2">{t('flows.publish.text')}</p>
        <div>
          <label className="label" htmlFor="flow-publish-note">
            {t('flows.publish.note')}
          </label>
          <TextArea id="flow-publish-note" rows={3} maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />
        </div>
        {errors > 0 ? (
          <p className="field-problem" role="alert">
            {dialog.isRefused
              ? t('flows.publish.refused')
              : `${t('flows.problems.errors', { count: errors })}. ${t('flows.publish.blocked')}`}
          </p>
        ) : dialog.isRefused ? (
          <p className="field-problem" role="alert">
            {t('flows.publish.refused')}
          </p>
        ) : null}
        {dialog.failure ? (
          <p className="field-problem" role="alert">
            {t(`failure.${dialog.failure}`)}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
