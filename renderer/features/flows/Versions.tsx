import { X } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import type { FlowDialog, OpenFlow } from '../../stores/index.ts';
import { Button, Chip, Dialog, IconButton } from '../../ui/index.ts';
import type { FlowDeeds } from './deeds.ts';

/** Every version that went live: who, when, why; to be compared with, or gone back to. */
export function Versions(props: {
  readonly open: OpenFlow;
  readonly dialog: Extract<FlowDialog, { kind: 'versions' }>;
  readonly deeds: FlowDeeds;
  readonly isReadOnly: boolean;
}) {
  const { open, dialog, deeds, isReadOnly } = props;
  const { t, formats } = useText();
  const [back, setBack] = useState<number | null>(null);
  const { versions, failure } = dialog;
  return (
    <aside className="flow-inspector" aria-label={t('flows.versions.title')}>
      <div className="pane-head">
        <h2 className="grow">{t('flows.versions.title')}</h2>
        <IconButton icon={X} label={t('flows.close')} onClick={() => deeds.ask(null)} />
      </div>
      <div className="flow-inspector-body">
        {failure ? (
          <p className="field-problem" role="alert">
            {t(`failure.${failure}`)}
          </p>
        ) : versions === null ? (
          <p className="text-3" role="status">
            {t('flows.loading')}
          </p>
        ) : versions.length === 0 ? (
          <p className="text-3">{t('flows.versions.none')}</p>
        ) : (
          <ol className="flow-versions">
            {versions.map(({ version, at, by, note, restores, isLive }) => (
              <li key={version}>
                <div className="row">
                  <span className="medium">{t('flows.version', { version })}</span>
                  {restores === null ? null : <span className="small text-3">{t('flows.version.restores', { version: restores })}</span>}
                  {isLive ? <Chip tone="ready">{t('flows.isLive')}</Chip> : null}
                </div>
                <p className="small text-3">{t('flows.versions.by', { name: by.name, date: formats.date(at), time: formats.time(at) })}</p>
                <p className="small whole">{note === '' ? <span className="text-3">{t('flows.versions.noNote')}</span> : note}</p>
                <div className="row">
                  <Button
                    size="small"
                    kind="quiet"
                    aria-label={`${t('flows.versions.compare')}: ${t('flows.version', { version })}`}
                    onClick={() => void deeds.compare(version, null)}
                  >
                    {t('flows.versions.compare')}
                  </Button>
                  {isLive || isReadOnly ? null : (
                    <Button
                      size="small"
                      kind="quiet"
                      aria-label={`${t('flows.versions.rollBack')}: ${t('flows.version', { version })}`}
                      onClick={() => setBack(version)}
                    >
                      {t('flows.versions.rollBack')}
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ol>
        )}
      </div>
      {back === null ? null : (
        <Dialog
          title={t('flows.versions.rollBackTo', { version: back })}
          isOpen
          onClose={() => setBack(null)}
          footer={
            <>
              <Button onClick={() => setBack(null)}>{t('flows.cancel')}</Button>
              <Button
                kind="primary"
                onClick={() => {
                  setBack(null);
                  void deeds.rollBack(back);
                }}
              >
                {t('flows.versions.rollBack')}
              </Button>
            </>
          }
        >
          <p className="dialog-body text-2">
            {t('flows.versions.sure', { version: back })} {open.history.present.name[formats.language]}
          </p>
        </Dialog>
      )}
    </aside>
  );
}
