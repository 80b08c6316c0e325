import { Copy, CornerUpRight, Flag, MoreHorizontal, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { commonExits } from '../../../shared/contracts/ivr/exits.ts';
import { useText } from '../../i18n/index.ts';
import { nodeAt } from '../../stores/index.ts';
import { classes, EmptyState, Field, IconButton, Menu, MenuItem, Select } from '../../ui/index.ts';
import { readingOrder } from './auto-layout.ts';
import { CasesSetting, PartsSetting } from './fact-settings.tsx';
import { type FieldDeclaration, fieldsOf } from './fields.ts';
import { idOf, SettingsContext, type SettingsForm, useSetting, useSettings } from './form.ts';
import { ExitShare } from './heat/HeatControls.tsx';
import { kindIcons } from './kinds.ts';
import { KeysSetting, PairsSetting, TakesSetting } from './list-settings.tsx';
import { ownExitsOf } from './node-size.ts';
import { ChoiceSetting, FactSetting, LineSetting, LongTextSetting, NumberSetting, PromptsSetting, YesNoSetting } from './settings.tsx';
import { exitName, flowName, titleOf } from './words.ts';

export interface InspectorProps {
  readonly form: Omit<SettingsForm, 'node' | 'nodeId' | 'put'>;
  readonly selected: readonly string[];
  /** A setting that is to have the keyboard. */
  readonly wanted: string | null;
  onWantedDone(): void;
  onPut(nodeId: string, path: string, value: unknown): void;
  onConnect(nodeId: string, exit: string, to: string | null): void;
  onRemove(): void;
  onDuplicate(): void;
  onMakeStart(nodeId: string): void;
  onAddAfter(nodeId: string): void;
  onPutFlow(path: string, value: unknown): void;
}

/** The settings of the chosen node: its form from the table of its kind, and where its exits lead. */
export function Inspector(props: InspectorProps) {
  const { form, selected, wanted, onWantedDone } = props;
  const { t } = useText();
  const pane = useRef<HTMLDivElement>(null);
  const nodeId = selected.length === 1 ? selected[0] : undefined;
  const node = nodeId === undefined ? undefined : nodeAt(form.flow, nodeId);

  useEffect(() => {
    if (wanted === null || !pane.current) return;
    focusSetting(pane.current, wanted);
    onWantedDone();
  }, [wanted, onWantedDone]);

  return (
    <aside className="flow-inspector" aria-label={t('flows.inspector')} ref={pane}>
      {node && nodeId !== undefined ? (
        <SettingsContext value={{ ...form, node, nodeId, put: (path, value) => props.onPut(nodeId, path, value) }}>
          <InspectorHead {...props} />
          <div className="flow-inspector-body" key={nodeId}>
            <LineSetting at="label" label={t('flows.node.label')} />
            {fieldsOf[node.kind].map((field) => (
              <SettingOf key={field.at} field={field} />
            ))}
            <Exits onConnect={props.onConnect} />
          </div>
        </SettingsContext>
      ) : selected.length > 1 ? (
        <div className="flow-inspector-none">
          <EmptyState title={t('flows.several', { count: selected.length })}>{t('flows.severalText')}</EmptyState>
        </div>
      ) : (
        <FlowSettings form={form} onPut={props.onPutFlow} />
      )}
    </aside>
  );
}

/** The setting itself, or what it stands in; otherwise the first of the form. */
function focusSetting(pane: HTMLElement, wanted: string): void {
  const focusable = 'input, select, textarea, button';
  for (let path = wanted; path !== ''; path = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '') {
    const found = pane.querySelector<HTMLElement>(`#${CSS.escape(idOf(path))}`);
    const control = found?.matches(focusable) ? found : found?.querySelector<HTMLElement>(focusable);
    if (control) {
      control.focus();
      return control.scrollIntoView?.({ block: 'nearest' });
    }
  }
  pane.querySelector<HTMLElement>(`.flow-inspector-body :is(${focusable})`)?.focus();
}

/** What belongs to no node: what the flow is called, and where a caller goes when it breaks. */
function FlowSettings({ form, onPut }: { readonly form: InspectorProps['form']; onPut(path: string, value: unknown): void }) {
  const { t, formats } = useText();
  const { flow, names, isReadOnly } = form;
  const { queues, prompts } = names.references;
  const withOwn = (list: readonly { readonly value: string; readonly label: string }[], own: string) =>
    list.some(({ value }) => value === own) ? list : [{ value: own, label: own }, ...list];
  return (
    <>
      <div className="pane-head">
        <h2 className="grow">{t('flows.settings')}</h2>
      </div>
      <div className="flow-inspector-body">
        <Field
          id={idOf('name/en')}
          label={t('flows.nameEn')}
          value={flow.name.en}
          maxLength={80}
          readOnly={isReadOnly}
          onChange={({ target }) => onPut('name/en', target.value)}
        />
        <Field
          id={idOf('name/zh')}
          label={t('flows.nameZh')}
          value={flow.name.zh}
          maxLength={80}
          readOnly={isReadOnly}
          onChange={({ target }) => onPut('name/zh', target.value)}
        />
        <Select
          id={idOf('fallback/queueId')}
          label={t('flows.fallbackQueue')}
          choices={withOwn(
            queues.map(({ id, name }) => ({ value: id, label: name[formats.language] })),
            flow.fallback.queueId,
          )}
          value={flow.fallback.queueId}
          disabled={isReadOnly}
          onChange={(value) => onPut('fallback/queueId', value)}
        />
        <Select
          id={idOf('fallback/prompt')}
          label={t('flows.fallbackPrompt')}
          choices={withOwn(
            prompts.map((prompt) => ({ value: prompt, label: prompt })),
            flow.fallback.prompt,
          )}
          value={flow.fallback.prompt}
          disabled={isReadOnly}
          onChange={(value) => onPut('fallback/prompt', value)}
        />
        <p className="small text-3">{t('flows.choose')}</p>
      </div>
    </>
  );
}

function InspectorHead({ form, onRemove, onDuplicate, onMakeStart, onAddAfter }: InspectorProps) {
  const text = useText();
  const { t } = text;
  const { node, nodeId } = useSettings();
  const Icon = kindIcons[node.kind];
  const title = titleOf(text, node);
  return (
    <div className="pane-head">
      <Icon className="icon tone-accent" aria-hidden="true" />
      <h2 className="cut grow" title={title}>
        {title}
      </h2>
      {node.label?.trim() ? <span className="small text-3 nowrap">{t(`flows.kind.${node.kind}`)}</span> : null}
      {form.isReadOnly ? null : (
        <Menu align="end" trigger={<IconButton icon={MoreHorizontal} label={t('flows.node.menu', { name: title })} />}>
          <MenuItem
            label={t('flows.node.addAfter')}
            before={<Plus className="icon" aria-hidden="true" />}
            isOff={ownExitsOf(node).length === 0}
            onChoose={() => onAddAfter(nodeId)}
          />
          <MenuItem label={t('flows.node.duplicate')} before={<Copy className="icon" aria-hidden="true" />} onChoose={onDuplicate} />
          <MenuItem
            label={t('flows.node.makeStart')}
            before={<Flag className="icon" aria-hidden="true" />}
            isOff={form.flow.start === nodeId}
            onChoose={() => onMakeStart(nodeId)}
          />
          <MenuItem label={t('flows.node.remove')} before={<Trash2 className="icon" aria-hidden="true" />} onChoose={onRemove} />
        </Menu>
      )}
    </div>
  );
}

function SettingOf({ field }: { readonly field: FieldDeclaration }): ReactNode {
  const text = useText();
  const { t, formats } = text;
  const { names, flow } = useSettings();
  const label = t(`flows.field.${field.name}`);
  const { at } = field;
  const named = (list: typeof names.references.queues) => list.map(({ id, name }) => ({ value: id, label: name[formats.language] }));
  switch (field.as) {
    case 'prompts':
      return <PromptsSetting at={at} label={label} isSingle={field.isSingle === true} />;
    case 'text':
    case 'phone':
      return <LineSetting at={at} label={label} isOptional={field.isOptional === true} isCode={field.as === 'text'} />;
    case 'template':
    case 'skills':
      return <LineSetting at={at} label={label} isOptional={field.isOptional === true} isCode />;
    case 'longText':
      return <LongTextSetting at={at} label={label} isOptional={field.isOptional === true} />;
    case 'number':
      return (
        <NumberSetting
          at={at}
          label={label}
          isOptional={field.isOptional === true}
          unit={field.unit ? t('flows.unit.seconds') : undefined}
        />
      );
    case 'seconds':
      return <NumberSetting at={at} label={label} unit={t('flows.unit.seconds')} scale={1_000} />;
    case 'choice':
      return (
        <ChoiceSetting
          at={at}
          label={label}
          choices={field.options.map(({ value, name }) => ({ value, label: t(`flows.option.${name}`) }))}
        />
      );
    case 'yesNo':
      return <YesNoSetting at={at} label={label} />;
    case 'queue':
      return <ChoiceSetting at={at} label={label} choices={named(names.references.queues)} />;
    case 'hours':
      return <ChoiceSetting at={at} label={label} choices={named(names.references.hours)} />;
    case 'flow':
      return (
        <ChoiceSetting
          at={at}
          label={label}
          choices={names.flows
            .filter(({ flowId }) => flowId !== flow.flowId)
            .map(({ flowId }) => ({ value: flowId, label: flowName(text, names, flowId) }))}
        />
      );
    case 'fact':
      return <FactSetting at={at} label={label} isOptional={field.isOptional === true} />;
    case 'key':
      return <ChoiceSetting at={at} label={label} choices={[...'1234567890*#'].map((key) => ({ value: key, label: key }))} />;
    case 'keys':
      return <KeysSetting at={at} label={label} />;
    case 'cases':
      return <CasesSetting at={at} label={label} />;
    case 'parts':
      return <PartsSetting at={at} label={label} />;
    case 'pairs':
      return <PairsSetting at={at} label={label} firstName={at === 'headers' ? 'X-Header' : 'name'} />;
    case 'takes':
      return <TakesSetting at={at} label={label} />;
  }
}

function Exits({ onConnect }: { readonly onConnect: InspectorProps['onConnect'] }) {
  const { t } = useText();
  const { node } = useSettings();
  const own = ownExitsOf(node);
  return (
    <section className="flow-exits">
      <h3>{t('flows.exits')}</h3>
      {own.length === 0 ? <p className="small text-3">{t('flows.noExits')}</p> : null}
      {own.map(({ name, isRequired }) => (
        <ExitLine key={name} exit={name} isRequired={isRequired} onConnect={onConnect} />
      ))}
      <h4 className="small text-3">{t('flows.moreExits')}</h4>
      {commonExits.map(({ name }) => (
        <ExitLine key={name} exit={name} isRequired={false} onConnect={onConnect} />
      ))}
    </section>
  );
}

function ExitLine(props: { readonly exit: string; readonly isRequired: boolean; readonly onConnect: InspectorProps['onConnect'] }) {
  const { exit, isRequired, onConnect } = props;
  const text = useText();
  const { t } = text;
  const { node, nodeId, flow, isReadOnly, sharesOf } = useSettings();
  const setting = useSetting<string>(`exits/${exit}`);
  const to = setting.value ?? '';
  const name = exitName(text, node, exit);
  const [key, ...words] = node.kind === 'menu' && /^[0-9*#]$/.test(exit) ? [exit, name.replace(/^[0-9*#] /, '')] : [null, name];
  return (
    <div className={classes('flow-exit-line', isRequired && to === '' && 'is-open')}>
      <label htmlFor={setting.id} className="row">
        {key === null ? null : <span className="flow-exit-key small medium">{key}</span>}
        <span className="cut" title={name}>
          {words.join(' ')}
        </span>
        <ExitShare shares={sharesOf(nodeId)} exit={exit} />
      </label>
      <div className="field flow-control">
        <CornerUpRight className="icon icon-small text-3" aria-hidden="true" />
        <select
          id={setting.id}
          aria-label={t('flows.exitTo', { exit: name })}
          value={to}
          disabled={isReadOnly}
          aria-invalid={setting.problem ? true : undefined}
          onChange={({ target }) => onConnect(nodeId, exit, target.value === '' ? null : target.value)}
        >
          <option value="">{isRequired ? t('flows.exitNowhere') : t('flows.exitDefault')}</option>
          {to === '' || nodeAt(flow, to) ? null : <option value={to}>{to}</option>}
          {readingOrder(flow).map((target) => {
            const found = nodeAt(flow, target);
            return found && target !== nodeId ? (
              <option key={target} value={target}>
                {titleInList(text, target, found)}
              </option>
            ) : null;
          })}
        </select>
      </div>
    </div>
  );
}

/** Two nodes of the same name are told apart by their ids. */
export function titleInList(text: ReturnType<typeof useText>, nodeId: string, node: Parameters<typeof titleOf>[1]): string {
  const title = titleOf(text, node);
  return node.label?.trim() ? title : `${title} (${nodeId})`;
}
