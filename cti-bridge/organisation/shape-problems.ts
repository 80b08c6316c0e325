import type { $ZodIssue } from 'zod/v4/core';

const noWords = 'Invalid input';

/** For reading with zod: where a schema has no words of its own there are none, though the words of some language were loaded for all of zod. */
export const inSchemaWords = { error: () => noWords };

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  null: 'null',
};

type Told = readonly [path: string, found: string, expected: string];

/** Where somebody may have put a secret, whether it belongs there or not. What stands there is not repeated. */
const secretNames = /pass|secret|token|hash|credential/i;
const writtenOut = 'a secret written out';

/** What is wrong with the shape of one entry, in words for whoever wrote it. */
export function shapeProblems(path: string, issues: readonly $ZodIssue[], entry: unknown): readonly Told[] {
  return issues.flatMap((issue): Told[] => {
    const at = [path, ...issue.path.map(String)].join('/');
    const value = issue.path.reduce<unknown>(fieldOf, entry);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => [
        `${at}/${key}`,
        secretNames.test(key) ? writtenOut : show(fieldOf(value, key)),
        'nothing: there is no such field here',
      ]);
    if (issue.path.some((name) => secretNames.test(String(name))))
      return [[at, typeof value === 'string' ? writtenOut : 'something else', 'where the secret is kept: {env: NAME} or {file: PATH}']];
    const isUnquoted =
      issue.code === 'invalid_type' && issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');
    return [[at, show(value), isUnquoted ? `text: write "${String(value)}" in quotes` : expectedBy(issue)]];
  });
}

function fieldOf(holder: unknown, name: PropertyKey): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

function expectedBy(issue: $ZodIssue): string {
  if (issue.message !== noWords) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return nouns[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return bound(issue.origin, `${Number(issue.minimum)} or more`, `at least ${Number(issue.minimum)}`);
    case 'too_big':
      return bound(issue.origin, `${Number(issue.maximum)} or less`, `at most ${Number(issue.maximum)}`);
    case 'invalid_key':
      return 'a name that is allowed here';
    default:
      return 'another value';
  }
}

function bound(origin: string, number: string, size: string): string {
  if (origin === 'string') return `${size} characters`;
  return origin === 'array' ? `${size} entries` : number;
}

/** A value in few words. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'a group of fields';
  const text = typeof value === 'string' ? value : String(value);
  if (text === '') return 'an empty text';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
