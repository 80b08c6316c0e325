import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import { factsIn } from '../templates.ts';
import { problem } from './problem.ts';

/** Settings that are well formed one by one and make no sense together. */
export function problemsOfSettings(flow: Flow): readonly FlowProblem[] {
  return Object.entries(flow.nodes).flatMap(([nodeId, node]) => problemsOf(nodeId, node));
}

function problemsOf(nodeId: string, node: FlowNode): readonly FlowProblem[] {
  switch (node.kind) {
    case 'menu':
      return Object.keys(node.keys).length === 0
        ? [problem('menuWithoutKeys', { nodeId, field: 'keys' }, 'The menu has no key to press.')]
        : [];
    case 'collect': {
      if (node.minLength <= node.maxLength) return [];
      const what = `At least ${node.minLength} digits are asked for, but at most ${node.maxLength}.`;
      return [problem('badNumber', { nodeId, field: 'minLength' }, what, { atMost: String(node.maxLength) })];
    }
    case 'branch': {
      const ids = node.cases.map(({ id }) => id);
      return node.cases.flatMap(({ id }, index) =>
        ids.indexOf(id) < index || id === 'otherwise'
          ? [problem('malformed', { nodeId, field: `cases/${index}/id` }, `Two ways out are called "${id}".`, { exit: id })]
          : [],
      );
    }
    case 'http':
      return isAddress(node.url)
        ? []
        : [
            problem(
              'badAddress',
              { nodeId, field: 'url' },
              'The address is none that can be asked: http or https, with a host that is written out and no password.',
            ),
          ];
    default:
      return [];
  }
}

/** What is filled in may stand after the host only: a caller must not choose whom we ask. */
function isAddress(url: string): boolean {
  const [scheme = '', rest = ''] = splitOnce(url, '://');
  const host = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  if (!/^https?$/i.test(scheme) || host === '' || /[{}@\\\s]/.test(host)) return false;
  const sample = factsIn(url).reduce((address, name) => address.replaceAll(`{${name}}`, 'x'), url);
  return URL.canParse(sample) && !/\s/.test(sample);
}

function splitOnce(text: string, separator: string): readonly [string, string] | readonly [] {
  const at = text.indexOf(separator);
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + separator.length)];
}
