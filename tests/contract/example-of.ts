import type * as z from 'zod/mini';
import type {
  CommandAnswer,
  CommandRequest,
  CustomerCommandName,
  PushPayload,
  UploadAnswer,
  UploadRequest,
} from '../../shared/contracts/bridge-events.ts';
import { customerCommands } from '../../shared/contracts/bridge-events.ts';
import { type CallFeatureCommandName, callFeatureCommands } from '../../shared/contracts/call-features.ts';
import { type FlowCommandName, type FlowUploadName, flowCommands, flowUploads } from '../../shared/contracts/ivr/commands.ts';
import { type InboxCommandName, inboxCommands, inboxPushes } from '../../shared/contracts/messages/inbox.ts';

/** Texts of every form that the contract asks for; the first that a schema takes is its example. */
const texts = [
  '林晓梅 "); --',
  '1984-03-28',
  '03-28',
  '2026-10',
  '09:00',
  'CN',
  'custom:colour',
  'x',
  '7',
  'customer.tier',
  'CNY',
  '2026-11-22T09:30',
  'KB-311',
];
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
      return { [firstTaken(def.keyType, ['colour', ...texts]) as string]: exampleOf(def.valueType) };
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
  | { readonly type: 'record'; readonly keyType: z.ZodMiniType; readonly valueType: z.ZodMiniType }
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

export type FlowExamples = {
  readonly [Name in FlowCommandName]: { readonly request: CommandRequest<Name>; readonly answer: CommandAnswer<Name> };
};
export type FlowUploadExamples = {
  readonly [Name in FlowUploadName]: { readonly request: UploadRequest<Name>; readonly answer: UploadAnswer<Name> };
};

const examplesOf = (shapes: Readonly<Record<string, { readonly request: z.ZodMiniType; readonly answer: z.ZodMiniType }>>) =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, { request, answer }]) => [name, { request: exampleOf(request), answer: exampleOf(answer) }]),
  ) as unknown;

export const flowExamples = examplesOf(flowCommands) as FlowExamples;
export const flowUploadExamples = examplesOf(flowUploads) as FlowUploadExamples;

export type InboxExamples = {
  readonly [Name in InboxCommandName]: { readonly request: CommandRequest<Name>; readonly answer: CommandAnswer<Name> };
};
export type InboxPushExamples = { readonly [Name in keyof typeof inboxPushes]: PushPayload<Name> };

export const inboxExamples = examplesOf(inboxCommands) as InboxExamples;
export const inboxPushExamples = Object.fromEntries(
  Object.entries(inboxPushes).map(([name, shape]) => [name, exampleOf(shape)]),
) as unknown as InboxPushExamples;
