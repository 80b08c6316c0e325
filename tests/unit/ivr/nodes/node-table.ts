import { describe, expect, test } from 'vitest';
import { commonExits, exitsOf, type FlowNode, type IvrInput } from '../../../../cti-bridge/ivr/index.ts';
import { Caller, type CallerParts, flowOf } from '../flows.ts';

/** Every input that a node may get, besides the outcomes of what it asked others to do. */
const inputs = {
  start: () => ({ type: 'start' }),
  answered: () => ({ type: 'answered' }),
  played: ({ state }) => ({ type: 'played', outcome: 'finished', ticket: state.sound ?? -1 }),
  missing: ({ state }) => ({ type: 'played', outcome: 'missing', ticket: state.sound ?? -1 }),
  'key 1': () => ({ type: 'digit', digit: '1' }),
  'key 7': () => ({ type: 'digit', digit: '7' }),
  'key #': () => ({ type: 'digit', digit: '#' }),
  silence: ({ state }) => ({ type: 'timeout', ticket: state.timer ?? -1 }),
  late: () => ({ type: 'did', outcome: 'found', facts: {}, ticket: -2 }),
  'hangs up': () => ({ type: 'callerLeft' }),
} as const satisfies Record<string, (caller: Caller) => IvrInput>;
type InputName = keyof typeof inputs;

/** A kind of node in one of the states in which it may wait. */
export interface NodeRow {
  readonly when: string;
  readonly node: FlowNode;
  readonly parts?: CallerParts;
  /** What entering it asks for, by `, `. */
  readonly entering: string;
  /** How it comes into that state. */
  readonly before?: (caller: Caller) => unknown;
  /** What each input asks for; `did OUTCOME` is that of others. Of those that are not listed none changes anything, not even the state. */
  readonly cells?: { readonly [Input in InputName | `did ${string}`]?: string };
}

/** The node, with every exit that it has not leading to an end. What follows after it is left is no business of its own. */
export function nodeFlow(node: FlowNode) {
  const exits = [...exitsOf(node), ...commonExits].map(({ name }) => name);
  const complete = { ...node, exits: { ...Object.fromEntries(exits.map((exit) => [exit, 'end'])), ...node.exits } } as FlowNode;
  return flowOf({ node: complete, end: { kind: 'hangUp', prompts: [], exits: {} } }, 'node');
}

export function own(did: readonly string[]): string {
  const left = did.findIndex((action) => action.startsWith('leave node by'));
  return (left < 0 ? did : did.slice(0, left + 1)).join(', ');
}

export function describeNode(rows: readonly NodeRow[]): void {
  describe.each(rows)('$when', ({ node, parts, entering, before, cells = {} }) => {
    const entered = () => new Caller(nodeFlow(node), parts).start();

    test(`on entering: ${entering}`, () => {
      expect(own(entered().did())).toBe(entering);
    });

    const standing = entered();
    before?.(standing);
    if (standing.state.waiting.kind === 'over') return;
    const all: string[] = [...new Set([...Object.keys(inputs), ...Object.keys(cells)])];
    test.each(all.map((name) => [name, (cells as Record<string, string>)[name] ?? (name === 'hangs up' ? 'leave node by hangUp' : '-')]))(
      '%s: %s',
      (name, expected) => {
        const caller = entered();
        before?.(caller);
        const was = caller.state;
        if (name.startsWith('did ')) caller.gets(name.slice('did '.length));
        else caller.feed(inputs[name as InputName](caller));
        expect(own(caller.did()) || (caller.state === was ? '-' : 'waits')).toBe(expected);
      },
    );
  });
}
