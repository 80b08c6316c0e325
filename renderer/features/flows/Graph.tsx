import {
  Background,
  BackgroundVariant,
  type Connection,
  type Edge,
  type EdgeChange,
  type FinalConnectionState,
  type Node,
  type NodeChange,
  Position,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import {
  type ClipboardEvent,
  type DragEvent,
  type FocusEvent,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { FlowChange } from '../../../shared/contracts/ivr/commands.ts';
import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { NodeKindName } from '../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../i18n/index.ts';
import { type FlowEdit, nodeAt, type Spot, type Spots } from '../../stores/index.ts';
import { IconButton } from '../../ui/index.ts';
import { readingOrder } from './auto-layout.ts';
import { movedTo, readPiece, writePiece } from './clipboard.ts';
import { ExitEdge, type ExitEdgeData } from './ExitEdge.tsx';
import { type Lane, laneBack, laneBetween, leadsBack } from './edge-route.ts';
import { exitKey, type FlowOverlay } from './heat/overlay.ts';
import { NodeCard, type NodeCardData } from './NodeCard.tsx';
import { type Direction, neighbourOf } from './neighbours.ts';
import { grid, heightOf, nodeWidth, portsOf } from './node-size.ts';
import { draggedKind } from './palette-drag.ts';
import { exitName, type FlowNames, lineOf, titleOf } from './words.ts';

export interface GraphProps {
  readonly flow: Flow;
  readonly spots: Spots;
  readonly names: FlowNames;
  readonly selected: readonly string[];
  readonly problems: readonly FlowProblem[];
  /** What a comparison found, to be marked. */
  readonly changes: readonly FlowChange[];
  /** How many callers went where, or the way of one of them. */
  readonly overlay: FlowOverlay;
  readonly isReadOnly: boolean;
  onSelect(nodeIds: readonly string[]): void;
  onChange(edit: FlowEdit): void;
  /** The form of the node, with the keyboard in it. */
  onOpen(): void;
  onAdd(after: { readonly nodeId: string; readonly exit: string | null } | null): void;
  onAddAt(kind: NodeKindName, at: Spot): void;
  onConnectFrom(nodeId: string): void;
  onNothingToPaste(): void;
}

type FlowGraphNode = Node<NodeCardData, 'card'>;
type FlowGraphEdge = Edge<ExitEdgeData, 'exit'>;
const nodeTypes = { card: NodeCard };
const edgeTypes = { exit: ExitEdge };
const arrows: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const steps: Readonly<Record<Direction, Spot>> = {
  left: { x: -grid, y: 0 },
  right: { x: grid, y: 0 },
  up: { x: 0, y: -grid },
  down: { x: 0, y: grid },
};
const snapped = ({ x, y }: Spot): Spot => ({ x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid });

/** The flow as a drawing: nodes are dragged, exits pulled to where they lead, and everything can be done with the keyboard alone. */
export function Graph(props: GraphProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing(props: GraphProps) {
  const { flow, spots, selected, isReadOnly, onSelect, onChange } = props;
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  const drawing = useReactFlow();
  /** Where nodes are while they are dragged; the flow hears of it when they are put down. */
  const [dragged, setDragged] = useState<Spots>({});
  const [edge, setEdge] = useState<string | null>(null);
  const nodes = useNodes(props, dragged);
  const edges = useEdges(props, edge);

  const focusNode = useCallback((nodeId: string) => {
    place.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`)?.focus();
  }, []);
  const only = selected.length === 1 ? selected[0] : undefined;
  useEffect(() => {
    // What was chosen elsewhere (a problem, a new node) comes into sight.
    if (only === undefined) return;
    const node = drawing.getNode(only);
    const box = place.current?.getBoundingClientRect();
    if (!node || !box || box.width === 0) return;
    const corner = drawing.flowToScreenPosition(node.position);
    const isInSight = corner.x > box.left && corner.y > box.top && corner.x + nodeWidth < box.right && corner.y + 56 < box.bottom;
    if (!isInSight) void drawing.setCenter(node.position.x + nodeWidth / 2, node.position.y + 40, { zoom: drawing.getZoom() });
  }, [only, drawing]);

  const onNodesChange = (changes: readonly NodeChange<FlowGraphNode>[]) => {
    const moved = changes.flatMap((change) =>
      change.type === 'position' && change.position && change.dragging ? [[change.id, change.position] as const] : [],
    );
    if (moved.length > 0) setDragged((before) => ({ ...before, ...Object.fromEntries(moved) }));
    const chosen = changes.filter((change) => change.type === 'select');
    if (chosen.length === 0) return;
    const next = new Set(selected);
    for (const change of chosen) {
      if (change.selected) next.add(change.id);
      else next.delete(change.id);
    }
    onSelect([...next]);
  };
  const onEdgesChange = (changes: readonly EdgeChange<FlowGraphEdge>[]) => {
    for (const change of changes) {
      if (change.type !== 'select') continue;
      setEdge((before) => (change.selected ? change.id : before === change.id ? null : before));
      if (change.selected) place.current?.focus();
    }
  };
  const putDown = (moved: readonly Node[]) => {
    setDragged({});
    onChange({ kind: 'move', to: { ...spots, ...Object.fromEntries(moved.map(({ id, position }) => [id, snapped(position)])) } });
  };
  const connect = ({ source, sourceHandle, target }: Pick<Connection, 'source' | 'sourceHandle' | 'target'>) => {
    if (sourceHandle) onChange({ kind: 'connect', from: source, exit: sourceHandle, to: target });
  };
  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (state.isValid || !state.fromNode || !state.fromHandle?.id || state.fromHandle.type !== 'source') return;
    const at = 'clientX' in event ? event : event.changedTouches[0];
    const under = at ? document.elementFromPoint(at.clientX, at.clientY) : null;
    const nodeId = under?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
    if (nodeId) connect({ source: state.fromNode.id, sourceHandle: state.fromHandle.id, target: nodeId });
    else if (under?.closest('.react-flow__pane')) props.onAdd({ nodeId: state.fromNode.id, exit: state.fromHandle.id });
  };
  const remove = () => {
    if (edge !== null && selected.length === 0) {
      const [from = '', exit = ''] = edge.split(' ');
      onChange({ kind: 'connect', from, exit, to: null });
      setEdge(null);
    } else if (selected.length > 0) {
      onChange({ kind: 'remove', nodeIds: selected });
      place.current?.focus();
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (event.nativeEvent.isComposing || altKey || (event.target as HTMLElement).closest('button')) return;
    const done = () => event.preventDefault();
    if (ctrlKey || metaKey) {
      if (key.toLowerCase() !== 'a') return;
      onSelect(Object.keys(flow.nodes));
      return done();
    }
    const direction = arrows[key];
    if (direction) {
      done();
      if (shiftKey) {
        if (isReadOnly || selected.length === 0) return;
        const by = steps[direction];
        const to = selected.map((nodeId) => [nodeId, { x: (spots[nodeId]?.x ?? 0) + by.x, y: (spots[nodeId]?.y ?? 0) + by.y }] as const);
        return onChange({ kind: 'move', to: { ...spots, ...Object.fromEntries(to) } });
      }
      const from = selected.at(-1);
      const next = from === undefined ? flow.start : neighbourOf(spots, from, direction);
      if (next === null) return;
      onSelect([next]);
      return focusNode(next);
    }
    switch (key) {
      case 'Enter':
        if (only !== undefined) props.onOpen();
        return done();
      case 'Escape':
        setEdge(null);
        return onSelect([]);
      case 'Delete':
      case 'Backspace':
        if (!isReadOnly) remove();
        return done();
      case 'n':
      case 'N':
        if (!isReadOnly) props.onAdd(only === undefined ? null : { nodeId: only, exit: null });
        return done();
      case 'c':
      case 'C':
        if (!isReadOnly && only !== undefined) props.onConnectFrom(only);
        return done();
    }
  };
  const onFocus = (event: FocusEvent<HTMLDivElement>) => {
    const nodeId = (event.target as HTMLElement).dataset.id;
    if (nodeId === undefined || !nodeAt(flow, nodeId) || selected.includes(nodeId)) return;
    // A dialog that closes gives the keyboard back to where it came from; by now another node is meant.
    const isFromBoard = event.relatedTarget?.closest('.flow-board') != null;
    if (!isFromBoard && only !== undefined) focusNode(only);
    // With the keyboard the node that has it is the one that is chosen; the pointer chooses by itself, also several.
    else if (event.target.matches(':focus-visible')) onSelect([nodeId]);
  };

  const onCopy = (event: ClipboardEvent) => {
    if (selected.length === 0) return;
    event.clipboardData.setData('text/plain', writePiece(flow, spots, selected));
    event.preventDefault();
    if (event.type === 'cut' && !isReadOnly) remove();
  };
  const onPaste = (event: ClipboardEvent) => {
    event.preventDefault();
    if (isReadOnly) return;
    const piece = readPiece(event.clipboardData.getData('text/plain'));
    const ids = piece ? Object.keys(piece.nodes) : [];
    if (!piece || ids.length === 0) return props.onNothingToPaste();
    const corner = ids.map((nodeId) => piece.layout[nodeId] ?? { x: 0, y: 0 });
    const at = { x: Math.min(...corner.map(({ x }) => x)) + 2 * grid, y: Math.min(...corner.map(({ y }) => y)) + 2 * grid };
    onChange({ kind: 'paste', piece: movedTo(piece, snapped(at)) });
  };
  const onDrop = (event: DragEvent) => {
    const kind = draggedKind(event.dataTransfer);
    if (!kind || isReadOnly) return;
    event.preventDefault();
    const at = drawing.screenToFlowPosition({ x: event.clientX - nodeWidth / 2, y: event.clientY - 28 });
    props.onAddAt(kind, snapped(at));
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing that takes keys as a whole has no element of its own
    <div
      ref={place}
      className="flow-graph"
      role="group"
      aria-label={t('flows.graph')}
      aria-describedby="flow-graph-keys"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onCopy={onCopy}
      onCut={onCopy}
      onPaste={onPaste}
      onDrop={onDrop}
      onDragOver={(event) => event.preventDefault()}
    >
      <p id="flow-graph-keys" className="sr-only">
        {t('flows.graphKeys')}
      </p>
      <ReactFlow<FlowGraphNode, FlowGraphEdge>
        nodes={nodes as FlowGraphNode[]}
        edges={edges as FlowGraphEdge[]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={(_event, _node, moved) => putDown(moved)}
        onSelectionDragStop={(_event, moved) => putDown(moved)}
        onConnect={connect}
        onConnectEnd={onConnectEnd}
        onReconnect={(old, now) => connect({ source: old.source, sourceHandle: old.sourceHandle ?? null, target: now.target })}
        onNodeDoubleClick={() => props.onOpen()}
        nodesDraggable={!isReadOnly}
        nodesConnectable={!isReadOnly}
        edgesReconnectable={!isReadOnly}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        snapToGrid
        snapGrid={[grid, grid]}
        connectionRadius={28}
        minZoom={0.25}
        maxZoom={1.6}
        onInit={(board) => void begin(board, place.current, spots, flow.start, only)}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={grid} size={1} />
      </ReactFlow>
      <div className="flow-zoom">
        <IconButton icon={ZoomIn} label={t('flows.zoomIn')} onClick={() => void drawing.zoomIn()} />
        <IconButton icon={ZoomOut} label={t('flows.zoomOut')} onClick={() => void drawing.zoomOut()} />
        <IconButton icon={Maximize} label={t('flows.fit')} onClick={() => void drawing.fitView(fitting)} />
      </div>
    </div>
  );
}

const fitting = { maxZoom: 1, minZoom: 0.5, padding: { top: '40px', left: '40px', bottom: '32px', right: '112px' } } as const;

/** What is seen at first: all of it, where that can still be read; otherwise what is chosen, or the beginning. */
function begin(
  board: ReactFlowInstance<FlowGraphNode, FlowGraphEdge>,
  place: HTMLElement | null,
  spots: Spots,
  start: string,
  chosen: string | undefined,
) {
  const { clientWidth: width = 0, clientHeight: height = 0 } = place ?? {};
  const all = Object.values(spots);
  if (width === 0 || all.length === 0) return;
  const left = Math.min(...all.map(({ x }) => x));
  const top = Math.min(...all.map(({ y }) => y));
  const wide = Math.max(...all.map(({ x }) => x)) - left + nodeWidth + exitRoom;
  const high = Math.max(...all.map(({ y }) => y)) - top + 2 * 56;
  const zoom = Math.min(1, (width - 2 * margin) / wide, (height - 2 * margin) / high);
  const looked = chosen === undefined ? undefined : spots[chosen];
  const first = spots[start];
  if (zoom >= readable)
    return board.setViewport({ x: (width - wide * zoom) / 2 - left * zoom, y: (height - high * zoom) / 2 - top * zoom, zoom });
  if (looked) return board.setCenter(looked.x + nodeWidth / 2, looked.y + 40, { zoom: readable });
  return board.setViewport({
    x: margin - (first?.x ?? left) * readable,
    y: height / 2 - ((first?.y ?? top) + 28) * readable,
    zoom: readable,
  });
}
const margin = 40;
/** The names of exits stand to the right of the last column. */
const exitRoom = 96;
/** Below this the lines in a node are too small to be read. */
const readable = 0.75;

function useNodes(props: GraphProps, dragged: Spots): readonly FlowGraphNode[] {
  const { flow, spots, names, selected, problems, changes, overlay, isReadOnly } = props;
  const text = useText();
  return useMemo(
    () =>
      readingOrder(flow).flatMap((nodeId): readonly FlowGraphNode[] => {
        const node = nodeAt(flow, nodeId);
        if (!node) return [];
        const of = problems.filter((problem) => problem.nodeId === nodeId);
        const errors = of.filter(({ severity }) => severity === 'error').length;
        const warnings = of.length - errors;
        const height = heightOf(node);
        const title = titleOf(text, node);
        const line = lineOf(text, node, names);
        const start =
          nodeId !== flow.start
            ? null
            : names.dialled.length > 0
              ? text.t('flows.startNumbers', { numbers: names.dialled.join(', ') })
              : text.t('flows.start');
        const ports = portsOf(node);
        const isOnlyWay = ports.length === 1 && ports[0]?.name === 'next';
        return [
          {
            id: nodeId,
            type: 'card',
            position: dragged[nodeId] ?? spots[nodeId] ?? { x: 0, y: 0 },
            width: nodeWidth,
            height,
            selected: selected.includes(nodeId),
            draggable: !isReadOnly,
            handles: [
              { id: 'in', type: 'target', position: Position.Left, x: -5, y: 23, width: 10, height: 10 },
              ...ports.map(({ name, y }) => ({
                ...({ id: name, type: 'source', position: Position.Right } as const),
                ...{ x: nodeWidth - 5, y: y - 5, width: 10, height: 10 },
              })),
            ],
            ariaLabel: [
              text.t('flows.nodeLabel', { title, kind: text.t(`flows.kind.${node.kind}`), line }),
              ...(errors > 0 ? [text.t('flows.nodeErrors', { count: errors })] : []),
              ...(warnings > 0 ? [text.t('flows.nodeWarnings', { count: warnings })] : []),
            ].join(' '),
            data: {
              ...{ node, title, line, start, errors, warnings },
              ports: ports.map((port) => ({
                ...port,
                label: isOnlyWay ? '' : exitName(text, node, port.name),
                isOpen: node.exits[port.name] === undefined,
              })),
              change: changes.find((each) => each.nodeId === nodeId)?.what ?? null,
              over: overlay.nodes.get(nodeId) ?? null,
              isAside: overlay.isOnly === 'path' && !overlay.nodes.has(nodeId),
            },
          },
        ];
      }),
    [flow, spots, names, selected, problems, changes, overlay, isReadOnly, dragged, text],
  );
}

function useEdges({ flow, overlay, spots }: GraphProps, chosen: string | null): readonly FlowGraphEdge[] {
  const lanes = useLanes(flow, spots);
  return useMemo(() => {
    return Object.entries(flow.nodes).flatMap(([nodeId, node]) =>
      portsOf(node).flatMap(({ name }): readonly FlowGraphEdge[] => {
        const to = node.exits[name];
        if (to === undefined || !nodeAt(flow, to)) return [];
        const id = `${nodeId} ${name}`;
        const over = overlay.exits.get(exitKey(nodeId, name)) ?? null;
        return [
          {
            ...{ id, type: 'exit', source: nodeId, sourceHandle: name, target: to, targetHandle: 'in' },
            ...{ reconnectable: 'target', selected: id === chosen },
            data: {
              over,
              isAside: overlay.isOnly === 'path' && over === null,
              lane: lanes.forth.get(id) ?? null,
              backAt: lanes.back.get(id) ?? null,
            },
          },
        ];
      }),
    );
  }, [flow, overlay, chosen, lanes]);
}

/** How edges go around what lies between their ends, by the name of the edge. */
function useLanes(flow: Flow, spots: Spots): { readonly forth: ReadonlyMap<string, Lane>; readonly back: ReadonlyMap<string, number> } {
  const { nodes } = flow;
  return useMemo(() => {
    const boxes = Object.entries(nodes).map(([nodeId, node]) => ({
      ...(spots[nodeId] ?? { x: 0, y: 0 }),
      ...{ nodeId, width: nodeWidth, height: heightOf(node) },
    }));
    const forth = new Map<string, Lane>();
    const back = new Map<string, number>();
    for (const [nodeId, node] of Object.entries(nodes)) {
      const at = spots[nodeId];
      for (const { name, y } of portsOf(node)) {
        const to = node.exits[name];
        const target = to === undefined ? undefined : spots[to];
        if (!at || !target) continue;
        const ends = [
          { x: at.x + nodeWidth, y: at.y + y },
          { x: target.x, y: target.y + 28 },
        ] as const;
        const id = `${nodeId} ${name}`;
        if (leadsBack(...ends)) {
          back.set(id, laneBack(...ends, boxes));
          continue;
        }
        const others = boxes.filter((box) => box.nodeId !== nodeId && box.nodeId !== to);
        const lane = laneBetween(...ends, others);
        if (lane) forth.set(id, lane);
      }
    }
    return { forth, back };
  }, [nodes, spots]);
}
