import type * as z from 'zod/mini';
import type { CommandAnswer, CommandRequest, CustomerCommandName } from '../../shared/contracts/bridge-events.ts';
import { customerCommands } from '../../shared/contracts/bridge-events.ts';
import { type CallFeatureCommandName, callFeatureCommands } from '../../shared/contracts/call-features.ts';

/** Texts of every form that the contract asks for; the first that a schema takes is its example. */
const texts = ['林晓梅 "); --', '1984-03-28', '03-28', '2026-10', '09:00', 'CN', 'custom:colour', 'x', '7'];
const numbers = [7, 1, 0, 100];

/** A value of this schema with something in every place, so that no field can be forgotten on the way. */
export function exampleOf(schema: z.ZodMiniType): unknown {
  const def = schema._zod.def as unknown as Definition;
  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, exampleOf(field)]));
    case 'array':
      return [exampleOf(def.element)];
    case 'record':
      return { colour: exampleOf(def.valueType) };
    case 'nullable':
    case 'optional':
    case 'default':
      return exampleOf(def.innerType);
    case 'union':
      return exampleOf(def.options[0] as z.ZodMiniType);
    case 'literal':
      return def.values[0];
    case 'enum':
      return Object.values(def.entries)[0];
    case 'boolean':
      return true;
    case 'unknown':
      return {};
    case 'number':
      return firstTaken(schema, numbers);
    case 'string':
    case 'template_literal':
      return firstTaken(schema, texts);
  }
}

type Definition =
  | { readonly type: 'object'; readonly shape: Readonly<Record<string, z.ZodMiniType>> }
  | { readonly type: 'array'; readonly element: z.ZodMiniType }
  | { readonly type: 'record'; readonly valueType: z.ZodMiniType }
  | { readonly type: 'nullable' | 'optional' | 'default'; readonly innerType: z.ZodMiniType }
  | { readonly type: 'union'; readonly options: readonly z.ZodMiniType[] }
  | { readonly type: 'literal'; readonly values: readonly unknown[] }
  | { readonly type: 'enum'; readonly entries: Readonly<Record<string, unknown>> }
  | { readonly type: 'string' | 'template_literal' | 'number' | 'boolean' | 'unknown' };

function firstTaken(schema: z.ZodMiniType, candidates: readonly unknown[]): unknown {
  const taken = candidates.find((each) => schema.safeParse(each).success);
  if (taken === undefined) throw new Error(`No example fits ${JSON.stringify(schema._zod.def)}: add one here.`);
  return taken;
}

export type CustomerExamples = {
  readonly [Name in CustomerCommandName]: { readonly request: CommandRequest<Name>; readonly answer: CommandAnswer<Name> };
};

/** The many commands about customers are shown by examples that follow from their schemas. */
export const customerExamples = Object.fromEntries(
  Object.entries(customerCommands).map(([name, { request, answer }]) => [name, { request: exampleOf(request), answer: exampleOf(answer) }]),
) as unknown as CustomerExamples;

export type CallFeatureExamples = {
  readonly [Name in CallFeatureCommandName]: { readonly request: CommandRequest<Name>; readonly answer: CommandAnswer<Name> };
};

export const callFeatureExamples = Object.fromEntries(
  Object.entries(callFeatureCommands).map(([name, { request, answer }]) => [
    name,
    { request: exampleOf(request), answer: exampleOf(answer) },
  ]),
) as unknown as CallFeatureExamples;
