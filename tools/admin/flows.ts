import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { houseOf } from '../../cti-bridge/flows/flow-studio/house-at.ts';
import { compareFlows, type Flow, type FlowProblem, type FlowRepository, judgeFlow, type PromptState } from '../../cti-bridge/ivr/index.ts';
import type { Store } from '../../cti-bridge/store/index.ts';
import type { FlowChange } from '../../shared/contracts/ivr/commands.ts';
import { flowSchema } from '../../shared/contracts/ivr/flow.ts';

/** Call flows as files, one each, for version control and for another house. */

const largestFile = 6 * 1024 * 1024;

export interface TakenFlows {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** Writes what is live of each flow, and of one that never was its draft. */
export async function exportFlows(repository: Pick<FlowRepository, 'readAll'>, folder: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const flows = (await repository.readAll()).flatMap(({ live, draft }) => live ?? draft ?? []);
  for (const { flow } of flows) {
    const file = join(folder, `${flow.flowId}.json`);
    writeFileSync(`${file}.new`, `${JSON.stringify(flow, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  }
  return [`${counted(flows.length, 'flow')} in ${folder}.`];
}

interface Importing {
  /** Prompts that came with the product. */
  readonly shipped: readonly string[];
  readonly isDryRun: boolean;
  readonly note: string;
  readonly at: number;
  readonly by: { readonly userId: string; readonly name: string };
}

/**
 * Publishes what the files hold, each flow as its next version; all of them or none. They are judged together, so that flows which go on in
 * one another may come at once. A flow whose draft somebody works on is refused: theirs would be lost.
 */
export async function importFlows(
  store: Pick<Store, 'flows' | 'configuration' | 'prompts'>,
  files: readonly string[],
  importing: Importing,
): Promise<TakenFlows> {
  const { isDryRun, note, at, by } = importing;
  const read = files.map(readFlowFile);
  const written = read.flatMap((each) => (each.flow ? [{ file: each.file, flow: each.flow }] : []));
  const together = new Map(written.map(({ flow }) => [flow.flowId, flow]));
  const kept = new Map((await store.flows.readAll()).map((each) => [each.flowId, each]));
  const house = {
    ...houseOf((await store.configuration.read()).configuration),
    flows: (flowId: string) => together.get(flowId) ?? kept.get(flowId)?.live?.flow,
    prompt: await promptsOf(store, importing.shipped),
  };
  const problems = read.flatMap(({ file, json, unread }) => {
    const found =
      unread === null
        ? judgeFlow(json, house)
            .filter(({ severity }) => severity === 'error')
            .map(problemLine)
        : [unread];
    return found.map((line) => `${basename(file)}: ${line}`);
  });
  const twice = written.filter(({ flow }, place) => written.findIndex((each) => each.flow.flowId === flow.flowId) < place);
  problems.push(...twice.map(({ file, flow }) => `${basename(file)}: the flow ${flow.flowId} is in another of these files already`));
  for (const { file, flow } of written) {
    const draft = kept.get(flow.flowId)?.draft;
    if (draft) problems.push(`${basename(file)}: ${draft.by.name} works on a draft of ${flow.flowId}; publish or discard it first`);
  }
  if (problems.length > 0) return { ok: false, lines: [...problems, `${counted(problems.length, 'problem')}; nothing was changed.`] };

  const different = written.flatMap(({ file, flow }) => {
    const before = kept.get(flow.flowId)?.live?.flow;
    const isSame = before !== undefined && JSON.stringify(flowSchema.parse(before)) === JSON.stringify(flow);
    return isSame ? [] : [{ file, flow, lines: before ? changeLines(compareFlows(before, flow)) : ['is new'] }];
  });
  const lines = different.flatMap(({ flow, lines: changes }) => changes.map((line) => `${flow.flowId} ${line}`));
  if (isDryRun || different.length === 0)
    return { ok: true, lines: [...lines, `${counted(different.length, 'flow')} ${different.length === 1 ? 'differs' : 'differ'}.`] };
  for (const { file, flow } of different) {
    const saved = await store.flows.saveDraft({ flow, basedOn: null, writingId: null, at, by });
    const why = `import of ${basename(file)}${note === '' ? '' : `: ${note}`}`;
    const doing = { at, by, note: `flow ${flow.flowId} published: ${why}`, why };
    const published = saved && (await store.flows.publish({ ...doing, flowId: flow.flowId, what: { draftRevision: saved.revision } }));
    if (!published) throw new Error(`the flow ${flow.flowId} was changed by another program meanwhile`);
    lines.push(`${flow.flowId} is live in version ${published.version}.`);
  }
  return { ok: true, lines };
}

interface ReadFile {
  readonly file: string;
  readonly json: unknown;
  /** Null where it has not the shape of one. */
  readonly flow: Flow | null;
  /** Why it could not even be read. */
  readonly unread: string | null;
}

function readFlowFile(file: string): ReadFile {
  const nothing = { file, json: null, flow: null };
  try {
    if (statSync(file).size > largestFile) return { ...nothing, unread: `is larger than ${largestFile / 1024 / 1024} MB` };
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return { file, json, flow: flowSchema.safeParse(json).data ?? null, unread: null };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return { ...nothing, unread: code === undefined ? `is no JSON: ${String((error as Error).message)}` : `cannot be read (${code})` };
  }
}

async function promptsOf({ prompts }: Pick<Store, 'prompts'>, shipped: readonly string[]) {
  const known = new Map((await prompts.readAll()).map((prompt) => [prompt.promptId, prompt]));
  const came = new Set(shipped);
  return (promptId: string): { readonly en: PromptState; readonly zh: PromptState } | undefined => {
    const prompt = known.get(promptId);
    if (came.has(promptId)) return { en: 'sound', zh: 'sound' };
    const stateIn = (locale: 'en' | 'zh'): PromptState =>
      prompt?.sounds[locale] ? 'sound' : (prompt?.texts[locale].trim() ?? '') === '' ? 'missing' : 'text';
    return prompt && { en: stateIn('en'), zh: stateIn('zh') };
  };
}

function problemLine({ nodeId, field, what }: FlowProblem): string {
  const place = [nodeId, field].filter((part) => part !== null).join(' ');
  return place === '' ? what : `${place}: ${what}`;
}

const signs = { added: '+', removed: '-', changed: '~' } as const;

function changeLines(changes: readonly FlowChange[]): readonly string[] {
  if (changes.length === 0) return ['~ is drawn otherwise'];
  return changes.flatMap(({ nodeId, what, fields }) => {
    const of = nodeId ?? 'the flow';
    if (what !== 'changed') return [`${signs[what]} ${of}`];
    return fields.map(({ path, before, after }) => `~ ${of} ${path}  ${before ?? 'nothing'} -> ${after ?? 'nothing'}`);
  });
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
