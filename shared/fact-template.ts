import type { Facts } from './conditions.ts';

/** Texts in which `{customer.name}` stands for the fact of that name. Where facts come from: `contracts/ivr/conditions.ts`. */

const placeholder = /\{([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9_-]+){1,3})\}/g;

/** What is longer is no address and no message of any sense. */
const maxLength = 16_000;

/** A template with its facts in place of their names in braces; nothing in place of those that nobody knows. Other braces stay. */
export function filled(template: string, facts: Facts, written: (value: string) => string): string {
  return template.replace(placeholder, (_, name: string) => written(facts(name) ?? '')).slice(0, maxLength);
}

/** The facts that a template asks for. */
export function factsIn(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
