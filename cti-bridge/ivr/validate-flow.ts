import type { Flow, FlowNode } from './model.ts';

/** One thing wrong with a flow, on its node where it has one. `what` says it in plain words. */
export interface FlowProblem {
  readonly code: 'missingStart' | 'unknownExit' | 'unreachable' | 'menuWithoutKeys' | 'loopWithoutInput' | 'badNumber';
  readonly nodeId: string | null;
  readonly what: string;
}

/** All that is wrong with a flow, at once; nothing when it may go live. A flow with problems still runs, but by its fallback queue. */
export function validateFlow(flow: Flow): readonly FlowProblem[] {
  if (!Object.hasOwn(flow.nodes, flow.start)) {
    return [{ code: 'missingStart', nodeId: null, what: `The flow starts at "${flow.start}", which is not one of its nodes.` }];
  }
  const nodes = Object.entries(flow.nodes);
  const reachable = reachableFrom(flow, flow.start);
  return [
    ...nodes.flatMap(([nodeId, node]) => unknownExits(flow, nodeId, node)),
    ...nodes.flatMap(([nodeId, node]) => senselessSettings(nodeId, node)),
    ...nodes
      .filter(([nodeId]) => !reachable.has(nodeId))
      .map(([nodeId]): FlowProblem => ({ code: 'unreachable', nodeId, what: 'No way leads here from the start.' })),
    ...loopsWithoutInput(flow),
  ];
}

interface Exit {
  readonly name: string;
  readonly to: string;
  /** A caller who does nothing leaves by this exit. */
  readonly isSilent: boolean;
}

function exitsOf(node: FlowNode): readonly Exit[] {
  switch (node.kind) {
    case 'answer':
    case 'play':
    case 'setLanguage':
      return [{ name: 'next', to: node.exits.next, isSilent: true }];
    case 'menu':
      return [
        ...Object.entries(node.keys).map(([key, { next }]) => ({ name: `key ${key}`, to: next, isSilent: false })),
        { name: 'noInput', to: node.exits.noInput, isSilent: true },
      ];
    case 'collect':
      return [
        { name: 'done', to: node.exits.done, isSilent: false },
        { name: 'nothing', to: node.exits.nothing, isSilent: true },
      ];
    case 'queue':
    case 'hangUp':
      return [];
  }
}

function unknownExits(flow: Flow, nodeId: string, node: FlowNode): readonly FlowProblem[] {
  return exitsOf(node)
    .filter(({ to }) => !Object.hasOwn(flow.nodes, to))
    .map(({ name, to }) => ({ code: 'unknownExit', nodeId, what: `Exit "${name}" leads to "${to}", which is not one of its nodes.` }));
}

function senselessSettings(nodeId: string, node: FlowNode): readonly FlowProblem[] {
  const problems: FlowProblem[] = [];
  const atLeast = (least: number, settings: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(settings)) {
      if (!(value >= least)) problems.push({ code: 'badNumber', nodeId, what: `"${name}" is ${value}; it must be at least ${least}.` });
    }
  };
  if (node.kind === 'menu') {
    if (Object.keys(node.keys).length === 0) problems.push({ code: 'menuWithoutKeys', nodeId, what: 'The menu has no key to press.' });
    atLeast(1, { attempts: node.attempts, waitMs: node.waitMs });
  }
  if (node.kind === 'collect') atLeast(1, { maxLength: node.maxLength, firstKeyMs: node.firstKeyMs, betweenKeysMs: node.betweenKeysMs });
  return problems;
}

function reachableFrom(flow: Flow, start: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let nodeId = open.pop(); nodeId !== undefined; nodeId = open.pop()) {
    const node = Object.hasOwn(flow.nodes, nodeId) ? flow.nodes[nodeId] : undefined;
    if (node === undefined || reached.has(nodeId)) continue;
    reached.add(nodeId);
    open.push(...exitsOf(node).map(({ to }) => to));
  }
  return reached;
}

/** Circles in which a caller who presses nothing would go round for ever. Each is named once, on the node at which it closes. */
function loopsWithoutInput(flow: Flow): readonly FlowProblem[] {
  const problems: FlowProblem[] = [];
  const done = new Set<string>();
  for (const start of Object.keys(flow.nodes)) {
    // A node has at most one silent exit, so following it is a single line: it ends, joins one already walked, or closes a circle.
    const line: string[] = [];
    let nodeId: string | undefined = start;
    while (nodeId !== undefined && Object.hasOwn(flow.nodes, nodeId) && !done.has(nodeId) && !line.includes(nodeId)) {
      line.push(nodeId);
      const node: FlowNode | undefined = flow.nodes[nodeId];
      nodeId = node && exitsOf(node).find(({ isSilent }) => isSilent)?.to;
    }
    if (nodeId !== undefined && line.includes(nodeId)) {
      const circle = line.slice(line.indexOf(nodeId));
      const what = `A caller who presses nothing goes round for ever: ${[...circle, nodeId].join(', ')}.`;
      problems.push({ code: 'loopWithoutInput', nodeId, what });
    }
    for (const walked of line) done.add(walked);
  }
  return problems;
}
