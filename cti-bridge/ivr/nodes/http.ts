import type { NodeOf } from '../../../shared/contracts/ivr/nodes.ts';
import { allFacts, openFacts } from '../run-facts.ts';
import { filled, writtenIn } from '../templates.ts';
import { begin, during } from './deed.ts';
import { leaveBy, type NodeKind, type RunView } from './node-kind.ts';

/**
 * Asks another system. What is filled in stays a value: escaped in the address, in JSON and in a form. A secret may go into the body, as a
 * payment needs, and nowhere else: addresses and headers are written into logs on their way.
 *
 *   enter         asks
 *   did answered  leaves by `answered`, with `lookUp.*`
 *   did refused   the system says no: leaves by `refused`
 *   other inputs  as of everything that is waited for, see `deed.ts`
 */
export const http: NodeKind<'http'> = {
  needs: 'nobody',
  enter: (node, run) => begin(asked(node, run), node, run),
  onInput: (node, run, input) =>
    during(node, run, input, ({ outcome, facts }) => {
      const wanted = new Set(node.takes.map(({ as }) => `lookUp.${as}`));
      return leaveBy(outcome, { facts: Object.fromEntries(Object.entries(facts).filter(([name]) => wanted.has(name))) });
    }),
};

function asked(node: NodeOf['http'], run: RunView) {
  const { method, takes, limitMs } = node;
  const facts = openFacts(run);
  const headers = Object.fromEntries(Object.entries(node.headers).map(([name, text]) => [name, filled(text, facts, writtenIn.text)]));
  const body = node.body === null ? null : filled(node.body, allFacts(run), bodyWriting(node));
  return { kind: 'http', method, url: filled(node.url, facts, writtenIn.url), headers, body, takes, limitMs } as const;
}

function bodyWriting({ headers, body }: NodeOf['http']): (value: string) => string {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (type.includes('x-www-form-urlencoded')) return writtenIn.url;
  return type.includes('json') || /^\s*[[{]/.test(body ?? '') ? writtenIn.json : writtenIn.text;
}
