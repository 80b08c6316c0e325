import { ChevronLeft, History, LayoutGrid, MoreHorizontal, Redo2, Trash2, Undo2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useState } from 'react';
import { exitsOf } from '../../../shared/contracts/ivr/exits.ts';
import type { NodeKindName } from '../../../shared/contracts/ivr/nodes.ts';
import { type Text, useText } from '../../i18n/index.ts';
import { type FlowEdit, type FlowsState, freeNodeId, nodeAt, type OpenFlow, type Spot } from '../../stores/index.ts';
import { Button, Chip, classes, IconButton, Menu, MenuItem, tipOf } from '../../ui/index.ts';
import { AddNodeDialog } from './AddNode.tsx';
import { arrange, placesOf } from './auto-layout.ts';
import { Compare } from './Compare.tsx';
import { ConnectDialog } from './ConnectExit.tsx';
import { DiscardDialog } from './Discard.tsx';
import type { FlowDeeds } from './deeds.ts';
import type { FlowActions } from './Flows.tsx';
import type { PromptField } from './form.ts';
import { freeSpot, roomBetween } from './free-spot.ts';
import { Graph } from './Graph.tsx';
import { Inspector } from './Inspector.tsx';
import { blankNode } from './kinds.ts';
import { NodePalette } from './NodePalette.tsx';
import { grid } from './node-size.ts';
import { Problems } from './Problems.tsx';
import { PublishDialog } from './Publish.tsx';
import { type FlowRunsProps, useFlowRuns } from './use-flow-runs.tsx';
import { usePromptTexts } from './use-prompt-texts.ts';
import { Versions } from './Versions.tsx';
import type { FlowNames } from './words.ts';

export interface EditorProps {
  readonly open: OpenFlow;
  readonly state: FlowsState;
  readonly deeds: FlowDeeds;
  readonly actions: FlowActions;
  readonly isReadOnly: boolean;
  readonly promptField: PromptField | null;
  readonly runs: Pick<FlowRunsProps, 'deeds' | 'homeCountry' | 'mayWatch'>;
}

/** Behind which exit a node is to come; `exit` null: the first that is free. */
interface Asked {
  readonly nodeId: string;
  readonly exit: string | null;
}

/** The drawing board: what can be added at the left, the drawing with its problems below, the settings of what is chosen at the right. */
export function Editor(props: EditorProps) {
  const { open, state, deeds, isReadOnly, promptField } = props;
  const { t } = useText();
  const flow = open.history.present;
  const spots = useMemo(() => placesOf(flow), [flow]);
  const [adding, setAdding] = useState<{ readonly after: Asked | null } | null>(null);
  const [connecting, setConnecting] = useState<string | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const problems = open.problems ?? [];
  const promptText = usePromptTexts(props.runs.deeds.readPrompts, open.flowId);
  const names = useMemo<FlowNames>(
    () => ({
      references: state.references,
      flows: state.flows,
      dialled: state.flows.find(({ flowId }) => flowId === open.flowId)?.dialled ?? [],
      promptText,
    }),
    [state.references, state.flows, open.flowId, promptText],
  );

  /** Where everything stands so far is kept with the first thing that is placed: nothing jumps because of it. */
  const change = (edit: FlowEdit) => {
    setTold(null);
    const places = edit.kind === 'add' || edit.kind === 'remove' || edit.kind === 'paste';
    if (places && Object.keys(spots).some((nodeId) => flow.layout[nodeId] === undefined)) deeds.change({ kind: 'move', to: spots });
    deeds.change(edit);
  };
  const add = (kind: NodeKindName, after: Asked | null, at?: Spot) => {
    const nodeId = freeNodeId(flow.nodes, kind);
    const behind = after && nodeAt(flow, after.nodeId);
    const exits = behind ? exitsOf(behind) : [];
    const exit = after?.exit ?? (exits.find(({ name }) => behind?.exits[name] === undefined) ?? exits[0])?.name;
    const from = after ? spots[after.nodeId] : undefined;
    const isBetween = exit !== undefined && behind?.exits[exit] !== undefined;
    const room = from && at === undefined && isBetween ? roomBetween(spots, from) : null;
    change({
      ...{ kind: 'add', nodeId, at: at ?? room?.at ?? freeSpot(flow, spots, from), moves: room?.moves },
      node: blankNode(kind, state.references, state.flows.find(({ flowId }) => flowId !== open.flowId)?.flowId),
      after: after && exit !== undefined ? { nodeId: after.nodeId, exit } : undefined,
    });
    deeds.select([nodeId]);
  };
  const only = open.selected.length === 1 ? (open.selected[0] ?? null) : null;
  const onWantedDone = useCallback(() => deeds.select(open.selected, null), [deeds, open.selected]);
  const duplicate = () => {
    const nodes = Object.fromEntries(open.selected.flatMap((nodeId) => (flow.nodes[nodeId] ? [[nodeId, flow.nodes[nodeId]]] : [])));
    const layout = Object.fromEntries(
      Object.keys(nodes).map((nodeId) => [nodeId, { x: (spots[nodeId]?.x ?? 0) + 2 * grid, y: (spots[nodeId]?.y ?? 0) + 5 * grid }]),
    );
    change({ kind: 'paste', piece: { nodes, layout } });
  };

  const runs = useFlowRuns({
    ...{ ...props.runs, flow, names, isReadOnly },
    onShow: (nodeId) => deeds.select([nodeId]),
    onTests: (tests) => change({ kind: 'putFlow', path: 'tests', value: tests }),
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.nativeEvent.isComposing) return;
    // What is being typed has its own way back.
    if ((event.target as HTMLElement).closest('input, textarea')) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) deeds.undo();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) deeds.redo();
    else return;
    event.preventDefault();
  };

  const { dialog } = open;
  return (
    <main className="flow-board" id="place-centre" tabIndex={-1} onKeyDown={onKeyDown}>
      <Head {...props} runControls={runs.controls} onArrange={() => change({ kind: 'move', to: arrange(flow) })} />
      <NodePalette isReadOnly={isReadOnly} onChoose={(kind) => add(kind, only === null ? null : { nodeId: only, exit: null })} />
      <div className="flow-middle">
        <Graph
          flow={flow}
          spots={spots}
          names={names}
          selected={open.selected}
          problems={problems}
          changes={dialog?.kind === 'compare' ? (dialog.changes ?? []) : []}
          overlay={runs.overlay}
          isReadOnly={isReadOnly}
          onSelect={(nodeIds) => deeds.select(nodeIds)}
          onChange={change}
          onOpen={() => deeds.select(open.selected, '')}
          onAdd={(after) => setAdding({ after })}
          onAddAt={(kind, at) => add(kind, null, at)}
          onConnectFrom={setConnecting}
          onNothingToPaste={() => setTold(t('flows.nothingToPaste'))}
        />
        {told ? (
          <p className="flow-told small" role="status">
            {told}
          </p>
        ) : null}
        <Problems
          flow={flow}
          problems={open.problems}
          onShow={({ nodeId, field }) => {
            deeds.ask(null);
            deeds.select(nodeId === null ? [] : [nodeId], field ?? '');
          }}
        />
      </div>
      <div className="flow-right">
        {dialog?.kind === 'versions' ? (
          <Versions open={open} dialog={dialog} deeds={deeds} isReadOnly={isReadOnly} />
        ) : dialog?.kind === 'compare' ? (
          <Compare open={open} dialog={dialog} state={state} deeds={deeds} />
        ) : (
          <Inspector
            form={{ flow, names, problems, isReadOnly, promptField, sharesOf: runs.sharesOf }}
            selected={open.selected}
            wanted={open.wanted}
            onWantedDone={onWantedDone}
            onPut={(nodeId, path, value) => change({ kind: 'put', nodeId, path, value })}
            onConnect={(from, exit, to) => change({ kind: 'connect', from, exit, to })}
            onRemove={() => change({ kind: 'remove', nodeIds: open.selected })}
            onDuplicate={duplicate}
            onMakeStart={(nodeId) => change({ kind: 'putFlow', path: 'start', value: nodeId })}
            onAddAfter={(nodeId) => setAdding({ after: { nodeId, exit: null } })}
            onPutFlow={(path, value) => change({ kind: 'putFlow', path, value })}
          />
        )}
        {runs.pane}
      </div>
      {adding ? (
        <AddNodeDialog
          flow={flow}
          after={adding.after}
          onClose={() => setAdding(null)}
          onAdd={(kind, after) => {
            setAdding(null);
            add(kind, after);
          }}
        />
      ) : null}
      {connecting !== null ? (
        <ConnectDialog
          flow={flow}
          nodeId={connecting}
          onClose={() => setConnecting(null)}
          onConnect={(exit, to) => {
            setConnecting(null);
            change({ kind: 'connect', from: connecting, exit, to });
          }}
        />
      ) : null}
      {dialog?.kind === 'publish' ? <PublishDialog open={open} dialog={dialog} deeds={deeds} /> : null}
      {dialog?.kind === 'discard' ? <DiscardDialog deeds={deeds} /> : null}
    </main>
  );
}

interface HeadProps {
  readonly runControls: ReactNode;
  onArrange(): void;
}

function Head({ open, state, deeds, actions, isReadOnly, runControls, onArrange }: EditorProps & HeadProps) {
  const text = useText();
  const { t, formats } = text;
  const flow = open.history.present;
  const live = state.flows.find(({ flowId }) => flowId === open.flowId)?.live ?? null;
  const publish = actions['flows.publish'];
  const compare = live ? t('flows.compareWith', { version: live.version }) : t('flows.compare');
  const isSame = open.revision === null && open.saving.phase === 'saved';
  return (
    <div className="pane-head flow-head">
      <IconButton icon={ChevronLeft} label={t('flows.back')} onClick={() => void deeds.show(null)} />
      <h1 className="cut" title={flow.name[formats.language]}>
        {flow.name[formats.language]}
      </h1>
      {isReadOnly ? (
        <Chip tone="outlined">{t('flows.readOnly')}</Chip>
      ) : (
        <Chip tone={isSame ? 'plain' : 'accent'}>
          {isSame ? t('flows.asLive') : open.revision === null ? t('flows.newDraft') : t('flows.draftNumber', { revision: open.revision })}
        </Chip>
      )}
      <span className="small text-3 nowrap">
        {live ? t('flows.liveIs', { version: live.version, date: formats.date(live.at) }) : t('flows.neverLive')}
      </span>
      {isReadOnly || isSame ? null : <Saving open={open} deeds={deeds} />}
      <span className="push" />
      {runControls}
      {isReadOnly ? null : (
        <>
          <IconButton icon={Undo2} label={`${t('flows.undo')} (Ctrl Z)`} disabled={open.history.past.length === 0} onClick={deeds.undo} />
          <IconButton
            icon={Redo2}
            label={`${t('flows.redo')} (Ctrl Shift Z)`}
            disabled={open.history.future.length === 0}
            onClick={deeds.redo}
          />
          <Menu align="end" trigger={<IconButton icon={MoreHorizontal} label={t('flows.more')} />}>
            <MenuItem label={t('flows.arrange')} before={<LayoutGrid className="icon" aria-hidden="true" />} onChoose={onArrange} />
            <MenuItem
              label={t('flows.discard')}
              before={<Trash2 className="icon" aria-hidden="true" />}
              isOff={isSame}
              onChoose={() => deeds.ask('discard')}
            />
          </Menu>
        </>
      )}
      <Button
        size="small"
        icon={History}
        {...tipOf(t('flows.versions'), actions['flows.versions'].shortcut)}
        onClick={actions['flows.versions'].perform}
      >
        {t('flows.versions')}
      </Button>
      <Button
        size="small"
        {...tipOf(compare, actions['flows.compare'].shortcut)}
        disabled={!actions['flows.compare'].isEnabled}
        onClick={actions['flows.compare'].perform}
      >
        {compare}
      </Button>
      {isReadOnly ? null : (
        <Button size="small" kind="primary" shortcut={publish.shortcut} disabled={!publish.isEnabled} onClick={publish.perform}>
          {t('flows.publish')}
        </Button>
      )}
    </div>
  );
}

function Saving({ open, deeds }: { readonly open: OpenFlow; readonly deeds: FlowDeeds }) {
  const text = useText();
  const { t } = text;
  const { saving } = open;
  const isWrong = saving.phase === 'failed' || saving.phase === 'conflict' || saving.phase === 'refused';
  return (
    <span className="row flow-saving" role="status">
      <span className={classes('small nowrap', isWrong ? 'tone-broken medium' : 'text-3')}>{savingText(text, open)}</span>
      {saving.phase === 'failed' ? (
        <Button size="small" onClick={() => void deeds.save()}>
          {t('flows.saveAgain')}
        </Button>
      ) : null}
      {saving.phase === 'conflict' ? (
        <>
          <Button size="small" onClick={() => void deeds.settle('theirs')}>
            {t('flows.conflict.theirs')}
          </Button>
          <Button size="small" onClick={() => void deeds.settle('mine')}>
            {t('flows.conflict.mine')}
          </Button>
        </>
      ) : null}
    </span>
  );
}

function savingText({ t }: Text, { saving }: OpenFlow): string {
  return saving.phase === 'failed' ? t('flows.saving.failed', { why: t(`failure.${saving.code}`) }) : t(`flows.saving.${saving.phase}`);
}
