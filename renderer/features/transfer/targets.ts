import type { AskTarget, Colleague } from '../../../shared/contracts/call-features.ts';
import type { QueueView } from '../../../shared/contracts/queue.ts';
import type { Reachable } from '../../../shared/contracts/search.ts';

export type Scope = 'all' | 'people' | 'queues' | 'outside';

/** One line of the list. `mayBeAsked`: to speak to first, in a queue to whoever is free; what is not `isOpen` is told and cannot be chosen. */
export type Target = { readonly id: string; readonly to: AskTarget; readonly isOpen: boolean; readonly mayBeAsked: boolean } & (
  | { readonly kind: 'colleague'; readonly colleague: Colleague }
  | { readonly kind: 'queue'; readonly queue: QueueView }
  /** A customer at one of their numbers. */
  | { readonly kind: 'customer'; readonly customer: Reachable; readonly at: Reachable['numbers'][number] }
  | { readonly kind: 'number'; readonly number: string; readonly isExtension: boolean }
);

export interface TargetGroup {
  readonly name: 'people' | 'queues' | 'numbers' | 'customers' | 'notNow';
  readonly targets: readonly Target[];
}

export interface Known {
  /** Found by what was typed. */
  readonly colleagues: readonly Colleague[];
  readonly queues: readonly QueueView[];
  /** The same, of customers. */
  readonly customers?: readonly Reachable[];
  readonly language: 'en' | 'zh';
  readonly mayDialOut: boolean;
  /** Written work goes to queues that take no calls, too, and never to a number. */
  readonly isWritten?: boolean;
}

/** What may be called as it was typed: an extension by its digits alone, a number outside as people write them. */
const extension = /^\d{2,10}$/;
const outside = /^\+?\d[\d ()./-]{2,30}$/;

/** Whom what was typed may mean, in the order of the list: who can take it now, queues, the number itself, customers, and last who cannot. */
export function targetGroups(
  typed: string,
  scope: Scope,
  { colleagues, queues, customers = [], language, mayDialOut, isWritten = false }: Known,
): readonly TargetGroup[] {
  const text = typed.trim();
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const people = colleagues.map(
    (colleague): Target => ({
      kind: 'colleague',
      id: `agent-${colleague.agent.agentId}`,
      to: { kind: 'agent', agentId: colleague.agent.agentId },
      colleague,
      isOpen: colleague.mayBeAsked,
      mayBeAsked: true,
    }),
  );
  const lines = queues
    .filter(
      ({ takesCalls, name }) => (isWritten || takesCalls !== false) && words.every((word) => name[language].toLowerCase().includes(word)),
    )
    .map(
      (queue): Target => ({
        kind: 'queue',
        id: `queue-${queue.queueId}`,
        to: { kind: 'queue', queueId: queue.queueId },
        queue,
        isOpen: true,
        mayBeAsked: queue.agentsFree > 0,
      }),
    );
  const reachable = customers.flatMap((customer) =>
    customer.numbers.map(
      (at): Target => ({
        kind: 'customer',
        id: `${customer.kind}-${customer.id}-${at.number}`,
        to: { kind: 'outside', number: at.number },
        ...{ customer, at, isOpen: true, mayBeAsked: true },
      }),
    ),
  );
  const isKnown = colleagues.some(({ agent }) => agent.extension === text);
  const typedNumber = (id: string, to: AskTarget): Target => ({
    kind: 'number',
    id,
    to,
    number: text,
    isExtension: to.kind === 'extension',
    isOpen: true,
    mayBeAsked: true,
  });
  const asExtension =
    !isWritten && extension.test(text) && !isKnown ? [typedNumber('extension', { kind: 'extension', extension: text })] : [];
  const asNumber = outside.test(text) && mayDialOut ? [typedNumber('number', { kind: 'outside', number: text })] : [];
  const isIn = (...scopes: Scope[]) => scope === 'all' || scopes.includes(scope);
  const groups: readonly TargetGroup[] = [
    { name: 'people', targets: isIn('people') ? people.filter(({ isOpen }) => isOpen) : [] },
    { name: 'queues', targets: isIn('queues') ? lines : [] },
    { name: 'numbers', targets: [...(isIn('people') ? asExtension : []), ...(isIn('outside') ? asNumber : [])] },
    { name: 'customers', targets: isIn('outside') && mayDialOut && !isWritten ? reachable : [] },
    { name: 'notNow', targets: isIn('people') ? people.filter(({ isOpen }) => !isOpen) : [] },
  ];
  return groups.filter(({ targets }) => targets.length > 0);
}
