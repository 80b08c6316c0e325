import type { NodeOf } from '../../../shared/contracts/ivr/nodes.ts';
import type { Waiting } from '../model.ts';
import { type Effects, ignore, leaveBy, type NodeAction, type NodeKind, type Outcome, playAll, type RunView } from './node-kind.ts';

/**
 * Collects digits into `entered.<attribute>`: an account number, a PIN. Keys are heard while the prompt plays, and stop it. `masked` makes
 * it a secret: kept out of the path (which then only says how many digits there were), the trace and, while it lasts, the recording.
 *
 *   enter    plays, or without prompts starts the wait for the first key
 *   played   starts the wait for the first key
 *   digit    0-9: kept; complete at `maxLength`. The terminator: complete. Other keys: not heard
 *   timeout  complete with what there is
 *   complete: enough digits leave by `done`; too few are asked for again, with `onInvalid` first, and none at all without it
 *   attempts used up: leaves by `nothing`
 */
export const collect: NodeKind<'collect'> = {
  needs: 'answered',
  enter(node, run) {
    const masking: readonly NodeAction[] = node.masked ? [{ type: 'mask', isMasked: true }] : [];
    return withFirst(masking, ask(node, run, 1, node.prompts));
  },

  onInput(node, run, input) {
    const { waiting } = run.state;
    if (waiting.kind !== 'digits') return ignore;
    switch (input.type) {
      case 'played':
        return waitForKey(waiting, node.firstKeyMs);
      case 'timeout':
        return complete(node, run, waiting);
      case 'digit': {
        const key = node.masked ? '•' : input.digit;
        if (input.digit === node.terminator) return complete(node, run, waiting, { key });
        if (!/^[0-9]$/.test(input.digit)) return ignore;
        const now = { ...waiting, collected: waiting.collected + input.digit };
        return now.collected.length >= node.maxLength ? complete(node, run, now, { key }) : waitForKey(now, node.betweenKeysMs, { key });
      }
      default:
        return ignore;
    }
  },
};

type Digits = Extract<Waiting, { readonly kind: 'digits' }>;

function ask(node: NodeOf['collect'], run: RunView, attempt: number, prompts: readonly string[], effects: Effects = {}): Outcome {
  const waiting: Digits = { kind: 'digits', attempt, collected: '' };
  return playAll(prompts, run, waiting, () => waitForKey(waiting, node.firstKeyMs, effects), effects);
}

function waitForKey(waiting: Digits, ms: number, effects: Effects = {}): Outcome {
  return { then: 'wait', waiting, actions: [{ type: 'wait', ms }], ...effects };
}

function complete(node: NodeOf['collect'], run: RunView, { collected, attempt }: Digits, effects: Effects = {}): Outcome {
  const { attribute, masked } = node;
  const name = `entered.${attribute}`;
  if (collected.length >= node.minLength) {
    const shown = masked ? { attribute, digits: collected.length } : { attribute, value: collected };
    const path = [{ code: 'entered', facts: shown }] as const;
    return leaveBy('done', { ...effects, path, facts: { [name]: collected }, masked: masked ? [name] : [] });
  }
  const told: Effects = collected === '' ? { ...effects, path: [{ code: 'silent', facts: {} }] } : effects;
  if (attempt >= node.attempts) return leaveBy('nothing', told);
  const first = collected === '' || node.onInvalid === null ? [] : [node.onInvalid];
  return ask(node, run, attempt + 1, [...first, ...node.prompts], told);
}

function withFirst(actions: readonly NodeAction[], outcome: Outcome): Outcome {
  return outcome.then === 'wait' ? { ...outcome, actions: [...actions, ...(outcome.actions ?? [])] } : outcome;
}
