import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FlowSummary } from '../../../shared/contracts/ivr/commands.ts';
import { useText } from '../../i18n/index.ts';
import type { FlowsState, LoginFailure } from '../../stores/index.ts';
import { Button, Chip, Dialog, IconButton } from '../../ui/index.ts';
import type { FlowDeeds } from './deeds.ts';

/** Each flow in a line: what is live since when and by whom, who has a draft of it, and which numbers lead there. */
export function FlowList({
  state,
  deeds,
  isReadOnly,
}: {
  readonly state: FlowsState;
  readonly deeds: FlowDeeds;
  readonly isReadOnly: boolean;
}) {
  const { t, formats } = useText();
  const [removing, setRemoving] = useState<FlowSummary | null>(null);
  return (
    <>
      <table className="flow-table">
        <thead>
          <tr className="small text-3">
            <th scope="col">{t('flows.name')}</th>
            <th scope="col">{t('flows.isLive')}</th>
            <th scope="col">{t('flows.draft')}</th>
            <th scope="col">{t('flows.numbers')}</th>
            {isReadOnly ? null : (
              <th scope="col">
                <span className="sr-only">{t('flows.remove')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {state.flows.map((flow) => (
            <tr key={flow.flowId}>
              <td>
                <button
                  type="button"
                  className="flow-open medium whole"
                  aria-label={t('flows.open', { name: flow.name[formats.language] })}
                  onClick={() => void deeds.show(flow.flowId)}
                >
                  {flow.name[formats.language]}
                </button>
                <div className="small text-3">{flow.flowId}</div>
              </td>
              <td>
                {flow.live ? (
                  <>
                    <div>{t('flows.liveSince', { version: flow.live.version, date: formats.date(flow.live.at) })}</div>
                    <div className="small text-3">{t('flows.liveBy', { name: flow.live.by.name })}</div>
                  </>
                ) : (
                  <Chip tone="away">{t('flows.neverLive')}</Chip>
                )}
              </td>
              <td>
                {flow.draft ? (
                  <>
                    <Chip tone="accent">{t('flows.draftNumber', { revision: flow.draft.revision })}</Chip>
                    <div className="small text-3">
                      {t('flows.draftBy', { name: flow.draft.by.name, date: formats.date(flow.draft.at) })}
                    </div>
                  </>
                ) : (
                  <span className="text-3">{t('flows.noDraft')}</span>
                )}
              </td>
              <td className="figures">
                {flow.dialled.length > 0 ? flow.dialled.join(', ') : <span className="text-3">{t('flows.noNumber')}</span>}
              </td>
              {isReadOnly ? null : (
                <td>
                  <IconButton
                    icon={Trash2}
                    label={`${t('flows.remove')}: ${flow.name[formats.language]}`}
                    onClick={() => setRemoving(flow)}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {removing ? <RemoveDialog flow={removing} deeds={deeds} onClose={() => setRemoving(null)} /> : null}
    </>
  );
}

function RemoveDialog({ flow, deeds, onClose }: { readonly flow: FlowSummary; readonly deeds: FlowDeeds; onClose(): void }) {
  const { t, formats } = useText();
  const [failure, setFailure] = useState<LoginFailure | null>(null);
  const isUsed = flow.dialled.length > 0;
  return (
    <Dialog
      title={t('flows.removeTitle', { name: flow.name[formats.language] })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('flows.cancel')}</Button>
          <Button
            kind="end"
            disabled={isUsed}
            onClick={() => void deeds.remove(flow.flowId).then((why) => (why === null ? onClose() : setFailure(why)))}
          >
            {t('flows.remove')}
          </Button>
        </>
      }
    >
      <div className="dialog-body">
        <p className="text-2">{isUsed ? t('flows.removeUsed', { numbers: flow.dialled.join(', ') }) : t('flows.removeText')}</p>
        {failure ? (
          <p className="field-problem" role="alert">
            {t(`failure.${failure}`)}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
