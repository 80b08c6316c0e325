import { createContext, type ReactNode, use } from 'react';
import type { Flow, FlowProblem } from '../../../shared/contracts/ivr/flow.ts';
import type { FlowNode } from '../../../shared/contracts/ivr/nodes.ts';
import { useText } from '../../i18n/index.ts';
import { valueAt } from '../../stores/index.ts';
import { type FlowNames, problemText } from './words.ts';

/** How prompts are chosen, heard and written. The app hands one in; without one there is a plain choice of names. */
export interface PromptFieldProps {
  readonly value: readonly string[];
  onChange(value: readonly string[]): void;
  readonly locale: 'en' | 'zh';
  readonly label: string;
  /** A single one, or none. */
  readonly isSingle: boolean;
  readonly isReadOnly: boolean;
}
export type PromptField = (props: PromptFieldProps) => ReactNode;

/** The node whose settings are on the screen, and how they are changed. */
export interface SettingsForm {
  readonly flow: Flow;
  readonly nodeId: string;
  readonly node: FlowNode;
  readonly names: FlowNames;
  readonly problems: readonly FlowProblem[];
  readonly isReadOnly: boolean;
  readonly promptField: PromptField | null;
  /** Which part of the callers left a node by each exit, in per cent; null where it is not counted. */
  sharesOf(nodeId: string): ReadonlyMap<string, number> | null;
  put(path: string, value: unknown): void;
}

export const SettingsContext = createContext<SettingsForm | null>(null);

export function useSettings(): SettingsForm {
  const form = use(SettingsContext);
  if (!form) throw new Error('a setting is shown within a form of settings');
  return form;
}

export interface Setting<Value> {
  readonly id: string;
  readonly value: Value | undefined;
  readonly isReadOnly: boolean;
  /** What is wrong with it, in the reader's words. */
  readonly problem: string | null;
  put(value: unknown): void;
}

export const idOf = (path: string) => `flow-setting-${path.replaceAll(/[^A-Za-z0-9]/g, '-')}`;

/** `isWhole`: what is wrong anywhere within it is told at it. */
export function useSetting<Value>(path: string, isWhole = true): Setting<Value> {
  const { flow, nodeId, node, problems, isReadOnly, put } = useSettings();
  const text = useText();
  const found = problems.find((problem) => {
    if (problem.nodeId !== nodeId || problem.field === null) return false;
    return problem.field === path || (isWhole && problem.field.startsWith(`${path}/`));
  });
  return {
    id: idOf(path),
    value: valueAt(node, path) as Value | undefined,
    isReadOnly,
    problem: found ? problemText(text, flow, found).what : null,
    put: (value) => put(path, value),
  };
}
