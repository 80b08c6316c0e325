import { X } from 'lucide-react';
import { useText } from '../../i18n/index.ts';
import { type FlowDialog, type FlowsState, nodeAt, type OpenFlow } from '../../stores/index.ts';
import { Chip, IconButton, Select } from '../../ui/index.ts';
import type { FlowDeeds } from './deeds.ts';
import { fieldsOf } from './fields.ts';
import { exitName, flowFields, titleOf } from './words.ts';

/** What one version has and the other has not, node by node; the drawing marks the same nodes. */
export function Compare(props: {
  readonly open: OpenFlow;
  readonly dialog: Extract<FlowDialog, { kind: 'compare' }>;
  readonly state: FlowsState;
  readonly deeds: FlowDeeds;
}) {
  const { open, dialog, state, deeds } = props;
  const text = useText();
  const { t } = text;
  const { changes, failure, before, after } = dialog;
  const flow = open.history.present;
  const newest = state.flows.find(({ flowId }) => flowId === open.flowId)?.live?.version ?? 0;
  const choices = [
    { value: 'draft', label: t('flows.compare.draft') },
    ...Array.from({ length: newest }, (_each, index) => ({
      value: String(newest - index),
      label: t('flows.version', { version: newest - index }),
    })),
  ];
  const read = (value: string) => (value === 'draft' ? null : Number(value));
  const pathName = (nodeId: string | null, path: string) => {
    const node = nodeId === null ? undefined : nodeAt(flow, nodeId);
    if (path.startsWith('exits/')) return exitName(text, node, path.slice('exits/'.length));
    if (path === 'label') return t('flows.node.label');
    if (nodeId === null && Object.hasOwn(flowFields, path)) return t(flowFields[path as keyof typeof flowFields]);
    const field = node && fieldsOf[node.kind].find(({ at }) => `${path}/`.startsWith(`${at}/`));
    if (!field) return path;
    const within = path
      .slice(field.at.length + 1)
      .split('/')
      .filter(Boolean);
    const words = within.map((step) => (step === 'en' || step === 'zh' ? t(`flows.language.${step}`) : step));
    return [t(`flows.field.${field.name}`), ...words].join(' · ');
  };
  const shown = (path: string, value: string | null) => {
    if (value === null || value === '') return path.startsWith('exits/') ? t('flows.exitNowhere') : t('flows.compare.empty');
    const target = path.startsWith('exits/') ? nodeAt(flow, value) : undefined;
    return target ? titleOf(text, target) : value;
  };
  return (
    <aside className="flow-inspector" aria-label={t('flows.compare.title')}>
      <div className="pane-head">
        <h2 className="grow">{t('flows.compare.title')}</h2>
        <IconButton icon={X} label={t('flows.close')} onClick={() => deeds.ask(null)} />
      </div>
      <div className="flow-inspector-body">
        <div className="flow-compare-ends">
          <Select
            label={t('flows.compare.before')}
            choices={choices}
            value={before === null ? 'draft' : String(before)}
            onChange={(value) => void deeds.compare(read(value), after)}
          />
          <Select
            label={t('flows.compare.after')}
            choices={choices}
            value={after === null ? 'draft' : String(after)}
            onChange={(value) => void deeds.compare(before, read(value))}
          />
        </div>
        {failure ? (
          <p className="field-problem" role="alert">
            {t(`failure.${failure}`)}
          </p>
        ) : changes === null ? (
          <p className="text-3" role="status">
            {t('flows.compare.loading')}
          </p>
        ) : changes.length === 0 ? (
          <p className="text-3" role="status">
            {t('flows.compare.none')}
          </p>
        ) : (
          <ol className="flow-changes">
            {changes.map(({ nodeId, what, fields }) => {
              const node = nodeId === null ? undefined : nodeAt(flow, nodeId);
              const name = nodeId === null ? t('flows.compare.flow') : node ? titleOf(text, node) : nodeId;
              return (
                <li key={nodeId ?? ''}>
                  <div className="row">
                    {node && nodeId !== null ? (
                      <button type="button" className="flow-link medium cut" onClick={() => deeds.select([nodeId])}>
                        {name}
                      </button>
                    ) : (
                      <span className="medium cut">{name}</span>
                    )}
                    <Chip tone={what === 'added' ? 'ready' : what === 'removed' ? 'broken' : 'accent'}>{t(`flows.changed.${what}`)}</Chip>
                  </div>
                  {what === 'changed' ? (
                    <dl>
                      {fields.map((field) => (
                        <div key={field.path}>
                          <dt className="small text-3">{pathName(nodeId, field.path)}</dt>
                          <dd className="small whole">
                            <del>{shown(field.path, field.before)}</del> → <ins>{shown(field.path, field.after)}</ins>
                          </dd>
                        </div>
                      ))}
                    </dl>
                  ) : null}
                </li>
              );
            })}
          </ol>
        )}
      </div>
    </aside>
  );
}
