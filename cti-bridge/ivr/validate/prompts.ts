import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import type { FlowHouse } from './house.ts';
import { type Place, problem } from './problem.ts';

/** Prompts that nobody knows, or that cannot be heard in one of the languages. */
export function problemsOfPrompts(flow: Flow, house: FlowHouse): readonly FlowProblem[] {
  return [
    ...problemsOf(flow.fallback.prompt, { nodeId: null, field: 'fallback/prompt' }, house),
    ...Object.entries(flow.nodes).flatMap(([nodeId, node]) =>
      promptsOf(node).flatMap(({ prompt, field }) => problemsOf(prompt, { nodeId, field }, house)),
    ),
  ];
}

function problemsOf(prompt: string, place: Place, house: FlowHouse): readonly FlowProblem[] {
  const state = house.prompt(prompt);
  if (state === undefined) return [problem('unknownPrompt', place, `There is no prompt "${prompt}".`, { prompt })];
  return (['en', 'zh'] as const).flatMap((locale) => {
    const facts = { prompt, locale };
    if (state[locale] === 'missing') return [problem('promptMissingInLanguage', place, `"${prompt}" is missing in ${locale}.`, facts)];
    if (state[locale] === 'text')
      return [problem('promptOnlyText', place, `"${prompt}" is only text in ${locale}, and nothing here speaks it.`, facts)];
    return [];
  });
}

/** The prompts that a node names, each with the path of the setting. Prompts a node always plays are the house's own. */
export function promptsOf(node: FlowNode): readonly { readonly prompt: string; readonly field: string }[] {
  const list = 'prompts' in node ? node.prompts.map((prompt, index) => ({ prompt, field: `prompts/${index}` })) : [];
  const parts =
    node.kind === 'say'
      ? node.parts.flatMap((part, index) => ('prompt' in part ? [{ prompt: part.prompt, field: `parts/${index}/prompt` }] : []))
      : [];
  const single = (['onSilence', 'onWrongKey', 'onInvalid', 'whileWaiting'] as const).flatMap((field) => {
    const prompt = (node as Partial<Record<typeof field, string | null>>)[field];
    return typeof prompt === 'string' ? [{ prompt, field }] : [];
  });
  return [...list, ...parts, ...single];
}
