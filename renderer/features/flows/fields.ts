import type { NodeKindName } from '../../../shared/contracts/ivr/nodes.ts';
import type { TextKey } from '../../i18n/index.ts';

/** The name of a setting, without what all of them begin with. */
type FieldName = TextKey extends infer Key ? (Key extends `flows.field.${infer Name}` ? Name : never) : never;
type OptionName = TextKey extends infer Key ? (Key extends `flows.option.${infer Name}` ? Name : never) : never;

interface At {
  /** The path of the setting within its node. */
  readonly at: string;
  readonly name: FieldName;
}

/** One setting of a node as the inspector shows it. */
export type FieldDeclaration = At &
  (
    | { readonly as: 'prompts'; readonly isSingle?: true }
    | { readonly as: 'text' | 'template' | 'longText' | 'phone' | 'skills'; readonly isOptional?: true }
    | { readonly as: 'number'; readonly isOptional?: true; readonly unit?: 'seconds' }
    /** Stored in milliseconds, told in seconds. */
    | { readonly as: 'seconds' }
    | { readonly as: 'choice'; readonly options: readonly { readonly value: string | null; readonly name: OptionName }[] }
    | { readonly as: 'yesNo' }
    | { readonly as: 'queue' | 'hours' | 'flow' }
    | { readonly as: 'fact'; readonly isOptional?: true }
    | { readonly as: 'key' }
    | { readonly as: 'keys' | 'cases' | 'parts' | 'pairs' | 'takes' }
  );

const prompts: FieldDeclaration = { at: 'prompts', name: 'prompts', as: 'prompts' };
const attempts: FieldDeclaration = { at: 'attempts', name: 'attempts', as: 'number' };
const attribute: FieldDeclaration = { at: 'attribute', name: 'attribute', as: 'text' };
const queueId: FieldDeclaration = { at: 'queueId', name: 'queue', as: 'queue' };
const whileWaiting: FieldDeclaration = { at: 'whileWaiting', name: 'whileWaiting', as: 'prompts', isSingle: true };
const onWrongKey: FieldDeclaration = { at: 'onWrongKey', name: 'onWrongKey', as: 'prompts', isSingle: true };
const limit: FieldDeclaration = { at: 'limitMs', name: 'limit', as: 'seconds' };
const ringSeconds: FieldDeclaration = { at: 'ringSeconds', name: 'ring', as: 'number', unit: 'seconds' };
const priority: FieldDeclaration = { at: 'priority', name: 'priority', as: 'number', isOptional: true };
const takes: FieldDeclaration = { at: 'takes', name: 'takes', as: 'takes' };

/** The form of each kind of node, in the order of the screen. */
export const fieldsOf: Readonly<Record<NodeKindName, readonly FieldDeclaration[]>> = {
  answer: [],
  return: [],
  play: [prompts],
  hangUp: [{ ...prompts, name: 'lastPrompts' }],
  say: [{ at: 'parts', name: 'parts', as: 'parts' }],
  menu: [
    prompts,
    { at: 'keys', name: 'keys', as: 'keys' },
    { at: 'waitMs', name: 'wait', as: 'seconds' },
    attempts,
    { at: 'onSilence', name: 'onSilence', as: 'prompts', isSingle: true },
    onWrongKey,
  ],
  collect: [
    prompts,
    attribute,
    { at: 'minLength', name: 'minLength', as: 'number' },
    { at: 'maxLength', name: 'maxLength', as: 'number' },
    {
      at: 'terminator',
      name: 'terminator',
      as: 'choice',
      options: [
        { value: '#', name: 'hash' },
        { value: '*', name: 'star' },
        { value: null, name: 'noTerminator' },
      ],
    },
    { at: 'masked', name: 'masked', as: 'yesNo' },
    { at: 'firstKeyMs', name: 'firstKey', as: 'seconds' },
    { at: 'betweenKeysMs', name: 'betweenKeys', as: 'seconds' },
    attempts,
    { at: 'onInvalid', name: 'onInvalid', as: 'prompts', isSingle: true },
  ],
  record: [prompts, attribute, { at: 'maxSeconds', name: 'longest', as: 'number', unit: 'seconds' }],
  survey: [
    prompts,
    attribute,
    { at: 'highest', name: 'highest', as: 'number' },
    { at: 'waitMs', name: 'wait', as: 'seconds' },
    attempts,
    onWrongKey,
  ],
  setLanguage: [
    {
      at: 'to',
      name: 'language',
      as: 'choice',
      options: [
        { value: 'caller', name: 'callerLanguage' },
        { value: 'other', name: 'otherLanguage' },
        { value: 'en', name: 'en' },
        { value: 'zh', name: 'zh' },
      ],
    },
  ],
  branch: [{ at: 'cases', name: 'cases', as: 'cases' }],
  hours: [{ at: 'hoursId', name: 'hours', as: 'hours' }],
  lookUp: [
    {
      at: 'what',
      name: 'what',
      as: 'choice',
      options: [
        { value: 'customer', name: 'customer' },
        { value: 'case', name: 'case' },
        { value: 'balance', name: 'balance' },
      ],
    },
    { at: 'by', name: 'by', as: 'fact', isOptional: true },
    limit,
    whileWaiting,
  ],
  set: [priority, { at: 'skills', name: 'skills', as: 'skills', isOptional: true }, { at: 'attributes', name: 'attributes', as: 'pairs' }],
  queue: [queueId, { ...priority, name: 'queuePriority' }],
  callback: [prompts, queueId, { at: 'acceptKey', name: 'acceptKey', as: 'key' }, { at: 'waitMs', name: 'wait', as: 'seconds' }],
  voicemail: [queueId],
  transfer: [{ at: 'number', name: 'number', as: 'phone' }, ringSeconds],
  sms: [
    { at: 'text/en', name: 'smsEn', as: 'longText' },
    { at: 'text/zh', name: 'smsZh', as: 'longText' },
    { at: 'to', name: 'smsTo', as: 'fact', isOptional: true },
  ],
  http: [
    {
      at: 'method',
      name: 'method',
      as: 'choice',
      options: [
        { value: 'GET', name: 'get' },
        { value: 'POST', name: 'post' },
      ],
    },
    { at: 'url', name: 'url', as: 'template' },
    { at: 'headers', name: 'headers', as: 'pairs' },
    { at: 'body', name: 'body', as: 'longText', isOptional: true },
    takes,
    limit,
    whileWaiting,
  ],
  callFlow: [{ at: 'flowId', name: 'flow', as: 'flow' }],
  external: [
    { at: 'number', name: 'number', as: 'phone' },
    { at: 'sends', name: 'sends', as: 'pairs' },
    takes,
    ringSeconds,
    { at: 'maxSeconds', name: 'longest', as: 'number', unit: 'seconds' },
  ],
};
