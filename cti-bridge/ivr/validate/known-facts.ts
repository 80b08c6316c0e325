import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import { factsIn } from '../templates.ts';
import type { FlowHouse } from './house.ts';
import { problem, warning } from './problem.ts';

/** Facts whose names are given, by what they begin with; see `shared/contracts/ivr/conditions.ts`. */
const families: Readonly<Record<string, readonly string[]>> = {
  call: ['number', 'dialled', 'region', 'anonymous'],
  customer: ['known', 'name', 'tier', 'locale', 'id'],
  case: ['open', 'id', 'state', 'subject'],
  balance: ['amount', 'currency', 'arrears', 'dueOn'],
  now: ['time', 'day', 'date'],
};
const ofQueues = ['waiting', 'expectedWaitSeconds', 'freeAgents'];
const ofHours = ['open', 'holiday'];

/**
 * Facts that a flow asks for and that nobody will ever know. What other flows and systems may have found out before is not known here: of
 * what only this flow could find out there is a warning.
 */
export function problemsOfFacts(flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  const { made, secrets } = factsMadeBy(flow, house);
  const isCalled = Object.values(flow.nodes).some(({ kind }) => kind === 'return');
  return Object.entries(flow.nodes).flatMap(([nodeId, node]) =>
    factsAskedBy(node).flatMap(({ fact, field }) => {
      const known = judge(fact, house, made);
      const place = { nodeId, field };
      if (known === 'never') return [problem('unknownFact', place, `There is no fact "${fact}".`, { fact })];
      if (secrets.has(fact) && isTold(node, field)) {
        return [warning('secretUntold', place, `"${fact}" is a secret of the caller's and is left out here.`, { fact })];
      }
      if (known === 'notHere' && !isCalled) return [warning('unknownFact', place, `Nothing in this flow makes "${fact}" known.`, { fact })];
      return [];
    }),
  );
}

function judge(fact: string, { queueIds, hoursIds }: FlowHouse, made: ReadonlySet<string>): 'known' | 'never' | 'notHere' {
  const [family = '', ...rest] = fact.split('.');
  const last = rest.at(-1) ?? '';
  const id = rest.slice(0, -1).join('.');
  if (family === 'queue') return queueIds.has(id) && ofQueues.includes(last) ? 'known' : 'never';
  if (family === 'hours') return hoursIds.has(id) && ofHours.includes(last) ? 'known' : 'never';
  if (family === 'passed') return 'known';
  if (family === 'entered' || family === 'attribute' || family === 'lookUp') return made.has(fact) ? 'known' : 'notHere';
  return Object.hasOwn(families, family) && families[family]?.includes(rest.join('.')) ? 'known' : 'never';
}

/** By this flow and those that it calls; `secrets` are those that callers type masked. */
function factsMadeBy(flow: Flow, house: FlowHouse): { readonly made: ReadonlySet<string>; readonly secrets: ReadonlySet<string> } {
  const [made, secrets] = [new Set<string>(), new Set<string>()];
  const seen = new Set<Flow>();
  const open: (Flow | undefined)[] = [flow];
  while (open.length > 0) {
    const next = open.pop();
    if (next === undefined || seen.has(next)) continue;
    seen.add(next);
    for (const node of Object.values(next.nodes)) {
      for (const fact of factsOf(node)) made.add(fact);
      if (node.kind === 'collect' && node.masked) secrets.add(`entered.${node.attribute}`);
      if (node.kind === 'callFlow') open.push(house.flows(node.flowId));
    }
  }
  return { made, secrets };
}

/** Whether a fact there would be heard, or read by others on its way. */
function isTold({ kind }: FlowNode, field: string): boolean {
  return kind === 'say' || kind === 'sms' || kind === 'external' || (kind === 'http' && field !== 'body');
}

function factsOf(node: FlowNode): readonly string[] {
  switch (node.kind) {
    case 'collect':
    case 'record':
    case 'survey':
      return [`entered.${node.attribute}`];
    case 'set':
      return Object.keys(node.attributes).map((name) => `attribute.${name}`);
    case 'http':
      return node.takes.map(({ as }) => `lookUp.${as}`);
    default:
      return [];
  }
}

function factsAskedBy(node: FlowNode): readonly { readonly fact: string; readonly field: string }[] {
  const inTemplate = (template: string, field: string) => factsIn(template).map((fact) => ({ fact, field }));
  const inEach = (templates: Readonly<Record<string, string>>, field: string) =>
    Object.entries(templates).flatMap(([name, template]) => inTemplate(template, `${field}/${name}`));
  switch (node.kind) {
    case 'say':
      return node.parts.flatMap((part, index) => ('fact' in part ? [{ fact: part.fact, field: `parts/${index}/fact` }] : []));
    case 'lookUp':
      return node.by === null ? [] : [{ fact: node.by, field: 'by' }];
    case 'branch':
      return node.cases.flatMap(({ all }, at) => all.map(({ fact }, index) => ({ fact, field: `cases/${at}/all/${index}/fact` })));
    case 'set':
      return inEach(node.attributes, 'attributes');
    case 'sms':
      return [...(node.to === null ? [] : [{ fact: node.to, field: 'to' }]), ...inEach(node.text, 'text')];
    case 'http':
      return [
        ...inTemplate(node.url, 'url'),
        ...inEach(node.headers, 'headers'),
        ...(node.body === null ? [] : inTemplate(node.body, 'body')),
      ];
    case 'external':
      return inEach(node.sends, 'sends');
    default:
      return [];
  }
}
