import { ignore, leaveBy, type NodeKind, type Outcome } from './node-kind.ts';

/** What ends a recording that was asked to end itself and did not. */
const graceMs = 5_000;

/**
 * Records what the caller says after the prompts; the id of the recording becomes `entered.<attribute>`. It ends by itself: at a key, at
 * silence, or when it is as long as it may be.
 *
 *   enter        plays; without prompts records at once
 *   played       records
 *   digit        while the prompts play: records at once
 *   did done     leaves by `done`
 *   did nothing  nobody said anything: leaves by `nothing`
 *   timeout      it did not end: leaves by `timeout`
 */
export const record: NodeKind<'record'> = {
  needs: 'answered',
  enter: (node, { state }) =>
    node.prompts.length === 0
      ? recordNow(node)
      : { then: 'wait', waiting: { kind: 'played' }, actions: [{ type: 'play', prompts: node.prompts, locale: state.locale }] },
  onInput(node, { state }, input) {
    if (state.waiting.kind === 'played') return input.type === 'played' || input.type === 'digit' ? recordNow(node) : ignore;
    if (input.type === 'timeout') return leaveBy('timeout');
    if (input.type !== 'did') return ignore;
    if (input.outcome !== 'done') return leaveBy(input.outcome);
    const name = `entered.${node.attribute}`;
    const recordingId = Object.hasOwn(input.facts, name) ? (input.facts[name] ?? '') : '';
    return leaveBy('done', { facts: { [name]: recordingId } });
  },
};

function recordNow({ attribute, maxSeconds }: { readonly attribute: string; readonly maxSeconds: number }): Outcome {
  const maxMs = maxSeconds * 1_000;
  return {
    then: 'wait',
    waiting: { kind: 'deed', leftMs: 0 },
    actions: [
      { type: 'do', deed: { kind: 'record', attribute, maxMs } },
      { type: 'wait', ms: maxMs + graceMs },
    ],
  };
}
